using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

/// <summary>Invented years of an invented partnership with many small counts, released repeatedly as returns arrive.</summary>
internal sealed class RandomReleases(int seed)
{
    public static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small
        .With("dimensions/band.yaml", "dimension: band\ntitle: Age band\ncodes:\n" + string.Concat(Enumerable.Range(1, 5).Select(i => $"  - {{ code: b{i}, label: Band {i} }}\n")))
        .With("dimensions/gender.yaml", "dimension: gender\ntitle: Gender\ncodes:\n" + string.Concat("fmx".Select(c => $"  - {{ code: {c}, label: Gender {c} }}\n")))
        .Change("measures/all.yaml", "  - { id: people,", "  - { id: clients, label: Clients, unit: clients, adds: distinct }\n  - { id: people,")
        .With("returns/north.clients.yaml", """
            agency: north
            return: clients
            title: Clients
            every: year
            from: 2019-20
            tables:
              - id: clients
                title: Clients by age and gender
                measure: clients
                rows: [{ band: b1 }, { band: b2 }, { band: b3 }, { band: b4 }, { band: b5 }]
                columns: [{ gender: f }, { gender: m }, { gender: x }]
            """)
        .With("tables.yaml", "tables:\n  - { id: clients, title: Clients, of: clients, rows: band, columns: gender }\n")
        .Load();

    private readonly Random _random = new(seed);
    private readonly Dictionary<ReturnKey, LiveReturn> _live = [];
    private readonly Period _year = Period.Parse("2019-20");

    /// <summary>Returns releases as returns arrive, are corrected and are withdrawn.</summary>
    public IEnumerable<YearFigures> Years(int releases)
    {
        var due = Catalogue.GetReturnsDueIn(_year).Select(item => item.Key).OrderBy(_ => _random.Next()).ToList();
        foreach (var key in due.Take(_random.Next(due.Count / 2, due.Count)))
        {
            Arrive(key);
        }

        for (var release = 0; release < releases; release++)
        {
            yield return ToYear();
            for (var event_ = _random.Next(1, 3); event_ > 0; event_--)
            {
                var key = due[_random.Next(due.Count)];
                if (_live.ContainsKey(key) && _random.Next(4) == 0)
                {
                    _live.Remove(key);
                }
                else
                {
                    Arrive(key);
                }
            }
        }
    }

    private YearFigures ToYear() => new(Catalogue, _year, [.. _live.Values]);

    private void Arrive(ReturnKey key)
    {
        var before = _live.GetValueOrDefault(key)?.Observations.ToDictionary(observation => observation.Key, observation => observation.Figure.Value);
        var cells = Catalogue.FindForm(key)!.Cells.Where(cell => cell.Measure.Quantity == Quantity.Count).ToList();
        var observations = new List<Observation>();
        foreach (var cell in cells)
        {
            // A correction does not change most figures.
            var value = before is not null && _random.Next(3) > 0 ? before[cell.Key] : Number();
            if (cell.Measure.Id.Value == "answered" && value is { } answered)
            {
                value = Math.Min(answered, observations.Where(item => item.Key.Measure.Value == "calls").Sum(item => item.Figure.Value ?? 0));
            }

            observations.Add(new Observation(cell.Key, key.Period, new Figure(value, value is null ? Markers.NotAvailable : Markers.None), new CellRef(null, 1, 1)));
        }

        _live[key] = new LiveReturn(key, (_live.GetValueOrDefault(key)?.Version ?? 0) + 1, observations);
    }

    private decimal? Number() => _random.Next(10) switch
    {
        0 => 0,
        < 4 => _random.Next(1, 5),
        < 6 => _random.Next(5, 12),
        < 9 => _random.Next(12, 60),
        _ => _random.Next(3) == 0 ? null : _random.Next(100, 400),
    };
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

/// <summary>One publication of a year: its numbers, and what everybody knows about its figures besides.</summary>
/// <param name="Parts">Pairs of a part and its whole.</param>
/// <param name="Growth">Pairs of cumulative figures of 2 years, of which the later ones include the earlier ones.</param>
internal sealed record Publication(
    IReadOnlyList<Seen> Numbers,
    IReadOnlyList<string> Exposed,
    IReadOnlyList<(IReadOnlyList<SourcedObservation> Part, IReadOnlyList<SourcedObservation> Whole)> Parts,
    IReadOnlyList<(IReadOnlyList<SourcedObservation> Earlier, IReadOnlyList<SourcedObservation> Later)> Growth);

/// <summary>
/// An invented partnership with 1 to 3 years. Returns come late, are corrected and are withdrawn. The catalogue changes: a headline is added or
/// ended, a breakdown is dropped, a measure is defined in a new way. One measure counts a part of another, and one is cumulative.
/// </summary>
internal sealed class RandomPartnership
{
    private const string Calls = """
          - { id: calls, title: Calls, of: calls, breakdowns: [area], sentence: "{value} calls{change}." }

        """;

    private const string CallsWithoutAreas = """
          - { id: calls, title: Calls, of: calls, sentence: "{value} calls{change}." }

        """;

    private const string Serious = """
          - { id: serious, title: Serious calls, of: serious, breakdowns: [area], sentence: "{value} serious calls{change}." }

        """;

    private const string People = """
          - { id: people, title: People, of: people, breakdowns: [age], sentence: "{value} people{change}." }

        """;

    private static readonly IReadOnlyList<CatalogueFile> Files = TestCatalogue.Small
        .Change("measures/all.yaml", "  - { id: people,", "  - { id: serious, label: Serious, unit: calls, adds: flow }\n  - { id: people,")
        .Change("measures/all.yaml", "unit: people, adds: distinct", "unit: people, adds: distinct, covers: project")
        .Change("returns/north.calls.yaml", "  - id: others", "  - id: serious\n    title: Serious calls\n    measure: serious\n    rows: [{ area: city }, { area: fen }]\n  - id: others")
        .With("returns/south.people.yaml", "agency: south\nreturn: people\ntitle: People\nevery: year\nfrom: 2019-20\ntables:\n  - id: people\n    title: People\n    measure: people\n    rows: [{ age: adult }, { age: child }]\n")
        .With("checks.yaml", "checks:\n  - { id: part, operation: not-above, of: serious, to: calls, by: [area] }\n");

    /// <summary>The first catalogue, and those that it can change to.</summary>
    private static readonly IReadOnlyList<PartnershipCatalogue> Catalogues =
    [
        Load(Files, Calls + Serious + People),
        Load(Files, Calls + People),
        Load(Files, CallsWithoutAreas + Serious + People),
        Load(Files.Change("measures/all.yaml", "{ id: calls, ", "{ id: calls, breakIn: 2020-21, breakNote: 'Text messages are included.', "), Calls + Serious + People),
    ];

    private static readonly string[] Years = ["2019-20", "2020-21", "2021-22"];

    private readonly Random _random;
    private readonly IReadOnlyList<Period> _years;
    private readonly SortedDictionary<Period, Dictionary<ReturnKey, LiveReturn>> _live = [];
    private readonly Dictionary<Period, DisclosureHistory> _histories = [];
    private PartnershipCatalogue _catalogue = Catalogues[0];

    public RandomPartnership(int seed)
    {
        _random = new Random(seed);
        _years = [.. Years.Take(_random.Next(1, 4)).Select(year => Period.Parse(year))];
    }

    public static int Threshold => Catalogues[0].Disclosure.Threshold;

    /// <param name="policy">Replaces the policy of the catalogue, to show that a weaker one is found.</param>
    public IEnumerable<Publication> Publish(DisclosurePolicy? policy = null)
    {
        foreach (var year in _years)
        {
            _live[year] = [];
            foreach (var key in DueIn(year).Where(_ => _random.Next(4) > 0).ToList())
            {
                Arrive(key);
            }

            yield return Publish(year, policy);
            foreach (var publication in Continue(policy))
            {
                yield return publication;
            }
        }
    }

    private List<ReturnKey> DueIn(Period year) => [.. _catalogue.GetReturnsDueIn(year).Select(item => item.Key).OrderBy(key => key.ToString(), StringComparer.Ordinal)];

    /// <summary>Changes something in a year that has begun, or the catalogue, and publishes what is different.</summary>
    private IEnumerable<Publication> Continue(DisclosurePolicy? policy)
    {
        if (_random.Next(4) == 0)
        {
            _catalogue = Catalogues[_random.Next(Catalogues.Count)];
            foreach (var each in _live.Keys.ToList())
            {
                yield return Publish(each, policy);
            }
        }

        var year = _live.Keys.ElementAt(_random.Next(_live.Count));
        var (due, sent) = (DueIn(year), _live[year]);
        var key = due[_random.Next(due.Count)];
        if (sent.ContainsKey(key) && _random.Next(3) == 0)
        {
            sent.Remove(key);
        }
        else
        {
            Arrive(key);
        }

        yield return Publish(year, policy);
    }

    private Publication Publish(Period year, DisclosurePolicy? policy)
    {
        var figures = FiguresOf(year);
        var history = _histories.GetValueOrDefault(year) ?? DisclosureHistory.Empty;
        var others = _live.Keys.Where(other => other < year).TakeLast(1).Concat(_live.Keys.Where(other => other > year).Take(1))
            .Select(other => OtherYear.Create(_catalogue, other, CumulativeOf(other), _histories.GetValueOrDefault(other) ?? DisclosureHistory.Empty)).ToList();
        var (headlines, tables) = (HeadlineCalculator.Calculate(_catalogue, figures), TableCalculator.Calculate(_catalogue, figures));
        var disclosed = DisclosureControl.Apply(policy ?? _catalogue.Disclosure, headlines, tables, history, FigureLinks.Create(_catalogue, figures, history, others));
        _histories[year] = disclosed.DisclosureHistory;
        var numbers = AttackTests.Numbers(headlines, tables).Zip(AttackTests.Numbers(disclosed.Headlines, disclosed.Tables), (truth, shown) => new Seen($"{year} {truth.Name}", truth.Amount, shown.Amount));
        return new Publication([.. numbers], disclosed.Exposed, [.. FindParts(figures)], [.. FindGrowth()]);
    }

    private YearFigures FiguresOf(Period year) => new(_catalogue, year, [.. _live[year].Values]);

    private List<SourcedObservation> CumulativeOf(Period year) => [.. FiguresOf(year).GetObservations([new("people")]).Where(item => item.Observation.Figure.Value is not null)];

    private static IEnumerable<(IReadOnlyList<SourcedObservation> Part, IReadOnlyList<SourcedObservation> Whole)> FindParts(YearFigures figures)
    {
        var wholes = figures.GetObservations([new("calls")]).Where(item => item.Observation.Figure.Value is not null)
            .ToLookup(item => (item.Return, item.Observation.Period, item.Observation.Key.Area));
        foreach (var part in figures.GetObservations([new("serious")]).Where(item => item.Observation.Figure.Value is not null))
        {
            if (wholes[(part.Return, part.Observation.Period, part.Observation.Key.Area)].ToList() is [var whole])
            {
                yield return ([part], [whole]);
            }
        }
    }

    private IEnumerable<(IReadOnlyList<SourcedObservation> Earlier, IReadOnlyList<SourcedObservation> Later)> FindGrowth() =>
        _live.Keys.Zip(_live.Keys.Skip(1), (before, now) => ((IReadOnlyList<SourcedObservation>)CumulativeOf(before), (IReadOnlyList<SourcedObservation>)CumulativeOf(now)));

    private void Arrive(ReturnKey key)
    {
        var sent = _live[key.Period.Year];
        var before = sent.GetValueOrDefault(key)?.Observations.ToDictionary(observation => observation.Key, observation => observation.Figure.Value);
        var observations = new List<Observation>();
        foreach (var cell in _catalogue.FindForm(key)!.Cells.Where(cell => cell.Measure.Quantity == Quantity.Count))
        {
            var value = before is not null && _random.Next(3) > 0 ? before[cell.Key] : cell.Key.Measure.Value switch
            {
                "serious" => observations.Find(item => item.Key.Measure.Value == "calls" && item.Key.Area == cell.Key.Area)?.Figure.Value is { } calls ? _random.Next(3) == 0 ? calls - Math.Min(calls, _random.Next(5)) : decimal.Floor(calls * _random.Next(10) / 10) : null,
                "people" => Grow(key, cell.Key),
                _ => Number(),
            };
            observations.Add(new Observation(cell.Key, key.Period, new Figure(value, value is null ? Markers.NotAvailable : Markers.None), new CellRef(null, 1, 1)));
        }

        Cap(observations);
        sent[key] = new LiveReturn(key, (sent.GetValueOrDefault(key)?.Version ?? 0) + 1, observations);
    }

    /// <summary>A correction may have made a whole smaller than its part.</summary>
    private static void Cap(List<Observation> observations)
    {
        for (var i = 0; i < observations.Count; i++)
        {
            var (item, whole) = (observations[i], observations.Find(whole => whole.Key.Measure.Value == "calls" && whole.Key.Area == observations[i].Key.Area));
            if (item.Key.Measure.Value == "serious" && item.Figure.Value > whole?.Figure.Value)
            {
                observations[i] = item with { Figure = whole.Figure };
            }
        }
    }

    /// <summary>Returns a cumulative figure that hardly exceeds the one of the year before, if there is one.</summary>
    private decimal? Grow(ReturnKey key, FigureKey figure)
    {
        var before = _live.Where(year => year.Key < key.Period.Year).SelectMany(year => year.Value.Values).Where(sent => sent.Key.Return == key.Return).OrderBy(sent => sent.Key.Period)
            .SelectMany(sent => sent.Observations).LastOrDefault(item => item.Key == figure)?.Figure.Value;
        return before is null ? Number() : before + (_random.Next(3) == 0 ? _random.Next(5, 40) : _random.Next(6));
    }

    private decimal? Number() => _random.Next(8) switch
    {
        0 => 0,
        < 3 => _random.Next(1, 5),
        < 5 => _random.Next(5, 12),
        _ => _random.Next(12, 80),
    };

    private static PartnershipCatalogue Load(IReadOnlyList<CatalogueFile> files, string headlines) => files.With("headlines.yaml", "headlines:\n" + headlines).Load();
}

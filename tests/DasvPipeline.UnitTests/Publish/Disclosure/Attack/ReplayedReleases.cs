using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

/// <summary>
/// A few releases of an invented partnership, small enough to try everything that the agencies could have sent. A world is one value for
/// each figure of each version.
/// </summary>
internal sealed class ReplayedReleases
{
    public static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small
        .With("returns/south.people.yaml", "agency: south\nreturn: people\ntitle: People\nevery: year\nfrom: 2019-20\ntables:\n  - id: people\n    title: People\n    measure: people\n    rows: [{ age: adult }, { age: child }]\n")
        .With("headlines.yaml", "headlines:\n  - { id: people, title: People, of: people, breakdowns: [age], sentence: \"{value} people.\" }\n")
        .Load();

    private static readonly string[] Ages = ["adult", "child"];

    /// <summary>The policy that the releases are made with.</summary>
    public DisclosurePolicy Policy { get; init; } = Catalogue.Disclosure;

    private readonly List<(ReturnKey Key, string Age, int Version)> _variables = [];
    private readonly List<IReadOnlyDictionary<ReturnKey, int>> _live = [];
    private readonly List<int> _truth = [];
    private readonly Dictionary<ReturnKey, int> _versions = [];

    public IReadOnlyList<int> Truth => _truth;

    /// <summary>Creates 1 to 3 releases in which returns come late, are corrected and are withdrawn.</summary>
    public static ReplayedReleases Create(int seed, DisclosurePolicy? policy = null)
    {
        var (random, releases) = (new Random(seed), new ReplayedReleases { Policy = policy ?? Catalogue.Disclosure });
        var agencies = random.Next(3) == 0 ? new[] { "north" } : ["north", "south"];
        foreach (var agency in agencies)
        {
            releases.Send(agency, Number(random), Number(random));
        }

        releases.Release();
        for (var more = random.Next(3); more > 0; more--)
        {
            var agency = agencies[random.Next(agencies.Length)];
            if (random.Next(3) == 0)
            {
                releases.Withdraw(agency);
            }
            else
            {
                releases.Send(agency, Number(random), Number(random));
            }

            releases.Release();
        }

        return releases;
    }

    public ReplayedReleases Send(string agency, int adults, int children)
    {
        var key = KeyOf(agency);
        _versions[key] = _variables.Count(variable => variable.Key == key && variable.Age == "adult") + 1;
        foreach (var (age, value) in Ages.Zip([adults, children]))
        {
            _variables.Add((key, age, _versions[key]));
            _truth.Add(value);
        }

        return this;
    }

    public ReplayedReleases Withdraw(string agency)
    {
        _versions.Remove(KeyOf(agency));
        return this;
    }

    public ReplayedReleases Release()
    {
        _live.Add(new Dictionary<ReturnKey, int>(_versions));
        return this;
    }

    /// <summary>Publishes each release of a world, one after the other.</summary>
    public IReadOnlyList<IReadOnlyList<Seen>> Publish(IReadOnlyList<int> world)
    {
        var (history, releases) = (DisclosureHistory.Empty, new List<IReadOnlyList<Seen>>());
        foreach (var live in _live)
        {
            var year = new YearFigures(Catalogue, Period.Parse("2019-20"), [.. live.Select(item => new LiveReturn(item.Key, item.Value, [.. ObservationsOf(item.Key, item.Value, world)]))]);
            var (numbers, disclosed) = AttackTests.Release(Catalogue, year, history, Policy);
            history = disclosed.DisclosureHistory;
            releases.Add(numbers);
        }

        return releases;
    }

    /// <summary>Returns the figures that a number of a release adds up.</summary>
    public IReadOnlyList<int> VariablesOf(int release, IEnumerable<SourcedObservation> figures) => [.. figures.Select(figure =>
        _variables.IndexOf((new ReturnKey(figure.Return, figure.Observation.Period), figure.Observation.Key.Breakdown["age"]!, _live[release][new ReturnKey(figure.Return, figure.Observation.Period)])))];

    public bool IsOf(int variable, string agency) => _variables[variable].Key.Return.Agency.Value == agency;

    public string NameOf(int variable) => $"{_variables[variable].Key} version {_variables[variable].Version} {_variables[variable].Age}";

    public override string ToString() => string.Join("; ", _live.Select(live => string.Join(", ", live.Select(item => $"{item.Key.Return.Agency} {string.Join('+', ObservationsOf(item.Key, item.Value, _truth).Select(observation => observation.Figure.Value))}"))));

    private static int Number(Random random) => random.Next(8) switch { 0 => 0, < 4 => random.Next(1, 5), _ => random.Next(5, 10) };

    private static ReturnKey KeyOf(string agency) => new(ReturnId.TryParse(agency + "/people")!.Value, Period.Parse("2019-20"));

    private IEnumerable<Observation> ObservationsOf(ReturnKey key, int version, IReadOnlyList<int> world) => Ages.Select(age => new Observation(
        new FigureKey(new MeasureId("people"), AreaId.All, Breakdown.Create([new("age", age)])), key.Period, new Figure(world[_variables.IndexOf((key, age, version))]), new CellRef(null, 1, 1)));
}

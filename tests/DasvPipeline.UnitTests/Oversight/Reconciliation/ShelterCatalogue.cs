using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Oversight.Reconciliation;

/// <summary>An invented agency that counts cats and dogs by area, and a report that states the figures.</summary>
internal sealed class ShelterCatalogue
{
    public const string Checks = """
        checks:
          - { id: healthy, operation: equal, of: cats.healthy, to: cats, by: [area] }
          - { id: homed, operation: not-above, of: cats.homed, to: cats }
          - { id: rate, operation: equal, of: share, to: stated.share }
        """;

    private readonly Dictionary<ReturnKey, Dictionary<FigureKey, Observation>> _returns = [];

    public static PartnershipCatalogue Catalogue { get; } = With(Checks);

    public static PartnershipCatalogue With(string checks) => new CatalogueFile[]
    {
        new("partnership.yaml", "title: Figures\npublisher: A partnership\nlicence: OGL-UK-3.0\n"),
        new("agencies.yaml", "agencies:\n  - { id: shelter, name: The Shelter }\n  - { id: report, name: The Report }\n"),
        new("dimensions/area.yaml", "dimension: area\ntitle: Area\ncodes:\n  - { code: all, label: All }\n  - { code: town, label: Town }\n  - { code: fen, label: Fen }\n"),
        new("dimensions/statement.yaml", "dimension: statement\ntitle: Statement\ncodes:\n  - { code: headline, label: First page }\n  - { code: section, label: Section }\n"),
        new("measures/all.yaml", """
            measures:
              - { id: cats, label: Cats taken in, unit: animals, adds: flow }
              - { id: dogs, label: Dogs taken in, unit: animals, adds: flow }
              - { id: cats.healthy, label: Cats seen by a vet, unit: cats, adds: flow }
              - { id: cats.homed, label: Cats homed, unit: cats, adds: flow }
              - { id: staff, label: Staff, unit: people, adds: stock }
              - { id: share, label: Share of donations, unit: percent, quantity: percent, adds: rate, weight: donations }
              - { id: donations, label: Donations, unit: donations, adds: flow }
              - { id: stated.cats, label: Cats taken in, unit: animals, adds: distinct }
              - { id: stated.dogs, label: Dogs taken in, unit: animals, adds: distinct }
              - { id: stated.staff, label: Staff in post, unit: people, adds: distinct }
              - { id: stated.homing, label: Homing rate, unit: percent, quantity: percent, adds: rate }
              - { id: stated.share, label: Share of donations, unit: percent, quantity: percent, adds: rate }
            """),
        new("returns/shelter.animals.yaml", """
            agency: shelter
            return: animals
            title: Animals
            every: quarter
            from: 2019-20
            tables:
              - { id: cats, title: Cats, measure: cats, rows: [{ area: town }, { area: fen }] }
              - { id: dogs, title: Dogs, measure: dogs, rows: [{ area: town }, { area: fen }] }
              - { id: vet, title: Vet, measure: cats.healthy, rows: [{ area: town }, { area: fen }] }
              - { id: others, title: Others, rows: [{ measure: cats.homed }, { measure: staff }, { measure: share }, { measure: donations }] }
            """),
        new("returns/report.stated.yaml", """
            agency: report
            return: stated
            title: Stated
            every: year
            from: 2019-20
            tables:
              - id: first
                title: First page
                statement: headline
                rows: [{ measure: stated.cats }, { measure: stated.dogs }, { measure: stated.staff }]
              - id: sections
                title: Sections
                statement: section
                rows:
                  - { measure: stated.cats, area: town, label: Cats in town }
                  - { measure: stated.cats, area: fen, label: Cats in the fen }
                  - { measure: stated.dogs, area: town, label: Dogs in town }
                  - { measure: stated.dogs, area: fen, label: Dogs in the fen }
                  - { measure: stated.homing }
                  - { measure: stated.share }
            """),
        new("headlines.yaml", """
            headlines:
              - { id: cats, title: Cats, of: cats, sentence: "{value}" }
              - { id: dogs, title: Dogs, of: dogs, sentence: "{value}" }
              - { id: staff, title: Staff, operation: latest, of: staff, sentence: "{value}" }
              - { id: homing, title: Homing, operation: ratio, of: cats.homed, over: cats, sentence: "{value}" }
            """),
        new("checks.yaml", checks),
    }.Load();

    /// <summary>Returns the same figures for each quarter, and a report with the right totals.</summary>
    public static ShelterCatalogue Agreeing(decimal catsTown = 101, decimal catsFen = 33, decimal dogsTown = 57, decimal dogsFen = 88)
    {
        var made = new ShelterCatalogue();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            made.Quarter(quarter, "cats", "area=town", catsTown).Quarter(quarter, "cats", "area=fen", catsFen)
                .Quarter(quarter, "dogs", "area=town", dogsTown).Quarter(quarter, "dogs", "area=fen", dogsFen)
                .Quarter(quarter, "cats.healthy", "area=town", catsTown).Quarter(quarter, "cats.healthy", "area=fen", catsFen)
                .Quarter(quarter, "cats.homed", "", catsFen).Quarter(quarter, "staff", "", 10 + quarter)
                .Quarter(quarter, "share", "", 0.5m).Quarter(quarter, "donations", "", 10 * quarter);
        }

        return made.State("cats", "statement=headline", 4 * (catsTown + catsFen)).State("dogs", "statement=headline", 4 * (dogsTown + dogsFen))
            .State("cats", "area=town;statement=section", 4 * catsTown).State("cats", "area=fen;statement=section", 4 * catsFen)
            .State("dogs", "area=town;statement=section", 4 * dogsTown).State("dogs", "area=fen;statement=section", 4 * dogsFen)
            .State("staff", "statement=headline", 14).State("share", "statement=section", 0.5m)
            .State("homing", "statement=section", catsTown + catsFen == 0 ? null : decimal.Round(catsFen / (catsTown + catsFen), 2, MidpointRounding.AwayFromZero));
    }

    public ShelterCatalogue Quarter(int quarter, string measure, string codes, decimal? value, Markers markers = Markers.None) =>
        Set("shelter/animals", FormattableString.Invariant($"2019-20-Q{quarter}"), measure, codes, value, markers);

    public ShelterCatalogue State(string headline, string codes, decimal? value, Markers markers = Markers.None) =>
        Set("report/stated", "2019-20", "stated." + headline, codes, value, markers);

    /// <summary>Leaves the cell blank.</summary>
    public ShelterCatalogue Blank(int quarter, string measure, string codes)
    {
        var key = new ReturnKey(ReturnId.TryParse("shelter/animals")!.Value, Period.FromYear(2019).WithQuarter(quarter));
        Assert.True(_returns[key].Remove(KeyOf(measure, codes)));
        return this;
    }

    public ShelterCatalogue Without(int quarter)
    {
        Assert.True(_returns.Remove(new ReturnKey(ReturnId.TryParse("shelter/animals")!.Value, Period.FromYear(2019).WithQuarter(quarter))));
        return this;
    }

    public IReadOnlyList<Discrepancy> Find(PartnershipCatalogue? catalogue = null) => Reconciler.Find(
        catalogue ?? Catalogue,
        new YearFigures(catalogue ?? Catalogue, Period.FromYear(2019), [.. _returns.Select(item => new LiveReturn(item.Key, 1, [.. item.Value.Values]))]));

    private ShelterCatalogue Set(string id, string period, string measure, string codes, decimal? value, Markers markers)
    {
        var key = new ReturnKey(ReturnId.TryParse(id)!.Value, Period.Parse(period));
        _returns.TryAdd(key, []);
        var figure = KeyOf(measure, codes);
        _returns[key][figure] = new Observation(figure, key.Period, new Figure(value, value is null && markers == Markers.None ? Markers.NotAvailable : markers), new CellRef(null, 1, 1));
        return this;
    }

    private static FigureKey KeyOf(string measure, string codes)
    {
        var all = Breakdown.Parse(codes).Codes().ToList();
        return new FigureKey(
            new MeasureId(measure),
            all.Where(code => code.Key == Dimension.Area).Select(code => new AreaId(code.Value)).FirstOrDefault(AreaId.All),
            Breakdown.Create(all.Where(code => code.Key != Dimension.Area)));
    }
}

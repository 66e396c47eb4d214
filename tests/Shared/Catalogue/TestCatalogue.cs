using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Tests.Catalogue;

/// <summary>The shipped catalogue, a small one for tests, and methods that put mistakes into them.</summary>
internal static class TestCatalogue
{
    public static IReadOnlyList<CatalogueFile> Shipped => PartnershipCatalogue.EmbeddedFiles();

    /// <summary>Two agencies that report the same measures. One of them also reports others.</summary>
    public static IReadOnlyList<CatalogueFile> Small =>
    [
        new("partnership.yaml", "title: Figures\npublisher: A partnership\nlicence: OGL-UK-3.0\n"),
        new("disclosure.yaml", "threshold: 5\n"),
        new("agencies.yaml", """
            agencies:
              - { id: north, name: North }
              - { id: south, name: South }
            """),
        new("dimensions/area.yaml", """
            dimension: area
            title: Area
            codes:
              - { code: all, label: Everywhere }
              - { code: city, label: The City, aliases: [City] }
              - { code: fen, label: The Fen }
            """),
        new("dimensions/age.yaml", """
            dimension: age
            title: Age
            codes:
              - { code: adult, label: Adults }
              - { code: child, label: Children }
            """),
        new("measures/all.yaml", """
            measures:
              - { id: calls, label: Calls, unit: calls, adds: flow }
              - { id: answered, label: Answered, unit: calls, adds: flow }
              - { id: volunteers, label: Volunteers, unit: volunteers, adds: stock }
              - { id: share, label: Share, unit: percent, quantity: percent, adds: rate, weight: calls }
              - { id: people, label: People, unit: people, adds: distinct }
              - { id: grants, label: Grants, unit: pounds, quantity: pounds, adds: flow }
            """),
        new("returns/north.calls.yaml", """
            agency: north
            return: calls
            title: Calls
            every: quarter
            from: 2019-20
            tables:
              - id: calls
                title: Calls by area
                measure: calls
                rows:
                  - { area: city }
                  - { area: fen }
                  - { total: Total }
              - id: others
                title: Others
                rows:
                  - { measure: answered }
                  - { measure: volunteers }
                  - { measure: share }
                  - { measure: grants }
            """),
        new("returns/north.people.yaml", """
            agency: north
            return: people
            title: People
            every: year
            from: 2019-20
            tables:
              - id: people
                title: People by age
                measure: people
                rows: [{ age: adult }, { age: child }]
            """),
        new("returns/south.calls.yaml", """
            agency: south
            return: calls
            title: Calls
            every: quarter
            from: 2019-20-Q3
            tables:
              - id: calls
                title: Calls
                area: city
                rows:
                  - { measure: calls }
                  - { measure: volunteers }
            """),
        new("headlines.yaml", """
            headlines:
              - id: calls
                title: Calls taken
                of: calls
                breakdowns: [area]
                sentence: "{value} calls were taken{change}."
              - id: volunteers
                title: Volunteers
                operation: latest
                of: volunteers
                sentence: "{value} volunteers were active{change}."
              - id: answered
                title: Calls answered
                operation: ratio
                of: answered
                over: calls
                sentence: "{value} of calls were answered{change}."
              - id: people
                title: People helped
                of: people
                breakdowns: [age]
                sentence: "{value} people were helped{change}."
              - id: grants
                title: Grants given
                of: grants
                sentence: "{value} were given{change}."
            """),
    ];

    /// <summary>Returns the files with one added, or replaced at the same path.</summary>
    public static IReadOnlyList<CatalogueFile> With(this IEnumerable<CatalogueFile> files, string path, string text) =>
        [.. files.Where(file => file.Path != path), new CatalogueFile(path, text)];

    public static IReadOnlyList<CatalogueFile> Without(this IEnumerable<CatalogueFile> files, string path) => [.. files.Where(file => file.Path != path)];

    /// <summary>Returns the files with a text changed that occurs once in a file.</summary>
    public static IReadOnlyList<CatalogueFile> Change(this IReadOnlyList<CatalogueFile> files, string path, string from, string to)
    {
        var text = files.Single(file => file.Path == path).Text;
        Assert.Equal(2, text.Split(from).Length);
        return files.With(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    public static PartnershipCatalogue Load(this IEnumerable<CatalogueFile> files) => PartnershipCatalogue.Load(files);

    public static IReadOnlyList<string> MistakesOf(IEnumerable<CatalogueFile> files) =>
        [.. Assert.Throws<CatalogueException>(() => PartnershipCatalogue.Load(files)).Mistakes.Select(mistake => mistake.ToString())];
}

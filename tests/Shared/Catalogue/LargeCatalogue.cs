using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Tests.Catalogue;

/// <summary>An invented partnership of 60 agencies. Each sends a return every quarter, and every third another one every year.</summary>
internal static class LargeCatalogue
{
    public const int Agencies = 60;

    /// <summary>The number of returns.</summary>
    public const int Returns = 80;

    private const string Table = "tables:\n  - id: cases\n    title: Cases\n    rows: [{ measure: cases }, { measure: referrals }]\n";

    public static IReadOnlyList<CatalogueFile> Files { get; } =
    [
        new("partnership.yaml", "title: Large\npublisher: Large\nlicence: none\n"),
        new("agencies.yaml", "agencies:\n" + string.Concat(Enumerable.Range(0, Agencies).Select(i => FormattableString.Invariant($"  - {{ id: agency-{i}, name: Support for district {i}, contacts: [{{ role: Data team, email: data@agency-{i}.example.org }}] }}\n")))),
        new("measures/all.yaml", "measures:\n  - { id: cases, label: Cases, unit: cases, adds: flow }\n  - { id: referrals, label: Referrals, unit: referrals, adds: flow }\n"),
        new("headlines.yaml", "headlines:\n  - { id: cases, title: Cases, of: cases, sentence: \"{value} cases{change}.\" }\n"),
        .. Enumerable.Range(0, Agencies).SelectMany(i => i % 3 == 0 ? new[] { Quarterly(i), Yearly(i) } : [Quarterly(i)]),
    ];

    private static CatalogueFile Quarterly(int agency) => new(
        FormattableString.Invariant($"returns/agency-{agency}.cases.yaml"), FormattableString.Invariant($"agency: agency-{agency}\nreturn: cases\ntitle: Cases and referrals\nevery: quarter\nfrom: 2010-11\n{Table}"));

    private static CatalogueFile Yearly(int agency) => new(
        FormattableString.Invariant($"returns/agency-{agency}.year.yaml"), FormattableString.Invariant($"agency: agency-{agency}\nreturn: year\ntitle: Outcomes of the year\nevery: year\nfrom: 2010-11\n{Table}"));
}

using DasvPipeline.Core.Domain;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Samples;

/// <summary>
/// The tables and charts of the annual report for 2019-20, typed as printed: a file each in <c>report/</c>, with a tab
/// between cells. For a quarterly return the report may print only the year's figures. Such a table is checked for one
/// quarter, to test its layout.
/// </summary>
internal static class ReportTables
{
    private const string AnyQuarter = "2019-20-Q4";

    private static readonly string[] Quarters = ["2019-20-Q1", "2019-20-Q2", "2019-20-Q3", "2019-20-Q4"];
    private static readonly string[] TwoYears = ["2018-19-Q1", "2018-19-Q2", "2018-19-Q3", "2018-19-Q4", .. Quarters];

    private const string CambridgeshireMash = "adult-safeguarding-cambridgeshire/mash";
    private const string PeterboroughMash = "adult-safeguarding-peterborough/mash";

    /// <summary>The return and the periods of each table.</summary>
    public static readonly IReadOnlyList<(string Table, string Return, string[] Periods)> All =
    [
        ("idva-referrals", "idva-service/idva", [AnyQuarter]),
        ("idva-feedback", "idva-service/feedback", ["2019-20"]),
        ("refuge-outcomes", "refuge/outcomes", ["2019-20"]),
        ("early-intervention-outcomes", "peterborough-womens-aid/services", [AnyQuarter]),
        ("police-da-incidents", "constabulary/domestic-abuse", Quarters),
        ("police-da-crime-rate", "constabulary/domestic-abuse", Quarters),
        ("perpetrator-panel", "constabulary/perpetrator-panel", Quarters),
        ("courses", "early-help/courses", ["2019-20"]),
        ("mash-da-cases", CambridgeshireMash, TwoYears),
        ("mash-da-cases", PeterboroughMash, TwoYears),
        ("mash-da-care-act", CambridgeshireMash, [AnyQuarter]),
        ("mash-da-care-act", PeterboroughMash, [AnyQuarter]),
        ("mash-sv-cases", CambridgeshireMash, TwoYears),
        ("mash-sv-cases", PeterboroughMash, TwoYears),
        ("mash-sv-care-act", CambridgeshireMash, [AnyQuarter]),
        ("mash-sv-care-act", PeterboroughMash, [AnyQuarter]),
        ("police-sexual-offences", "constabulary/sexual-offences", Quarters),
        ("police-serious-sexual-offences", "constabulary/sexual-offences", Quarters),
        ("isva-referrals", "rape-crisis/referrals", [AnyQuarter]),
        ("isva-clients", "rape-crisis/clients", ["2019-20"]),
        ("isva-support-type", "rape-crisis/clients", ["2019-20"]),
        ("isva-age", "rape-crisis/clients", ["2019-20"]),
        ("isva-outcomes", "rape-crisis/clients", ["2019-20"]),
        ("helpline", "rape-crisis/helpline", [AnyQuarter]),
        ("sarc-over-18s", "elms-sarc/referrals", TwoYears),
        ("sarc-under-18s", "elms-sarc/referrals", TwoYears),
    ];

    /// <summary>Tables of the returns that the report does not print. Their figures are entered as not available.</summary>
    private static readonly Dictionary<string, string[]> NotPrinted = new(StringComparer.Ordinal)
    {
        ["idva-service/idva"] = ["Engagement\nReferrals that engaged with the service|[x]\nRepeat referrals|[x]"],
        ["peterborough-womens-aid/services"] =
        [
            "Refuge\nWomen accommodated in refuge|[x]\nChildren accommodated in refuge|[x]",
            "Early intervention\nPeople supported|802\nFemale|737\nMale|24\nDeclared a disability|117",
        ],
    };

    /// <summary>The returns with all their tables, and the periods for which all of these have figures.</summary>
    public static IReadOnlyList<(string Return, string[] Periods)> Returns { get; } =
    [
        .. All.GroupBy(item => item.Return).Select(group => (group.Key, group.Select(item => item.Periods).Aggregate((some, others) => [.. some.Intersect(others)]))),
    ];

    public static string FileOf(string table) => Path.Combine(ExaminedSamples.TestFolder, "report", table + ".tsv");

    /// <summary>Gets the tables of a return as the report prints them.</summary>
    public static List<(string Name, string[][] Cells)> Of(string id) =>
    [
        .. All.Where(item => item.Return == id).Select(item => (item.Table, Cells(item.Table))),
        .. NotPrinted.GetValueOrDefault(id, []).Select((text, i) => ($"Not printed {i + 1}", Grid.Of(text).Cells)),
    ];

    public static string[][] Cells(string table)
    {
        var sheet = Workbooks.Accepted(Workbooks.ReadFile(File.ReadAllBytes(FileOf(table)), table + ".csv"));
        return [.. Enumerable.Range(1, sheet.RowCount).Select(row => sheet.Row(row).ToArray().Select(cell => cell.DisplayText).ToArray())];
    }

    /// <summary>Transposes the table under the same title and above the same notes.</summary>
    public static string[][] Turned(string[][] cells)
    {
        var first = Array.FindIndex(cells, row => row.Length > 1);
        var last = Array.FindLastIndex(cells, row => row.Length > 1);
        var body = cells[first..(last + 1)];
        var turned = Enumerable.Range(0, body.Max(row => row.Length)).Select(column => body.Select(row => column < row.Length ? row[column] : string.Empty).ToArray());
        return [.. cells[..first], .. turned, .. cells[(last + 1)..]];
    }

    public static string[][] Stacked(IEnumerable<string[][]> tables) => [.. tables.SelectMany(table => (string[][])[.. table, []])];

    public static string[][] SideBySide(IReadOnlyList<string[][]> tables)
    {
        var widths = tables.Select(table => table.Max(row => row.Length) + 1).ToList();
        return
        [
            .. Enumerable.Range(0, tables.Max(table => table.Length)).Select(row => tables.Zip(widths)
                .SelectMany(pair => Enumerable.Range(0, pair.Second).Select(column => row < pair.First.Length && column < pair.First[row].Length ? pair.First[row][column] : string.Empty)).ToArray()),
        ];
    }

    /// <summary>Returns the figures of the report by their keys in a return, for a table checked for this period.</summary>
    public static IEnumerable<(FigureKey Key, decimal? Value)> PrintedFor(string id, string period) => ReportFigures.Places
        .Where(pair => pair.Value.Return == id && pair.Value.Combine != "ratio")
        .Select(pair => (pair.Value.Key, Printed: ReportFigures.Printed[pair.Key]))
        .Where(item => item.Printed.Period.ToString() == period || item.Printed.Period.ToString() == period[..7])
        .Select(item => (item.Key, item.Printed.Value));
}

using System.Globalization;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Samples;

/// <summary>
/// Every table and chart of the annual report, typed as printed there, alone and with the others of its return in every
/// arrangement. The expected answer to each table alone is in a file next to it. Run once with DASV_REGENERATE=1 to
/// regenerate it, and read the difference before committing it.
/// </summary>
public sealed class ReportTableTests
{
    private static readonly (string Name, Func<List<string[][]>, List<string[][]>> Lay)[] Arrangements =
    [
        ("stacked", tables => [ReportTables.Stacked(tables)]),
        ("stacked in another order", tables => [ReportTables.Stacked(Enumerable.Reverse(tables))]),
        ("side by side", tables => [ReportTables.SideBySide(tables)]),
        ("side by side in another order", tables => [ReportTables.SideBySide([.. Enumerable.Reverse(tables)])]),
        ("on sheets of their own", tables => tables),
        ("turned and stacked", tables => [ReportTables.Stacked(tables.Select(ReportTables.Turned))]),
        ("turned, side by side", tables => [ReportTables.SideBySide([.. tables.Select(ReportTables.Turned)])]),
        ("turned, on sheets of their own", tables => tables.ConvertAll(ReportTables.Turned)),
        ("every other one turned", tables => [ReportTables.Stacked(tables.Select((table, i) => i % 2 == 0 ? table : ReportTables.Turned(table)))]),
    ];

    public static TheoryData<string> Tables() => [.. ReportTables.All.Select(item => item.Table).Distinct()];

    public static TheoryData<string, string> Layouts()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (id, _) in ReportTables.Returns)
        {
            foreach (var (name, _) in TestShare.OneIn(4, 1, Arrangements))
            {
                cases.Add(id, name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_as_printed_gets_its_expected_answer(string table)
    {
        var ct = TestContext.Current.CancellationToken;
        var answer = new StringBuilder();
        foreach (var (_, id, periods) in ReportTables.All.Where(item => item.Table == table))
        {
            foreach (var period in periods)
            {
                answer.Append(Answer(id, period, await Examine.FileAsync(id, period, await File.ReadAllBytesAsync(ReportTables.FileOf(table), ct), "report.csv")));
            }
        }

        var file = Path.ChangeExtension(ReportTables.FileOf(table), ".answer.txt");
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await File.WriteAllTextAsync(file, answer.ToString(), ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, ct), answer.ToString());
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_as_printed_has_the_figures_that_the_report_has(string table)
    {
        foreach (var (_, id, periods) in ReportTables.All.Where(item => item.Table == table))
        {
            foreach (var period in periods)
            {
                var printed = ReportTables.PrintedFor(id, period).ToDictionary(item => item.Key, item => item.Value);
                var observations = await ReadAsync(id, period, [ReportTables.Cells(table)], "csv");
                Assert.NotEmpty(observations.Observations);
                Assert.All(observations.Observations, observation => Assert.Equal(printed[observation.Key], observation.Figure.Value));
            }
        }
    }

    /// <summary>Section 5.4.1 prints two totals, which are checked but not stored. Section 4.2.2 has only this table.</summary>
    [Fact]
    public async Task Every_figure_of_every_table_and_chart_is_read()
    {
        string[] sections = ["section 4.3.2", "section 4.4.3", "section 5.4.1"];
        string[] outcomes = ["F104", "F105", "F106", "F107"];
        var expected = ReportFigures.Printed.Where(pair => ReportFigures.Places[pair.Key].Return != "partnership/stated-figures"
            && (pair.Value.Where.StartsWith("chart ", StringComparison.Ordinal) || sections.Contains(pair.Value.Where) || outcomes.Contains(pair.Key)));
        var read = new HashSet<(FigureKey, Period)>();
        foreach (var (table, id, periods) in ReportTables.All)
        {
            foreach (var period in periods)
            {
                var examined = await ReadAsync(id, period, [ReportTables.Cells(table)], "csv");
                read.UnionWith(examined.Observations.Select(observation => (observation.Key, observation.Period)));

                // A blank cell gives no observation. Its query shows that the cell was found.
                var blanks = examined.Findings.Where(finding => finding.Code == Codes.Blank).Select(finding => finding.Message).ToList();
                read.UnionWith(Examine.Form(id).Cells.Where(cell => blanks.Exists(message => message.Contains($"\"{cell.Name}\"", StringComparison.Ordinal)))
                    .Select(cell => (cell.Key, Period.Parse(period))));
            }
        }

        Assert.Empty(expected.Where(pair => !read.Any(item => item.Item1 == ReportFigures.Places[pair.Key].Key
            && (item.Item2 == pair.Value.Period || item.Item2.Year == pair.Value.Period))).Select(pair => pair.Key));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_return_made_of_the_reports_tables_is_accepted_in_every_arrangement(string id, string arrangement)
    {
        var form = Examine.Form(id, Examine.Unchecked);
        foreach (var period in ReportTables.Returns.Single(item => item.Return == id).Periods)
        {
            var printed = ReportTables.PrintedFor(id, period).ToDictionary(item => item.Key, item => item.Value);
            var sheets = Arrangements.Single(item => item.Name == arrangement).Lay([.. ReportTables.Of(id).Select(item => item.Cells)]);
            foreach (var format in (string[])["csv", "xlsx", "ods", "xls"])
            {
                if (format == "csv" && sheets.Count > 1)
                {
                    continue;
                }

                var examined = await ReadAsync(id, period, sheets, format);
                Assert.True(examined.IsAccepted, $"{period} {format}\n{Examine.Findings(examined)}");
                Assert.All(examined.Findings, finding => Assert.True(IsExpected(finding), $"{period} {format}\n{Examine.Findings(examined)}"));
                Assert.All(form.Cells, cell =>
                {
                    var figure = examined.Observations.SingleOrDefault(observation => observation.Key == cell.Key)?.Figure;
                    Assert.Equal((cell.Key, IsPrinted(id, cell.Key) ? printed[cell.Key] : null), (cell.Key, figure?.Value));
                });
            }
        }
    }

    /// <summary>Asserts that blanks give queries, unusual notation gives notes, and there are no other findings.</summary>
    private static bool IsExpected(Finding finding) => finding.Severity == Severity.Note
        ? finding.Code is Codes.ReadAs or Codes.FigureNotRead
        : finding is { Severity: Severity.Query, Code: Codes.Blank };

    /// <summary>The report does not print the rest of these two returns as tables. This test ignores its other statements about them.</summary>
    private static bool IsPrinted(string id, FigureKey key) => id switch
    {
        "idva-service/idva" => key.Measure.Value == "idva.referrals",
        "peterborough-womens-aid/services" => key.Measure.Value is not ("refuge.women" or "refuge.children"),
        _ => true,
    };

    private static Task<ExaminationResult> ReadAsync(string id, string period, List<string[][]> sheets, string format)
    {
        var grids = sheets.Select((cells, i) => (string.Create(CultureInfo.InvariantCulture, $"Sheet{i + 1}"), new Grid(cells))).ToArray();
        var content = format switch
        {
            "csv" => Encoding.UTF8.GetBytes(grids[0].Item2.Csv('\t')),
            "xlsx" => Grid.Xlsx(grids),
            "ods" => Grid.Ods(grids),
            _ => Grid.Xls(grids),
        };
        return Examine.FileAsync(id, period, content, "report." + format, Examine.Unchecked);
    }

    private static string Answer(string id, string period, ExaminationResult examined)
    {
        var text = new StringBuilder($"{id} {period}: {(examined.IsAccepted ? "accepted" : "rejected")}\n");
        foreach (var finding in examined.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {finding.Severity.ToString().ToLowerInvariant()} {finding.Code}{(finding.Cell is { } cell ? " at " + cell : string.Empty)}: {finding.Message}\n");
        }

        foreach (var observation in examined.Observations)
        {
            var markers = string.Concat(observation.Figure.Markers.ToLetters());
            text.Append(CultureInfo.InvariantCulture, $"  {observation.Cell}: {observation.Key} = {observation.Figure.Value}{(markers.Length > 0 ? $"[{markers}]" : string.Empty)}{(observation.Figure.Note is { } note ? $" ({note})" : string.Empty)}\n");
        }

        return text.Append('\n').ToString();
    }
}

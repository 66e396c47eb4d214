using System.Globalization;
using DasvPipeline.Core.Publish.Report;
using DasvPipeline.Tests.Samples;
using DocumentFormat.OpenXml.Drawing.Charts;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.UnitTests.Publish.Report;

/// <summary>
/// The Word document of 2019-20, made from the samples, has every figure that the Partnership's own report prints (figures.csv), at the place
/// that report-places.csv gives. That file also lists the figures that are corrected or hidden, each with the reason.
/// </summary>
public sealed class ReportFigureTests
{
    private static IReadOnlyDictionary<string, PrintedFigure> Printed => ReportFigures.Printed;

    public static TheoryData<string> Refs() => [.. Printed.Keys];

    [Theory]
    [MemberData(nameof(Refs))]
    public async Task A_figure_of_the_report_is_in_the_document(string id)
    {
        using var report = new OpenReport(await SampleReports.FileAsync(ReportFiles.Document));
        var place = ReportPlaces.All[id];
        var expected = place.Shown ?? Format(Printed[id].Value!.Value, ReportPlaces.Units[id]);
        if (place.Row.Length == 0)
        {
            Assert.Contains(report.GetSentences(place.Section), sentence => sentence.Split(' ', '.').Contains(expected));
            return;
        }

        Assert.Equal(expected, report.Tables[place.Section].GetText(place.Row, place.Column));
    }

    [Fact]
    public void Every_figure_has_a_place_and_each_that_is_not_shown_as_printed_has_a_reason()
    {
        Assert.Equal(Printed.Keys, ReportPlaces.All.Keys);
        Assert.All(ReportPlaces.All.Where(place => Printed[place.Key].Value is null), place => Assert.Equal("The report prints no figure.", place.Value.Why));
        Assert.All(ReportPlaces.All.Values, place => Assert.Equal(place.Shown is null, place.Why.Length == 0));
        var hidden = ReportPlaces.All.Where(place => place.Value.Shown == "[c]").ToList();
        Assert.Equal(30, hidden.Count);
        Assert.All(hidden.Where(place => Printed[place.Key].Value is > 0 and < 5 && ReportPlaces.Units[place.Key] == "count"), place => Assert.Equal("Hidden: a count from 1 to 4.", place.Value.Why));
        Assert.Equal(["F109", "H8a"], ReportPlaces.All.Where(place => place.Value.Why.StartsWith("Corrected", StringComparison.Ordinal)).Select(place => place.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Charts_have_the_published_figures_of_their_tables_and_a_workbook_with_the_same()
    {
        using var report = new OpenReport(await SampleReports.FileAsync(ReportFiles.Document));
        var content = ReportFiles.Parse(await SampleReports.FileAsync(ReportFiles.Json));
        var charts = report.Body.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().ToDictionary(item => item.Title!.Value!, StringComparer.Ordinal);
        var drawn = content.Tables.Where(table => table.Chart is not null && ChartData.Create(table, "2019-20") is not null).ToList();
        Assert.Equal(drawn.Select(table => table.Title), charts.Keys);
        Assert.InRange(drawn.Count, 11, 20);
        foreach (var table in drawn)
        {
            var part = (ChartPart)report.Main.GetPartById($"chart{charts[table.Title].Id}");
            var numbers = part.ChartSpace!.Descendants<DocumentFormat.OpenXml.Drawing.Charts.Values>().SelectMany(values => values.Descendants<NumericValue>()).Select(value => decimal.Parse(value.Text, CultureInfo.InvariantCulture)).ToList();
            var chart = ChartData.Create(table, "2019-20")!;
            Assert.Equal(chart.Series.SelectMany(series => series.Values).OfType<decimal>(), numbers);
            Assert.Subset(table.Cells.Select(cell => cell.Value).OfType<decimal>().ToHashSet(), numbers.ToHashSet());

            using var workbook = SpreadsheetDocument.Open(part.EmbeddedPackagePart!.GetStream(), isEditable: false);
            var cells = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Skip(1)
                .Select(row => row.Elements<Cell>().Skip(1).Select(cell => cell.CellValue?.Text is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : (decimal?)null).ToList()).ToList();
            Assert.Equal(chart.Series.SelectMany(series => series.Values), chart.Series.SelectMany((_, i) => cells.Select(row => row[i])));
        }
    }

    private static string Format(decimal value, string unit) => unit switch
    {
        "rate" => (value * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%",
        "GBP" => "£" + value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}

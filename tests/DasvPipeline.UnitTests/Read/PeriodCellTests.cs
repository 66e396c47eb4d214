using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.UnitTests.Read;

/// <summary>A date cell next to "Period" means the same as the text that it shows.</summary>
public sealed class PeriodCellTests
{
    private static readonly DateTime First = new(1899, 12, 30);

    [Theory]
    [InlineData("2019-04-01")]
    [InlineData("2019-05-01")]
    [InlineData("2019-06-30")]
    [InlineData("2018-04-01")]
    [InlineData("2019-10-01")]
    [InlineData("2019-05-15")]
    public async Task A_date_and_its_text_get_the_same_answer_in_every_format(string date)
    {
        var day = DateTime.Parse(date, null);
        var shown = day.Day == 1 ? day.ToString("MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture) : date;
        var text = Summary(await Examine.GridAsync(ValidFiles.Return, ValidFiles.Period, $"Period|{shown}\n\nOver 18s|51\nUnder 18s|24"));
        var serial = (int)(day - First).TotalDays;
        var row = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Period:</t></is></c><c r=\"B1\" s=\"2\"><v>" + serial + "</v></c></row>";
        var xlsx = XlsxBytes.Of(row + ValidFiles.XlsxRows.Replace("r=\"2\"", "r=\"4\"", StringComparison.Ordinal).Replace("r=\"1\"", "r=\"3\"", StringComparison.Ordinal)
            .Replace("A2", "A4", StringComparison.Ordinal).Replace("B2", "B4", StringComparison.Ordinal).Replace("A1", "A3", StringComparison.Ordinal).Replace("B1", "B3", StringComparison.Ordinal));
        var xls = XlsBytes.Of(
            XlsBytes.Label(1, 1, "Period:"), XlsBytes.Number(1, 2, serial, 14), XlsBytes.Label(3, 1, "Over 18s"), XlsBytes.Number(3, 2, 51), XlsBytes.Label(4, 1, "Under 18s"), XlsBytes.Number(4, 2, 24));
        var ods = OdsBytes.Of(
            ValidFiles.OdsRow("Period:", $"<table:table-cell table:style-name=\"day\" office:value-type=\"date\" office:date-value=\"{date}\"><text:p>x</text:p></table:table-cell>")
            + OdsBytes.Row(string.Empty) + ValidFiles.OdsRows);
        Assert.Equal(text, Summary(await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, xlsx, "return.xlsx")));
        Assert.Equal(text, Summary(await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, xls, "return.xls")));
        Assert.Equal(text, Summary(await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, ods, "return.ods")));
    }

    [Theory]
    [InlineData("2019-05-01")]
    [InlineData("2018-04-01")]
    public async Task A_date_of_another_time_is_not_passed_over(string date)
    {
        var serial = (int)(DateTime.Parse(date, null) - First).TotalDays;
        var xls = XlsBytes.Of(XlsBytes.Label(1, 1, "Reporting period"), XlsBytes.Number(1, 2, serial, 14), XlsBytes.Label(2, 1, "Over 18s"), XlsBytes.Number(2, 2, 51), XlsBytes.Label(3, 1, "Under 18s"), XlsBytes.Number(3, 2, 24));
        var examined = await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, xls, "return.xls");
        Assert.Contains(examined.Findings, finding => finding.Severity != Severity.Note);
    }

    [Fact]
    public async Task A_date_on_which_the_form_was_filled_in_says_nothing_about_the_period()
    {
        var xls = XlsBytes.Of(XlsBytes.Number(1, 1, 43700, 14), XlsBytes.Number(2, 3, 43700, 14), XlsBytes.Label(4, 1, "Over 18s"), XlsBytes.Number(4, 2, 51), XlsBytes.Label(5, 1, "Under 18s"), XlsBytes.Number(5, 2, 24));
        Assert.Equal(string.Empty, Examine.Findings(await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, xls, "return.xls")));
    }

    private static string Summary(ExaminationResult examined) =>
        string.Join('\n', examined.Findings.Select(finding => $"{finding.Severity} {finding.Code} {finding.Cell?.Address} {finding.Message}")) + Examine.Values(examined, Examine.Form(ValidFiles.Return));
}

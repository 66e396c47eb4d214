using System.Globalization;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

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
    public async Task A_date_gets_the_same_answer_as_its_text_in_every_format(string date)
    {
        var day = DateTime.Parse(date, CultureInfo.InvariantCulture);
        var shown = day.Day == 1 ? day.ToString("MMMM yyyy", CultureInfo.InvariantCulture) : date;
        var text = Summary(await Examine.GridAsync(ValidFiles.Return, ValidFiles.Period, $"Period|{shown}\n\n|Number\nOver 18s|51\nUnder 18s|24"));
        Assert.NotEqual("51 24", text);
        foreach (var format in (string[])["xlsx", "xls", "ods"])
        {
            Assert.Equal(text, Summary(await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, Create(format, "Period", day), "return." + format)));
        }
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [InlineData("ods")]
    public async Task A_date_on_which_the_form_was_filled_in_says_nothing_about_the_period(string format)
    {
        var examined = await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, Create(format, "Completed", new DateTime(2019, 8, 23)), "return." + format);
        Assert.Equal(string.Empty, Examine.Findings(examined));
    }

    private static byte[] Create(string format, string label, DateTime date)
    {
        var serial = (int)(date - First).TotalDays;
        return format switch
        {
            "xlsx" => XlsxBytes.Of(
                $"<row r=\"1\">{Text("A1", label)}<c r=\"B1\" s=\"2\"><v>{serial}</v></c></row><row r=\"3\">{Text("B3", "Number")}</row>"
                + $"<row r=\"4\">{Text("A4", "Over 18s")}<c r=\"B4\"><v>51</v></c></row><row r=\"5\">{Text("A5", "Under 18s")}<c r=\"B5\"><v>24</v></c></row>"),
            "xls" => Of(
                Label(1, 1, label), Number(1, 2, serial, 14), Label(3, 2, "Number"), Label(4, 1, "Over 18s"), Number(4, 2, 51), Label(5, 1, "Under 18s"), Number(5, 2, 24)),
            _ => OdsBytes.Of(
                ValidFiles.OdsRow(label, $"<table:table-cell table:style-name=\"day\" office:value-type=\"date\" office:date-value=\"{date:yyyy-MM-dd}\"><text:p>x</text:p></table:table-cell>")
                + OdsBytes.Row(string.Empty) + OdsBytes.Row("<table:table-cell/>" + OdsBytes.Text("<text:p>Number</text:p>")) + ValidFiles.OdsRows),
        };

        static string Text(string at, string words) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{words}</t></is></c>";
    }

    private static string Summary(ExaminationResult examined) => string.Concat(
        examined.Findings.Select(finding => $"{finding.Severity} {finding.Code} {finding.Cell?.Address} {finding.Message}\n")) + Examine.Values(examined, Examine.Form(ValidFiles.Return));
}

using DasvPipeline.Core.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class FormatTests
{
    [Theory]
    [InlineData("figures.ods")]
    [InlineData("figures.xls")]
    public void The_same_workbook_has_the_same_cells(string file) => AssertSame(ReadFile(Fixture("figures.xlsx"), "figures.xlsx"), ReadFile(Fixture(file), file));

    [Theory]
    [InlineData("days1904.ods")]
    [InlineData("days1904.xls")]
    public void Dates_counted_from_1904_are_the_same_days(string file)
    {
        var sheet = Accepted(ReadFile(Fixture("days1904.xlsx"), "days1904.xlsx"));
        Assert.Equal([["2019-04-01", "2019-04-01 13:30", "09:00"]], Shown(sheet));
        AssertSame(ReadFile(Fixture("days1904.xlsx"), "days1904.xlsx"), ReadFile(Fixture(file), file));
    }

    [Fact]
    public void The_workbook_saved_as_text_shows_the_same_cells()
    {
        var text = Shown(Accepted(ReadFile(Fixture("figures.csv"), "figures.csv")));
        var shown = Shown(ReadFile(Fixture("figures.xlsx"), "figures.xlsx").Sheets[0]);

        // A text file has the number as its format displays it.
        shown[5][4] = "14,116";
        shown[5][5] = "£66,935";
        Assert.Equal(shown, text);
    }

    private static void AssertSame(Workbook expected, Workbook read)
    {
        Assert.Empty(read.Findings);
        Assert.Equal(expected.Sheets.Select(sheet => sheet.Name), read.Sheets.Select(sheet => sheet.Name));
        foreach (var (sheet, other) in expected.Sheets.Zip(read.Sheets))
        {
            Assert.Equal(sheet.RowCount, other.RowCount);
            for (var row = 1; row <= sheet.RowCount; row++)
            {
                Assert.Equal(sheet.Row(row).ToArray(), other.Row(row).ToArray());
            }
        }
    }
}

using System.Globalization;
using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class CsvTests
{
    [Fact]
    public void Plain_digits_are_numbers_and_all_other_content_is_unchanged_text()
    {
        var row = Csv("1864,-3,0,007,-0,\"1,864\", 5,12.5,999999999999999,9999999999999999,1e3,<5\n").Row(1).ToArray();
        Assert.Equal([1864d, -3, 0], row[..3].Select(cell => cell.Number));
        Assert.All(row[..3], cell => Assert.Equal((CellKind.Number, null), (cell.Kind, cell.Text)));
        Assert.Equal(["007", "-0", "1,864", " 5", "12.5"], row[3..8].Select(cell => cell.Text));
        Assert.Equal((CellKind.Number, "999999999999999"), (row[8].Kind, row[8].DisplayText));
        Assert.Equal(["9999999999999999", "1e3", "<5"], row[9..].Select(cell => cell.Text));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Rows_are_numbered_as_a_spreadsheet_program_shows_them(string newLine)
    {
        var sheet = Csv(string.Join(newLine, "Title", "", "a,\"two\nlines\",3", ",,", "last,1,", "", ""));
        Assert.Equal([["Title"], [], ["a", "two\nlines", "3"], [], ["last", "1"]], Shown(sheet));
        Assert.Null(sheet.Name);
    }

    [Fact]
    public void Quotes_are_removed() => Assert.Equal([["say \"so\"", "a,b", "5\" tall", "1"]], Shown(Csv("\"say \"\"so\"\"\",\"a,b\",5\" tall,\"1\"")));

    [Theory]
    [InlineData("Area;Q1;Q2\nHunts;2,091;1,864\nFenland;3,100;1,200\n")]
    [InlineData("Hunts;2,091;1,864\nFenland;3,100;1,200\n")]
    [InlineData("Hunts;1,234,567;1\nFenland;1,234,567;1\n")]
    [InlineData("Incidents, by area, all ages\n\nPolice, Q1\nArea;Q1;Q2\nHunts;2,091;1\nFenland;3;1,200\n")]
    [InlineData("Area;Q1;Q2\nHunts, St Neots;2091;1\nFenland;3;1\n")]
    [InlineData("Women, all ages\nArea;Q1;Q2\nHunts;[x];1\nFenland;\"a,b,c,d\";1\n")]
    public void Semicolons_are_recognised_as_separators_despite_commas(string text) =>
        Assert.Contains(Shown(Csv(text)), row => row.Length == 3 && row[0] is "Hunts" or "Hunts, St Neots");

    [Theory]
    [InlineData("Area\tQ1\tQ2\nHunts\t2,091\t1;2\n")]
    [InlineData("A title, with commas\nArea\tQ1\tQ2\nHunts\t2,091\t3,100\n")]
    public void Tabs_are_recognised_as_separators_despite_commas(string text) => Assert.Contains(Shown(Csv(text)), row => row is ["Hunts", "2,091", _]);

    [Theory]
    [InlineData("A title without any\n\n\nArea,Q1,Q2\nHunts,1,2\n")]
    [InlineData("A; title; with; many; semicolons\nArea,Q1,Q2\nHunts,1,see note; approx\nFenland,3,4\n")]
    [InlineData("Area,Q1,Q2\nHunts,1,\"x;y;z\"\n")]
    [InlineData("Hunts,2,3")]
    public void Commas_are_recognised_as_separators_despite_semicolons(string text) =>
        Assert.Contains(Shown(Csv(text)), row => row.Length == 3 && row[0] == "Hunts");

    [Fact]
    public void Long_titles_before_the_table_do_not_hide_its_separator()
    {
        var titles = string.Concat(Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"Note {i}: counts of people\n")));
        Assert.Equal(["Hunts", "2,091"], Shown(Csv(titles + "Area;Q1\nHunts;2,091\n"))[^1]);
    }

    [Fact]
    public void The_separator_hint_of_excel_decides_and_is_not_a_row() =>
        Assert.Equal([["a,b", "1"], ["c,d", "2"]], Shown(Csv("sep=;\r\na,b;1\r\nc,d;2\r\n")));

    [Fact]
    public void An_unclosed_quote_is_named_with_the_line_where_it_opened()
    {
        var finding = Refused(ReadCsv("Area,Note\nHunts,\"two\nlines\"\nFenland,\"never closed\nSouth,3\n"), Codes.UnclosedQuote);
        Assert.Contains("line 4 ", finding.Message, StringComparison.Ordinal);
        Assert.Equal("B3", finding.Cell.ToString());
    }

    [Fact]
    public void An_unclosed_quote_deep_in_a_long_file_is_named_where_it_is()
    {
        var rows = string.Concat(Enumerable.Repeat("\"Hunts\",1,2\r\n", 30_000));
        var finding = Refused(ReadCsv(rows + "Fenland,\"3,4\r\n" + rows.Replace("\"", "", StringComparison.Ordinal)), Codes.UnclosedQuote);
        Assert.Contains("line 30,001 ", finding.Message, StringComparison.Ordinal);
        Assert.Equal("B30001", finding.Cell.ToString());
    }

    [Fact]
    public void Line_numbers_include_the_separator_hint_of_excel() =>
        Assert.Contains("line 3 ", Refused(ReadCsv("sep=,\r\na,1\r\n\"b,2\r\n"), Codes.UnclosedQuote).Message, StringComparison.Ordinal);

    [Fact]
    public void More_rows_columns_cells_or_letters_than_the_limits_are_refused()
    {
        var limits = new ReadLimits { RowsPerSheet = 3, Columns = 4, Cells = 8, Characters = 20 };
        Assert.Empty(ReadCsv("a,1\nb,2\nc,3\n", limits).Findings);
        Refused(ReadCsv("a\nb\nc\nd\n", limits), Codes.TooManyCells);
        Refused(ReadCsv("1,2,3,4,5\n", limits), Codes.TooManyCells);
        Refused(ReadCsv("1,2,3,4\n1,2,3,4\n1\n", limits), Codes.TooManyCells);
        Refused(ReadCsv("a text that is too long\n", limits), Codes.TooManyCells);
        Assert.Empty(ReadCsv("1,,,,,,,,\n,,,,,\n\n\n\n\n", limits).Findings);
    }

    [Fact]
    public void Hostile_text_stays_text() =>
        Assert.Equal([["=cmd|' /C calc'!A0", "\u202Eabc", "@x"]], Shown(Csv("=cmd|' /C calc'!A0,\u202Eabc,@x")));

    [Fact]
    public void A_repeated_text_in_a_column_is_stored_once()
    {
        var sheet = Csv(string.Concat(Enumerable.Repeat("Cambridge City,1\n", 100)));
        Assert.Same(sheet[50, 1].Text, sheet[100, 1].Text);
    }

    [Fact]
    public void A_file_of_ten_megabytes_in_one_cell_is_one_cell() =>
        Assert.Equal(10_000_000, Csv(new StringBuilder("\"").Append('a', 10_000_000).Append('"').ToString())[1, 1].Text!.Length);
}

using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Separators and quotation marks as some programs write them.</summary>
public sealed class CsvQuoteTests
{
    private const string Incidents = "constabulary/domestic-abuse";
    private static readonly string[][] Table = [["Area", "Police DA Incidents", "DA Crime Rate"], ["Cambridgeshire", "2,216", "85%"], ["Peterborough", "1,406", "74%"]];

    public static TheoryData<string> Spaced => new()
    {
        Join("\"", " , "),
        Join("\"", ", "),
        Join("\"", " ,"),
        Join("\"", "  ;  "),
        Join("\"", " | "),
        Join("\"", " \t "),
        "sep=;\r\n" + Join("\"", " ; "),
        "  " + Join("\"", ",").Replace("\n", "  \n  ", StringComparison.Ordinal) + "  ",
        Join("\"", " , ").Replace("\n", "\r\n", StringComparison.Ordinal),
    };

    [Theory]
    [MemberData(nameof(Spaced))]
    public async Task Spaces_round_quotation_marks_are_removed(string text)
    {
        Assert.Equal(Table, Shown(Csv(text)));
        Assert.Equal("2216 1406 0.85 0.74", Examine.Values(await Examine.CsvAsync(Incidents, "2019-20-Q3", text), Examine.Form(Incidents)));
    }

    [Fact]
    public void Spaces_in_other_places_are_kept() =>
        Assert.Equal(
            [[" a", " b ", " c ", "d\"", " \"e\" f", "5\" tall", " 6\" "], ["say \"so\" ", "two \n lines", "x"]],
            Shown(Csv(" a, b ,\" c \",d\", \"e\" f,5\" tall, 6\" \n\"say \"\"so\"\" \" , \"two \n lines\" ,x\n")));

    [Fact]
    public void An_unclosed_quote_after_spaces_is_still_named() =>
        Assert.Contains("line 2 ", Refused(ReadCsv("\"a\" , \"b\"\n\"c\" ,\"d\n"), Codes.UnclosedQuote).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Area|Q1|Q2\nHunts|2,091|1;2\n")]
    [InlineData("A title, with commas\n\nArea|Q1|Q2\nHunts|2,091|3,100\n")]
    [InlineData("Area|Q1|Q2\nHunts|\"2|091\"|3\n")]
    public void A_bar_is_recognised_as_a_separator(string text) => Assert.Contains(Shown(Csv(text)), row => row is ["Hunts", _, _]);

    [Theory]
    [InlineData("Area,Q1,Q2\nHunts,1,a|b\nFenland,3,c|d\n")]
    [InlineData("Figures | Police\nArea,Q1,Q2\nHunts,1,2\n")]
    public void A_bar_in_a_text_is_not_a_separator(string text) => Assert.Contains(Shown(Csv(text)), row => row is ["Hunts", "1", _]);

    public static TheoryData<string, int> WholeLines => new()
    {
        { "\"Area,Police DA Incidents,DA Crime Rate\"\n\"Cambridgeshire,2216,85%\"\n\"Peterborough,1406,74%\"\n", 1 },
        { "\"Area;Incidents\"\r\n\"Fen;1\"\r\n", 1 },
        { "\"Area\tIncidents\"\n\"Fen\t1\"\n", 1 },
        { "\"Area|Incidents\"\n\"Fen|1\"\n", 1 },
        { "\"Area,Incidents\",,\n\"Fen,1\",,\n", 1 },
        { "A title\n\n\"Area,Incidents\"\n\"Fen,1\"\n", 3 },
        { "\"\"\"Area\"\",\"\"Incidents\"\"\"\n\"\"\"Fen\"\",\"\"2,216\"\"\"\n", 1 },
        { "sep=,\n\"Area,Incidents\"\n\"Fen,1\"\n", 2 },
    };

    [Theory]
    [MemberData(nameof(WholeLines))]
    public void Lines_in_quotation_marks_as_a_whole_are_refused(string text, int line)
    {
        var finding = Refused(ReadCsv(text), Codes.QuotedLines);
        Assert.StartsWith($"Line {line} is in quotation marks as a whole", finding.Message, StringComparison.Ordinal);
        Assert.Equal(1, finding.Cell!.Value.Column);
    }

    [Theory]
    [InlineData("\"Notes, in short\"\nOne\nTwo\nThree\n")]
    [InlineData("\"a,b\",1\n\"c,d\",2\n")]
    [InlineData("\"one, two\"\n")]
    public void Other_tables_with_quotation_marks_are_read(string text) => Accepted(ReadCsv(text));

    [Fact]
    public void Text_with_many_quotation_marks_takes_little_time()
    {
        foreach (var text in (string[])["\" , ", "\"\" \"", " \"a\" b,", "\"x \"\"", "\"\"\" ,", " \""])
        {
            var repeated = new StringBuilder().Insert(0, text, 1_000_000 / text.Length).ToString();
            var started = System.Diagnostics.Stopwatch.StartNew();
            ReadCsv(repeated);
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(20), $"{text} took {started.Elapsed}.");
        }
    }

    public static TheoryData<string, byte[]> LockFiles => new()
    {
        { "~$return.xlsx", [4, .. "Some"u8, .. Encoding.ASCII.GetBytes(new string(' ', 50)), 4, 0, .. Encoding.Unicode.GetBytes("Some".PadRight(54))] },
        { "return.xlsx", [4, .. "Some"u8, .. Encoding.ASCII.GetBytes(new string(' ', 50)), 4, 0, .. Encoding.Unicode.GetBytes("Some".PadRight(54))] },
        { "~$return.xls", [] },
        { "folder/~$return.ods", [1, 2, 3] },
        { ".~lock.return.ods#", ",someone,computer,03.04.2019 10:00,file:///home/someone/.config/libreoffice/4;"u8.ToArray() },
        { "lock.csv", ",someone,computer,03.04.2019 10:00,file:///C:/Users/someone;\n"u8.ToArray() },
        { ".~lock.return.csv#", [] },
    };

    [Theory]
    [MemberData(nameof(LockFiles))]
    public void A_lock_file_is_named_as_one(string fileName, byte[] content)
    {
        var finding = Refused(ReadFile(content, fileName), Codes.NotASpreadsheet);
        Assert.Contains("It is a lock file", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("someone", finding.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_workbook_with_the_name_of_a_lock_file_is_read() =>
        Assert.Equal(51, Accepted(ReadFile(ValidFiles.Xlsx().ToArray(), "~$return.xlsx"))[1, 2].Number);

    private static string Join(string quote, string separator) =>
        string.Join('\n', Table.Select(row => string.Join(separator, row.Select(cell => quote + cell + quote))));
}

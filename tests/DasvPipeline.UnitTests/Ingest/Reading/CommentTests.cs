using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class CommentTests
{
    public static readonly TheoryData<string> Formats = ["xlsx", "thread.xlsx", "xls", "ods"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_comment_is_read_without_the_name_of_its_author(string format)
    {
        var comment = Assert.Single(Accepted(ReadFile(Create(format, "Should be 45"), FileName(format))).Comments);
        Assert.Equal((1, 2, "Should be 45"), (comment.Row, comment.Column, comment.Text));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_comment_on_a_figure_is_quoted_in_a_note(string format)
    {
        var finding = Examine.Only(await ExamineAsync(format, "Checked with the team"), Severity.Note, Codes.Comment);
        Assert.Equal(("B1", "The comment on this cell says \"Checked with the team\". We used only the cell."), (finding.Cell!.Value.Address, finding.Message));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_comment_with_another_number_is_a_query(string format)
    {
        var finding = Examine.Only(await ExamineAsync(format, "Should be 45"), Severity.Query, Codes.CommentDiffers);
        Assert.Equal("The comment on this cell says 45, but the cell says 51: \"Should be 45\". Correct the one that is wrong, or say in the notes why they differ.", finding.Message);
        Assert.Equal(51, finding.Subject!.Value);
    }

    [Theory]
    [InlineData("51 is right, not 45")]
    [InlineData("51.")]
    [InlineData("As at 3 May 2019, 10:30")]
    [InlineData("Checked 03/05/2019")]
    [InlineData("Q1 of 2019-20")]
    [InlineData("Quarter 1 from the A8 team")]
    public async Task A_comment_with_the_same_number_or_a_date_is_a_note(string text) =>
        Examine.Only(await ExamineAsync("xlsx", text), Severity.Note, Codes.Comment);

    [Theory]
    [InlineData("1,045")]
    [InlineData("includes 45.")]
    [InlineData("(45)")]
    [InlineData("45, see the e-mail of 3 May")]
    [InlineData("45%")]
    public async Task A_number_in_a_sentence_is_found(string text) =>
        Examine.Only(await ExamineAsync("xlsx", text), Severity.Query, Codes.CommentDiffers);

    [Fact]
    public async Task A_long_comment_is_shortened() =>
        Assert.Contains("long …\"", Examine.Only(await ExamineAsync("xlsx", string.Join(' ', Enumerable.Repeat("long", 100))), Severity.Note, Codes.Comment).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Personal_data_in_a_comment_is_found_first_and_not_quoted(string format)
    {
        var finding = Examine.Only(await ExamineAsync(format, "NHS number 999 000 0018, not 45"), Severity.Error, Codes.PersonalData);
        Assert.Equal("B1", finding.Cell!.Value.Address);
        Assert.StartsWith("The comment on this cell contains what looks like an NHS number.", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("999", finding.Message, StringComparison.Ordinal);
        Examine.Only(await ExamineAsync(format, "9990000018"), Severity.Error, Codes.PersonalData);
    }

    [Fact]
    public async Task A_comment_on_a_label_is_searched_and_not_reported()
    {
        Assert.Empty((await ExamineAsync("xlsx", "Should be 45", cell: "A1")).Findings);
        Examine.Only(await ExamineAsync("xlsx", "someone@example.org", cell: "Z99"), Severity.Error, Codes.PersonalData);
    }

    [Fact]
    public async Task The_comments_of_a_marked_copy_are_not_reported()
    {
        var first = await Examine.CsvAsync(ValidFiles.Return, ValidFiles.Period, "Over 18s,37 approx\nUnder 18s,24\n");
        var copy = first.CreateMarkedCopy(Encoding.UTF8.GetBytes("Over 18s,37 approx\nUnder 18s,24\n"))!;
        var second = await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, copy.Content.ToArray(), "return.xlsx");
        Assert.DoesNotContain(second.Findings, finding => finding.Code is Codes.Comment or Codes.CommentDiffers);
    }

    [Fact]
    public void The_text_of_another_object_of_an_xls_is_not_a_comment()
    {
        var file = Of([.. ValidFiles.XlsRecords, Box(kind: 6), .. BoxText("Should be 45"), Note("")]);
        Assert.Empty(Accepted(ReadFile(file, "return.xls")).Comments);
    }

    [Fact]
    public void More_comments_than_the_limit_are_refused() =>
        Refused(ReadFile(Create("xlsx", "a"), "return.xlsx", ReadLimits.Default with { RowsPerSheet = 0 }), Codes.TooManyCells);

    private static Task<ExaminationResult> ExamineAsync(string format, string text, string cell = "B1") =>
        Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, Create(format, text, cell), FileName(format));

    private static string FileName(string format) => "return." + format.Split('.')[^1];

    private static byte[] Create(string format, string text, string cell = "B1")
    {
        const string Relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        var comments = $"<Relationship Id=\"c\" Type=\"{XlsxBytes.Office}/comments\" Target=\"../comments1.xml\"/>";
        switch (format)
        {
            case "xlsx":
                return ValidFiles.Xlsx().Part("xl/worksheets/_rels/sheet0.xml.rels", $"{Relations}{comments}</Relationships>")
                    .Part("xl/comments1.xml", Comments(cell, "Officer", $"<r><rPr><b/></rPr><t>Officer:</t></r><r><t xml:space=\"preserve\">\n{text}</t></r>")).ToArray();
            case "thread.xlsx":
                return ValidFiles.Xlsx()
                    .Part("xl/worksheets/_rels/sheet0.xml.rels", $"{Relations}{comments}<Relationship Id=\"t\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" Target=\"../threadedComments/1.xml\"/></Relationships>")
                    .Part("xl/comments1.xml", Comments(cell, "tc={1}", $"<t>[Threaded comment]\n\nYour version of Excel allows you to read this. Comment 365:\n{text}</t>"))
                    .Part("xl/threadedComments/1.xml", $"<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"><threadedComment ref=\"{cell}\"><text>{text}</text></threadedComment></ThreadedComments>")
                    .ToArray();
            case "xls":
                return Of([.. ValidFiles.XlsRecords, Box(kind: 0x19), .. BoxText("Officer:\n" + text), Note("Officer")]);
            default:
                var annotation = $"<office:annotation><dc:creator xmlns:dc=\"http://purl.org/dc/elements/1.1/\">Officer</dc:creator><dc:date xmlns:dc=\"http://purl.org/dc/elements/1.1/\">2020-06-01</dc:date><text:p>{text}</text:p></office:annotation>";
                return OdsBytes.Of(ValidFiles.OdsRows.Replace("<text:p>51</text:p>", annotation + "<text:p>51</text:p>", StringComparison.Ordinal));
        }
    }

    private static string Comments(string cell, string author, string text) =>
        $"<comments xmlns=\"{XlsxBytes.Main}\"><authors><author>Nobody</author><author>{author}</author></authors><commentList><comment ref=\"{cell}\" authorId=\"1\"><text>{text}</text></comment></commentList></comments>";

    private static byte[] Box(int kind) => Record(0x005D, [.. U16(0x15), .. U16(0x12), .. U16(kind), .. U16(1), .. new byte[14]]);

    private static byte[][] BoxText(string text) =>
        [Record(0x01B6, [.. new byte[10], .. U16(text.Length), .. U16(16), .. new byte[4]]), Record(0x003C, [0, .. Encoding.Latin1.GetBytes(text)]), Record(0x003C, new byte[16])];

    private static byte[] Note(string author) => Record(0x001C, [.. U16(0), .. U16(1), .. U16(0), .. U16(1), .. U16(author.Length), 0, .. Encoding.Latin1.GetBytes(author), 0]);
}

using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Checking.People;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

/// <summary>The findings on personal data, in every file format.</summary>
public sealed class PeopleFindingTests
{
    [Theory]
    [InlineData("999 012 3454", "This cell contains what looks like an NHS number. A return contains figures only. Delete it, and send the file again.")]
    [InlineData("AB123456C", "This cell contains what looks like a National Insurance number. A return contains figures only. Delete it, and send the file again.")]
    [InlineData("CB2 1AB", "This cell contains what looks like a full postcode. A full postcode can lead to one home. Delete it with the address, even if it is an office's, or keep only the first half, such as CB2. Then send the file again.")]
    [InlineData("jo@example.org", "This cell contains what looks like an e-mail address. Delete it, even if this is only a contact, and send the file again.")]
    [InlineData("07700 900123", "This cell contains what looks like a telephone number. Delete it, even if this is an office or a helpline, and send the file again.")]
    [InlineData("DOB 12/03/1980", "This cell contains what looks like a date of birth. Delete it, and send the file again. If we need ages, the form asks how many people of each age there were.")]
    public async Task One_cell_is_reported_by_its_kind(string text, string message)
    {
        var examined = await Examine.GridAsync("elms-sarc/referrals", "2019-20-Q1", $"Referrals to SARC over 18s|12|{text}\nReferrals to SARC under 18s|lots");

        var finding = Examine.Only(examined, Severity.Error, Codes.PersonalData);
        Assert.Equal(new CellRef("Sheet1", 1, 3), finding.Cell);
        Assert.Equal($"{message} We have not used any figure from this file, or repeated what the cell says.", finding.Message);
        Assert.Empty(examined.Observations);
        Assert.False(examined.IsAccepted);
    }

    [Fact]
    public void Many_cells_of_a_kind_are_reported_once()
    {
        var finding = Assert.Single(PeopleFindings.InGrid("999 012 3454|x\nx|999 012 3454\n|999 012 3454"));
        Assert.Equal(new CellRef("Sheet1", 1, 1), finding.Cell);
        Assert.Equal([new CellRef("Sheet1", 2, 2), new CellRef("Sheet1", 3, 2)], finding.OtherCells);
        Assert.Equal(
            "This cell and 2 others in columns A and B contain what look like NHS numbers. A return contains figures only. Delete them, and send the file again. "
            + "We have not used any figure from this file, or repeated what these cells say.",
            finding.Message);
    }

    [Fact]
    public void The_first_of_very_many_cells_are_listed_and_all_are_counted()
    {
        var finding = Assert.Single(PeopleFindings.In(ReadCsv(string.Concat(Enumerable.Repeat("x,jo@example.org\r\n", 5000)))));
        Assert.StartsWith("This cell and 4,999 others in column B contain what look like e-mail addresses. ", finding.Message, StringComparison.Ordinal);
        Assert.Equal(200, finding.OtherCells.Count);
        var wide = Assert.Single(PeopleFindings.InGrid(string.Join('|', Enumerable.Repeat("jo@example.org", 9))));
        Assert.StartsWith("This cell and 8 others in columns A, B, C, D, E, F and 3 more contain what look like e-mail addresses. ", wide.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_reported_with_what_to_do_if_they_are_not_names() => Assert.Equal(
        "This cell and 1 other in column A contain what look like people's names. Delete them, and send the file again. If this is not a person's name, use a clearer heading, for example Course name. "
        + "We have not used any figure from this file, or repeated what these cells say.",
        Assert.Single(PeopleFindings.InGrid("Name|Number\nMary Example|3\nAnn Sample|5")).Message);

    [Fact]
    public void A_list_of_people_is_reported_by_its_rows()
    {
        var finding = Assert.Single(PeopleFindings.InGrid("Client ID|Age|Gender|Outcome\nC1|34|F|Improved\nC2|27|F|No change\nC3|28|F|Improved"));
        Assert.Equal((Codes.RowPerPerson, new CellRef("Sheet1", 2, 1)), (finding.Code, finding.Cell!.Value));
        Assert.Equal(
            "This row and 2 more look like one person or one case each. A return says how many there were, and nothing about any of them. Delete these rows, "
            + "put the counts in the form's tables, and send the file again. We have not used any figure from this file, or repeated what these cells say.",
            finding.Message);
    }

    [Fact]
    public void The_name_of_a_sheet_is_checked_and_never_repeated()
    {
        var book = ReadFile(Grid.Xlsx(("Figures", Grid.Of("x|1")), ("Jo 07700 900123", Grid.Of("x|jo@example.org"))), "return.xlsx");
        var findings = PeopleFindings.In(book);
        Assert.Equal("telephone ; email B1", PeopleFindings.Summary(findings));
        Assert.Equal(
            "The name of sheet 2 of the workbook contains what looks like a telephone number. Rename the sheet, and send the file again. We have not used any figure from this file, or repeated the name.",
            findings[0].Message);
        Assert.Equal(new CellRef("(sheet 2)", 1, 2), findings[1].Cell);
        Assert.DoesNotContain("900123", string.Concat(findings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_a_sheet_that_is_too_long_is_not_repeated_when_it_may_be_somebodys_number()
    {
        var book = new XlsxBytes().Sheet("Jo 07700 900123", "<row r=\"100001\"><c r=\"A100001\"><v>4</v></c></row>").ToArray();
        Assert.StartsWith("A sheet has a filled cell at A100001", Refused(ReadFile(book, "return.xlsx"), Codes.TooManyCells).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_sheets_and_notes_are_checked()
    {
        var rows = "<row r=\"3\"><c r=\"D3\" t=\"inlineStr\"><is><t>ring 07700 900123</t></is></c></row>";
        var book = new XlsxBytes().Sheet("Figures", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>").Sheet("Kept", rows, state: "veryHidden").ToArray();
        Assert.Equal(new CellRef("Kept", 3, 4), Assert.Single(PeopleFindings.In(ReadFile(book, "return.xlsx"))).Cell);
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    [InlineData("ods")]
    [InlineData("xls")]
    public void The_same_findings_are_made_in_every_format(string format)
    {
        string[][] rows =
        [
            ["Client ID", "Name", "DOB", "Gender", "Mobile", "NHS number", "Notes"],
            ["1", "Mary Example", "12/03/1980", "F", "7700900123", "9990123454", "AB123456C, CB2 1AB"],
            ["2", "Ann Sample", "13/04/1981", "F", "7700900456", "9434765919", "jo@example.org"],
        ];
        var sheet = format switch
        {
            "xlsx" => ReadFile(Grid.Of(string.Join('\n', rows.Select(row => string.Join('|', row)))).Xlsx(), "return.xlsx"),
            "csv" => ReadCsv(string.Join("\r\n", rows.Select(row => string.Join(';', row)))),
            "ods" => ReadFile(OdsBytes.Of(string.Concat(rows.Select(row => OdsBytes.Row(string.Concat(row.Select(OdsCell)))))), "return.ods"),
            _ => ReadFile(XlsBytes.Of([.. rows.SelectMany((row, r) => row.Select((text, c) => XlsCell(r + 1, c + 1, text)))]), "return.xls"),
        };
        Assert.Equal("nhs F2 F3; ni G2; postcode G2; email G3; telephone E2 E3; birth C2 C3; name B2 B3; records A2 A3", PeopleFindings.Summary(PeopleFindings.In(sheet)));
    }

    [Fact]
    public void Random_cells_cause_no_crash_and_are_never_quoted()
    {
        string[] pieces =
        [
            "Name", "Client name", "DOB", "Age", "Gender", "Client ID", "Case", "NHS number", "NI number", "Mobile", "Date of birth", "No", "Total", ":", "999", "012", "3454", "9990123454",
            "07700", "900123", "+44", "(0)", " ", "-", ".", "/", "@", "example", "org", "CB2", "1AB", "AB", "12", "34", "56", "C", "£", ",", "\u200B", "\u00A0", "９", "\uD835\uDFD7", "\uD83D", "\n", "é", "th", "March",
        ];
        var random = new Random(15);
        for (var i = 0; i < 1500; i++)
        {
            var rows = Enumerable.Range(0, random.Next(6)).Select(_ => Enumerable.Range(0, random.Next(6)).Select(_ => RandomCell()).ToArray()).ToArray();
            var findings = PeopleFindings.In(new Workbook(FileFormat.Csv, [new Sheet(random.Next(3) == 0 ? RandomText() : null, rows)], []));
            Assert.All(findings, finding => Assert.DoesNotContain(finding.Message, char.IsControl));
            Assert.All(findings, finding => Assert.DoesNotContain(rows.SelectMany(row => row), cell => cell.Text is { Length: > 6 } text && text.Any(char.IsAsciiDigit) && finding.Message.Contains(text, StringComparison.Ordinal)));
        }

        string RandomText() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));

        Cell RandomCell() => random.Next(6) switch
        {
            0 => Cell.Blank,
            1 => new Cell(CellKind.Number, null, double.Round(random.NextDouble() * 1e11) / random.Next(0, 4)), // infinite at times
            2 => new Cell(CellKind.Error, RandomText()),
            3 => new Cell(CellKind.Date, "2019-04-01", 43556),
            _ => new Cell(CellKind.Text, RandomText()),
        };
    }

    private static string OdsCell(string text) => double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? OdsBytes.Number(text) : OdsBytes.Text($"<text:p>{text}</text:p>");

    private static byte[] XlsCell(int row, int column, string text) =>
        double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? XlsBytes.Number(row, column, number) : XlsBytes.Label(row, column, text);
}

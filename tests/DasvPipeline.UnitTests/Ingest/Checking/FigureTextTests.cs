using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>The notations for figures that are accepted, and those that are refused.</summary>
public sealed class FigureTextTests
{
    private const string AskCount = "Enter a whole number, or [x] if it is not available.";
    private const string AskPercent = "Enter a percentage from 0% to 100%, or [x] if it is not available.";

    private static readonly CellRef At = new("Referrals", 14, 3);

    [Theory]
    [InlineData("1864", "1864")]
    [InlineData("0", "0")]
    [InlineData("1,864", "1864")]
    [InlineData(" 1,234,567 ", "1234567")]
    [InlineData("37.0", "37.0")]
    [InlineData("\u00A037\u00A0", "37")]
    public void A_plain_number_is_a_count_without_findings(string written, string value)
    {
        var (figure, finding) = Text(written);
        Assert.Null(finding);
        Assert.Equal(new Figure(Decimal(value)), figure);
    }

    [Theory]
    [InlineData("37 approx", "37", "e", "37 approx", "37, an estimate ([e])")]
    [InlineData("37 approx.", "37", "e", "37 approx.", "37, an estimate ([e])")]
    [InlineData("Approximately 1,200", "1200", "e", "Approximately 1,200", "1,200, an estimate ([e])")]
    [InlineData("c. 37", "37", "e", "c. 37", "37, an estimate ([e])")]
    [InlineData("~37", "37", "e", "~37", "37, an estimate ([e])")]
    [InlineData("about 37", "37", "e", "about 37", "37, an estimate ([e])")]
    [InlineData("37 (approx)", "37", "e", "37 (approx)", "37, an estimate ([e])")]
    [InlineData("37 [e]", "37", "e", null, "37, an estimate ([e])")]
    [InlineData("37[E]", "37", "e", null, "37, an estimate ([e])")]
    [InlineData("37 [p]", "37", "p", null, "37, provisional ([p])")]
    [InlineData("1,979 [r]", "1979", "r", null, "1,979, revised ([r])")]
    [InlineData("over 250", "250", "e", "over 250", "250, an estimate ([e])")]
    [InlineData("Over 1,250", "1250", "e", "Over 1,250", "1,250, an estimate ([e])")]
    [InlineData("250+", "250", "e", "250+", "250, an estimate ([e])")]
    [InlineData("> 250", "250", "e", "> 250", "250, an estimate ([e])")]
    [InlineData("3 (4 children)", "3", "", "3 (4 children)", "3; the rest is kept as a note")]
    [InlineData("Unknown", null, "x", null, "not available ([x])")]
    [InlineData("n/a", null, "x", null, "not available ([x])")]
    [InlineData("N/A", null, "x", null, "not available ([x])")]
    [InlineData("-", null, "x", null, "not available ([x])")]
    [InlineData("–", null, "x", null, "not available ([x])")]
    [InlineData("[x]", null, "x", null, "not available ([x])")]
    [InlineData("[X]", null, "x", null, "not available ([x])")]
    [InlineData("[z]", null, "z", null, "not applicable ([z])")]
    [InlineData("[c]", null, "c", null, "hidden to protect people ([c])")]
    [InlineData("<5", null, "c", "fewer than 5", "a small number that is hidden, fewer than 5 ([c])")]
    [InlineData("< 5", null, "c", "fewer than 5", "a small number that is hidden, fewer than 5 ([c])")]
    [InlineData("fewer than 5", null, "c", "fewer than 5", "a small number that is hidden, fewer than 5 ([c])")]
    [InlineData("less than 10", null, "c", "fewer than 10", "a small number that is hidden, fewer than 10 ([c])")]
    public void Text_read_beyond_a_number_is_reported(string written, string? value, string markers, string? note, string meaning)
    {
        var (figure, finding) = Text(written);
        Assert.Equal((value is null ? null : Decimal(value), note), (figure!.Value.Value, figure.Value.Note));
        Assert.Equal(markers, string.Concat(figure.Value.Markers.ToLetters()));
        Assert.Equal((Severity.Note, Codes.ReadAs, At), (finding!.Severity, finding.Code, finding.Cell));
        Assert.Equal($"\"{written}\" was read as {meaning}.", finding.Message);
    }

    [Theory]
    [InlineData("12,34")]
    [InlineData("1,2345")]
    [InlineData(",123")]
    [InlineData("1234,567")]
    [InlineData("1,,234")]
    [InlineData("0,864")]
    [InlineData("1.864,5")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("£")]
    [InlineData("%")]
    [InlineData("£%")]
    [InlineData("1e3")]
    [InlineData("1E3")]
    [InlineData("0x1F")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("TRUE")]
    [InlineData("+5")]
    [InlineData("--5")]
    [InlineData("5 6")]
    [InlineData("5/6")]
    [InlineData("12/05/2019")]
    [InlineData("five")]
    [InlineData("[e]")]
    [InlineData("[q]")]
    [InlineData("[]")]
    [InlineData("(37)")]
    [InlineData("37 (")]
    [InlineData("(")]
    [InlineData("about")]
    [InlineData("<")]
    [InlineData("<0")]
    [InlineData("<2.5")]
    [InlineData("<500")]
    [InlineData("<5%")]
    [InlineData("=1+1")]
    [InlineData("1 864")]
    [InlineData("9999999999999999999999999")]
    public void Anything_else_that_is_not_a_number_is_an_error_at_its_cell(string written) =>
        Assert.Equal($"\"{written}\" is not a number. {AskCount}", Refused(Text(written), Codes.NotANumber));

    [Theory]
    [InlineData("１８６４", "Its digits are not ordinary digits. Type them again. ")]
    [InlineData("٣٧", "Its digits are not ordinary digits. Type them again. ")]
    [InlineData("37\u200B", "It contains the character U+200B, which is invisible or looks like another character. ")]
    public void Text_that_only_looks_like_a_number_is_explained(string written, string why) =>
        Assert.Equal($"\"{written.Replace('\u200B', '\uFFFD')}\" is not a number. {why}{AskCount}", Refused(Text(written), Codes.NotANumber));

    [Theory]
    [InlineData("-5", Codes.Negative, "-5 is less than 0. Counts cannot be negative. " + AskCount)]
    [InlineData("-3 (a very long note\nover two lines)", Codes.Negative, "-3 is less than 0. Counts cannot be negative. " + AskCount)]
    [InlineData("12.5", Codes.NotWhole, "12.5 is not a whole number. " + AskCount + " Write a thousand as 1,000 or 1000.")]
    [InlineData("1.864", Codes.NotANumber, "\"1.864\" can mean 1864 or a number with decimals. If it is 1864, enter 1864 without a full stop. " + AskCount)]
    [InlineData("2.000", Codes.NotANumber, "\"2.000\" can mean 2000 or a number with decimals. If it is 2000, enter 2000 without a full stop. " + AskCount)]
    [InlineData("*", Codes.NotANumber, "\"*\" is not a number. If it is a small number that you may not give, enter <5 or [c]. Otherwise enter the number.")]
    [InlineData("1-4", Codes.NotANumber, "\"1-4\" is not a number. If it is a small number that you may not give, enter <5 or [c]. Otherwise enter the number.")]
    [InlineData("5 or fewer", Codes.NotANumber, "\"5 or fewer\" is not a number. If it is a small number that you may not give, enter <5 or [c]. Otherwise enter the number.")]
    [InlineData("None", Codes.NotANumber, "\"None\" is not a number. Enter 0 if there were none, or [x] if the figure is not available.")]
    [InlineData("12¹", Codes.NotANumber, "\"12¹\" is not a number. The superscript may be a footnote. Move it to the notes and enter only the number. " + AskCount)]
    [InlineData("2147483648", Codes.TooBig, "The number in this cell is too big to be right. " + AskCount)]
    [InlineData("07700900123456", Codes.TooBig, "The number in this cell is too big to be right. " + AskCount)]
    [InlineData("76%", Codes.NotANumber, "76% is a percentage, but we ask for a number here. " + AskCount)]
    [InlineData("£66,935", Codes.NotANumber, "\"£66,935\" is an amount of money, but we do not ask for money here. " + AskCount)]
    public void A_number_that_cannot_be_a_count_is_an_error(string written, string code, string message) =>
        Assert.Equal(message, Refused(Text(written), code));

    [Theory]
    [InlineData("76%", "0.76", null)]
    [InlineData("0%", "0", null)]
    [InlineData("100%", "1", null)]
    [InlineData("0.5%", "0.005", null)]
    [InlineData("0", "0", null)]
    [InlineData("76", "0.76", "76 was read as 76%.")]
    [InlineData("0.76", "0.76", "0.76 was read as 76%.")]
    [InlineData("1", "1", "1 was read as 100%.")]
    [InlineData("76 %", "0.76", "\"76 %\" was read as 76%.")]
    [InlineData("about 76%", "0.76", "\"about 76%\" was read as 76%, an estimate ([e]).")]
    public void A_rate_is_a_fraction_and_other_text_is_reported(string written, string value, string? said)
    {
        var (figure, finding) = Text(written, Quantity.Percent);
        Assert.Equal(Decimal(value), figure!.Value.Value);
        Assert.Equal((said, said is null ? null : Codes.ReadAs), (finding?.Message, finding?.Code));
    }

    [Theory]
    [InlineData("101%", Codes.OverOneHundredPercent, "101% is over 100%. " + AskPercent)]
    [InlineData("101", Codes.OverOneHundredPercent, "101 is over 100%. " + AskPercent)]
    [InlineData("-5%", Codes.Negative, "-5% is less than 0. Figures cannot be negative. " + AskPercent)]
    [InlineData("<5%", Codes.NotANumber, "\"<5%\" is not a number. " + AskPercent)]
    [InlineData("<5", Codes.NotANumber, "\"<5\" is not a number. " + AskPercent)]
    [InlineData("%", Codes.NotANumber, "\"%\" is not a number. " + AskPercent)]
    public void A_rate_beyond_its_bounds_is_an_error(string written, string code, string message) =>
        Assert.Equal(message, Refused(Text(written, Quantity.Percent), code));

    [Theory]
    [InlineData("£66,935", "66935", true)]
    [InlineData("£66,935.50", "66935.50", true)]
    [InlineData("66935", "66935", false)]
    public void Pounds_may_have_their_sign_and_pence(string written, string value, bool isSaid)
    {
        var (figure, finding) = Text(written, Quantity.Pounds);
        Assert.Equal(Decimal(value), figure!.Value.Value);
        Assert.Equal(isSaid, finding is { Code: Codes.ReadAs, Severity: Severity.Note });
    }

    [Fact]
    public void Hours_may_have_decimals() => Assert.Equal(12.5m, Text("12.5", Quantity.Hours).Figure!.Value.Value);

    public static TheoryData<string, string, string> Cells() => new()
    {
        { "#REF!", Codes.ErrorValue, "The cell shows #REF!, so its formula has a mistake. Correct the formula or enter the number." },
        { "formula", Codes.FormulaWithoutValue, "The cell has a formula whose result was not saved. Open the file, let it calculate, and save it again. Or enter the number." },
        { "date", Codes.NotANumber, "The cell contains a date (2019-05-12), not a number. Set the cell's format to number and enter the figure again." },
        { "TRUE", Codes.NotANumber, "\"TRUE\" is not a number. " + AskCount },
        { "1e300", Codes.TooBig, "The number in this cell is too big to be right. " + AskCount },
        { "12.5", Codes.NotWhole, "12.5 is not a whole number. " + AskCount + " Write a thousand as 1,000 or 1000." },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_that_does_not_contain_a_valid_count_is_an_error(string kind, string code, string message)
    {
        var cell = kind switch
        {
            "#REF!" => new Cell(CellKind.Error, "#REF!"),
            "formula" => new Cell(CellKind.Blank, null, 0, CellTraits.Formula),
            "date" => new Cell(CellKind.Date, "2019-05-12"),
            "TRUE" => new Cell(CellKind.Boolean, null, 1),
            "1e300" => new Cell(CellKind.Number, null, 1e300),
            _ => new Cell(CellKind.Number, null, 12.5),
        };
        Assert.Equal(message, Refused(FigureParser.Parse(cell, At, Measure(Quantity.Count)), code));
    }

    [Theory]
    [InlineData(1e300, Codes.OverOneHundredPercent)]
    [InlineData(-1e300, Codes.Negative)]
    public void A_number_too_large_for_a_decimal_is_an_error(double number, string code) =>
        Refused(FigureParser.Parse(new Cell(CellKind.Number, null, number, CellTraits.Percent), At, Measure(Quantity.Percent)), code);

    [Fact]
    public async Task A_note_is_cut_between_characters()
    {
        var long1 = $"3 ({new string('a', 196)}😀 and more)";
        var examined = await Examine.CsvAsync("idva-service/marac", "2019-20-Q1", $"MARAC cases heard,{long1}\n");
        var wrong = await Examine.CsvAsync("idva-service/marac", "2019-20-Q1", $"MARAC cases heard,{new string('a', 59)}😀 and more\n");
        Assert.Equal(199, Assert.Single(examined.Observations).Figure.Note!.Length);
        Assert.Contains($"\"{new string('a', 59)}…\"", Examine.Only(wrong, Severity.Error, Codes.NotANumber).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<c r=\"B1\" t=\"inlineStr\"><is><t>3 (_xD83D_ children)</t></is></c>", true)]
    [InlineData("<c r=\"B1\" t=\"inlineStr\"><is><t>_xDE00_ twelve</t></is></c>", false)]
    [InlineData("<c r=\"B1\"><v>1e300</v></c>", false)]
    [InlineData("<c r=\"B1\" s=\"1\"><v>-1e300</v></c>", false)]
    public async Task Every_cell_of_a_workbook_gives_a_report_that_can_be_written(string cell, bool isAccepted)
    {
        var file = XlsxBytes.Of($"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>MARAC cases heard</t></is></c>{cell}</row>");
        var examined = await Examine.FileAsync("idva-service/marac", "2019-20-Q1", file, "return.xlsx");
        Assert.Equal(isAccepted, examined.IsAccepted);
        Assert.DoesNotContain(examined.Findings, finding => finding.Message.Any(char.IsSurrogate));
        Assert.NotEmpty(SubmissionReport.Create(Examine.Form("idva-service/marac").Return, Period.Parse("2019-20-Q1"), examined).ToJson());
    }

    private static ParsedFigure Text(string written, Quantity quantity = Quantity.Count) => FigureParser.Parse(new Cell(CellKind.Text, written), At, Measure(quantity));

    private static Measure Measure(Quantity quantity) => new(new MeasureId("made.up"), "Made up", [], "things", quantity, Aggregation.Flow, null, null);

    private static decimal Decimal(string value) => decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Refused(ParsedFigure understood, string code)
    {
        Assert.Null(understood.Figure);
        Assert.Equal((Severity.Error, code, At), (understood.Finding!.Severity, understood.Finding.Code, understood.Finding.Cell));
        return understood.Finding.Message;
    }
}

using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Tests of superscripts, subscripts and lines through text. All formats must give the same cells.</summary>
public sealed class TextRunTests
{
    private const string Label = "SARAC cases heard";

    public static readonly TheoryData<string> Formats = ["xlsx", "inline.xlsx", "xls", "rstring.xls", "ods", "named.ods"];

    // In a cell, | starts a run, and the run's first letter says how it is formatted: s is struck, r is raised, l is lowered,
    // p is plain, and c has the font of the cell.
    [Theory]
    [InlineData("c12|r1", CellTraits.Raised)]
    [InlineData("p12|r1", CellTraits.Raised)]
    [InlineData("p12|l1", CellTraits.Raised)]
    [InlineData("r12", CellTraits.Raised)]
    [InlineData("s4|p3", CellTraits.PartlyStruck)]
    [InlineData("s4|c3", CellTraits.PartlyStruck)]
    [InlineData("c4|s3", CellTraits.PartlyStruck)]
    [InlineData("s43", CellTraits.Struck)]
    [InlineData("s4|s3", CellTraits.Struck)]
    [InlineData("p4|c3", CellTraits.None)]
    [InlineData("c4|r |c3", CellTraits.None)]
    public void A_cell_has_the_traits_of_its_runs(string runs, CellTraits traits) =>
        Assert.All(Formats, format => Assert.Equal((format.Data, traits), (format.Data, ReadCell(format.Data, runs).Traits)));

    [Theory]
    [InlineData("c43", CellTraits.Struck)]
    [InlineData("p4|c3", CellTraits.PartlyStruck)]
    [InlineData("p43", CellTraits.None)]
    public void A_run_without_a_font_has_the_font_of_the_cell(string runs, CellTraits traits) =>
        Assert.All(Formats, format => Assert.Equal((format.Data, traits), (format.Data, ReadCell(format.Data, runs, 's').Traits)));

    [Theory]
    [InlineData('s', CellTraits.Struck)]
    [InlineData('r', CellTraits.Raised)]
    [InlineData('p', CellTraits.None)]
    public void A_number_has_the_font_of_its_cell(char font, CellTraits traits) =>
        Assert.All(["xlsx", "xls", "ods"], format => Assert.Equal((format, new Cell(CellKind.Number, null, 43, traits)), (format, ReadCell(format, "43", font))));

    [Theory]
    [InlineData("cCambs|r1", "Cambs")]
    [InlineData("cCambs|r1|c and Pboro|r(a)", "Cambs and Pboro")]
    [InlineData("c2019-20|r1", "2019-20")]
    [InlineData("cthe 3|rrd|c quarter", "the 3rd quarter")]
    [InlineData("c|r943 476 5919|c is an NHS number", "943 476 5919 is an NHS number")]
    [InlineData("c12|r1", "121")]
    [InlineData("c12|r*", "12*")]
    public void A_footnote_mark_is_removed_from_a_label_and_never_from_a_number(string runs, string text) =>
        Assert.All(Formats, format => Assert.Equal((format.Data, text), (format.Data, ReadCell(format.Data, runs).Text)));

    [Theory]
    [InlineData("c12|r1", Codes.Superscript, "\"121\" has superscript or subscript characters, which may be a footnote. Enter only the figure.")]
    [InlineData("c37 approx|r1", Codes.Superscript, "\"37 approx\" has superscript or subscript characters, which may be a footnote. Enter only the figure.")]
    [InlineData("s4|p3", Codes.StruckThrough, "Part of this cell is struck through. Enter only the figure that counts.")]
    [InlineData("s43", Codes.StruckThrough, "This figure is struck through. Delete it, or remove the line.")]
    public async Task A_figure_with_a_superscript_or_a_line_through_it_is_refused(string runs, string code, string message)
    {
        foreach (var format in Formats)
        {
            var examined = await Examine.FileAsync("sarac/cases", "2019-20-Q1", Create(format.Data, runs, 'p'), "return." + format.Data.Split('.')[^1]);
            var finding = Examine.Only(examined, Severity.Error, code);
            Assert.Equal(("B1", message), (finding.Cell!.Value.Address, finding.Message));
        }
    }

    [Fact]
    public async Task A_number_in_a_struck_cell_is_refused()
    {
        foreach (var format in new[] { "xlsx", "xls", "ods" })
        {
            var examined = await Examine.FileAsync("sarac/cases", "2019-20-Q1", Create(format, "43", 's'), "return." + format);
            Assert.Equal("B1", Examine.Only(examined, Severity.Error, Codes.StruckThrough).Cell!.Value.Address);
        }
    }

    [Fact]
    public void A_span_of_an_ods_inside_another_keeps_its_effects()
    {
        var cell = OdsBytes.Text("<text:p><text:span text:style-name=\"s\">4<text:span text:style-name=\"bold\">3</text:span></text:span><text:span text:style-name=\"bold\"/></text:p>");
        Assert.Equal(CellTraits.Struck, Accepted(ReadFile(Ods(OdsBytes.Row(cell)), "return.ods"))[1, 1].Traits);
    }

    [Theory]
    [InlineData("table:default-cell-style-name=\"cs\"", "", CellTraits.Struck)]
    [InlineData("table:default-cell-style-name=\"cs\"", "table:style-name=\"cp\"", CellTraits.None)]
    public void A_cell_of_an_ods_without_a_style_has_the_style_of_its_column(string column, string cell, CellTraits traits) =>
        Assert.Equal(traits, Accepted(ReadFile(Ods($"<table:table-column {column}/>" + OdsBytes.Row(OdsBytes.Number("43", cell))), "return.ods"))[1, 1].Traits);

    private static Cell ReadCell(string format, string runs, char font = 'p') =>
        Accepted(ReadFile(Create(format, runs, font), "return." + format.Split('.')[^1]))[1, 2];

    private static byte[] Create(string format, string text, char font)
    {
        var runs = text.Split('|').Select(run => (Font: run[0], Text: run[1..])).Where(run => run.Text.Length > 0).ToList();
        return format switch
        {
            _ when char.IsAsciiDigit(text[0]) => CreateNumber(format, text, font),
            "xlsx" or "inline.xlsx" => Xlsx(runs, font, format == "inline.xlsx"),
            "xls" or "rstring.xls" => Xls(runs, font, format == "rstring.xls"),
            _ => Ods(OdsBytes.Row(OdsBytes.Text($"<text:p>{Label}</text:p>") + OdsBytes.Text("<text:p>" + string.Concat(runs.Select(run => Span(run.Font, run.Text, format == "named.ods"))) + "</text:p>", $"table:style-name=\"c{font}\""))),
        };
    }

    private static byte[] CreateNumber(string format, string number, char font) => format switch
    {
        "xlsx" => XlsxWithFonts().Texts($"<si><t>{Label}</t></si>")
            .Sheet("Figures", $"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"{FontNumber(font)}\"><v>{number}</v></c></row>").ToArray(),
        "xls" => XlsWithFonts().Sheet("Figures", XlsBytes.Label(1, 1, Label), Number(1, 2, int.Parse(number, null), XlsStyle(font))).ToArray(),
        _ => Ods(OdsBytes.Row(OdsBytes.Text($"<text:p>{Label}</text:p>") + OdsBytes.Number(number, $"table:style-name=\"c{font}\""))),
    };

    private static int FontNumber(char font) => font switch { 's' => 1, 'r' => 2, 'l' => 3, _ => 0 };

    private static XlsxBytes XlsxWithFonts() => new()
    {
        Looks = "<fonts><font><strike val=\"0\"/><vertAlign val=\"baseline\"/></font><font><strike/></font><font><vertAlign val=\"superscript\"/></font></fonts>"
            + "<cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"0\" fontId=\"2\"/></cellXfs>",
    };

    private static byte[] Xlsx(List<(char Font, string Text)> runs, char font, bool isInline)
    {
        var text = string.Concat(runs.Select(run =>
        {
            var properties = run.Font switch
            {
                'c' => string.Empty,
                's' => "<rPr><sz val=\"11\"/><strike/></rPr>",
                'r' => "<rPr><vertAlign val=\"superscript\"/></rPr>",
                'l' => "<rPr><vertAlign val=\"subscript\"/></rPr>",
                _ => "<rPr><strike val=\"0\"/></rPr>",
            };
            return $"<r>{properties}<t xml:space=\"preserve\">{run.Text}</t></r>";
        }));
        var cell = isInline
            ? $"<c r=\"B1\" s=\"{FontNumber(font)}\" t=\"inlineStr\"><is>{text}</is></c>"
            : $"<c r=\"B1\" s=\"{FontNumber(font)}\" t=\"s\"><v>1</v></c>";
        return XlsxWithFonts().Texts($"<si><t>{Label}</t></si>", $"<si>{text}</si>").Sheet("Figures", $"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>{cell}</row>").ToArray();
    }

    /// <summary>Fonts 0 to 3 are plain. There is no font 4, so the others have the numbers from 5.</summary>
    private static XlsBytes XlsWithFonts()
    {
        static byte[] Font(int flags, int position) => Record(0x0031, [.. U16(220), .. U16(flags), .. U16(0), .. U16(400), .. U16(position), .. new byte[6]]);
        static byte[] Style(int font) => Record(0x00E0, [.. U16(font), .. U16(0), .. new byte[16]]);
        return new XlsBytes().Global(Font(0, 0), Font(0, 0), Font(0, 0), Font(0, 0), Font(8, 0), Font(0, 1), Font(0, 2)).Global(Style(5), Style(6));
    }

    private static int XlsStyle(char font) => font switch { 's' => 50, 'r' => 51, _ => 0 };

    private static byte[] Xls(List<(char Font, string Text)> runs, char font, bool isInCell)
    {
        var text = string.Concat(runs.Select(run => run.Text));
        var (starts, position) = (new List<byte>(), 0);
        foreach (var run in runs)
        {
            // Only the start of a text can have the font of the cell, so that font is repeated.
            var number = run.Font switch { 's' => 5, 'r' => 6, 'l' => 7, 'c' when font == 's' => 5, _ => 0 };
            starts.AddRange(run.Font == 'c' && position == 0 ? [] : [.. U16(position), .. U16(number)]);
            position += run.Text.Length;
        }

        var count = U16(starts.Count / 4);
        var book = XlsWithFonts();
        return isInCell
            ? book.Sheet("Figures", XlsBytes.Label(1, 1, Label), CellRecord(0x00D6, 1, 2, XlsStyle(font), [.. U16(text.Length), 0, .. Encoding.Latin1.GetBytes(text), .. count, .. starts])).ToArray()
            : book.Global(Record(0x00FC, [.. U32(1), .. U32(1), .. U16(text.Length), 8, .. count, .. Encoding.Latin1.GetBytes(text), .. starts]))
                .Sheet("Figures", XlsBytes.Label(1, 1, Label), CellRecord(0x00FD, 1, 2, XlsStyle(font), U32(0))).ToArray();
    }

    private static string Span(char font, string text, bool isNamed) =>
        font == 'c' ? text.Replace(" ", "<text:s/>", StringComparison.Ordinal) : $"<text:span text:style-name=\"{font}{(isNamed ? " child" : string.Empty)}\">{text.Replace(" ", "<text:s/>", StringComparison.Ordinal)}</text:span>";

    private static byte[] Ods(string rows)
    {
        static string Style(string name, string family, string properties, string parent = "") =>
            $"<style:style style:name=\"{name}\" style:family=\"{family}\" {parent}><style:text-properties {properties}/></style:style>";
        string[] names = ["s", "r", "l", "p"];
        string[] properties =
        [
            "style:text-line-through-style=\"solid\" style:text-line-through-type=\"single\"",
            "style:text-position=\"super 58%\"",
            "style:text-position=\"-33% 58%\"",
            "style:text-line-through-style=\"none\" style:text-position=\"0% 100%\"",
        ];
        var styles = string.Concat(names.Select((name, i) => Style(name, "text", properties[i]) + Style("c" + name, "table-cell", properties[i])
            + $"<style:style style:name=\"{name} child\" style:family=\"text\" style:parent-style-name=\"{name}\"/>"))
            + Style("bold", "text", "style:font-name=\"Bold\"");
        return OdsBytes.OfContent(OdsBytes.Content(OdsBytes.Sheet(rows)).Replace("</office:automatic-styles>", styles + "</office:automatic-styles>", StringComparison.Ordinal));
    }
}

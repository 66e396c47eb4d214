using System.Text;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Hostile;

/// <summary>Workbooks with a valid zip and invalid XML: entities, depth, names, and numbers that refer to nothing.</summary>
internal static class HostileMarkup
{
    private const string External = "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:9/stolen\">]><a>&x;</a>";

    private static readonly (string Kind, string Prologue)[] DocumentTypes =
    [
        ("an empty document type", "<!DOCTYPE worksheet>"),
        ("an external document type", "<?xml version=\"1.0\"?><!DOCTYPE worksheet SYSTEM \"http://127.0.0.1:9/a.dtd\">"),
        ("a file as an entity", "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"),
        ("a parameter entity", "<!DOCTYPE worksheet [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\">%p;]>"),
        ("a thousand million laughs", $"<!DOCTYPE worksheet [<!ENTITY e0 \"ha\">{string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">"))}]>"),
    ];

    private static readonly string[] Parts =
        ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml", "customXml/item1.xml", "[Content_Types].xml"];

    public static IEnumerable<HostileFile> Files() => Unsafe().Concat(Sizes().Select(HostileFile.Heavy)).Concat(Indices()).Concat(Cells());

    private static IEnumerable<HostileFile> Unsafe()
    {
        foreach (var (kind, prologue) in DocumentTypes)
        {
            var sheet = $"{prologue}<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData>{ValidFiles.XlsxRows}</sheetData></worksheet>";
            yield return new($"{kind}.xlsx", new XlsxBytes().SheetXml("Figures", sheet).ToArray());
        }

        yield return new("a document type in UTF-16.xlsx", ValidFiles.Xlsx().Part("docProps/app.xml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(External)]).ToArray());
        foreach (var part in Parts)
        {
            yield return new($"an entity in {part.Replace('/', ' ')}.xlsx", ValidFiles.Xlsx().InPlaceOf(part, External).ToArray());
        }

        yield return new("an entity in content xml.ods", OdsBytes.OfContent(External));
        foreach (var part in (string[])["styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"])
        {
            yield return new($"an entity in {part.Replace('/', ' ')}.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), (part, External)));
        }
    }

    private static IEnumerable<HostileFile> Sizes()
    {
        const string Declared = "<dimension ref=\"A1:XFD1048576\"/>";
        yield return new("declared A1 to XFD1048576.xlsx", new XlsxBytes().Sheet("Figures", ValidFiles.XlsxRows, Declared).ToArray());
        yield return new("a cell at XFD1048576.xlsx", Rows(ValidFiles.XlsxRows + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>4</v></c></row>"));
        yield return new("a cell at A1048576.xlsx", Rows(ValidFiles.XlsxRows + "<row r=\"1048576\"><c r=\"A1048576\"><v>4</v></c></row>"));
        yield return new("a million empty rows.xlsx", Rows(ValidFiles.XlsxRows + ValidFiles.Repeated("<row/>", 6_000_000)));
        yield return new("a million empty cells.xlsx", Rows(ValidFiles.XlsxRows + string.Concat(Enumerable.Range(3, 70).Select(row => $"<row r=\"{row}\">{ValidFiles.Repeated("<c/>", 60_000)}</row>"))));
        yield return new("16,384 columns.xlsx", Rows($"<row r=\"1\">{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 16_384))}</row>"));
        yield return new("a million cells.xlsx", Rows(string.Concat(Enumerable.Repeat($"<row>{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 500))}</row>", 2_000))));
        yield return new("more than a million cells.xlsx", Rows(string.Concat(Enumerable.Repeat($"<row>{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 500))}</row>", 2_001))));
        yield return new("101 sheets.xlsx", Enumerable.Range(0, 101).Aggregate(new XlsxBytes(), (book, i) => book.Sheet($"S{i}", ValidFiles.XlsxRows)).ToArray());
        yield return new("deep.xlsx", Rows(ValidFiles.Repeated("<g>", 300_000) + ValidFiles.Repeated("</g>", 400_000)));
        yield return new("one long name.xlsx", Rows($"<row r=\"1\"><{new string('n', 3_000_000)}/></row>"));
        yield return new("many names.xlsx", Rows(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<n{i}/>"))));
        yield return new("many attributes.xlsx", Rows($"<row r=\"1\"><c r=\"A1\" {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=\"\" "))}/></row>"));
        yield return new("one long text.xlsx", Rows($"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{new string('A', 3_000_000)}</v></c></row>"));
        yield return new("one long comment.xlsx", Rows($"<!--{new string('x', 3_000_000)}-->{ValidFiles.XlsxRows}"));
        yield return new("millions of empty rows.ods", OdsBytes.Of(ValidFiles.OdsRows + ValidFiles.Repeated(Repeated("<table:table-cell table:number-columns-repeated=\"16384\"/>", 2_147_483_647), 1_000_000)));
        yield return new("a million rows of figures.ods", OdsBytes.Of(Repeated(OdsBytes.Number("1"), 1_048_576)));
        yield return new("a million columns of figures.ods", OdsBytes.Of(OdsBytes.Row(OdsBytes.Number("1", "table:number-columns-repeated=\"1048576\""))));
        yield return new("deep.ods", OdsBytes.Of(ValidFiles.Repeated("<table:table-row-group>", 300_000) + ValidFiles.Repeated("</table:table-row-group>", 313_000)));
        yield return new("a cell with a million spaces.ods", OdsBytes.Of(OdsBytes.Row(OdsBytes.Text("<text:p><text:s text:c=\"2147483647\"/></text:p>"))));
    }

    private static IEnumerable<HostileFile> Indices()
    {
        foreach (var index in (string[])["7", "-1", "99999999999999999999", "x"])
        {
            yield return new($"shared text {index}.xlsx", ValidFiles.XlsxWith($"t=\"s\"><v>{index}</v>", "<si><t>51</t></si>"));
        }

        foreach (var index in (string[])["4000000", "-1", "99999999999999999999", "x"])
        {
            yield return new($"style {index}.xlsx", ValidFiles.XlsxWith($"s=\"{index}\"><v>51</v>"));
        }

        yield return new("shared text that is not there.xls", new XlsBytes().Global(XlsBytes.Texts(2, "Hunts")).Sheet("S", XlsBytes.Shared(1, 1, 1)).ToArray());
        yield return new("style that is not there.xls", new XlsBytes().Sheet("Figures", [XlsBytes.Label(1, 1, "Over 18s"), XlsBytes.Number(1, 2, 51, 60_000), .. ValidFiles.XlsRecords[2..]]).ToArray());
        yield return new("a style that is its own parent.ods", OdsBytes.OfSheets(
            OdsBytes.Sheet(ValidFiles.OdsRows),
            ("styles.xml", $"<s {OdsBytes.Namespaces}><style:style style:name=\"a\" style:family=\"table-cell\" style:parent-style-name=\"b\"/><style:style style:name=\"b\" style:family=\"table-cell\" style:parent-style-name=\"a\"/></s>")));
        yield return new("a sheet beyond the end.xls", new XlsBytes { Position = 0x7FFF_FFFF }.Sheet("S").ToArray());
        yield return new("sheets in one place.xls", new XlsBytes { Position = 0 }.Sheet("A").Sheet("B").ToArray());
        yield return new("a record that runs out of the file.xls", XlsBytes.Of(XlsBytes.U16(0x0203), XlsBytes.U16(0xFFFF)));
        yield return new("a chain that turns back.xls", Circular());
        yield return new("two sheets in one part.xlsx", ValidFiles.Xlsx().InPlaceOf(
            "xl/workbook.xml",
            $"<workbook xmlns=\"{XlsxBytes.Main}\" xmlns:r=\"{XlsxBytes.Office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"s0\"/><sheet name=\"B\" sheetId=\"2\" r:id=\"s0\"/></sheets></workbook>").ToArray());
    }

    private static IEnumerable<HostileFile> Cells()
    {
        (string Kind, string Rows)[] broken =
        [
            ("rows out of order", "<row r=\"4\"><c r=\"A4\"><v>4</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>"),
            ("the same cell twice", "<row r=\"1\"><c r=\"A1\"><v>4</v></c><c r=\"A1\"><v>2</v></c></row>"),
            ("columns out of order", "<row r=\"1\"><c r=\"B1\"><v>4</v></c><c r=\"A1\"><v>2</v></c></row>"),
            ("the same row twice", "<row r=\"2\"><c r=\"A2\"><v>4</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>"),
            ("row 1048577", "<row r=\"1048577\"><c><v>4</v></c></row>"),
            ("a cell in another row", "<row r=\"1\"><c r=\"A2\"><v>4</v></c></row>"),
            ("an address without a column", "<row r=\"1\"><c r=\"1\"><v>4</v></c></row>"),
            ("an address the wrong way round", "<row r=\"1\"><c r=\"1A\"><v>4</v></c></row>"),
            ("a column beyond the last", "<row r=\"1\"><c r=\"XFE1\"><v>4</v></c></row>"),
            ("row 0", "<row r=\"0\"><c><v>4</v></c></row>"),
            ("row -1", "<row r=\"-1\"><c><v>4</v></c></row>"),
            ("an entity nobody declared", "<row r=\"1\"><c r=\"A1\"><v>&undefined;</v></c></row>"),
            ("elements that are not closed", "<row r=\"1\"><c r=\"A1\"><v>4</v></row>"),
        ];
        return broken.Select(item => new HostileFile($"{item.Kind}.xlsx", XlsxBytes.Of(item.Rows)));
    }

    private static byte[] Rows(string rows) => XlsxBytes.Of(rows);

    private static string Repeated(string cells, int times) => OdsBytes.Row(cells, FormattableString.Invariant($"table:number-rows-repeated=\"{times}\""));

    private static byte[] Circular()
    {
        // The third sector is the first of the workbook. It is set to follow itself.
        var bytes = ValidFiles.Xls().ToArray();
        CompoundBytes.Put32(bytes, CompoundBytes.Table + (4 * 2), 2);
        return bytes;
    }
}

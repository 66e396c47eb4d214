using System.IO.Compression;
using System.Text;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Small workbooks made part by part, so that a test can also make what no program would write.</summary>
internal sealed class XlsxBytes
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string UsualLooks =
        """
        <numFmts count="4"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="0&quot;%&quot;"/></numFmts>
        <cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>
        """;

    private static readonly DateTimeOffset Saved = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(string Name, byte[] Content, int Times)> parts = [];
    private readonly Dictionary<string, byte[]> others = [];
    private readonly List<(string Name, string Xml, string State)> sheets = [];

    public string WorkbookProperties { get; init; } = string.Empty;

    /// <summary>The content of the style sheet.</summary>
    public string Looks { get; init; } = UsualLooks;

    public CompressionLevel Compression { get; init; } = CompressionLevel.Optimal;

    /// <summary>A workbook of one sheet with these cells: <c>&lt;row r="1"&gt;…</c>.</summary>
    public static byte[] Of(string rows, string before = "") => new XlsxBytes().Sheet("Figures", rows, before).ToArray();

    public XlsxBytes Sheet(string name, string rows, string before = "", string state = "visible") =>
        SheetXml(name, $"<worksheet xmlns=\"{Main}\">{before}<sheetData>{rows}</sheetData></worksheet>", state);

    public XlsxBytes SheetXml(string name, string xml, string state = "visible")
    {
        sheets.Add((name, xml, state));
        return this;
    }

    public XlsxBytes Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Adds a part that repeats these bytes, without holding all of it in memory.</summary>
    public XlsxBytes Part(string name, byte[] content, int times = 1)
    {
        parts.Add((name, content, times));
        return this;
    }

    /// <summary>Replaces the content of one of its parts.</summary>
    public XlsxBytes InPlaceOf(string name, string content)
    {
        others.Add(name, Encoding.UTF8.GetBytes(content));
        return this;
    }

    public XlsxBytes Texts(params string[] texts) =>
        Part("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(texts)}</sst>");

    public byte[] ToArray()
    {
        var ids = sheets.Select((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>");
        var named = sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" state=\"{sheet.State}\" r:id=\"s{i}\"/>");
        List<(string Name, byte[] Content, int Times)> all =
        [
            ("_rels/.rels", Utf8($"<Relationships xmlns=\"{Relations}\"><Relationship Id=\"m\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"), 1),
            ("xl/workbook.xml", Utf8($"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\">{WorkbookProperties}<sheets>{string.Concat(named)}</sheets></workbook>"), 1),
            ("xl/_rels/workbook.xml.rels", Utf8($"<Relationships xmlns=\"{Relations}\">{string.Concat(ids)}<Relationship Id=\"t\" Type=\"{Office}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"y\" Type=\"{Office}/styles\" Target=\"/xl/styles.xml\"/></Relationships>"), 1),
            ("xl/styles.xml", Utf8($"<styleSheet xmlns=\"{Main}\">{Looks}</styleSheet>"), 1),
            .. sheets.Select((sheet, i) => ($"xl/worksheets/sheet{i}.xml", Utf8(sheet.Xml), 1)),
            .. parts,
        ];
        if (!parts.Exists(part => part.Name == "[Content_Types].xml"))
        {
            all.Insert(0, ("[Content_Types].xml", Utf8("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"), 1));
        }

        var own = all.ConvertAll(part => others.TryGetValue(part.Name, out var other) ? part with { Content = other } : part);
        own.AddRange(others.Where(other => !all.Exists(part => part.Name == other.Key)).Select(other => (other.Key, other.Value, 1)));
        return Zip(own, Compression);
    }

    /// <summary>A drawing with a picture over some columns and rows.</summary>
    public static string Picture(int columns, int rows) =>
        $"<d:wsDr xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"><d:twoCellAnchor><d:from><d:col>1</d:col><d:row>2</d:row></d:from><d:to><d:col>{1 + columns}</d:col><d:row>{2 + rows}</d:row></d:to><d:pic/></d:twoCellAnchor></d:wsDr>";

    public static byte[] Zip(params (string Name, byte[] Content)[] entries) => Zip(entries.Select(entry => (entry.Name, entry.Content, 1)), CompressionLevel.Optimal);

    private static byte[] Zip(IEnumerable<(string Name, byte[] Content, int Times)> entries, CompressionLevel compression)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content, times) in entries)
            {
                var entry = zip.CreateEntry(name, compression);
                entry.LastWriteTime = Saved; // the same parts give the same file
                using var stream = entry.Open();
                for (var i = 0; i < times; i++)
                {
                    stream.Write(content);
                }
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

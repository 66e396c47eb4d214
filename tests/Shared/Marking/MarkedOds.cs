using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee.Marking;
using DasvPipeline.Tests.Read;
using Book = DasvPipeline.Core.Read.Workbook;

namespace DasvPipeline.Tests.Marking;

/// <summary>A marked copy of an .ods file, taken apart as XML: what stands at each address, and how it looks.</summary>
internal sealed class MarkedOds
{
    public static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    public static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    public static readonly XNamespace Style = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    public static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    public static readonly XNamespace Fo = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";
    public static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private readonly XDocument document;

    private MarkedOds(byte[] content)
    {
        Content = content;
        document = XDocument.Parse(Parts["content.xml"], LoadOptions.PreserveWhitespace);
    }

    public byte[] Content { get; }

    public XElement Root => document.Root!;

    /// <summary>The names of the parts, and all that is written in them.</summary>
    public IReadOnlyDictionary<string, string> Parts
    {
        get
        {
            using var zip = new ZipArchive(new MemoryStream(Content));
            Assert.All(zip.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
            return zip.Entries.ToDictionary(entry => entry.FullName, entry => new StreamReader(entry.Open()).ReadToEnd(), StringComparer.Ordinal);
        }
    }

    public IEnumerable<string> SheetNames => document.Descendants(Table + "table").Select(table => table.Attribute(Table + "name")!.Value);

    public static MarkedOds Of(byte[] content, params IReadOnlyList<Finding> findings)
    {
        var before = content.ToArray();
        var copy = MarkedCopy.Of(content, Reading.ReadFile(content, "a.ods"), findings);
        Assert.Equal((MarkedCopy.SpreadsheetName, OdsBytes.MediaType), (copy!.FileName, copy.ContentType));
        Assert.Equal(before, content);
        Assert.True(copy.Content.Span.SequenceEqual(MarkedCopy.Of(content, Reading.ReadFile(content, "a.ods"), findings)!.Content.Span), "The same file made other bytes.");
        return new MarkedOds(copy.Content.ToArray());
    }

    /// <summary>The copy as our own reader reads it, which finds nothing to remark on.</summary>
    public Book Read()
    {
        var book = Reading.ReadFile(Content, "marked.ods");
        Assert.Empty(book.Findings);
        return book;
    }

    public XElement Sheet(string name) => document.Descendants(Table + "table").First(table => table.Attribute(Table + "name")!.Value == name);

    /// <summary>The cell at an address, and the row it stands in.</summary>
    public (XElement Row, XElement Cell) At(string sheet, int row, int column)
    {
        var found = Spread(Sheet(sheet).Descendants(Table + "table-row"), "number-rows-repeated", row)!;
        return (found, Spread(found.Elements(), "number-columns-repeated", column)!);
    }

    /// <summary>The colour, the frame and the comment of a cell.</summary>
    public (string? Colour, string? Frame, string? Comment) Mark(CellRef at)
    {
        var cell = At(at.Sheet!, at.Row, at.Column).Cell;
        var look = StyleOf(cell)?.Element(Style + "table-cell-properties");
        var comment = cell.Elements(Office + "annotation").SingleOrDefault()?.Elements(Text + "p").Select(Letters);
        return (look?.Attribute(Fo + "background-color")?.Value, look?.Attribute(Fo + "border")?.Value, comment is null ? null : string.Join('\n', comment));
    }

    /// <summary>The automatic style that an element names itself.</summary>
    public XElement? StyleOf(XElement element) => element.Attribute(Table + "style-name")?.Value is { } name
        ? Root.Element(Office + "automatic-styles")!.Elements(Style + "style").SingleOrDefault(style => style.Attribute(Style + "name")!.Value == name)
        : null;

    /// <summary>Where the links lead that are in the copy.</summary>
    public IReadOnlyList<string> Links() => [.. document.Descendants().Attributes(XLink + "href").Select(link => link.Value)];

    /// <summary>The rows of the sheet of findings below its header.</summary>
    public string[][] Listed() => Reading.Shown(Read().Sheets[0])[3..];

    public static (string Colour, string Frame) Look(Severity severity) => severity switch
    {
        Severity.Error => ("#f9c6c1", "2.5pt solid #b10e1e"),
        Severity.Query => ("#ffe699", "1.75pt dashed #7f6000"),
        _ => ("#d2e4f5", "0.75pt dotted #1d5f9e"),
    };

    public static List<string> Cells(DasvPipeline.Core.Read.Sheet sheet) =>
        [.. Enumerable.Range(1, sheet.RowCount).SelectMany(row => sheet.Row(row).ToArray().Select((cell, i) => cell.IsBlank ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{new CellRef(null, row, i + 1).Address} {cell.Kind} {cell.Shown}")).Where(cell => cell.Length > 0))];

    private static string Letters(XElement paragraph) =>
        string.Concat(paragraph.Nodes().Select(node => node is XText text ? text.Value : node is XElement { Name.LocalName: "s" } ? " " : throw new InvalidOperationException(node.ToString())));

    private static XElement? Spread(IEnumerable<XElement> elements, string repeated, int number)
    {
        var passed = 0;
        return elements.FirstOrDefault(element => (passed += (int?)element.Attribute(Table + repeated) ?? 1) >= number);
    }
}

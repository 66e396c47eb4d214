using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>Opens the parts of a form, to check what its cells do not show.</summary>
internal sealed class OpenForm : IDisposable
{
    private readonly List<CellFormat> _formats;

    public OpenForm(byte[] content)
    {
        Document = SpreadsheetDocument.Open(new MemoryStream(content), isEditable: false);
        _formats = [.. Stylesheet.CellFormats!.Elements<CellFormat>()];
        Sheets = [.. Workbook.Sheets!.Elements<Sheet>().Select(node => new OpenSheet(node, (WorksheetPart)Document.WorkbookPart!.GetPartById(node.Id!)))];
    }

    public SpreadsheetDocument Document { get; }

    public Workbook Workbook => Document.WorkbookPart!.Workbook!;

    public Stylesheet Stylesheet => Document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;

    public IReadOnlyList<OpenSheet> Sheets { get; }

    public CellFormat FormatOf(Cell cell) => _formats[(int)cell.StyleIndex!.Value];

    public bool IsUnlocked(Cell cell) => FormatOf(cell).Protection?.Locked?.Value == false;

    public static string Shown(Cell cell) => cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? string.Empty;

    public void Dispose() => Document.Dispose();
}

internal sealed record OpenSheet(Sheet Node, WorksheetPart Part)
{
    public string Name => Node.Name!.Value!;

    public SheetView View { get; } = Part.Worksheet!.Descendants<SheetView>().Single();

    public IReadOnlyList<IReadOnlyList<Cell>> Rows { get; } = [.. Part.Worksheet!.Descendants<Row>().Select(row => (IReadOnlyList<Cell>)[.. row.Elements<Cell>()])];

    /// <summary>The tables, from top to bottom.</summary>
    public IReadOnlyList<OpenTable> Tables { get; } = [.. Part.TableDefinitionParts.Select(part => new OpenTable(part.Table!)).OrderBy(table => table.HeadingRow)];

    /// <summary>The row of the first table's headings; 0 if the sheet has no table.</summary>
    public int HeadingRow => Tables.Count == 0 ? 0 : Tables[0].HeadingRow;

    public IReadOnlyList<DataValidation> Entries { get; } = [.. Part.Worksheet!.Descendants<DataValidation>()];

    /// <summary>Returns the validation rule of a cell. A cell has at most one.</summary>
    public DataValidation? EntryOf(string address) => Entries.SingleOrDefault(entry => entry.SequenceOfReferences!.InnerText!.Split(' ').Any(range => Covers(range, address)));

    private static bool Covers(string range, string address)
    {
        var ends = range.Split(':').Select(Place).ToList();
        var (row, column) = Place(address);
        return row >= ends[0].Row && row <= ends[^1].Row && column >= ends[0].Column && column <= ends[^1].Column;
    }

    private static (int Row, int Column) Place(string address)
    {
        var letters = address.TakeWhile(char.IsAsciiLetter).ToList();
        return (int.Parse(address.AsSpan(letters.Count), provider: System.Globalization.CultureInfo.InvariantCulture), letters.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1));
    }
}

internal sealed record OpenTable(Table Node)
{
    public int HeadingRow { get; } = int.Parse(Node.Reference!.Value!.Split(':')[0].AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Security;
using System.Text;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>
/// Cells as a test writes them: a line for each row, a bar between cells. "1864" and "12.5" are numbers in a workbook,
/// "71%" is a number shown as a percentage, "'5" is the text 5; everything else is text.
/// </summary>
internal sealed record Grid(string[][] Cells)
{
    public static Grid Of(string text) =>
        new([.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())]);

    public string Csv(char separator = ',') =>
        string.Join("\r\n", Cells.Select(row => string.Join(separator, row.Select(cell => Quoted(cell.TrimStart('\''), separator)))));

    public static byte[] Xlsx(params (string Name, Grid Grid)[] sheets) =>
        sheets.Aggregate(new XlsxBytes(), (book, sheet) => book.Sheet(SecurityElement.Escape(sheet.Name), sheet.Grid.Rows())).ToArray();

    public byte[] Xlsx() => Xlsx(("Sheet1", this));

    public static byte[] Ods(params (string Name, Grid Grid)[] sheets) =>
        OdsBytes.OfSheets(string.Concat(sheets.Select(sheet => OdsBytes.Sheet(string.Concat(sheet.Grid.Cells.Select(OdsRow)), SecurityElement.Escape(sheet.Name)))));

    public static byte[] Xls(params (string Name, Grid Grid)[] sheets) =>
        sheets.Aggregate(new XlsBytes(), (book, sheet) => book.Sheet(sheet.Name, [.. sheet.Grid.Cells.SelectMany((cells, row) =>
            cells.Select((text, column) => XlsCell(row + 1, column + 1, text)).OfType<byte[]>())])).ToArray();

    public Grid With(int row, int column, string text)
    {
        var cells = Cells.Select(line => line.ToArray()).ToArray();
        cells[row - 1][column - 1] = text;
        return new Grid(cells);
    }

    private string Rows()
    {
        var xml = new StringBuilder();
        for (var row = 1; row <= Cells.Length; row++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\">");
            for (var column = 1; column <= Cells[row - 1].Length; column++)
            {
                xml.Append(Cell(Cells[row - 1][column - 1], new CellRef(null, row, column).Address));
            }

            xml.Append("</row>");
        }

        return xml.ToString();
    }

    private static string Cell(string text, string at) =>
        text.Length == 0 ? string.Empty
        : NumberIn(text) is var (number, isPercent) ? string.Create(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{(isPercent ? 1 : 0)}\"><v>{number}</v></c>")
        : $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text.TrimStart('\''))}</t></is></c>";

    private static string OdsRow(string[] cells) => OdsBytes.Row(cells.Length == 0 ? "<table:table-cell/>" : string.Concat(cells.Select(text => NumberIn(text) switch
    {
        (var value, true) => $"<table:table-cell office:value-type=\"percentage\" office:value=\"{value.ToString(CultureInfo.InvariantCulture)}\"/>",
        (var value, false) => OdsBytes.Number(value.ToString(CultureInfo.InvariantCulture)),
        null when text.Length == 0 => "<table:table-cell/>",
        null => OdsBytes.Text($"<text:p>{SecurityElement.Escape(text.TrimStart('\''))}</text:p>"),
    })));

    private static byte[]? XlsCell(int row, int column, string text) => NumberIn(text) switch
    {
        var (value, isPercent) => XlsBytes.Number(row, column, (double)value, isPercent ? 9 : 0),
        null when text.Length == 0 => null,
        null => XlsBytes.Label(row, column, text.TrimStart('\'')),
    };

    /// <summary>Returns the number and whether it is shown as a percentage, or null for text.</summary>
    private static (decimal Value, bool IsPercent)? NumberIn(string text) =>
        text.Length == 0 || text[0] == '\'' ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (value, false)
        : text[^1] == '%' && decimal.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? (percent / 100, true)
        : null;

    private static string Quoted(string cell, char separator) =>
        cell.IndexOfAny([separator, '"', '\n']) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

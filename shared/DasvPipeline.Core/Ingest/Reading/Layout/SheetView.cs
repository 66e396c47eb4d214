using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.PeriodExpressions;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// A sheet, or the same sheet transposed so that its rows are columns. Tables are searched for in one direction only:
/// a table with rows and columns swapped is found in the transposed view.
/// </summary>
/// <param name="texts">The meanings of the texts, which all views of a file share.</param>
internal sealed class SheetView(Sheet sheet, bool transposed, LabelTexts texts)
{
    private CellRef? _firstAddress;

    public Sheet Sheet => sheet;

    public bool IsTransposed => transposed;

    /// <summary>The first filled cell of the sheet. Cell A1 if the sheet is blank.</summary>
    public CellRef FirstAddress => _firstAddress ??= FindFirst();

    /// <summary>The text of the first filled cell. Empty if it is not a label.</summary>
    public string FirstText => sheet[FirstAddress.Row, FirstAddress.Column].Text is { Length: <= Label.MaxLength } text ? text : string.Empty;

    public int Rows => transposed ? sheet.ColumnCount : sheet.RowCount;

    public int Columns => transposed ? sheet.RowCount : sheet.ColumnCount;

    public Cell this[int row, int column] => transposed ? sheet[column, row] : sheet[row, column];

    /// <summary>Returns the normalised label in a cell, or an empty string if the cell has no text.</summary>
    public string LabelAt(int row, int column) => TextAt(row, column) is { Length: > 0 and <= Label.MaxLength } text ? texts.NameOf(text) : string.Empty;

    /// <summary>Returns the text of a label. The first day of a month means the month, as spreadsheets show it.</summary>
    public string? TextAt(int row, int column) => TextOf(this[row, column]);

    /// <summary>Returns the text of a cell with a label or a date. Returns null for any other cell.</summary>
    public static string? TextOf(Cell cell) => cell switch
    {
        { Kind: CellKind.Text } => cell.Text,
        { Kind: CellKind.Date } when DateOnly.TryParseExact(cell.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Day == 1 =>
            date.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        { Kind: CellKind.Date } => cell.Text,
        _ => null,
    };

    /// <summary>Returns what a text says about time and the kind of figure.</summary>
    public PeriodExpression Expression(string text) => texts.Expression(text);

    /// <inheritdoc cref="LabelTexts.NameOf"/>
    public string NameOf(string text) => texts.NameOf(text);

    /// <summary>Returns true for a label that states only a time or a kind of figure: "Q1", "H1 2019-20", "YTD".</summary>
    public bool IsTimeLabel(int row, int column) =>
        TextAt(row, column) is { Length: > 0 and <= Label.MaxLength } text && texts.Find(text) is { } expression && string.IsNullOrWhiteSpace(expression.Rest);

    /// <summary>Returns the address of a cell as the agency sees it, even in a transposed view.</summary>
    public CellRef AddressOf(int row, int column) => transposed ? new(sheet.Name, column, row) : new(sheet.Name, row, column);

    private CellRef FindFirst()
    {
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var column = 1; column <= cells.Length; column++)
            {
                if (!cells[column - 1].IsBlank)
                {
                    return new CellRef(sheet.Name, row, column);
                }
            }
        }

        return new CellRef(sheet.Name, 1, 1);
    }
}

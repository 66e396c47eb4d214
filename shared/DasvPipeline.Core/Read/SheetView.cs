using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// A sheet as it lies, or turned so that its rows are columns: tables are looked for in one direction only, and a table
/// that an agency has swapped is the same table in the turned view.
/// </summary>
internal sealed class SheetView(Sheet sheet, bool turned)
{
    private static readonly Dictionary<string, string> NoNames = [];
    private string? _firstText;
    private readonly Dictionary<string, string> _names = new(NoNames, StringComparer.Ordinal);

    public Sheet Sheet => sheet;

    public bool Turned => turned;

    /// <summary>What the sheet begins with; empty where that is no label.</summary>
    public string FirstText => _firstText ??= Enumerable.Range(1, sheet.RowCount)
        .Select(row => sheet.Row(row).ToArray().FirstOrDefault(cell => !cell.IsBlank)).FirstOrDefault(cell => !cell.IsBlank).Text is { Length: <= Label.Longest } text ? text : string.Empty;

    public int Rows => turned ? sheet.ColumnCount : sheet.RowCount;

    public int Columns => turned ? sheet.RowCount : sheet.ColumnCount;

    public Cell this[int row, int column] => turned ? sheet[column, row] : sheet[row, column];

    /// <summary>The normalised label in a cell; empty where it holds no text.</summary>
    public string NameAt(int row, int column)
    {
        var cell = this[row, column];
        if (cell.Kind != CellKind.Text || cell.Text is not { Length: > 0 and <= Label.Longest } text)
        {
            return string.Empty;
        }

        if (!_names.TryGetValue(text, out var name))
        {
            _names.Add(text, name = Label.Normalise(text));
        }

        return name;
    }

    /// <summary>The cell as the agency sees it, whichever way the view is turned.</summary>
    public CellRef RefOf(int row, int column) => turned ? new(sheet.Name, column, row) : new(sheet.Name, row, column);
}

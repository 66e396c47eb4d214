using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.PeriodExpressions;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// A sheet, or the same sheet transposed so that its rows are columns. Tables are searched for in one direction only:
/// a table with rows and columns swapped is found in the transposed view.
/// </summary>
internal sealed class SheetView(Sheet sheet, bool transposed)
{
    private static readonly Dictionary<string, string> NoNames = [];
    private string? _firstText;
    private readonly Dictionary<string, string> _names = new(NoNames, StringComparer.Ordinal);
    private readonly Dictionary<string, PeriodExpression> _expressions = new(StringComparer.Ordinal);

    public Sheet Sheet => sheet;

    public bool IsTransposed => transposed;

    /// <summary>The text of the first filled cell. Empty if it is not a label.</summary>
    public string FirstText => _firstText ??= Enumerable.Range(1, sheet.RowCount)
        .Select(row => sheet.Row(row).ToArray().FirstOrDefault(cell => !cell.IsBlank)).FirstOrDefault(cell => !cell.IsBlank).Text is { Length: <= Label.MaxLength } text ? text : string.Empty;

    /// <summary>The cell of <see cref="FirstText"/>.</summary>
    public CellRef FirstAddress
    {
        get
        {
            for (var row = 1; row <= sheet.RowCount; row++)
            {
                if (sheet.Row(row).ToArray().ToList().FindIndex(cell => !cell.IsBlank) is >= 0 and var column)
                {
                    return new CellRef(sheet.Name, row, column + 1);
                }
            }

            return new CellRef(sheet.Name, 1, 1);
        }
    }

    public int Rows => transposed ? sheet.ColumnCount : sheet.RowCount;

    public int Columns => transposed ? sheet.RowCount : sheet.ColumnCount;

    public Cell this[int row, int column] => transposed ? sheet[column, row] : sheet[row, column];

    /// <summary>Returns the normalised label in a cell, or an empty string if the cell has no text.</summary>
    public string LabelAt(int row, int column)
    {
        var cell = this[row, column];
        if (cell.Kind != CellKind.Text || cell.Text is not { Length: > 0 and <= Label.MaxLength } text)
        {
            return string.Empty;
        }

        if (!_names.TryGetValue(text, out var name))
        {
            _names.Add(text, name = NameOf(text));
        }

        return name;
    }

    /// <summary>Returns what a text says about time and the kind of figure.</summary>
    public PeriodExpression Expression(string text)
    {
        if (!_expressions.TryGetValue(text, out var expression))
        {
            _expressions.Add(text, expression = PeriodExpressionParser.Parse(text));
        }

        return expression;
    }

    /// <summary>Normalises a label without the periods in it. A label that is only a period is kept.</summary>
    public string NameOf(string text)
    {
        var expression = Expression(text);
        var label = expression.ComparisonWord is not null ? expression.Rest : expression.Periods.Count > 0 ? expression.TextWithoutPeriods : text;
        return Label.Normalise(label.Trim().Length > 0 ? label : text);
    }

    /// <summary>Returns the address of a cell as the agency sees it, even in a transposed view.</summary>
    public CellRef AddressOf(int row, int column) => transposed ? new(sheet.Name, column, row) : new(sheet.Name, row, column);
}

using System.Buffers;
using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.PeriodExpressions;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// A sheet, or the same sheet transposed so that its rows are columns. Tables are searched for in one direction only:
/// a table with rows and columns swapped is found in the transposed view.
/// </summary>
/// <param name="labels">The labels of the form, to find those with the number of a footnote. Null if they do not matter.</param>
internal sealed class SheetView(Sheet sheet, bool transposed, FormLabels? labels = null)
{
    private static readonly Dictionary<string, string> NoNames = [];

    /// <summary>A label without any of these, and without a digit, states no period and no comparison.</summary>
    private static readonly SearchValues<string> TimeWords = SearchValues.Create(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "year", "yr", "quarter", "qtr", "half", "month", "compar", "versus", "vs", "against", "relative to"],
        StringComparison.OrdinalIgnoreCase);

    private CellRef? _firstAddress;
    private readonly Dictionary<string, string> _names = new(NoNames, StringComparer.Ordinal);
    private readonly Dictionary<string, PeriodExpression> _expressions = new(StringComparer.Ordinal);

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
    public string LabelAt(int row, int column)
    {
        if (TextAt(row, column) is not { Length: > 0 and <= Label.MaxLength } text)
        {
            return string.Empty;
        }

        if (!_names.TryGetValue(text, out var name))
        {
            _names.Add(text, name = NameOf(text));
        }

        return name;
    }

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
    public PeriodExpression Expression(string text)
    {
        if (!_expressions.TryGetValue(text, out var expression))
        {
            _expressions.Add(text, expression = PeriodExpressionParser.Parse(text));
        }

        return expression;
    }

    /// <summary>Returns true for a label that states only a time or a kind of figure: "Q1", "H1 2019-20", "YTD".</summary>
    public bool IsTimeLabel(int row, int column) =>
        TextAt(row, column) is { Length: > 0 and <= Label.MaxLength } text && Expression(text) is { IsSilent: false } expression && string.IsNullOrWhiteSpace(expression.Rest);

    /// <summary>Normalises a label without the periods in it. A label that is only a period is kept.</summary>
    public string NameOf(string text)
    {
        // Parsing a text takes longer than reading a cell, and most texts say nothing about time.
        if (!text.AsSpan().ContainsAnyInRange('0', '9') && !text.AsSpan().ContainsAny(TimeWords))
        {
            return Resolve(Label.Normalise(text));
        }

        var expression = Expression(text);
        var label = expression.ComparisonWord is not null ? expression.Rest : expression.Periods.Count > 0 ? expression.TextWithoutPeriods : text;
        return Resolve(Label.Normalise(label) is { Length: > 0 } name ? name : Label.Normalise(text));
    }

    private string Resolve(string name) => labels?.Resolve(name) ?? name;

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

using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>A label above a column.</summary>
/// <param name="Name">The normalised label, without a period at its end.</param>
/// <param name="Text">The label as typed.</param>
internal readonly record struct Heading(string Name, string Text, CellRef At);

/// <summary>The rows of labels above the columns of a table: years above quarters, titles, "Total", "Notes".</summary>
internal sealed class ColumnHeadings
{
    /// <summary>The number of rows above a table that are searched for column labels.</summary>
    public const int MaxRows = 4;

    /// <summary>The number of columns that are searched for figures.</summary>
    private const int MaxColumns = 40;

    private readonly FormLabels _labels;
    private readonly SheetView _view;
    private readonly int _labelColumn, _right;
    private readonly List<int> _rows = [];
    private readonly List<int> _periodRowsBelow = [];
    private readonly (int Checked, int Filled)[] _lastFilled = new (int, int)[MaxRows];

    /// <summary>Finds the rows of labels above a table.</summary>
    /// <param name="run">The rows of the table, in sheet order.</param>
    public ColumnHeadings(FormLabels labels, SheetView view, int labelColumn, List<(int Row, int Member)> run)
    {
        (_labels, _view, _labelColumn) = (labels, view, labelColumn);
        _right = FindLastColumn(run);
        var firstRow = run[0].Row;
        for (var row = firstRow - 1; row >= 1 && _rows.Count < MaxRows; row--)
        {
            // A row of a table above. If the figures have no label of their own, it is their title.
            var name = view.LabelAt(row, labelColumn);
            if (labels.IsAnyRow(name) && !view[firstRow, labelColumn].IsBlank)
            {
                if (FormLabels.IsTotal(name) && row == firstRow - 1 && !labels.IsAnyRow(view.LabelAt(row - 1, labelColumn)))
                {
                    continue; // a total above its parts
                }

                break;
            }

            if (HasFigures(row))
            {
                if (IsBlank(firstRow - 1) || _rows.Count > 0)
                {
                    break; // a table above
                }

                continue; // a row of this table with an unrecognised label, or of another area
            }

            if (!IsBlank(row))
            {
                _rows.Insert(0, row);
            }
            else if (row < firstRow - 1 || _rows.Count > 0)
            {
                break;
            }
        }

        // A table with rows and columns swapped may have its period in the last column of the sheet.
        for (var row = run[^1].Row + 1; row <= Math.Min(view.Rows, run[^1].Row + MaxRows) && !IsBlank(row); row++)
        {
            if (FormLabels.IsPeriodWord(view.LabelAt(row, labelColumn)))
            {
                _periodRowsBelow.Add(row);
            }
        }
    }

    /// <summary>The row of labels nearest to the table, or 0 if the table has no such row.</summary>
    public int LowestRow => _rows.Count == 0 ? 0 : _rows[^1];

    /// <summary>The row of labels furthest from the table, or 0 if the table has no such row.</summary>
    public int HighestRow => _rows.Count == 0 ? 0 : _rows[0];

    /// <summary>The rows of labels above the table, from top to bottom, and the period rows below it.</summary>
    public IReadOnlyList<int> Rows => [.. _rows, .. _periodRowsBelow];

    /// <summary>Returns true if the column has a label of its own, and not only one that is merged over it from the left.</summary>
    public bool HasOwnLabel(int column) => OwnLabels(column).Exists(name => name.Length > 0);

    public List<string> OwnLabels(int column) => _rows.ConvertAll(row => _view.NameOf(TextAt(row, column)));

    /// <summary>Returns the labels of a column as typed, in one line.</summary>
    public string OwnText(int column) => string.Join(' ', _rows.Select(row => TextAt(row, column).Trim()).Where(text => text.Length > 0));

    /// <summary>Returns the labels above a column, from top to bottom. A label that is merged over several columns counts for each.</summary>
    public List<Heading> LabelsAbove(int column)
    {
        var headings = new List<Heading>();
        for (var i = 0; i < _rows.Count; i++)
        {
            var at = i < _rows.Count - 1 ? LastFilled(i, column) : column;
            if (TextAt(_rows[i], at) is { Length: > 0 } text)
            {
                headings.Add(new Heading(_view.NameOf(text), text, _view.AddressOf(_rows[i], at)));
            }
        }

        return headings;
    }

    /// <summary>
    /// Reads the period of a column from a row below a swapped table, whose label is a word such as "Period". Returns null if
    /// the table has no such row.
    /// </summary>
    public PeriodStatement? StatementBelow(int column, Period asked, bool isStock)
    {
        foreach (var row in _periodRowsBelow)
        {
            if (_view.TextAt(row, column) is { Length: > 0 } text && PeriodStatement.Create(text, _view.AddressOf(row, column), _view.Expression(text), asked, isStock) is { Comparison.Months.Period: not null } statement)
            {
                return statement;
            }
        }

        return null;
    }

    /// <summary>
    /// Reads what the labels above a column say together about time and the kind of figure, such as "2019-20" above "April".
    /// Returns null if they say nothing about it.
    /// </summary>
    /// <param name="isStock">True if the figures are stocks.</param>
    public PeriodStatement? Statement(List<Heading> headings, Period asked, bool isStock)
    {
        var texts = headings.ConvertAll(heading => (heading.At, heading.Text, Expression: _labels.ExpressionOf(_view, heading)));
        texts.RemoveAll(item => item.Expression.IsSilent);
        return texts switch
        {
            [] => null,
            [var only] => PeriodStatement.Create(only.Text, only.At, only.Expression, asked, isStock),
            _ => PeriodStatement.Create(
                string.Join(", ", texts.Select(item => item.Text.Trim())), texts[^1].At, _view.Expression(string.Join(' ', texts.Select(item => TimeOf(item.Text, item.Expression)))), asked, isStock),
        };

        static string TimeOf(string text, PeriodExpression expression) => string.Join(' ', expression.Spans.Select(span => text.Substring(span.Start, span.Length)));
    }

    /// <summary>Combines the periods that the labels above a column state, such as "2019-20" above "Q1".</summary>
    public static PartialPeriod StatedPeriod(List<Heading> headings) =>
        headings.Aggregate(PartialPeriod.None, (statedPeriod, heading) => PartialPeriod.FindIn(heading.Text).FillFrom(statedPeriod));

    /// <summary>Returns the last filled column of the table, or the last column searched if the table is blank.</summary>
    private int FindLastColumn(List<(int Row, int Member)> run)
    {
        var (right, most) = (_labelColumn, Math.Min(_view.Columns, _labelColumn + MaxColumns));
        for (var column = _labelColumn + 1; column <= most; column++)
        {
            if (run.Exists(hit => !_view[hit.Row, column].IsBlank))
            {
                right = column;
            }
            else if (right > _labelColumn)
            {
                break;
            }
        }

        return right > _labelColumn ? right : most;
    }

    /// <summary>Returns the label in a cell. A number that is a year is a label.</summary>
    private string TextAt(int row, int column) =>
        _view[row, column] is var cell && FigureSyntax.IsYear(cell) ? cell.DisplayText
        : _view.LabelAt(row, column).Length > 0 ? _view.TextAt(row, column)! : string.Empty;

    /// <summary>Returns true if a row contains figures, and not years as column labels.</summary>
    private bool HasFigures(int row)
    {
        for (var column = _labelColumn + 1; column <= _right; column++)
        {
            var cell = _view[row, column];
            if (FigureSyntax.IsYear(cell) ? IsFigureOfTableAbove(row, column) : UnusedNumbers.IsNumber(cell))
            {
                return !FormLabels.IsMetadataWord(_view.LabelAt(row, _labelColumn));
            }
        }

        return false;
    }

    /// <summary>Returns true for a number that looks like a year, such as 2064, but is below a quarter or a row label and separate from this table.</summary>
    private bool IsFigureOfTableAbove(int row, int column) =>
        _view[row, column].Kind == CellKind.Number && IsBlank(row + 1) && row > 1 && _view.LabelAt(row - 1, column) is var above && (PartialPeriod.Parse(above).Quarter is not null || _labels.IsAnyRow(above));

    /// <summary>Returns the last filled column of a row of labels, up to a given column. Callers go from left to right, so each cell is checked once.</summary>
    private int LastFilled(int row, int column)
    {
        var (checkedColumn, filled) = _lastFilled[row] is { Checked: > 0 } last && last.Checked <= column ? last : (_labelColumn, _labelColumn + 1);
        while (checkedColumn < column)
        {
            filled = _view[_rows[row], ++checkedColumn].IsBlank ? filled : checkedColumn;
        }

        _lastFilled[row] = (checkedColumn, filled);
        return filled;
    }

    private bool IsBlank(int row)
    {
        for (var column = _labelColumn; column <= _view.Columns; column++)
        {
            if (!_view[row, column].IsBlank)
            {
                return false;
            }
        }

        return true;
    }
}

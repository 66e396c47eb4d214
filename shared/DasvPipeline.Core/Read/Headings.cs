namespace DasvPipeline.Core.Read;

/// <param name="Name">Normalised, without the period at its end.</param>
/// <param name="Text">As it was typed.</param>
internal readonly record struct Heading(string Name, string Text);

/// <summary>What stands above the columns beside a table's labels: years over quarters, titles, "Total", "Notes".</summary>
internal sealed class Headings
{
    /// <summary>Rows above a table in which its column labels are looked for.</summary>
    public const int Most = 4;

    /// <summary>Columns of a row in which figures are looked for.</summary>
    private const int Looked = 40;

    private readonly SheetView _view;
    private readonly int _labelColumn, _right;
    private readonly List<int> _rows = [];
    private readonly (int Seen, int Filled)[] _lastFilled = new (int, int)[Most];

    /// <param name="run">The rows of the table, from its first.</param>
    public Headings(FormLabels labels, SheetView view, int labelColumn, List<(int Row, int Member)> run)
    {
        (_view, _labelColumn) = (view, labelColumn);
        _right = Right(run);
        var firstRow = run[0].Row;
        for (var row = firstRow - 1; row >= 1 && _rows.Count < Most; row--)
        {
            // The rows of a table above; beside figures without a label, that is no label but their title.
            if (labels.IsAnyRow(view.NameAt(row, labelColumn)) && !view[firstRow, labelColumn].IsBlank)
            {
                break;
            }

            if (HasFigures(row))
            {
                if (IsBlank(firstRow - 1) || _rows.Count > 0)
                {
                    break; // a table above
                }

                continue; // a row of this one that nobody knows, or of another area
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
    }

    /// <summary>The row nearest to the table; 0 where there is none.</summary>
    public int LowestRow => _rows.Count == 0 ? 0 : _rows[^1];

    /// <summary>The row furthest from the table; 0 where there is none.</summary>
    public int HighestRow => _rows.Count == 0 ? 0 : _rows[0];

    /// <summary>Whether a label stands above this very column, not merged over it from the left.</summary>
    public bool HasOwn(int column) => Own(column).Exists(name => name.Length > 0);

    public List<string> Own(int column) => _rows.ConvertAll(row => _view.NameAt(row, column));

    /// <summary>The labels above a column from top to bottom; one that is merged over several columns counts for each of them.</summary>
    public List<Heading> Over(int column)
    {
        var headings = new List<Heading>();
        for (var i = 0; i < _rows.Count; i++)
        {
            var at = i < _rows.Count - 1 ? LastFilled(i, column) : column;
            if (_view.NameAt(_rows[i], at) is { Length: > 0 } name)
            {
                headings.Add(new Heading(name, _view[_rows[i], at].Text!));
            }
        }

        return headings;
    }

    /// <summary>When the labels above a column are of, read together: "2019-20" over "Q1".</summary>
    public static When WhenOf(List<Heading> headings) =>
        headings.Aggregate(When.Unsaid, (when, heading) => When.In(heading.Text).Else(when));

    /// <summary>The last column before a blank one; of all that are looked at where nothing stands beside the labels.</summary>
    private int Right(List<(int Row, int Member)> run)
    {
        var (right, most) = (_labelColumn, Math.Min(_view.Columns, _labelColumn + Looked));
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

    /// <summary>Figures stand in it, and not the years that columns are of.</summary>
    private bool HasFigures(int row)
    {
        for (var column = _labelColumn + 1; column <= _right; column++)
        {
            if (_view[row, column] is var cell && cell.Kind != CellKind.Text ? Leftovers.IsNumber(cell) || IsFigureOfTableAbove(row, column) : WrittenFigure.TryNumber(cell.Text.AsSpan().Trim(), out _))
            {
                return !FormLabels.IsAboutWord(_view.NameAt(row, _labelColumn));
            }
        }

        return false;
    }

    /// <summary>A number like a year, under a quarter and apart from this table: a figure that happens to be 2,064.</summary>
    private bool IsFigureOfTableAbove(int row, int column) =>
        _view[row, column].Kind == CellKind.Number && IsBlank(row + 1) && row > 1 && When.Of(_view.NameAt(row - 1, column)).Quarter is not null;

    /// <summary>Of a row of labels, the last column up to this one that has something in it. Columns are asked for as they stand, so each is looked at once.</summary>
    private int LastFilled(int row, int column)
    {
        var (seen, filled) = _lastFilled[row] is { Seen: > 0 } last && last.Seen <= column ? last : (_labelColumn, _labelColumn + 1);
        while (seen < column)
        {
            filled = _view[_rows[row], ++seen].IsBlank ? filled : seen;
        }

        _lastFilled[row] = (seen, filled);
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

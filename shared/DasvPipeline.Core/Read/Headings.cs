using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <param name="Name">Normalised, without the period at its end.</param>
/// <param name="Text">As it was typed.</param>
internal readonly record struct Heading(string Name, string Text);

/// <summary>What stands above the columns beside a table's labels: years over quarters, titles, "Total", "Notes".</summary>
internal sealed class Headings
{
    /// <summary>Rows above a table in which its column labels are looked for.</summary>
    public const int Most = 4;

    private readonly SheetView _view;
    private readonly int _labelColumn;
    private readonly List<int> _rows = [];
    private readonly (int Seen, int Filled)[] _lastFilled = new (int, int)[Most];

    public Headings(FormLabels labels, SheetView view, int labelColumn, int firstRow)
    {
        (_view, _labelColumn) = (view, labelColumn);
        for (var row = firstRow - 1; row >= 1 && _rows.Count < Most; row--)
        {
            if (labels.IsAnyRow(view.NameAt(row, labelColumn)))
            {
                break;
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

    /// <summary>The period that the labels above a column speak of, read together: "2019-20" over "Q1".</summary>
    /// <returns>The period, and whether a quarter was named.</returns>
    public static (Period Period, bool NamesQuarter)? PeriodOf(List<Heading> headings, Period asked)
    {
        int? year = null, quarter = null;
        foreach (var heading in headings)
        {
            if (PeriodIn(heading.Text) is { } read)
            {
                year = read.FirstYear ?? year;
                quarter = read.Quarter ?? quarter;
            }
        }

        if (year is null && quarter is null)
        {
            return null;
        }

        var whole = Period.OfYear(year ?? asked.FirstYear);
        return quarter is { } named ? (whole.InQuarter(named), true)
            // A year above a single column of a quarterly return only says which year the quarter is in.
            : (whole == asked.Year ? asked : whole, asked.IsYear);
    }

    /// <summary>The period a label speaks of, alone ("Q1") or at one end of it ("Referrals Q1 2019-20", "Q1: referrals").</summary>
    internal static (int? FirstYear, int? Quarter)? PeriodIn(string text)
    {
        if (Label.ReadPeriod(text) is { } alone)
        {
            return alone;
        }

        const int Longest = 5; // "April to June 2019", with a word to spare
        var words = text.Split([' ', '\u00A0', '(', ')', ':', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(words.Length - 1, Longest); length > 0; length--)
        {
            foreach (var end in (string[][])[words[^length..], words[..length]])
            {
                var part = string.Join(' ', end);
                if (part.Any(char.IsAsciiDigit) && Label.ReadPeriod(part) is { } read)
                {
                    return read;
                }
            }
        }

        return null;
    }

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

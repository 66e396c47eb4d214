using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Of which period each row of a long list is, where columns of it say so.</summary>
internal sealed class ListPeriods
{
    private readonly Period _asked;
    private readonly Sheet _sheet;
    private readonly IReadOnlyList<int> _columns;
    private readonly Dictionary<string, When> _read = new(StringComparer.Ordinal);
    private readonly bool _namesQuarters;

    public ListPeriods(Period asked, Sheet sheet, IReadOnlyList<int> columns, int firstRow)
    {
        (_asked, _sheet, _columns) = (asked, sheet, columns);
        for (var row = firstRow; row <= sheet.RowCount && !asked.IsYear && !_namesQuarters; row++)
        {
            _namesQuarters = columns.Any(column => Read(sheet[row, column]).Quarter is not null);
        }
    }

    /// <summary>A row that says nothing is of the period sent for.</summary>
    /// <returns>Null where it cannot be told.</returns>
    public Period? Of(int row, out Finding? problem)
    {
        problem = null;
        var when = When.Unsaid;
        foreach (var column in _columns)
        {
            var cell = _sheet[row, column];
            var said = Read(cell);
            if (!cell.IsBlank && !said.IsSaid)
            {
                problem = Finding.Error(
                    Codes.UnknownLabel,
                    new CellRef(_sheet.Name, row, column),
                    $"{FindingText.Quote(cell.Shown)} does not say of which period this row is. Write it as {_asked}, or leave the cell empty where it is that one.");
                return null;
            }

            when = when.Else(said);
        }

        // Beside rows for quarters, one for the year is their total.
        return when is { FirstYear: { } year, Quarter: null } && _namesQuarters ? Period.OfYear(year) : when.For(_asked);
    }

    private When Read(Cell cell)
    {
        var text = cell.Shown.Trim();
        if (!_read.TryGetValue(text, out var when))
        {
            _read.Add(text, when = text is ['1' or '2' or '3' or '4'] ? When.Of("Q" + text) : When.In(text));
        }

        return when;
    }
}

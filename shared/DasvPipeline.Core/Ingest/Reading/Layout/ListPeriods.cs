using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Reads the period of each row of a long list from its period columns.</summary>
internal sealed class ListPeriods
{
    private readonly Period _reportPeriod;
    private readonly Sheet _sheet;
    private readonly IReadOnlyList<int> _columns;
    private readonly Dictionary<string, PartialPeriod> _read = new(StringComparer.Ordinal);
    private readonly bool _namesQuarters;

    public ListPeriods(Period reportPeriod, Sheet sheet, IReadOnlyList<int> columns, int firstRow)
    {
        (_reportPeriod, _sheet, _columns) = (reportPeriod, sheet, columns);
        for (var row = firstRow; row <= sheet.RowCount && !reportPeriod.IsYear && !_namesQuarters; row++)
        {
            _namesQuarters = columns.Any(column => Read(sheet[row, column]).Quarter is not null);
        }
    }

    /// <summary>Returns the period of a row. A row without a period belongs to the period of the submission.</summary>
    /// <returns>Null if a period is not understood. The problem is then reported in <paramref name="problem"/>.</returns>
    public Period? GetPeriod(int row, out Finding? problem)
    {
        problem = null;
        var statedPeriod = PartialPeriod.None;
        foreach (var column in _columns)
        {
            var cell = _sheet[row, column];
            var cellPeriod = Read(cell);
            if (!cell.IsBlank && !cellPeriod.HasValue)
            {
                problem = Finding.Error(
                    Codes.UnknownLabel,
                    new CellRef(_sheet.Name, row, column),
                    $"{FindingText.Quote(cell.DisplayText)} is not a period we understand. If this row is for {_reportPeriod}, write {_reportPeriod} or leave the cell empty.");
                return null;
            }

            statedPeriod = statedPeriod.FillFrom(cellPeriod);
        }

        // If other rows are for quarters, a row for the year is their total.
        return statedPeriod is { FirstYear: { } year, Quarter: null } && _namesQuarters ? Period.FromYear(year) : statedPeriod.Resolve(_reportPeriod);
    }

    private PartialPeriod Read(Cell cell)
    {
        var text = cell.DisplayText.Trim();
        if (!_read.TryGetValue(text, out var statedPeriod))
        {
            _read.Add(text, statedPeriod = text is ['1' or '2' or '3' or '4'] ? PartialPeriod.Parse("Q" + text) : PartialPeriod.FindIn(text));
        }

        return statedPeriod;
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>
/// Asks whether figures were entered one row too high or too low: in several rows, each figure is far from the last one of
/// its own row, and close to the last one of the row next to it.
/// </summary>
internal static class ShiftedRows
{
    /// <summary>Fewer rows can look shifted by chance.</summary>
    private const int MinRows = 3;

    /// <summary>The figures must be this many times closer to the next row than to their own.</summary>
    private const decimal MinRatio = 3;

    /// <summary>Smaller differences in all can be chance.</summary>
    private const decimal MinDifference = 25;

    /// <summary>Returns a query for each table that has shifted rows.</summary>
    /// <param name="accepted">The accepted figures of other periods.</param>
    public static IReadOnlyList<Finding> Find(Period period, IReadOnlyList<ValidFigure> figures, IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted)
    {
        foreach (var earlierPeriod in new[] { period.Previous, period.PreviousYear }.Distinct())
        {
            if (!accepted.TryGetValue(earlierPeriod, out var earlier))
            {
                continue;
            }

            var found = figures.Where(valid => valid.Figure.Value is not null && valid.Source.FormCell.Measure.Quantity != Quantity.Percent && valid.Source.FormCell.Measure.IsComparable(earlierPeriod, period))
                .DistinctBy(valid => valid.Source.FormCell)
                .GroupBy(valid => (valid.Source.FormCell.Table, valid.Source.FormCell.Column))
                .Select(column => Find([.. column.OrderBy(valid => valid.Source.FormCell.Row)], earlier, earlierPeriod)).OfType<Finding>().ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private static Finding? Find(List<ValidFigure> column, IReadOnlyDictionary<FigureKey, Figure> earlier, Period earlierPeriod)
    {
        var before = column[0].Source.FormCell.Table.Cells.Where(cell => cell.Column == column[0].Source.FormCell.Column)
            .ToDictionary(cell => cell.Row, cell => earlier.TryGetValue(cell.Key, out var figure) ? figure.Value : null);
        foreach (var (shift, place) in new[] { (-1, "above"), (1, "below") })
        {
            if (LongestRun(column, before, shift) is { Count: >= MinRows } run)
            {
                var (own, next) = (run.Sum(valid => Distance(valid, before, 0) ?? 0), run.Sum(valid => Distance(valid, before, shift) ?? 0));
                if (own >= MinDifference && own >= MinRatio * next)
                {
                    var cells = run.ConvertAll(valid => valid.Source.Address);
                    return Finding.Query(
                        Codes.ShiftedRows,
                        cells[0],
                        $"The figures from \"{run[0].Source.FormCell.Name}\" to \"{run[^1].Source.FormCell.Name}\" look like those of the row {place} in {earlierPeriod.Label}. "
                        + "Were they entered 1 row too "
                        + (shift < 0 ? "low" : "high")
                        + "? If not, say in the notes why they are right.") with
                    { OtherCells = cells[1..] };
                }
            }
        }

        return null;
    }

    /// <summary>Returns the longest run of rows whose figures are closer to the earlier figure of the next row than to their own.</summary>
    private static List<ValidFigure> LongestRun(List<ValidFigure> column, Dictionary<int, decimal?> before, int shift)
    {
        List<ValidFigure> longest = [], run = [];
        foreach (var valid in column)
        {
            run = Distance(valid, before, 0) is { } own && Distance(valid, before, shift) is { } next && next < own ? [.. run, valid] : [];
            longest = run.Count > longest.Count ? run : longest;
        }

        return longest;
    }

    private static decimal? Distance(ValidFigure valid, Dictionary<int, decimal?> before, int shift) =>
        before.GetValueOrDefault(valid.Source.FormCell.Row + shift) is { } other ? Math.Abs(valid.Figure.Value!.Value - other) : null;
}

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Finds rows that have the label of another row and are a sum that includes it: the region "West Midlands" above its
/// police forces, one of which has the same name.
/// </summary>
internal static class Subtotals
{
    private const int MaxParts = 60;

    /// <summary>Returns the rows that are certainly sums. Of the rows with one label, all but one must be.</summary>
    public static List<int> Find(SheetView view, List<(int Row, int Member)> run, IReadOnlyList<CandidateColumn> columns)
    {
        var values = columns.Where(column => column.Role == ColumnRole.Value).Select(column => column.Column).ToList();
        var subtotals = new List<int>();
        foreach (var rows in run.GroupBy(hit => hit.Member).Where(group => group.Count() > 1).Select(group => group.Select(hit => hit.Row).ToList()))
        {
            var sums = rows.FindAll(row => IsSumWith(view, values, row, rows));
            if (sums.Count == rows.Count - 1)
            {
                subtotals.AddRange(sums);
            }
        }

        return subtotals;
    }

    /// <summary>Returns true if a row is the sum of the rows directly below or above it, and another row with its label is among them.</summary>
    private static bool IsSumWith(SheetView view, List<int> columns, int row, List<int> sameLabel) =>
        columns.Count > 0 && (IsSum(view, columns, row, 1, sameLabel) || IsSum(view, columns, row, -1, sameLabel));

    private static bool IsSum(SheetView view, List<int> columns, int row, int step, List<int> sameLabel)
    {
        var wanted = columns.ConvertAll(column => NumberAt(view, row, column));
        var sums = columns.ConvertAll(_ => 0m);
        var includesSame = false;
        for (var count = 1; count <= MaxParts && row + (count * step) is >= 1 and var part && part <= view.Rows; count++)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (NumberAt(view, part, columns[i]) is { } number)
                {
                    sums[i] += number;
                }
                else if (!FigureSyntax.IsNotAvailable(view[part, columns[i]]))
                {
                    return false;
                }
            }

            includesSame |= sameLabel.Contains(part);
            if (count > 1 && includesSame && wanted.Zip(sums).All(pair => pair.First == pair.Second) && sums.Exists(sum => sum != 0))
            {
                return true;
            }
        }

        return false;
    }

    private static decimal? NumberAt(SheetView view, int row, int column) => view[row, column] switch
    {
        { Kind: CellKind.Number } cell when Math.Abs(cell.Number) < 1e15 => Math.Round((decimal)cell.Number, 6),
        { Kind: CellKind.Text } cell when FigureSyntax.TryParseNumber(cell.Text.AsSpan().Trim(), out var number) => number.Value,
        _ => null,
    };
}

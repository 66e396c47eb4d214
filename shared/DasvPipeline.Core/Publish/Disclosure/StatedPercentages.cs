using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Aggregation;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// Hides percentages that agencies state without their counts. 96% of 29 women disclose that 1 woman said something else. Such a percentage
/// is published only if every count that fits it is large enough. All percentages of a row are hidden together, because those of the
/// quarters follow from that of the year.
/// </summary>
internal static class StatedPercentages
{
    public static IEnumerable<SuppressedCell> FindHidden(DisclosurePolicy policy, IEnumerable<ReportTableFigures> report)
    {
        foreach (var table in report)
        {
            foreach (var row in table.Cells.Where(cell => cell is { Measure.Quantity: Quantity.Percent, Amount.Value: not null }).GroupBy(cell => (cell.Row, cell.Measure)))
            {
                var reasons = row.Select(cell => FindReason(policy, cell)).OfType<Suppression>().ToList();
                if (reasons.Count > 0)
                {
                    foreach (var cell in row)
                    {
                        yield return new SuppressedCell(table.CreateCellId(cell), reasons.Min(), null);
                    }
                }
            }
        }
    }

    private static Suppression? FindReason(DisclosurePolicy policy, ReportCell cell)
    {
        if (cell.Base is not { } people)
        {
            return null;
        }

        if (people.Count is not { } all || policy.IsSmall(all) || all < policy.SmallestBase)
        {
            return Suppression.SmallBase;
        }

        // A percentage that no count fits exactly is of fewer people. The counts next to it are the nearest that an attacker would try.
        // None and all are published, like a count of 0.
        var share = cell.Amount.Value!.Value;
        var half = 0.5m / (decimal)Math.Pow(10, share.Scale);
        var low = share == 0 ? 0 : share == 1 ? all : (long)Math.Floor((share - half) * all);
        var high = share == 0 ? 0 : share == 1 ? all : (long)Math.Ceiling((share + half) * all);
        for (var count = Math.Max(0, low); count <= Math.Min(all, high); count++)
        {
            if (policy.IsSmall(count) || policy.IsSmall(all - count))
            {
                return Suppression.Primary;
            }
        }

        return null;
    }
}

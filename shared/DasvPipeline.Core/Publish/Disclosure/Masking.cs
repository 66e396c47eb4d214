using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Aggregation;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Removes hidden numbers from figures, and rounds the others if the policy requires it.</summary>
internal static class Masking
{
    public static HeadlineFigures Apply(DisclosurePolicy policy, HeadlineFigures figures, IReadOnlySet<string> hidden)
    {
        var counts = figures.Headline.Quantity is Quantity.Count or Quantity.Percent;
        return FeedNumbers.Transform(figures, (id, amount) => hidden.Contains(id) ? Hidden(amount) : counts ? Rounded(amount, policy.RoundTo) : amount);
    }

    public static TableFigures Apply(DisclosurePolicy policy, TableFigures figures, IReadOnlySet<string> hidden) =>
        FeedNumbers.Transform(figures, (id, amount) => hidden.Contains(id) ? Hidden(amount) : Rounded(amount, policy.RoundTo));

    public static ReportTableFigures Apply(DisclosurePolicy policy, ReportTableFigures figures, IReadOnlySet<string> hidden) => figures with
    {
        Cells = [.. figures.Cells.Select(cell => cell with
        {
            Amount = hidden.Contains(figures.CreateCellId(cell)) ? Hidden(cell.Amount) : cell.Measure.Quantity == Quantity.Count ? Rounded(cell.Amount, policy.RoundTo) : cell.Amount,
        })],
    };

    private static Amount Hidden(Amount amount) => new(null, (amount.Markers & Markers.Provisional) | Markers.Confidential);

    private static Amount Rounded(Amount amount, int to)
    {
        if (to <= 1 || amount.Value is null)
        {
            return amount;
        }

        if (amount.Denominator is not { } over)
        {
            return amount with { Value = Round(amount.Value.Value) };
        }

        var all = Round(HeadlineCalculator.Sum(over));
        return amount with { Value = all == 0 ? null : Math.Min(1, HeadlineCalculator.Ratio(Round(HeadlineCalculator.Sum(amount.Numerator)), all)) };

        decimal Round(decimal value) => decimal.Round(value / to, MidpointRounding.AwayFromZero) * to;
    }
}

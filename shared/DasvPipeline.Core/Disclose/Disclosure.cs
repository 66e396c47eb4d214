using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Disclose;

/// <summary>
/// Hides what could point at a person. A count below the threshold is never published, and neither is anything beside it
/// from which it could be worked out: the whole series or breakdown it stands in goes with it.
/// </summary>
public static class Disclosure
{
    public static IReadOnlyList<HeadlineFigures> Apply(DisclosurePolicy policy, IReadOnlyList<HeadlineFigures> headlines) =>
        [.. headlines.Select(headline => Apply(policy, headline))];

    private static HeadlineFigures Apply(DisclosurePolicy policy, HeadlineFigures figures)
    {
        var hideTotal = IsSmall(policy, figures.Headline, figures.Total);
        var hideSeries = hideTotal || figures.Series.Any(point => IsSmall(policy, figures.Headline, point.Amount));
        return figures with
        {
            Total = hideTotal ? Hidden(figures.Total) : figures.Total,
            Series = hideSeries ? [.. figures.Series.Select(point => point with { Amount = Hidden(point.Amount) })] : figures.Series,
            Breakdowns = [.. figures.Breakdowns.Select(breakdown =>
                hideTotal || breakdown.Items.Any(item => IsSmall(policy, figures.Headline, item.Amount)) || IsSmall(policy, figures.Headline, Rest(figures.Total, breakdown))
                    ? breakdown with { Items = [.. breakdown.Items.Select(item => item with { Amount = Hidden(item.Amount) })] }
                    : breakdown)],
        };
    }

    /// <summary>
    /// A count of people from 1 to below the threshold; for a percentage, the count it speaks of, the count it leaves over,
    /// or a base that small.
    /// </summary>
    private static bool IsSmall(DisclosurePolicy policy, Headline headline, Amount amount)
    {
        if (amount is { Numerator: { } of, Denominator: { } over })
        {
            return Small(of) || Small(over - of) || Small(over);
        }

        return headline.Quantity == Quantity.Count && amount.Value is { } value && Small(value);

        bool Small(decimal count) => count > 0 && count < policy.Threshold;
    }

    /// <summary>What a breakdown leaves of the total: those it does not speak of can be counted by taking it away.</summary>
    private static Amount Rest(Amount total, BreakdownFigures breakdown) =>
        total with { Value = total.Value - breakdown.Items.Sum(item => item.Amount.Value ?? 0), Numerator = null, Denominator = null };

    /// <summary>What was not available stays so: it gives nothing away.</summary>
    private static Amount Hidden(Amount amount) =>
        amount.Value is null ? amount : new Amount(null, (amount.Markers & Markers.Provisional) | Markers.Confidential);
}

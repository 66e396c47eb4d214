namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Writes period expressions in words for findings.</summary>
internal static class PeriodDescription
{
    private static readonly (FigureKinds Kind, string Words)[] Descriptions =
    [
        (FigureKinds.Target, "a target"),
        (FigureKinds.Change, "a change"),
        (FigureKinds.Average, "an average"),
        (FigureKinds.Rolling, "a rolling figure"),
        (FigureKinds.Cumulative, "the year to date"),
        (FigureKinds.Previous, "an earlier period"),
        (FigureKinds.Actual, "an actual figure"),
        (FigureKinds.Provisional, "a provisional figure"),
        (FigureKinds.Revised, "a revised figure"),
        (FigureKinds.Final, "a final figure"),
        (FigureKinds.Current, "the current period"),
        (FigureKinds.Frequency, "a figure for each year, quarter, month, week or day"),
    ];

    public static string Describe(PeriodExpression expression)
    {
        var periods = string.Join(" and ", expression.Periods.Select(period => period.Describe()).Distinct());
        var kinds = expression.Kinds & ~FigureKinds.AsAt;
        if (periods.Length > 0)
        {
            // "last year" describes both the kind and the period.
            kinds &= ~(FigureKinds.Previous | FigureKinds.Current);
        }

        var kind = string.Join(" and ", Descriptions.Where(item => kinds.HasFlag(item.Kind)).Select(item => item.Words));
        var main = (kind.Length, periods.Length) switch
        {
            (0, 0) => string.Empty,
            (0, _) => periods,
            (_, 0) => kind,
            _ when kinds == FigureKinds.Cumulative => IsOpenEnd(expression) ? $"the time up to {periods}" : $"{kind} ({periods})",
            _ => $"{kind} for {periods}",
        };
        var compared = string.Join(" and ", expression.Comparisons.Select(period => period.Describe()).Distinct());
        return compared.Length == 0 ? (main.Length == 0 ? "no period" : main)
            : main.Length == 0 ? $"a comparison with {compared}" : $"{main}, compared with {compared}";
    }

    /// <summary>Returns true for "up to September 2019", which has no start.</summary>
    private static bool IsOpenEnd(PeriodExpression expression) => expression.KindWords[0].Text.ToLowerInvariant() is "to" or "up to" or "until" or "till" or "up until";
}

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>How a figure relates to its period, as its label states.</summary>
[Flags]
public enum FigureKinds
{
    /// <summary>The label states nothing but the period.</summary>
    Plain = 0,

    /// <summary>"YTD", "to date", "cumulative", "running total".</summary>
    Cumulative = 1,

    /// <summary>"rolling 12 months", "last 12 months".</summary>
    Rolling = 1 << 1,

    /// <summary>"average", "mean", "per month".</summary>
    Average = 1 << 2,

    /// <summary>"target", "plan", "budget", "forecast".</summary>
    Target = 1 << 3,

    /// <summary>"actual", "outturn".</summary>
    Actual = 1 << 4,

    /// <summary>"last year", "previous quarter", "Q2 last year".</summary>
    Previous = 1 << 5,

    /// <summary>"this quarter", "current".</summary>
    Current = 1 << 6,

    /// <summary>"% change", "difference", "variance", "trend".</summary>
    Change = 1 << 7,

    /// <summary>"provisional", "draft".</summary>
    Provisional = 1 << 8,

    /// <summary>"revised".</summary>
    Revised = 1 << 9,

    /// <summary>"final".</summary>
    Final = 1 << 10,

    /// <summary>"as at 30 September 2019".</summary>
    AsAt = 1 << 11,

    /// <summary>"weekly referrals", "referrals by month": one figure for each of these times, or a figure of another length.</summary>
    Frequency = 1 << 12,
}

/// <summary>A word of a label that states the kind of its figure.</summary>
/// <param name="Kinds">The kinds that the word states.</param>
/// <param name="Text">The word or words, as typed.</param>
public readonly record struct KindWord(FigureKinds Kinds, string Text);

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>How a text relates to the period asked for.</summary>
public enum PeriodOutcome
{
    /// <summary>The text says nothing about time or the kind of figure.</summary>
    Silent,

    /// <summary>The text names the period asked for, and no other kind of figure.</summary>
    Matches,

    /// <summary>The text names a part of the period: a month of the quarter, a quarter of the year, a day.</summary>
    PartOf,

    /// <summary>The text names a longer period that contains the period asked for: the year of the quarter, or half a year.</summary>
    Contains,

    /// <summary>The text names another period.</summary>
    Other,

    /// <summary>The text can mean several periods, or does not say clearly which one it means.</summary>
    Ambiguous,

    /// <summary>The text names another kind of figure: cumulative, rolling, average, target, change or previous.</summary>
    NotThisKind,
}

/// <summary>The result of comparing a text with the period asked for.</summary>
/// <param name="Outcome">How the text relates to the period.</param>
/// <param name="Description">The text's meaning in words, for findings: "July to September 2018", "the year to date".</param>
public sealed record PeriodComparison(PeriodOutcome Outcome, string Description)
{
    /// <summary>The months that the text names, with their year. Null if it names none or they are ambiguous.</summary>
    public MonthRange? Months { get; init; }

    /// <summary>The day, if the text names a single date.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The possible meanings, in words, if the outcome is <see cref="PeriodOutcome.Ambiguous"/>.</summary>
    public IReadOnlyList<string> Readings { get; init; } = [];

    /// <summary>
    /// The word that states another kind of figure, or the frequency that makes the text ambiguous ("weekly"), as typed.
    /// Null for any other outcome.
    /// </summary>
    public KindWord? Kind { get; init; }

    /// <summary>False for a text such as "Actual", which states a kind and no period.</summary>
    public bool StatesPeriod { get; init; }
}

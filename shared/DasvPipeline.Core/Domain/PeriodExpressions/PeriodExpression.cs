namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>A part of a text.</summary>
/// <param name="Start">The index of the first character.</param>
/// <param name="Length">The number of characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// What a text says about time and about the kind of figure. A text such as "Average stay Q2" may contain a label that
/// looks like a kind. If <see cref="TextWithoutPeriods"/> is a known label, use <see cref="WithoutKinds"/>.
/// </summary>
public sealed record PeriodExpression
{
    public string Text { get; init; } = string.Empty;

    /// <summary>The parts of the text that are about time or the kind of figure, in order.</summary>
    public IReadOnlyList<TextSpan> Spans { get; init; } = [];

    /// <summary>The text without those parts: "ISVA referrals 2019-20 Q1" becomes "ISVA referrals".</summary>
    public string Rest { get; init; } = string.Empty;

    /// <summary>The text without periods, but with its words for the kind of figure: "Average stay Q2" becomes "Average stay".</summary>
    public string TextWithoutPeriods { get; init; } = string.Empty;

    /// <summary>The periods of the figures, in the order of the text.</summary>
    public IReadOnlyList<StatedPeriod> Periods { get; init; } = [];

    /// <summary>The periods with which the figures are compared: Q1 in "Q2 2019-20 (compared with Q1)".</summary>
    public IReadOnlyList<StatedPeriod> Comparisons { get; init; } = [];

    /// <summary>The words that state the kind of figure, in the order of the text.</summary>
    public IReadOnlyList<KindWord> KindWords { get; init; } = [];

    /// <summary>The word that begins a comparison ("compared with"), or null if the text has no comparison.</summary>
    public string? ComparisonWord { get; init; }

    public FigureKinds Kinds => KindWords.Aggregate(FigureKinds.Plain, (kinds, word) => kinds | word.Kinds);

    /// <summary>Returns the expression of a text that says nothing about time or the kind of figure.</summary>
    public static PeriodExpression CreateSilent(string text) => new() { Text = text, Rest = text.Trim(), TextWithoutPeriods = text.Trim() };

    /// <summary>True if the text says nothing about time or the kind of figure.</summary>
    public bool IsSilent => Periods.Count == 0 && KindWords.Count == 0 && Comparisons.Count == 0 && ComparisonWord is null;

    /// <summary>Returns the same expression without its kinds, for a text whose kind words are part of a known label.</summary>
    public PeriodExpression WithoutKinds() => this with { KindWords = [], Rest = TextWithoutPeriods };

    /// <summary>Compares the text with the period that a return was sent for.</summary>
    public PeriodComparison CompareWith(Period asked) => PeriodComparer.Compare(this, asked);

    /// <summary>Writes the meaning in words, for findings: "July to September 2018", "the year to date", "a target for 2019-20".</summary>
    public string Describe() => PeriodDescription.Describe(this);
}

namespace DasvPipeline.Core.Domain.PeriodExpressions;

internal enum PeriodTokenType
{
    /// <summary>A period, or a part of one: a month, date, quarter, half or year.</summary>
    Part,

    /// <summary>"quarter ending", "12 months to".</summary>
    Ending,

    /// <summary>A word for the kind of figure.</summary>
    Kind,

    /// <summary>"compared with".</summary>
    Comparator,

    /// <summary>A dash or "to".</summary>
    RangeLink,

    /// <summary>"and", "&amp;", "+", a comma or a slash.</summary>
    And,

    /// <summary>A word such as "in" or "period", which belongs to a period next to it.</summary>
    Filler,

    /// <summary>A bracket that opens.</summary>
    Open,

    /// <summary>A bracket that closes.</summary>
    Close,

    /// <summary>Other punctuation.</summary>
    Punctuation,

    /// <summary>Any other word or number.</summary>
    Word,
}

/// <summary>A part of a folded text.</summary>
/// <param name="Start">The index of the first character in the folded text.</param>
/// <param name="End">The index after the last character.</param>
internal sealed record PeriodToken(PeriodTokenType Type, int Start, int End, string Text)
{
    public PeriodPart? Part { get; init; }

    public FigureKinds Kinds { get; init; }

    /// <summary>True for a word that needs evidence to be about time or the kind of figure.</summary>
    public bool IsWeak { get; init; }

    /// <summary>The number of months of an <see cref="PeriodTokenType.Ending"/>, or 0 if it is not stated.</summary>
    public int Months { get; init; }

    /// <summary>True for "year beginning", false for "year ending".</summary>
    public bool IsStart { get; init; }

    /// <summary>True for the end of a week: "week ending".</summary>
    public bool IsWeek { get; init; }

    /// <summary>Returns the token as an ordinary word.</summary>
    public PeriodToken AsWord() => this with { Type = PeriodTokenType.Word, Part = null, Kinds = FigureKinds.Plain };
}

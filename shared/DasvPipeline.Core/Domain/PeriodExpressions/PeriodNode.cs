namespace DasvPipeline.Core.Domain.PeriodExpressions;

internal enum NodeType
{
    Part,
    RangeLink,
    And,

    /// <summary>A word that is not about time.</summary>
    Word,
}

/// <summary>An element of a text from which periods are assembled.</summary>
/// <param name="First">The index of the first token.</param>
/// <param name="Last">The index of the last token.</param>
internal sealed record PeriodNode(NodeType Type, int First, int Last, PeriodPart? Part)
{
    public bool IsPart => Type == NodeType.Part;

    /// <summary>True for a comma or slash, which separates less than "and".</summary>
    public bool IsComma { get; init; }

    /// <summary>True if "ending" or "to" precedes the part.</summary>
    public bool IsEnd { get; init; }

    /// <summary>True if "as at" precedes the part.</summary>
    public bool IsAsAt { get; init; }

    public PeriodNode JoinWith(PeriodNode other, PeriodPart part) => this with { First = Math.Min(First, other.First), Last = Math.Max(Last, other.Last), Part = part };
}

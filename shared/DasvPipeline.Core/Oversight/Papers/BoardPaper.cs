namespace DasvPipeline.Core.Oversight.Papers;

/// <summary>The paper for the Partnership's board about one year. It has figures that are not public, so it is for the manager only.</summary>
/// <param name="Stage">The status that the figures would be published with, and what is published now, in sentences.</param>
/// <param name="Day">The day on which the figures and the late returns were looked at.</param>
public sealed record BoardPaper(
    string Publisher,
    string Year,
    string Stage,
    DateOnly Day,
    IReadOnlyList<PaperHeadline> Headlines,
    IReadOnlyList<PaperChange> Changes,
    IReadOnlyList<PaperLateReturn> Late,
    IReadOnlyList<PaperDisagreement> Disagreements);

/// <param name="Now">The current figure, hidden or not.</param>
/// <param name="Before">The published figure of the year before.</param>
/// <param name="Change">The change from it, in words; empty if the two cannot be compared.</param>
/// <param name="IsHidden">True if the figure is not published.</param>
public sealed record PaperHeadline(string Title, string Now, string Before, string Change, bool IsHidden);

/// <summary>A change that the next release would make to a published figure.</summary>
public sealed record PaperChange(string Headline, string Period, string From, string To, string Reason);

public sealed record PaperLateReturn(string Agency, string Title, string Period, DateOnly Due, int DaysOver);

/// <param name="Explanation">The explanation; null if nobody has explained it.</param>
public sealed record PaperDisagreement(string Sentence, string? Explanation);

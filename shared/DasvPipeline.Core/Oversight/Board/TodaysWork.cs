using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>What the manager has to do on a day, in the order of what it means for the next release.</summary>
/// <param name="FilesWithPeople">The rejected files with personal data that nobody has deleted.</param>
/// <param name="Hold">The hold on publishing; null for none.</param>
/// <param name="Stuck">Files that were received some time ago and are not checked.</param>
/// <param name="Undecided">Returns of which somebody must choose a version.</param>
/// <param name="Overdue">The agencies with overdue returns, those that most headlines need first.</param>
/// <param name="Disagreements">What questions the value of a headline of a year that is not signed off, and is not explained.</param>
/// <param name="Years">The years that wait for a decision.</param>
/// <param name="Release">The next announced release; null if none is announced.</param>
/// <param name="Next">The coming days, without those of releases.</param>
public sealed record TodaysWork(
    DateOnly Date,
    IReadOnlyList<BoardFile> FilesWithPeople,
    PreviewHold? Hold,
    IReadOnlyList<StuckFile> Stuck,
    IReadOnlyList<BoardRow> Undecided,
    IReadOnlyList<OverdueAgency> Overdue,
    KeptDisagreements Disagreements,
    IReadOnlyList<YearTask> Years,
    ReleaseTask? Release,
    NextDueDate? Next)
{
    /// <summary>True if figures are published as soon as they change, so that no release waits for approval.</summary>
    public bool IsContinuous { get; init; }

    /// <summary>The number of things to do.</summary>
    public int Count => FilesWithPeople.Count + (Hold is null ? 0 : 1) + Stuck.Count + Undecided.Count + Overdue.Count + Disagreements.Open.Count + (Disagreements.IsOld ? 1 : 0) + Years.Count
        + (Release is { NeedsApproval: true } ? 1 : 0);
}

/// <summary>A file that was received and is not checked.</summary>
public sealed record StuckFile(string Return, string Title, string AgencyName, string Period, int Version, DateTimeOffset Received);

/// <param name="Returns">Its overdue returns, the oldest first.</param>
/// <param name="Headlines">The number of headlines that need these returns.</param>
public sealed record OverdueAgency(string Agency, string AgencyName, IReadOnlyList<BoardRow> Returns, int Headlines)
{
    /// <summary>True if the agency has said when each of them will come, and no such day has passed.</summary>
    public bool IsExpected(DateOnly today) => Returns.All(row => row.Arranged?.Expected >= today);
}

/// <summary>The disagreements of the last comparison.</summary>
/// <param name="At">When the figures were compared; null if they never were.</param>
/// <param name="ChangedReturns">The number of returns that have changed since.</param>
/// <param name="IsCatalogueChanged">True if the catalogue has changed since.</param>
public sealed record KeptDisagreements(DateTimeOffset? At, int ChangedReturns, bool IsCatalogueChanged, IReadOnlyList<StoredDisagreement> Open)
{
    /// <summary>True if the figures must be compared again.</summary>
    public bool IsOld => ChangedReturns > 0 || (At is not null && IsCatalogueChanged);
}

/// <summary>What a year waits for.</summary>
public enum YearTaskKind
{
    /// <summary>All of its returns are there, and it is not signed off.</summary>
    CanBeSignedOff,

    /// <summary>It was re-opened. Readers see that its figures are under review.</summary>
    IsUnderReview,

    /// <summary>Returns have changed since it was signed off.</summary>
    HasChanged,
}

/// <param name="Count">The number of returns that have changed; 0 for other tasks.</param>
public sealed record YearTask(string Year, string Label, YearTaskKind Kind, int Count);

/// <summary>The next announced release.</summary>
/// <param name="At">The announced time, in UK time.</param>
/// <param name="IsLate">True if that time has passed.</param>
/// <param name="IsNear">True if all of its returns were due, or it is late.</param>
/// <param name="ChangedReturns">The number of returns that have changed since the last release.</param>
/// <param name="Approval">Null if it is not approved.</param>
public sealed record ReleaseTask(DateTimeOffset At, string Title, bool IsLate, bool IsNear, int ChangedReturns, PreviewApproval? Approval)
{
    public bool NeedsApproval => IsNear && Approval is null;
}

/// <summary>The next day on which returns are due.</summary>
/// <param name="Returns">The number of returns that are due on it and are not there.</param>
public sealed record NextDueDate(DateOnly Date, int Returns);

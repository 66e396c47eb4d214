using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>The manager's decision about a year.</summary>
/// <param name="SignedOffVersions">
/// The signed-off version of each return; later versions wait until the year is signed off again. Null while the year is
/// open and live versions are published.
/// </param>
/// <param name="SignOffCount">How often the year was signed off with different figures: 1 is final, more is revised.</param>
/// <param name="By">The person who decided.</param>
/// <param name="Reason">The reason, as the person wrote it.</param>
public sealed record YearDecision(
    Period Year, IReadOnlyDictionary<ReturnKey, int>? SignedOffVersions, int SignOffCount, Person By, DateTimeOffset At, string? Reason)
{
    /// <summary>True while the year was re-opened after its figures were published as final. They stay published until it is signed off again.</summary>
    public bool IsUnderReview { get; init; }

    /// <summary>The id of the private copy of what was signed off (<see cref="IFeedStore.ReadKeptAsync"/>); null for an open year.</summary>
    public string? SignedContent { get; init; }

    public bool IsSignedOff => SignedOffVersions is not null && !IsUnderReview;

    /// <summary>True if a publish has applied this decision.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Identifies this decision, so that a publish that applied an earlier one does not mark it as published.</summary>
    public string Token { get; init; } = string.Empty;
}

/// <summary>A hold on publishing. Nothing is published until it is released, but returns are still processed.</summary>
public sealed record Hold(Person By, DateTimeOffset At, string Reason);

/// <param name="Hold">Null if publishing is not on hold.</param>
public sealed record Decisions(IReadOnlyDictionary<Period, YearDecision> Years, Hold? Hold)
{
    public static readonly Decisions Empty = new(new Dictionary<Period, YearDecision>(), null);

    public YearDecision? GetYear(Period year) => Years.GetValueOrDefault(year);
}

/// <summary>The manager's approval of the next release.</summary>
/// <param name="For">The announced time at which it is published.</param>
/// <param name="By">The person who approved it.</param>
/// <param name="Note">A note for readers; null if the manager gave no note.</param>
/// <param name="Content">The id of the private copy of what was approved (<see cref="IFeedStore.ReadKeptAsync"/>).</param>
public sealed record ReleaseApproval(DateTimeOffset For, Person By, DateTimeOffset At, string? Note, string Content)
{
    /// <summary>Identifies this approval, so that a publish does not remove a later one.</summary>
    public string Token { get; init; } = string.Empty;
}

/// <summary>The returns that wait to be published, the manager's decisions, and the current release.</summary>
/// <param name="Current">Null before the first release.</param>
public sealed record PublishQueue(IReadOnlyList<PendingReturn> Pending, Decisions Decisions, CurrentRelease? Current)
{
    /// <summary>The approval of the next release; null if it is not approved.</summary>
    public ReleaseApproval? Approval { get; init; }

    /// <summary>For an approved release: the versions of each open year to publish, whichever are live now. Empty for others.</summary>
    public IReadOnlyDictionary<Period, IReadOnlyDictionary<ReturnKey, int>> ApprovedVersions { get; init; } = new Dictionary<Period, IReadOnlyDictionary<ReturnKey, int>>();

    /// <summary>The only year that a release changes; null if it changes all.</summary>
    public Period? OnlyYear { get; init; }

    /// <summary>The day on which the figures are looked at; null for today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The years that may have changed.</summary>
    public IEnumerable<Period> Years => Pending.Select(pending => pending.Key.Period.Year)
        .Concat(Decisions.Years.Values.Where(decision => !decision.IsPublished).Select(decision => decision.Year))
        .Concat(ApprovedVersions.Keys)
        .Where(year => OnlyYear is null || year == OnlyYear)
        .Distinct();

    /// <summary>Returns the part of the queue that belongs to one year.</summary>
    public PublishQueue ForYear(Period year) => this with
    {
        Pending = [.. Pending.Where(pending => pending.Key.Period.Year == year)],
        Decisions = Decisions with { Years = Decisions.Years.Where(decision => decision.Key == year).ToDictionary() },
    };
}

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>Why a release is made at this time.</summary>
/// <param name="Scheduled">The announced time; null if it was not announced.</param>
/// <param name="Note">The manager's note for readers; null without one.</param>
/// <param name="UnscheduledReason">The reason for a release that was not announced; null for others.</param>
internal sealed record ReleaseOccasion(DateTimeOffset? Scheduled, string? Note, string? UnscheduledReason)
{
    /// <summary>A release that is made as soon as figures change.</summary>
    public static readonly ReleaseOccasion Continuous = new(null, null, null);
}

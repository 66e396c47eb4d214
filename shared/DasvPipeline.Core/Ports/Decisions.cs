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
    Period Year, IReadOnlyDictionary<ReturnKey, int>? SignedOffVersions, int SignOffCount, string By, DateTimeOffset At, string? Reason)
{
    public bool IsSignedOff => SignedOffVersions is not null;

    /// <summary>True if a publish has applied this decision.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Identifies this decision, so that a publish that applied an earlier one does not mark it as published.</summary>
    public string Token { get; init; } = string.Empty;
}

/// <summary>A hold on publishing. Nothing is published until it is released, but returns are still processed.</summary>
public sealed record Hold(string By, DateTimeOffset At, string Reason);

/// <param name="Hold">Null if publishing is not on hold.</param>
public sealed record Decisions(IReadOnlyDictionary<Period, YearDecision> Years, Hold? Hold)
{
    public static readonly Decisions Empty = new(new Dictionary<Period, YearDecision>(), null);

    public YearDecision? GetYear(Period year) => Years.GetValueOrDefault(year);
}

/// <summary>The returns that wait to be published, the manager's decisions, and the current release.</summary>
/// <param name="Current">Null before the first release.</param>
public sealed record PublishQueue(IReadOnlyList<PendingReturn> Pending, Decisions Decisions, CurrentRelease? Current)
{
    /// <summary>The years that may have changed.</summary>
    public IEnumerable<Period> Years =>
        Pending.Select(pending => pending.Key.Period.Year).Concat(Decisions.Years.Values.Where(decision => !decision.IsPublished).Select(decision => decision.Year)).Distinct();
}

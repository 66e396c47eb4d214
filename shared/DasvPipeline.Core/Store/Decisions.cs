using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

/// <summary>What the manager has decided of a year.</summary>
/// <param name="Approved">
/// The version of each return that is published of it: what comes later waits until the year is signed off again. Null while
/// the year is open and whatever counts is published.
/// </param>
/// <param name="Finals">How often it has been signed off with other figures than before: 1 is final, more are revised.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Reason">Why, in their words.</param>
public sealed record YearDecision(
    Period Year, IReadOnlyDictionary<ReturnKey, int>? Approved, int Finals, string By, DateTimeOffset At, string? Reason)
{
    public bool IsSignedOff => Approved is not null;

    /// <summary>Whether a publish has taken it in.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Identifies this very decision: a publish that has taken in an earlier one leaves it alone.</summary>
    public string Token { get; init; } = string.Empty;
}

/// <summary>Nothing is published until it is released; returns are taken in all the same.</summary>
public sealed record Hold(string By, DateTimeOffset At, string Reason);

/// <param name="Hold">Null where nothing is held.</param>
public sealed record Decisions(IReadOnlyDictionary<Period, YearDecision> Years, Hold? Hold)
{
    public static readonly Decisions None = new(new Dictionary<Period, YearDecision>(), null);

    public YearDecision? Of(Period year) => Years.GetValueOrDefault(year);
}

/// <summary>What there is to publish, and what has been decided about it.</summary>
public sealed record Outstanding(IReadOnlyList<Pending> Pending, Decisions Decisions)
{
    /// <summary>The years that something may have changed in.</summary>
    public IEnumerable<Period> Years =>
        Pending.Select(pending => pending.Key.Period.Year).Concat(Decisions.Years.Values.Where(decision => !decision.IsPublished).Select(decision => decision.Year)).Distinct();
}

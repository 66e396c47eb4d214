using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <summary>The result of a decision, with a message for the person who made it.</summary>
/// <param name="Obstacles">The reasons why the decision was refused, one sentence each.</param>
public sealed record DecisionOutcome(bool IsDone, string Message, IReadOnlyList<string> Obstacles);

/// <summary>
/// Records the manager's decisions: to sign off or re-open a year, and to hold or release publishing. The person and time
/// are audited. The next publish applies them; repeating a decision changes nothing.
/// </summary>
public sealed partial class DecideRelease(
    PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, DescribeStatus status, TimeProvider clock, ILogger<DecideRelease> logger)
{
    /// <summary>
    /// Makes a year's live figures final, or revised if the year was signed off before with different figures. Later
    /// submissions wait for the next sign-off.
    /// </summary>
    /// <param name="reason">Required for a revision, and to sign off with missing returns or unexplained queries.</param>
    public Task<DecisionOutcome> SignOffAsync(Period year, string by, string? reason, CancellationToken ct) =>
        TraceDecisionAsync("sign-off", year, () => TrySignOffAsync(year, by, reason, ct));

    private async Task<DecisionOutcome> TrySignOffAsync(Period year, string by, string? reason, CancellationToken ct)
    {
        var versions = (await store.ReadLedgerAsync(year, ct))
            .Where(row => row.LiveVersion is not null && catalogue.FindForm(row.Key.Return) is not null)
            .ToDictionary(row => row.Key, row => row.LiveVersion!.Value);
        if (versions.Count == 0)
        {
            return Refused($"{year} has no accepted returns, so there is nothing to sign off.", []);
        }

        var before = (await feed.ReadOutstandingAsync(ct)).Decisions.Of(year);
        if (before?.Approved is { } approved && AreSame(approved, versions))
        {
            return Done($"{before.By} has already signed off {year}. Nothing has changed since then.");
        }

        var isRevision = before is { Finals: > 0 };
        reason = CleanReason(reason);
        if (reason is null)
        {
            var obstacles = await ObstaclesAsync(year, ct);
            if (obstacles.Count > 0)
            {
                return Refused($"{year} is not ready to sign off. To sign it off anyway, give a reason.", obstacles);
            }

            if (isRevision)
            {
                return Refused($"{year} was already final. Give a reason for revising its figures.", []);
            }
        }

        await feed.DecideAsync(new YearDecision(year, versions, (before?.Finals ?? 0) + 1, by, Now(), reason), ct);
        return Done(isRevision
            ? $"{year} is signed off again. Its figures will be published as revised."
            : $"{year} is signed off. Its figures will be published as final.");
    }

    /// <summary>Re-opens a year: its figures follow its returns and are provisional until it is signed off again.</summary>
    public Task<DecisionOutcome> ReopenAsync(Period year, string by, string? reason, CancellationToken ct) =>
        TraceDecisionAsync("re-open", year, () => TryReopenAsync(year, by, reason, ct));

    private async Task<DecisionOutcome> TryReopenAsync(Period year, string by, string? reason, CancellationToken ct)
    {
        if ((await feed.ReadOutstandingAsync(ct)).Decisions.Of(year) is not { IsSignedOff: true } before)
        {
            return Refused($"{year} is already open. It has not been signed off.", []);
        }

        if (CleanReason(reason) is not { } why)
        {
            return Refused($"Give a reason for re-opening {year}.", []);
        }

        await feed.DecideAsync(before with { Approved = null, By = by, At = Now(), Reason = why, IsPublished = false }, ct);
        return Done($"{year} is open again. Its figures are provisional.");
    }

    /// <summary>Holds publishing until the hold is released. Returns are still processed.</summary>
    public Task<DecisionOutcome> HoldAsync(string by, string? reason, CancellationToken ct) =>
        TraceDecisionAsync("hold", null, () => TryHoldAsync(by, reason, ct));

    private async Task<DecisionOutcome> TryHoldAsync(string by, string? reason, CancellationToken ct)
    {
        if (CleanReason(reason) is not { } why)
        {
            return Refused("Give a reason for holding publishing.", []);
        }

        await feed.HoldAsync(new Hold(by, Now(), why), ct);
        return Done("Publishing is on hold. Returns are still checked. Changes will be published after you release the hold.");
    }

    public Task<DecisionOutcome> ReleaseHoldAsync(string by, CancellationToken ct) =>
        TraceDecisionAsync("release-hold", null, () => TryReleaseHoldAsync(by, ct));

    private async Task<DecisionOutcome> TryReleaseHoldAsync(string by, CancellationToken ct)
    {
        if ((await feed.ReadOutstandingAsync(ct)).Decisions.Hold is null)
        {
            return Refused("Publishing is not on hold.", []);
        }

        await feed.ReleaseHoldAsync(by, Now(), ct);
        return Done("The hold is released. The next run will publish the changes.");
    }

    /// <summary>Logs the decision and whether it was made. The person and the reason are only in the audit.</summary>
    private Task<DecisionOutcome> TraceDecisionAsync(string decision, Period? year, Func<Task<DecisionOutcome>> decide) =>
        Telemetry.WithinAsync(Telemetry.Spans.Decide, logger, async span =>
        {
            var outcome = await decide();
            span?.SetTag(Telemetry.Tags.Decision, decision).SetTag(Telemetry.Tags.Period, year?.ToString()).SetTag(Telemetry.Tags.Result, outcome.IsDone ? "done" : "refused");
            Log.Decided(logger, decision, year, outcome.IsDone, outcome.Obstacles.Count);
            return outcome;
        });

    /// <summary>Lists missing returns and unexplained queries.</summary>
    private async Task<IReadOnlyList<string>> ObstaclesAsync(Period year, CancellationToken ct)
    {
        var board = await status.RunAsync(year, ct);
        var asked = await status.DiscrepanciesAsync(year, ct);
        return
        [
            .. board.Returns.Where(row => row.LiveVersion is null).Select(row => $"{row.AgencyName} has no accepted \"{row.Title}\" for {Period.Parse(row.Period).Label}."),
            .. asked.Queries.Where(query => query.Explanation is null).Select(query => $"Not explained: {catalogue.NameOf(ReturnId.TryParse(query.Return)!.Value.Agency)}, {Period.Parse(query.Period).Label}: {query.Message}"),
            .. asked.Discrepancies.Where(disagreement => disagreement.Explanation is null).Select(disagreement => $"Not explained: {disagreement.Sentence}"),
        ];
    }

    private DateTimeOffset Now() => clock.GetUtcNow();

    private static bool AreSame(IReadOnlyDictionary<ReturnKey, int> one, Dictionary<ReturnKey, int> other) =>
        one.Count == other.Count && one.All(version => other.TryGetValue(version.Key, out var then) && then == version.Value);

    /// <summary>Cleans a reason, which is published in every format. Returns null if it has no letters or digits.</summary>
    private static string? CleanReason(string? reason) =>
        reason is not null && FindingText.OneLine(reason, Explanation.Longest) is var said && said.Any(char.IsLetterOrDigit) ? said : null;

    private static DecisionOutcome Done(string message) => new(true, message, []);

    private static DecisionOutcome Refused(string message, IReadOnlyList<string> obstacles) => new(false, message, obstacles);

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Information, "Decision {Decision} on {Period}: made {IsDone}, {Count} obstacles.")]
        public static partial void Decided(ILogger logger, string decision, Period? period, bool isDone, int count);
    }
}

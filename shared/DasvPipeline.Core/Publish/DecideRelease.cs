using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Publish;

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
    /// <param name="reason">Required for a revision, and to sign off with missing returns or unexplained queries. It is published.</param>
    /// <param name="publishesNumbers">True if the small numbers in the reason can be published.</param>
    public Task<Outcome> SignOffAsync(Period year, string by, string? reason, bool publishesNumbers, CancellationToken ct) =>
        RecordDecisionAsync("sign-off", year, () => TrySignOffAsync(year, by, reason, publishesNumbers, ct));

    private async Task<Outcome> TrySignOffAsync(Period year, string by, string? reason, bool publishesNumbers, CancellationToken ct)
    {
        var versions = (await store.ReadLedgerAsync(year, ct))
            .Where(row => row.LiveVersion is not null && catalogue.FindForm(row.Key) is not null)
            .ToDictionary(row => row.Key, row => row.LiveVersion!.Value);
        if (versions.Count == 0)
        {
            return Outcome.Refused($"{year} has no accepted returns, so there is nothing to sign off.");
        }

        var before = (await feed.ReadPublishQueueAsync(ct)).Decisions.GetYear(year);
        if (before?.SignedOffVersions is { } approved && AreSame(approved, versions))
        {
            return Outcome.Done($"{before.By} has already signed off {year}. Nothing has changed since then.");
        }

        var isRevision = before is { SignOffCount: > 0 };
        string? why = null;
        if (FreeText.HasWords(reason))
        {
            if (FreeText.CheckPublic(reason, string.Empty, publishesNumbers, catalogue.Disclosure, out why) is { } problem)
            {
                return problem;
            }
        }
        else
        {
            var obstacles = await ObstaclesAsync(year, ct);
            if (obstacles.Count > 0)
            {
                return Outcome.Refused($"{year} is not ready to sign off. To sign it off anyway, give a reason.", obstacles);
            }

            if (isRevision)
            {
                return Outcome.Refused($"{year} was already final. Give a reason for revising its figures.");
            }
        }

        await feed.WriteDecisionAsync(new YearDecision(year, versions, (before?.SignOffCount ?? 0) + 1, by, Now(), why), ct);
        return Outcome.Done(isRevision
            ? $"{year} is signed off again. Its figures will be published as revised."
            : $"{year} is signed off. Its figures will be published as final.");
    }

    /// <summary>Re-opens a year: its figures follow its returns and are provisional until it is signed off again.</summary>
    /// <param name="reason">The reason, which is published.</param>
    /// <inheritdoc cref="SignOffAsync" path="/param[@name='publishesNumbers']" />
    public Task<Outcome> ReopenAsync(Period year, string by, string? reason, bool publishesNumbers, CancellationToken ct) =>
        RecordDecisionAsync("re-open", year, () => TryReopenAsync(year, by, reason, publishesNumbers, ct));

    private async Task<Outcome> TryReopenAsync(Period year, string by, string? reason, bool publishesNumbers, CancellationToken ct)
    {
        if ((await feed.ReadPublishQueueAsync(ct)).Decisions.GetYear(year) is not { IsSignedOff: true } before)
        {
            return Outcome.Refused($"{year} is already open. It has not been signed off.");
        }

        if (FreeText.CheckPublic(reason, $"Give a reason for re-opening {year}.", publishesNumbers, catalogue.Disclosure, out var why) is { } problem)
        {
            return problem;
        }

        await feed.WriteDecisionAsync(before with { SignedOffVersions = null, By = by, At = Now(), Reason = why, IsPublished = false }, ct);
        return Outcome.Done($"{year} is open again. Its figures are provisional.");
    }

    /// <summary>Holds publishing until the hold is released. Returns are still processed.</summary>
    public Task<Outcome> HoldAsync(string by, string? reason, CancellationToken ct) =>
        RecordDecisionAsync("hold", null, () => TryHoldAsync(by, reason, ct));

    private async Task<Outcome> TryHoldAsync(string by, string? reason, CancellationToken ct)
    {
        if (FreeText.Check(reason, "Give a reason for holding publishing.", out var why) is { } problem)
        {
            return problem;
        }

        await feed.WriteHoldAsync(new Hold(by, Now(), why), ct);
        return Outcome.Done("Publishing is on hold. Returns are still checked. Changes will be published after you release the hold.");
    }

    public Task<Outcome> ReleaseHoldAsync(string by, CancellationToken ct) =>
        RecordDecisionAsync("release-hold", null, () => TryReleaseHoldAsync(by, ct));

    private async Task<Outcome> TryReleaseHoldAsync(string by, CancellationToken ct)
    {
        if ((await feed.ReadPublishQueueAsync(ct)).Decisions.Hold is null)
        {
            return Outcome.Refused("Publishing is not on hold.");
        }

        await feed.DeleteHoldAsync(by, Now(), ct);
        return Outcome.Done("The hold is released. The next run will publish the changes.");
    }

    /// <summary>Logs the decision and whether it was made. The person and the reason are only in the audit.</summary>
    private Task<Outcome> RecordDecisionAsync(string decision, Period? year, Func<Task<Outcome>> decide) =>
        PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.Decide, logger, async span =>
        {
            var outcome = await decide();
            span?.SetTag(PipelineTelemetry.Tags.Decision, decision).SetTag(PipelineTelemetry.Tags.Period, year?.ToString()).SetTag(PipelineTelemetry.Tags.Result, outcome.IsDone ? "done" : "refused");
            Log.Decided(logger, decision, year, outcome.IsDone, outcome.Obstacles.Count);
            return outcome;
        });

    /// <summary>Lists missing returns and unexplained queries.</summary>
    private async Task<IReadOnlyList<string>> ObstaclesAsync(Period year, CancellationToken ct)
    {
        var board = await status.GetBoardAsync(year, ct);
        var asked = await status.GetDisagreementsAsync(year, ct);
        return
        [
            .. board.Returns.Where(row => row.LiveVersion is null).Select(row => $"{row.AgencyName} has no accepted \"{row.Title}\" for {Period.Parse(row.Period).Label}."),
            .. asked.Queries.Where(query => query.Explanation is null).Select(query => $"Not explained: {catalogue.GetAgencyName(ReturnId.TryParse(query.Return)!.Value.Agency)}, {Period.Parse(query.Period).Label}: {query.Message}"),
            .. asked.Discrepancies.Where(disagreement => disagreement.Explanation is null).Select(disagreement => $"Not explained: {disagreement.Sentence}"),
        ];
    }

    private DateTimeOffset Now() => clock.GetUtcNow();

    private static bool AreSame(IReadOnlyDictionary<ReturnKey, int> one, Dictionary<ReturnKey, int> other) =>
        one.Count == other.Count && one.All(version => other.TryGetValue(version.Key, out var then) && then == version.Value);

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Information, "Decision {Decision} on {Period}: made {IsDone}, {Count} obstacles.")]
        public static partial void Decided(ILogger logger, string decision, Period? period, bool isDone, int count);
    }
}

using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Records the manager's decisions: to sign off or re-open a year, and to hold or release publishing. The person and time
/// are audited. The next publish applies them; repeating a decision changes nothing.
/// </summary>
public sealed partial class DecideRelease(
    PartnershipCatalogue catalogue, ReleaseBuilder builder, IReturnStore store, IFeedStore feed, DescribeStatus status, PublishOptions options, TimeProvider clock, ILogger<DecideRelease> logger)
{
    /// <summary>Takes the place of the person in a decision that is only shown, and never stored.</summary>
    private static readonly Person Nobody = new(string.Empty, string.Empty);

    /// <summary>
    /// Makes a year's live figures final, or revised if the year was signed off before with different figures. Keeps the year as it will be
    /// published. Later submissions wait for the next sign-off.
    /// </summary>
    /// <param name="reason">Required for a revision, and to sign off with missing returns or unexplained queries. It is published.</param>
    /// <param name="publishesNumbers">True if the small numbers in the reason can be published.</param>
    public Task<Outcome> SignOffAsync(Period year, Person by, string? reason, bool publishesNumbers, CancellationToken ct) =>
        RecordDecisionAsync("sign-off", year, () => TrySignOffAsync(year, by, reason, publishesNumbers, isDryRun: false, ct));

    /// <summary>Shows what a sign-off would do: the public text, and in <see cref="Outcome.Obstacles"/> what is open. Changes nothing.</summary>
    public Task<Outcome> PreviewSignOffAsync(Period year, string? reason, bool publishesNumbers, CancellationToken ct) =>
        TrySignOffAsync(year, Nobody, reason, publishesNumbers, isDryRun: true, ct);

    private async Task<Outcome> TrySignOffAsync(Period year, Person by, string? reason, bool publishesNumbers, bool isDryRun, CancellationToken ct)
    {
        var versions = (await store.ReadLedgerAsync(year, ct))
            .Where(row => row.LiveVersion is not null && catalogue.FindForm(row.Key) is not null)
            .ToDictionary(row => row.Key, row => row.LiveVersion!.Value);
        if (versions.Count == 0)
        {
            return Outcome.Refused($"{year} has no accepted returns, so there is nothing to sign off.");
        }

        var now = clock.GetUtcNow();
        if (year.End >= UkTime.DateOf(now))
        {
            return Outcome.Refused($"{year} has not ended. You can sign it off from {year.End.AddDays(1).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.");
        }

        var queue = await feed.ReadPublishQueueAsync(ct);
        var before = queue.Decisions.GetYear(year);
        if (before is { IsSignedOff: true, SignedOffVersions: { } approved } && AreSame(approved, versions))
        {
            return Outcome.Done($"{before.By.Name} has already signed off {year}. Nothing has changed since then.");
        }

        var isRepeated = before is { SignOffCount: > 0 };
        string? why = null;
        if (FreeText.HasWords(reason) && FreeText.CheckPublic(reason, string.Empty, publishesNumbers, catalogue.Disclosure, out why) is { } problem)
        {
            return problem;
        }

        var obstacles = why is null || isDryRun ? await ObstaclesAsync(year, ct) : [];
        if (why is null && obstacles.Count > 0)
        {
            return Outcome.Refused($"{year} is not ready to sign off. To sign it off anyway, give a reason.", obstacles);
        }

        if (why is null && isRepeated)
        {
            return Outcome.Refused($"{year} was already final. Give a reason for revising its figures.");
        }

        var decision = new YearDecision(year, versions, (before?.SignOffCount ?? 0) + 1, by, now, why);
        var signed = await builder.CreateSignedAsync(decision, queue, ct);
        var status = signed.Lineage.Status;
        var message = $"{year} {(isDryRun ? "will be" : "is")} signed off{(isRepeated ? " again" : string.Empty)}. Its figures will be published as {status}{DescribeTime(queue)}.";
        if (!isDryRun)
        {
            await feed.WriteDecisionAsync(decision with { SignedContent = await feed.KeepAsync(signed.ToJson(), ct) }, ct);
            message += await WithdrawApprovalAsync(queue, by, ct);
        }

        return new Outcome(OutcomeStatus.Done, message, obstacles) { PublicText = isDryRun ? why : null };
    }

    /// <summary>
    /// Re-opens a year. If its final figures are published, they stay, under review, until it is signed off again. Otherwise its figures follow
    /// its returns again.
    /// </summary>
    /// <param name="reason">The reason, which is published.</param>
    /// <inheritdoc cref="SignOffAsync" path="/param[@name='publishesNumbers']" />
    public Task<Outcome> ReopenAsync(Period year, Person by, string? reason, bool publishesNumbers, CancellationToken ct) =>
        RecordDecisionAsync("re-open", year, () => TryReopenAsync(year, by, reason, publishesNumbers, isDryRun: false, ct));

    /// <summary>Shows what re-opening would do, with the public text. Changes nothing.</summary>
    public Task<Outcome> PreviewReopenAsync(Period year, string? reason, bool publishesNumbers, CancellationToken ct) =>
        TryReopenAsync(year, Nobody, reason, publishesNumbers, isDryRun: true, ct);

    private async Task<Outcome> TryReopenAsync(Period year, Person by, string? reason, bool publishesNumbers, bool isDryRun, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        if (queue.Decisions.GetYear(year) is not { IsSignedOff: true } before)
        {
            return Outcome.Refused($"{year} is already open. It has not been signed off.");
        }

        if (FreeText.CheckPublic(reason, $"Give a reason for re-opening {year}.", publishesNumbers, catalogue.Disclosure, out var why) is { } problem)
        {
            return problem;
        }

        var published = await builder.FindPublishedAsync(year, queue.Current, ct);
        var isFinal = published is { Status: not YearStage.Provisional };
        var decision = before with
        {
            SignedOffVersions = !isFinal ? null : before.IsPublished ? before.SignedOffVersions : published!.Returns.ToDictionary(version => ReturnKey.Parse(version.Key), version => version.Value),
            SignOffCount = before.IsPublished ? before.SignOffCount : before.SignOffCount - 1,
            SignedContent = null,
            IsUnderReview = isFinal,
            By = by,
            At = clock.GetUtcNow(),
            Reason = why,
            IsPublished = false,
        };
        var message = isFinal
            ? $"{year} {(isDryRun ? "will be" : "is")} open again. Its {published!.Status} figures stay published, and readers will see that they are under review{DescribeTime(queue)}."
            : $"{year} {(isDryRun ? "will be" : "is")} open again. Its figures are provisional.";
        if (!isDryRun)
        {
            await feed.WriteDecisionAsync(decision, ct);
            message += await WithdrawApprovalAsync(queue, by, ct);
        }

        return Outcome.Done(message) with { PublicText = isFinal && isDryRun ? why : null };
    }

    /// <summary>Says when a decision is published: empty if it is published at once.</summary>
    private string DescribeTime(PublishQueue queue) =>
        queue.Decisions.Hold is not null ? " after you release the hold"
        : options.IsContinuous(catalogue) ? string.Empty
        : NextRelease.Find(catalogue, queue.Current, clock.GetUtcNow()) switch
        {
            { IsLate: true } => " as soon as you approve the release that is late",
            { } next => $" on {UkTime.Format(next.Announced.At)}, after you approve that release",
            null => " when you publish them",
        };

    /// <summary>Withdraws the approval of the next release, because its content has changed.</summary>
    private async Task<string> WithdrawApprovalAsync(PublishQueue queue, Person by, CancellationToken ct)
    {
        if (queue.Approval is not { } approval)
        {
            return string.Empty;
        }

        await feed.DeleteApprovalAsync(approval, by, clock.GetUtcNow(), "A decision about a year changed the release.", ct);
        return " The release has changed, so approve it again.";
    }

    /// <summary>Holds publishing until the hold is released. Returns are still processed.</summary>
    public Task<Outcome> HoldAsync(Person by, string? reason, CancellationToken ct) =>
        RecordDecisionAsync("hold", null, () => TryHoldAsync(by, reason, ct));

    private async Task<Outcome> TryHoldAsync(Person by, string? reason, CancellationToken ct)
    {
        if (FreeText.Check(reason, "Give a reason for holding publishing.", out var why) is { } problem)
        {
            return problem;
        }

        await feed.WriteHoldAsync(new Hold(by, Now(), why), ct);
        return Outcome.Done("Publishing is on hold. Returns are still checked. Nothing will be published until you release the hold.");
    }

    public Task<Outcome> ReleaseHoldAsync(Person by, CancellationToken ct) =>
        RecordDecisionAsync("release-hold", null, () => TryReleaseHoldAsync(by, ct));

    private async Task<Outcome> TryReleaseHoldAsync(Person by, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        if (queue.Decisions.Hold is null)
        {
            return Outcome.Refused("Publishing is not on hold.");
        }

        await feed.DeleteHoldAsync(by, Now(), ct);
        return Outcome.Done("The hold is released. " + (options.IsContinuous(catalogue) ? "The next run will publish the changes."
            : queue.Approval is not { } approval ? "Nothing will be published until you approve the next release."
            : approval.For <= Now() ? "The next run will publish the release that you approved."
            : $"The release that you approved will be published on {UkTime.Format(approval.For)}."));
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

    /// <summary>Lists missing returns, those that most headlines need first, then unexplained queries and disagreements.</summary>
    private async Task<IReadOnlyList<string>> ObstaclesAsync(Period year, CancellationToken ct)
    {
        var board = await status.GetBoardAsync(year, ct);
        var asked = await status.GetDisagreementsAsync(year, ct);
        return
        [
            .. board.Returns.Where(row => row.LiveVersion is null).OrderByDescending(row => catalogue.CountHeadlines([ReturnId.TryParse(row.Return)!.Value])).Select(row => $"{row.AgencyName} has no accepted \"{row.Title}\" for {Period.Parse(row.Period).Label}."),
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

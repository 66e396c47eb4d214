using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <summary>What became of a decision, and what to tell whoever made it.</summary>
/// <param name="Obstacles">What stands against it, a sentence each; it was not made then.</param>
public sealed record DecisionOutcome(bool IsDone, string Message, IReadOnlyList<string> Obstacles);

/// <summary>
/// The manager's decisions about what is published: a year is signed off or opened again, everything is held or released.
/// Who decided and when is audited. The next publish acts on them; repeating one changes nothing.
/// </summary>
public sealed partial class DecideRelease(
    PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, DescribeStatus status, TimeProvider clock, ILogger<DecideRelease> logger)
{
    /// <summary>
    /// Makes a year's figures final as they count now; signed off before, and different since, they become revised. What
    /// arrives later waits for the next signing off.
    /// </summary>
    /// <param name="reason">Needed for a revision, and to sign off although something is missing or unexplained.</param>
    public Task<DecisionOutcome> SignOffAsync(Period year, string by, string? reason, CancellationToken ct) =>
        TellAsync("sign-off", year, () => TrySignOffAsync(year, by, reason, ct));

    private async Task<DecisionOutcome> TrySignOffAsync(Period year, string by, string? reason, CancellationToken ct)
    {
        var versions = (await store.ReadLedgerAsync(year, ct))
            .Where(row => row.LiveVersion is not null && catalogue.FindForm(row.Key.Return) is not null)
            .ToDictionary(row => row.Key, row => row.LiveVersion!.Value);
        if (versions.Count == 0)
        {
            return Refused($"{year} has no accepted return: there is nothing to sign off.", []);
        }

        var before = (await feed.ReadOutstandingAsync(ct)).Decisions.Of(year);
        if (before?.Approved is { } approved && Same(approved, versions))
        {
            return Done($"{year} is signed off already, by {before.By}; nothing has changed since.");
        }

        var isRevision = before is { Finals: > 0 };
        reason = Given(reason);
        if (reason is null)
        {
            var obstacles = await ObstaclesAsync(year, ct);
            if (obstacles.Count > 0)
            {
                return Refused($"{year} is not ready to be signed off. To do it all the same, give a reason.", obstacles);
            }

            if (isRevision)
            {
                return Refused($"{year} was final before: say why its figures are revised.", []);
            }
        }

        await feed.DecideAsync(new YearDecision(year, versions, (before?.Finals ?? 0) + 1, by, Now(), reason), ct);
        return Done(isRevision
            ? $"{year} is signed off again. Its figures are published as revised."
            : $"{year} is signed off. Its figures are published as final.");
    }

    /// <summary>A year's figures follow its returns again and are provisional until it is signed off anew.</summary>
    public Task<DecisionOutcome> ReopenAsync(Period year, string by, string? reason, CancellationToken ct) =>
        TellAsync("re-open", year, () => TryReopenAsync(year, by, reason, ct));

    private async Task<DecisionOutcome> TryReopenAsync(Period year, string by, string? reason, CancellationToken ct)
    {
        if ((await feed.ReadOutstandingAsync(ct)).Decisions.Of(year) is not { IsSignedOff: true } before)
        {
            return Refused($"{year} is open: it has not been signed off.", []);
        }

        if (Given(reason) is not { } why)
        {
            return Refused($"Say why {year} is opened again.", []);
        }

        await feed.DecideAsync(before with { Approved = null, By = by, At = Now(), Reason = why, IsPublished = false }, ct);
        return Done($"{year} is open again. Its figures are provisional.");
    }

    /// <summary>Nothing is published from now on; returns are taken in all the same.</summary>
    public Task<DecisionOutcome> HoldAsync(string by, string? reason, CancellationToken ct) =>
        TellAsync("hold", null, () => TryHoldAsync(by, reason, ct));

    private async Task<DecisionOutcome> TryHoldAsync(string by, string? reason, CancellationToken ct)
    {
        if (Given(reason) is not { } why)
        {
            return Refused("Say why publishing is held.", []);
        }

        await feed.HoldAsync(new Hold(by, Now(), why), ct);
        return Done("Publishing is held. Returns are still taken in; what changes is published when the hold is released.");
    }

    public Task<DecisionOutcome> ReleaseHoldAsync(string by, CancellationToken ct) =>
        TellAsync("release-hold", null, () => TryReleaseHoldAsync(by, ct));

    private async Task<DecisionOutcome> TryReleaseHoldAsync(string by, CancellationToken ct)
    {
        if ((await feed.ReadOutstandingAsync(ct)).Decisions.Hold is null)
        {
            return Refused("Nothing is held.", []);
        }

        await feed.ReleaseHoldAsync(by, Now(), ct);
        return Done("The hold is released. What has changed is published at the next run.");
    }

    /// <summary>Which decision it was and whether it was made; who made it and why is in the audit alone.</summary>
    private Task<DecisionOutcome> TellAsync(string decision, Period? year, Func<Task<DecisionOutcome>> decide) =>
        Telemetry.WithinAsync(Telemetry.Spans.Decide, logger, async span =>
        {
            var outcome = await decide();
            span?.SetTag(Telemetry.Tags.Decision, decision).SetTag(Telemetry.Tags.Period, year?.ToString()).SetTag(Telemetry.Tags.Result, outcome.IsDone ? "done" : "refused");
            Log.Decided(logger, decision, year, outcome.IsDone, outcome.Obstacles.Count);
            return outcome;
        });

    /// <summary>Returns that are missing, and questions that nobody has answered.</summary>
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

    private static bool Same(IReadOnlyDictionary<ReturnKey, int> one, Dictionary<ReturnKey, int> other) =>
        one.Count == other.Count && one.All(version => other.TryGetValue(version.Key, out var then) && then == version.Value);

    /// <summary>A reason becomes part of what is published, in every format; one without a letter or a digit says nothing.</summary>
    private static string? Given(string? reason) =>
        reason is not null && FindingText.OneLine(reason, Explanation.Longest) is var said && said.Any(char.IsLetterOrDigit) ? said : null;

    private static DecisionOutcome Done(string message) => new(true, message, []);

    private static DecisionOutcome Refused(string message, IReadOnlyList<string> obstacles) => new(false, message, obstacles);

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Information, "Decision {Decision} of {Period}: made {IsDone}, {Count} obstacles.")]
        public static partial void Decided(ILogger logger, string decision, Period? period, bool isDone, int count);
    }
}

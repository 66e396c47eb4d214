using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Approves the next announced release as it is prepared now, or withdraws the approval. It is published at its time, and at once if that
/// time has passed. The person, the time and the note are audited.
/// </summary>
public sealed class ApproveRelease(PartnershipCatalogue catalogue, ReleaseBuilder builder, IFeedStore feed, PublishHeadlines publish, PublishOptions options, TimeProvider clock)
{
    /// <param name="note">A note for readers, which is published; null or empty for none.</param>
    /// <param name="publishesNumbers">True if the person has confirmed that the small numbers of the note can be published.</param>
    /// <param name="isDryRun">True to show what would be done, and change nothing.</param>
    public async Task<Outcome> RunAsync(Person by, string? note, bool publishesNumbers, bool isDryRun, CancellationToken ct)
    {
        if (options.IsContinuous(catalogue))
        {
            return Outcome.Refused("Releases are published as soon as figures change. They need no approval.");
        }

        string? text = null;
        if (FreeText.HasWords(note) && FreeText.CheckPublic(note, string.Empty, publishesNumbers, catalogue.Disclosure, out text) is { } problem)
        {
            return problem;
        }

        var queue = await feed.ReadPublishQueueAsync(ct);
        var now = clock.GetUtcNow();
        if (NextRelease.Find(catalogue, queue.Current, now) is not { } next)
        {
            return Outcome.Refused("The catalogue announces no release. Add days to calendar.yaml, or publish a correction with a reason.");
        }

        var when = UkTime.Format(next.Announced.At);
        var asOf = UkTime.DateOf(next.IsLate ? now : next.Announced.At);
        var isHeld = queue.Decisions.Hold is not null;
        if (isDryRun)
        {
            var message = isHeld ? $"Publishing is on hold. The release of {when} will be published after you release the hold{(next.IsLate ? string.Empty : ", and not before its time")}."
                : next.IsLate ? $"The release of {when} is late. It will be published at once. Readers will see that it is late."
                : $"The release will be published on {when}.";
            return Outcome.Done(message) with { PublicText = text };
        }

        var dated = queue with { AsOf = asOf };
        var plan = await builder.BuildAsync(dated, new ReleaseOccasion(next.Announced.At, text, null), ct, keepsCheckpoints: true);
        var content = await feed.KeepAsync(ApprovedContent.Create(dated, plan, asOf).ToJson(), ct);
        await feed.WriteApprovalAsync(new ReleaseApproval(next.Announced.At, by, now, text, content), ct);
        await WriteCalendarAsync(queue.Current, next, now, ct);
        if (!next.IsLate)
        {
            return Outcome.Done(plan.Release is null
                ? $"The release of {when} is approved. It changes no figure, so no release is made."
                : $"The release is approved. It will be published on {when}{(isHeld ? ", if you release the hold before" : string.Empty)}. Figures that arrive after now wait for the next release.");
        }

        return await publish.RunAsync(ct) switch
        {
            { Hold: not null } => Outcome.Done("The release is approved. Publishing is on hold, so it is published when you release the hold."),
            { IsNew: true, Number: var number } => Outcome.Done(FormattableString.Invariant($"Release {number} is published. It was announced for {when}.")),
            _ => Outcome.Done($"The release of {when} is approved. It changes no figure, so no release is made."),
        };
    }

    /// <summary>Withdraws the approval of the next release. It is then not published until somebody approves it again.</summary>
    public async Task<Outcome> WithdrawAsync(Person by, CancellationToken ct)
    {
        if ((await feed.ReadPublishQueueAsync(ct)).Approval is not { } approval)
        {
            return Outcome.Refused("No release is approved.");
        }

        await feed.DeleteApprovalAsync(approval, by, clock.GetUtcNow(), "The manager withdrew it.", ct);
        return Outcome.Done($"The approval is withdrawn. The release of {UkTime.Format(approval.For)} will not be published until you approve it again.");
    }

    /// <summary>Writes the public calendar, so that readers see the coming releases before the first one.</summary>
    private async Task WriteCalendarAsync(CurrentRelease? current, NextRelease next, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var file in PointerUpdate.CreateCalendar(catalogue, options.Links, now, next.IsLate ? next.Announced : null))
        {
            await feed.WriteAsync(file, current?.Number ?? 0, known: null, ct);
        }
    }
}

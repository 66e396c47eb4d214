using System.Diagnostics;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Publish;

/// <param name="Number">The number of the published release; 0 before the first.</param>
/// <param name="IsNew">True if this run made the release.</param>
/// <param name="Hold">The hold that prevented publishing; null if there is no hold.</param>
public sealed record PublishOutcome(int Number, bool IsNew, Hold? Hold = null);

/// <summary>
/// Calculates the headlines of changed years and publishes a release if they differ. If nothing changed, a run makes one
/// storage call. A failed run leaves the last good feed, and the next run completes it.
/// </summary>
public sealed partial class PublishHeadlines(
    PartnershipCatalogue catalogue, ReleaseBuilder builder, IFeedStore feed, ManagerNotices notices, PublishOptions options, TimeProvider clock, ILogger<PublishHeadlines> logger)
{
    /// <summary>
    /// Publishes what changed. If releases are announced, publishes only what the manager has approved, and only when its time has come: until
    /// then, a run makes one storage call.
    /// </summary>
    public Task<PublishOutcome> RunAsync(CancellationToken ct) => RunAsync(request: null, ct);

    /// <summary>Publishes the changes of one year before the next announced time.</summary>
    /// <param name="reason">The reason, which has been checked and is published.</param>
    public Task<PublishOutcome> RunUnscheduledAsync(Period year, string reason, CancellationToken ct) => RunAsync((year, reason), ct);

    private Task<PublishOutcome> RunAsync((Period Year, string Reason)? request, CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.Publish, logger, async span =>
    {
        var start = clock.GetTimestamp();
        var (current, isNew, hold) = await PublishAsync(request, span, ct);
        var outcome = new PublishOutcome(current?.Number ?? 0, isNew, hold);
        RecordOutcome(outcome, current?.Published, clock.GetElapsedTime(start), span);
        return outcome;
    });

    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> PublishAsync((Period Year, string Reason)? request, Activity? span, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await TryPublishAsync(request, span, ct);
            }
            catch (PublishConflictException)
            {
                // Another publish was faster. Try again and compare with its release.
            }
        }
    }

    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> TryPublishAsync((Period Year, string Reason)? request, Activity? span, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        if (queue.Current is { IsAnnounced: false } interrupted)
        {
            queue = queue with { Current = await feed.CompleteAsync(await AnnounceAsync(interrupted, written: null, ct), queue with { Pending = [], Decisions = Decisions.Empty, Approval = null }, ct) };
        }

        var current = queue.Current;
        if (queue.Decisions.Hold is { } hold)
        {
            return (current, false, hold);
        }

        if (request is null && !options.IsContinuous(catalogue))
        {
            return queue.Approval is { } approval && approval.For <= clock.GetUtcNow() ? await PublishApprovedAsync(queue, approval, span, ct) : (current, false, null);
        }

        queue = queue with { OnlyYear = request?.Year };
        var isIdle = !queue.Years.Any();
        if (current is null ? isIdle : isIdle && current.CatalogueHash == catalogue.Hash)
        {
            return (current, false, null);
        }

        LinkToIngests(span, queue);
        var plan = await MakeAsync(queue, new ReleaseOccasion(null, null, request?.Reason), ct);
        return await PublishAsync(plan, queue, request is { Year: var only } ? queue.ForYear(only) : queue, ct);
    }

    /// <summary>Publishes what was approved. If the catalogue or the code has changed since, the approval is withdrawn.</summary>
    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> PublishApprovedAsync(PublishQueue queue, ReleaseApproval approval, Activity? span, CancellationToken ct)
    {
        var content = ApprovedContent.Parse((await feed.ReadKeptAsync(approval.Content, ct)).Span);
        var approved = content.Apply(queue);
        LinkToIngests(span, approved);
        var plan = await MakeAsync(approved, new ReleaseOccasion(approval.For, approval.Note, null), ct);
        if (!content.IsOf(plan.Release, queue.Current))
        {
            await feed.DeleteApprovalAsync(approval, by: null, clock.GetUtcNow(), "The catalogue or the software has changed.", ct);
            Log.ApprovalWithdrawn(logger);
            return (queue.Current, false, null);
        }

        return await PublishAsync(plan, approved, approved, ct);
    }

    /// <param name="published">The part of the queue that the release publishes.</param>
    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> PublishAsync(ReleasePlan plan, PublishQueue queue, PublishQueue published, CancellationToken ct)
    {
        var current = queue.Current;
        var catalogueHash = queue.OnlyYear is null ? catalogue.Hash : current?.CatalogueHash ?? string.Empty;
        await WriteYearsAsync(plan, ct);
        if (plan.Release is { } release)
        {
            current = await ReleaseAsync(release, plan.Before, current, catalogueHash, ct);
        }
        else if (current is not null)
        {
            if (current.CatalogueHash != catalogueHash)
            {
                await WriteLineageAsync(plan, current, ct);
            }

            current = current with { CatalogueHash = catalogueHash, Scheduled = published.Approval?.For ?? current.Scheduled };
        }

        if (queue.OnlyYear is not null && published.Approval is { } approval)
        {
            await feed.DeleteApprovalAsync(approval, by: null, clock.GetUtcNow(), "A release was published before its time.", ct);
            published = published with { Approval = null };
        }

        return (await feed.CompleteAsync(current, published, ct), plan.Release is not null, null);
    }

    private async Task<ReleasePlan> MakeAsync(PublishQueue queue, ReleaseOccasion occasion, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Make);
        var plan = await builder.BuildAsync(queue, occasion, ct, keepsCheckpoints: true);
        span?.SetTag(PipelineTelemetry.Tags.Count, plan.Release?.Changes.Count ?? 0);
        return plan;
    }

    /// <summary>
    /// Writes the records of the examined years, with what the release will reveal. They come before any file: a draft is public even if
    /// it is never announced.
    /// </summary>
    private async Task WriteYearsAsync(ReleasePlan plan, CancellationToken ct)
    {
        foreach (var change in plan.Years)
        {
            var (year, before, after, etag) = change;
            var content = after.ToJson();
            if (change.HasCheckpoint)
            {
                // First, so that none is left when the record makes it unnecessary.
                await feed.DeleteCheckpointAsync(year, ct);
            }

            if (before is null || !before.ToJson().AsSpan().SequenceEqual(content))
            {
                await feed.WriteYearRecordAsync(year, content, etag, ct);
            }
        }
    }

    /// <summary>Records the catalogue with which the unchanged documents were made again.</summary>
    private async Task WriteLineageAsync(ReleasePlan plan, CurrentRelease current, CancellationToken ct)
    {
        var years = new SortedDictionary<string, LineageYear>(plan.Before.Lineage.Years, StringComparer.Ordinal);
        foreach (var document in plan.Examined)
        {
            years[document.Year.ToString()] = document.Lineage;
        }

        await feed.WriteRecordAsync(current.Number, (plan.Before with { Lineage = new LineageDocument(years) }).ToJson(), ct);
    }

    private async Task<CurrentRelease> ReleaseAsync(Release release, ReleaseRecord before, CurrentRelease? current, string catalogueHash, CancellationToken ct)
    {
        var (released, written) = await MakeReleaseAsync(release, before, current, catalogueHash, ct);
        return await AnnounceAsync(released, written, ct);
    }

    private async Task<(CurrentRelease Released, WrittenRelease Written)> MakeReleaseAsync(
        Release release, ReleaseRecord before, CurrentRelease? current, string catalogueHash, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.MakeRelease);
        var (draft, record) = await ReserveAsync(release, before, current, ct);
        var files = release.CreateFiles(draft, record, options.Links);
        foreach (var file in files)
        {
            await feed.WriteAsync(file, draft.Number, known: null, ct);
        }

        var released = await feed.MakeCurrentAsync(draft, current, catalogueHash, release.GetReleaseByYear(current, draft.Number), ct);
        return (released, new WrittenRelease(record, files.ToDictionary(file => file.Path[FeedPaths.GetReleaseFolder(draft.Number).Length..], file => file.Content.ToArray(), StringComparer.Ordinal)));
    }

    /// <summary>
    /// Reserves the next number by creating the release's record. A draft that a crash left is used again if it is the same in every byte,
    /// so that its files are too. A draft with other content keeps its number.
    /// </summary>
    private async Task<(DraftRelease Draft, ReleaseRecord Record)> ReserveAsync(Release release, ReleaseRecord before, CurrentRelease? current, CancellationToken ct)
    {
        for (var number = (current?.Number ?? 0) + 1; ; number++)
        {
            var draft = new DraftRelease(number, release.ContentHash, GetTime(current)) { Scheduled = GetScheduled(release, current) };
            var record = release.CreateRecord(draft, current, before);
            if (await feed.TryAddRecordAsync(number, record.ToJson(), ct))
            {
                return (draft, record);
            }

            if (await feed.ReadRecordAsync(number, ct) is { } stored)
            {
                draft = draft with { Published = ReleaseRecord.Parse(stored.Span).Published };
                record = release.CreateRecord(draft, current, before);
                if (record.ToJson().AsSpan().SequenceEqual(stored.Span))
                {
                    return (draft, record);
                }
            }
        }
    }

    /// <summary>Returns the time of a release, in whole seconds. It is never before that of the previous release, whatever the clock did.</summary>
    private DateTimeOffset GetTime(CurrentRelease? current)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        return current is not null && current.Published > now ? current.Published : now;
    }

    /// <summary>Returns the last announced time that is settled by a release. What was announced before the first release is settled too.</summary>
    private DateTimeOffset? GetScheduled(Release release, CurrentRelease? current) => release.Occasion.Scheduled ?? current?.Scheduled
        ?? (options.IsContinuous(catalogue) ? null : ReleaseSchedule.GetLatest(catalogue, clock.GetUtcNow())?.At);

    /// <summary>Updates the public pointers from the release's record and its own files, so that any run can do it.</summary>
    /// <param name="written">The release if this run wrote it; null to read it.</param>
    /// <returns>The release with the pointers as they are now. Its row is not updated yet.</returns>
    private async Task<CurrentRelease> AnnounceAsync(CurrentRelease current, WrittenRelease? written, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Announce);
        span?.SetTag(PipelineTelemetry.Tags.Release, current.Number);
        var pointers = new Dictionary<string, WrittenFile>(current.Files, StringComparer.Ordinal);
        foreach (var file in await builder.BuildPointersAsync(current, written, options.Links, ct))
        {
            if (await feed.WriteAsync(file, current.Number, current.Files.GetValueOrDefault(file.Path), ct) is { } pointer)
            {
                pointers[file.Path] = pointer;
            }
            else
            {
                pointers.Remove(file.Path);
            }
        }

        if (!options.IsContinuous(catalogue))
        {
            // Before the row says that the release is announced, so that a run that is interrupted here writes it again.
            await notices.WriteReleasedAsync(current.Number, ct);
        }

        return current with { IsAnnounced = true, Files = pointers };
    }
}

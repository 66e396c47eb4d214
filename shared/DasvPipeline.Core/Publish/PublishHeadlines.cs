using System.Diagnostics;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
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
/// Calculates the headlines of changed years and publishes a release if they differ. If nothing changed, a run makes two
/// storage calls. A failed run leaves the last good feed, and the next run completes it.
/// </summary>
public sealed partial class PublishHeadlines(
    PartnershipCatalogue catalogue, ReleaseBuilder builder, IFeedStore feed, TimeProvider clock, ILogger<PublishHeadlines> logger)
{
    public Task<PublishOutcome> RunAsync(CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.Publish, logger, async span =>
    {
        var start = clock.GetTimestamp();
        var (current, isNew, hold) = await PublishAsync(span, ct);
        var outcome = new PublishOutcome(current?.Number ?? 0, isNew, hold);
        RecordOutcome(outcome, current?.Published, clock.GetElapsedTime(start), span);
        return outcome;
    });

    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> PublishAsync(Activity? span, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await TryPublishAsync(span, ct);
            }
            catch (PublishConflictException)
            {
                // Another publish was faster. Try again and compare with its release.
            }
        }
    }

    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> TryPublishAsync(Activity? span, CancellationToken ct)
    {
        var outstanding = await feed.ReadPublishQueueAsync(ct);
        var current = await feed.ReadCurrentAsync(ct);
        if (current is { IsAnnounced: false })
        {
            current = await AnnounceAsync(current, ct);
        }

        if (outstanding.Decisions.Hold is { } hold)
        {
            return (current, false, hold);
        }

        var isIdle = !outstanding.Years.Any();
        if (current is null ? isIdle : isIdle && current.CatalogueHash == catalogue.Hash)
        {
            return (current, false, null);
        }

        LinkToIngests(span, outstanding);
        var edition = await MakeAsync(outstanding, current, ct);
        if (edition is not null)
        {
            current = await ReleaseAsync(edition, current, ct);
        }
        else if (current is not null && current.CatalogueHash != catalogue.Hash)
        {
            await feed.MarkAnnouncedAsync(current, catalogue.Hash, ct);
        }

        foreach (var decision in outstanding.Decisions.Years.Values.Where(decision => !decision.IsPublished))
        {
            await feed.MarkPublishedAsync(decision, ct);
        }

        await feed.ClearPendingAsync(outstanding.Pending, ct);
        return (current, edition is not null, null);
    }

    private async Task<Release?> MakeAsync(PublishQueue outstanding, CurrentRelease? current, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Make);
        var edition = await builder.BuildAsync(outstanding, current, ct);
        span?.SetTag(PipelineTelemetry.Tags.Count, edition?.Changes.Count ?? 0);
        return edition;
    }

    private async Task<CurrentRelease> ReleaseAsync(Release edition, CurrentRelease? current, CancellationToken ct)
    {
        var released = await MakeReleaseAsync(edition, current, ct);
        return await AnnounceAsync(released, ct);
    }

    private async Task<CurrentRelease> MakeReleaseAsync(Release edition, CurrentRelease? current, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.MakeRelease);
        var draft = await feed.GetOrCreateDraftAsync(current, edition.ContentHash, WholeSecond(clock.GetUtcNow()), ct);

        // Write the disclosure history before any file: a draft is public even if it is never announced.
        foreach (var year in edition.Years)
        {
            await feed.WriteRecordAsync(draft.Number, ReleaseBuilder.GetHistoryName(year.Year), year.Disclosed.DisclosureHistory.ToJson(), ct);
        }

        var indexBefore = await ReadOfAsync(current, FeedPaths.Index, ct);
        var logBefore = await ReadOfAsync(current, FeedPaths.Changes, ct);
        foreach (var file in edition.CreateFiles(draft, current, indexBefore, logBefore))
        {
            await feed.WriteAsync(file, draft.Number, ct);
        }

        await feed.WriteRecordAsync(draft.Number, ReleaseBuilder.LineageName, JsonSerializer.SerializeToUtf8Bytes(edition.Lineage, FeedJson.Indented.LineageDocument), ct);
        return await feed.MakeCurrentAsync(draft, current, catalogue.Hash, edition.GetReleaseByYear(current, draft.Number), ct);
    }

    /// <summary>Reads a file of a release; null if there is no release.</summary>
    private async Task<byte[]?> ReadOfAsync(CurrentRelease? release, string name, CancellationToken ct) =>
        release is null ? null : (await feed.ReadAsync(FeedPaths.GetReleaseFolder(release.Number) + name, ct))?.Content.ToArray();

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Updates the public pointers from the current release's own files, so that any run can do it.</summary>
    private async Task<CurrentRelease> AnnounceAsync(CurrentRelease current, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Announce);
        span?.SetTag(PipelineTelemetry.Tags.Release, current.Number);
        foreach (var file in await builder.BuildPointersAsync(current, ct))
        {
            await feed.WriteAsync(file, current.Number, ct);
        }

        return await feed.MarkAnnouncedAsync(current, current.CatalogueHash, ct);
    }
}

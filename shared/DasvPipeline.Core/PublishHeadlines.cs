using System.Diagnostics;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <param name="Number">Of the release that is published now; 0 while there is none.</param>
/// <param name="IsNew">Whether this run made it.</param>
/// <param name="Hold">Why nothing is published; null where nothing is held.</param>
public sealed record PublishOutcome(int Number, bool IsNew, Hold? Hold = null);

/// <summary>
/// Recomputes the headlines of the years that changed and publishes a release when they differ. A run that finds nothing
/// changed makes two storage calls; a run that fails leaves the last good feed; a run that crashed is finished by the next.
/// </summary>
public sealed partial class PublishHeadlines(
    PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock, ILogger<PublishHeadlines> logger)
{
    public Task<PublishOutcome> RunAsync(CancellationToken ct) => Telemetry.WithinAsync(Telemetry.Spans.Publish, logger, async span =>
    {
        var start = clock.GetTimestamp();
        var (current, isNew, hold) = await PublishAsync(span, ct);
        var outcome = new PublishOutcome(current?.Number ?? 0, isNew, hold);
        Tell(outcome, current?.Published, clock.GetElapsedTime(start), span);
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
                // Another publish got there first: what there is to publish is now held against its release.
            }
        }
    }

    private async Task<(CurrentRelease? Current, bool IsNew, Hold? Hold)> TryPublishAsync(Activity? span, CancellationToken ct)
    {
        var outstanding = await feed.ReadOutstandingAsync(ct);
        var current = await feed.ReadCurrentAsync(ct);
        if (current is { Announced: false })
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

    private async Task<Edition?> MakeAsync(Outstanding outstanding, CurrentRelease? current, CancellationToken ct)
    {
        using var span = Telemetry.Start(Telemetry.Spans.Make);
        var edition = await new NextEdition(catalogue, store, feed).MakeAsync(outstanding, current, ct);
        span?.SetTag(Telemetry.Tags.Count, edition?.Changes.Count ?? 0);
        return edition;
    }

    private async Task<CurrentRelease> ReleaseAsync(Edition edition, CurrentRelease? current, CancellationToken ct)
    {
        var released = await MakeReleaseAsync(edition, current, ct);
        return await AnnounceAsync(released, ct);
    }

    private async Task<CurrentRelease> MakeReleaseAsync(Edition edition, CurrentRelease? current, CancellationToken ct)
    {
        using var span = Telemetry.Start(Telemetry.Spans.MakeRelease);
        var draft = await feed.DraftAsync(current, edition.ContentHash, WholeSecond(clock.GetUtcNow()), ct);

        // Before anything of it can be read: a draft that is never announced has told what it told.
        foreach (var year in edition.Years)
        {
            await feed.WriteRecordAsync(draft.Number, NextEdition.KnowledgeName(year.Year), year.Disclosed.Knowledge.ToJson(), ct);
        }

        var indexBefore = await ReadOfAsync(current, FeedPaths.Index, ct);
        var logBefore = await ReadOfAsync(current, FeedPaths.Changes, ct);
        foreach (var file in edition.Files(draft, current, indexBefore, logBefore))
        {
            await feed.WriteAsync(file, draft.Number, ct);
        }

        await feed.WriteRecordAsync(draft.Number, NextEdition.LineageName, JsonSerializer.SerializeToUtf8Bytes(edition.Lineage, FeedJson.Plain.LineageDocument), ct);
        return await feed.ReleaseAsync(draft, current, catalogue.Hash, edition.YearsAfter(current, draft.Number), ct);
    }

    /// <summary>A file of a release; null when there is none.</summary>
    private async Task<byte[]?> ReadOfAsync(CurrentRelease? release, string name, CancellationToken ct) =>
        release is null ? null : (await feed.ReadAsync(Edition.FolderOf(release.Number) + name, ct))?.Content.ToArray();

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Lets the public pointers follow the current release: copies of its own files, so that any run can do it.</summary>
    private async Task<CurrentRelease> AnnounceAsync(CurrentRelease current, CancellationToken ct)
    {
        using var span = Telemetry.Start(Telemetry.Spans.Announce);
        span?.SetTag(Telemetry.Tags.Release, current.Number);
        foreach (var file in await new Announcement(catalogue, feed).MakeAsync(current, ct))
        {
            await feed.WriteAsync(file, current.Number, ct);
        }

        return await feed.MarkAnnouncedAsync(current, current.CatalogueHash, ct);
    }
}

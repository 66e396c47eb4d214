using System.Diagnostics;
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
/// Calculates the headlines of changed years and publishes a release if they differ. If nothing changed, a run makes one
/// storage call. A failed run leaves the last good feed, and the next run completes it.
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
        var queue = await feed.ReadPublishQueueAsync(ct);
        if (queue.Current is { IsAnnounced: false } interrupted)
        {
            queue = queue with { Current = await feed.CompleteAsync(await AnnounceAsync(interrupted, written: null, ct), queue with { Pending = [], Decisions = Decisions.Empty }, ct) };
        }

        var current = queue.Current;
        if (queue.Decisions.Hold is { } hold)
        {
            return (current, false, hold);
        }

        var isIdle = !queue.Years.Any();
        if (current is null ? isIdle : isIdle && current.CatalogueHash == catalogue.Hash)
        {
            return (current, false, null);
        }

        LinkToIngests(span, queue);
        var plan = await MakeAsync(queue, ct);
        await WriteYearsAsync(plan, ct);
        if (plan.Release is { } release)
        {
            current = await ReleaseAsync(release, plan.Before, current, ct);
        }
        else if (current is not null && current.CatalogueHash != catalogue.Hash)
        {
            await WriteLineageAsync(plan, current, ct);
            current = current with { CatalogueHash = catalogue.Hash };
        }

        return (await feed.CompleteAsync(current, queue, ct), plan.Release is not null, null);
    }

    private async Task<ReleasePlan> MakeAsync(PublishQueue queue, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Make);
        var plan = await builder.BuildAsync(queue, ct);
        span?.SetTag(PipelineTelemetry.Tags.Count, plan.Release?.Changes.Count ?? 0);
        return plan;
    }

    /// <summary>
    /// Writes the records of the examined years, with what the release will reveal. They come before any file: a draft is public even if
    /// it is never announced.
    /// </summary>
    private async Task WriteYearsAsync(ReleasePlan plan, CancellationToken ct)
    {
        foreach (var (year, before, after, etag) in plan.Years)
        {
            var content = after.ToJson();
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

    private async Task<CurrentRelease> ReleaseAsync(Release release, ReleaseRecord before, CurrentRelease? current, CancellationToken ct)
    {
        var (released, written) = await MakeReleaseAsync(release, before, current, ct);
        return await AnnounceAsync(released, written, ct);
    }

    private async Task<(CurrentRelease Released, IReadOnlyDictionary<string, byte[]> Written)> MakeReleaseAsync(
        Release release, ReleaseRecord before, CurrentRelease? current, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.MakeRelease);
        var (draft, record) = await ReserveAsync(release, before, current, ct);
        var files = release.CreateFiles(draft, record);
        foreach (var file in files)
        {
            await feed.WriteAsync(file, draft.Number, known: null, ct);
        }

        var released = await feed.MakeCurrentAsync(draft, current, catalogue.Hash, release.GetReleaseByYear(current, draft.Number), ct);
        return (released, files.ToDictionary(file => file.Path[FeedPaths.GetReleaseFolder(draft.Number).Length..], file => file.Content.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>
    /// Reserves the next number by creating the release's record. A draft that a crash left is used again if it is the same in every byte,
    /// so that its files are too. A draft with other content keeps its number.
    /// </summary>
    private async Task<(DraftRelease Draft, ReleaseRecord Record)> ReserveAsync(Release release, ReleaseRecord before, CurrentRelease? current, CancellationToken ct)
    {
        for (var number = (current?.Number ?? 0) + 1; ; number++)
        {
            var draft = new DraftRelease(number, release.ContentHash, WholeSecond(clock.GetUtcNow()));
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

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Updates the public pointers from the release's own files, so that any run can do it.</summary>
    /// <param name="written">The release's files if this run wrote them; null to read them.</param>
    /// <returns>The release with the pointers as they are now. Its row is not updated yet.</returns>
    private async Task<CurrentRelease> AnnounceAsync(CurrentRelease current, IReadOnlyDictionary<string, byte[]>? written, CancellationToken ct)
    {
        using var span = PipelineTelemetry.Start(PipelineTelemetry.Spans.Announce);
        span?.SetTag(PipelineTelemetry.Tags.Release, current.Number);
        var pointers = new Dictionary<string, WrittenFile>(current.Files, StringComparer.Ordinal);
        foreach (var file in await builder.BuildPointersAsync(current, written, ct))
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

        return current with { IsAnnounced = true, Files = pointers };
    }
}

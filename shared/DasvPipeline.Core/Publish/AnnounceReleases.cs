using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Keeps the public calendar up to date between releases: 12 months ahead, with a release that is late. The next release in
/// <c>index.json</c> is then never in the past.
/// </summary>
public sealed class AnnounceReleases(PartnershipCatalogue catalogue, IFeedStore feed, PublishOptions options, TimeProvider clock)
{
    /// <returns>The number of days that an announced release is late.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var today = clock.Today();
        if (await feed.ReadAsync(FeedPaths.Index, ct) is not { } file)
        {
            return 0;
        }

        var index = JsonSerializer.Deserialize(file.Content.Span, FeedJson.Indented.IndexDocument)!;
        if (options.IsContinuous(catalogue))
        {
            return CountDays(index.NextRelease ?? today, today);
        }

        var (current, now) = (await feed.ReadCurrentAsync(ct), clock.GetUtcNow());
        var next = NextRelease.Find(catalogue, current, now);
        foreach (var calendar in PointerUpdate.CreateCalendar(catalogue, options.Links, now, next is { IsLate: true } ? next.Announced : null))
        {
            await feed.WriteAsync(calendar, current?.Number ?? 0, known: null, ct);
        }

        if (current is not null && index.NextRelease < today)
        {
            var updated = index with { NextRelease = ReleaseSchedule.GetNextDate(catalogue, now) };
            await feed.WriteAsync(new PublicFile(FeedPaths.Index, JsonSerializer.SerializeToUtf8Bytes(updated, FeedJson.Indented.IndexDocument), FormatFile.JsonType, IsImmutable: false), current.Number, known: null, ct);
        }

        return next is { IsLate: true } late ? CountDays(UkTime.DateOf(late.Announced.At), today) : 0;
    }

    private static int CountDays(DateOnly announced, DateOnly today) => Math.Max(0, today.DayNumber - announced.DayNumber);
}

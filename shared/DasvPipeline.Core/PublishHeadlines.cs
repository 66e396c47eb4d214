using System.Text.Json;
using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Disclose;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <param name="Number">Of the release that is published now; 0 while there is none.</param>
/// <param name="IsNew">Whether this run made it.</param>
public sealed record PublishOutcome(int Number, bool IsNew);

/// <summary>
/// Recomputes the headlines of the years that changed and publishes a release when they differ. A run that finds nothing
/// changed makes two storage calls; a run that fails leaves the last good feed; a run that crashed is finished by the next.
/// </summary>
public sealed class PublishHeadlines(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    public async Task<PublishOutcome> RunAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await PublishAsync(ct);
            }
            catch (PublishConflictException)
            {
                // Another publish got there first: what there is to publish is now held against its release.
            }
        }
    }

    private async Task<PublishOutcome> PublishAsync(CancellationToken ct)
    {
        var pending = await feed.ReadPendingAsync(ct);
        var current = await feed.ReadCurrentAsync(ct);
        if (current is { Announced: false })
        {
            current = await AnnounceAsync(current, ct);
        }

        if (current is null ? pending.Count == 0 : pending.Count == 0 && current.CatalogueHash == catalogue.Hash)
        {
            return new PublishOutcome(current?.Number ?? 0, IsNew: false);
        }

        var lineage = current is null ? LineageDocument.Empty : await ReadLineageAsync(current.Number, ct);
        var documents = await MakeDocumentsAsync(pending, current, ct);
        if (documents.Count > 0 && Edition.Of(catalogue, lineage, documents, current is null) is { } edition)
        {
            current = await ReleaseAsync(edition, current, ct);
            await feed.ClearPendingAsync(pending, ct);
            return new PublishOutcome(current.Number, IsNew: true);
        }

        if (current is not null && current.CatalogueHash != catalogue.Hash)
        {
            await feed.MarkAnnouncedAsync(current, catalogue.Hash, ct);
        }

        await feed.ClearPendingAsync(pending, ct);
        return new PublishOutcome(current?.Number ?? 0, IsNew: false);
    }

    private async Task<CurrentRelease> ReleaseAsync(Edition edition, CurrentRelease? current, CancellationToken ct)
    {
        var draft = await feed.DraftAsync(current, edition.ContentHash, WholeSecond(clock.GetUtcNow()), ct);
        var indexBefore = await ReadOfAsync(current, FeedPaths.Index, ct);
        var logBefore = await ReadOfAsync(current, FeedPaths.Changes, ct);
        foreach (var file in edition.Files(draft, current, indexBefore, logBefore))
        {
            await feed.WriteAsync(file, draft.Number, ct);
        }

        await feed.WriteLineageAsync(draft.Number, JsonSerializer.SerializeToUtf8Bytes(edition.Lineage, FeedJson.Plain.LineageDocument), ct);
        var released = await feed.ReleaseAsync(draft, current, catalogue.Hash, edition.YearsAfter(current, draft.Number), ct);
        return await AnnounceAsync(released, ct);
    }

    /// <summary>A file of a release; null when there is none.</summary>
    private async Task<byte[]?> ReadOfAsync(CurrentRelease? release, string name, CancellationToken ct) =>
        release is null ? null : (await feed.ReadAsync(Edition.FolderOf(release.Number) + name, ct))?.Content.ToArray();

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Lets the public pointers follow the current release: copies of its own files, so that any run can do it.</summary>
    private async Task<CurrentRelease> AnnounceAsync(CurrentRelease current, CancellationToken ct)
    {
        var folder = Edition.FolderOf(current.Number);
        foreach (var (path, schema) in FeedSchema.All)
        {
            await feed.WriteAsync(new PublicFile(path, schema, FeedSchema.ContentType, IsImmutable: false), current.Number, ct);
        }

        foreach (var pointer in Edition.PointersOf(current))
        {
            var (content, _, contentType) = await feed.ReadAsync(folder + pointer, ct)
                ?? throw new InvalidOperationException($"Release {current.Number} has no file {pointer}.");
            await feed.WriteAsync(new PublicFile(pointer, content, contentType, IsImmutable: false), current.Number, ct);
        }

        return await feed.MarkAnnouncedAsync(current, current.CatalogueHash, ct);
    }

    /// <summary>The documents of every year that may have changed, and of the latest, which every release carries.</summary>
    private async Task<IReadOnlyList<YearDocument>> MakeDocumentsAsync(IReadOnlyList<Pending> pending, CurrentRelease? current, CancellationToken ct)
    {
        var known = pending.Select(item => item.Key.Period.Year).Concat(current?.Years.Keys ?? []).ToHashSet();
        var touched = current is null || current.CatalogueHash != catalogue.Hash
            ? known
            : [.. pending.SelectMany(item => new[] { item.Key.Period.Year, item.Key.Period.Year.NextYear }).Where(known.Contains), current.Years.Keys.Max()];
        var figures = new Dictionary<Period, YearFigures>();
        foreach (var year in touched.Concat(touched.Select(year => year.PreviousYear)).Distinct().Order())
        {
            figures.Add(year, await store.ReadYearAsync(catalogue, year, null, ct));
        }

        return
        [
            .. touched.Order()
                .Where(year => figures[year].Live.Count > 0 || current?.Years.ContainsKey(year) == true)
                .Select(year => YearDocument.Make(catalogue, figures[year], Publishable(figures[year]), Publishable(figures[year.PreviousYear]))),
        ];
    }

    private IReadOnlyList<HeadlineFigures> Publishable(YearFigures year) =>
        Disclosure.Apply(catalogue.Disclosure, HeadlineArithmetic.WorkOut(catalogue, year));

    private async Task<LineageDocument> ReadLineageAsync(int number, CancellationToken ct)
    {
        var content = await feed.ReadLineageAsync(number, ct) ?? throw new InvalidOperationException($"The lineage of release {number} is missing.");
        return JsonSerializer.Deserialize(content.Span, FeedJson.Plain.LineageDocument)!;
    }
}

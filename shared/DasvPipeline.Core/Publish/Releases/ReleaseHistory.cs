using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>
/// Divides the history of the feed into pages, so that its files stay small however long it becomes. <c>index.json</c> and <c>changes.atom</c> have
/// the newest releases. When they have 2 pages of them, the older page becomes a file that does not change any more, unless a release of it is taken down.
/// </summary>
internal static class ReleaseHistory
{
    /// <summary>The number of releases of a page.</summary>
    public const int PageSize = 10;

    /// <summary>Moves the oldest releases to pages, if there are enough.</summary>
    /// <param name="record">The record of a release, with the releases of the previous one.</param>
    public static ReleaseRecord Divide(ReleaseRecord record)
    {
        var (index, log) = (record.Index!, Encoding.UTF8.GetBytes(record.Changes!));
        var (kept, pages) = (index.Releases.Count, new List<HistoryPage>());
        for (; kept >= 2 * PageSize; kept -= PageSize)
        {
            pages.Add(new HistoryPage(
                record.HistoryPages + pages.Count + 1,
                [.. index.Releases.Skip(kept - PageSize).Take(PageSize)],
                Encoding.UTF8.GetString(ReleaseLog.Take(log, kept - PageSize, PageSize))));
        }

        var count = record.HistoryPages + pages.Count;
        return record with
        {
            Index = index with { Releases = [.. index.Releases.Take(kept)], Earlier = count > 0 ? FeedPaths.GetHistory(count) : null },
            Changes = pages.Count == 0 ? record.Changes : Encoding.UTF8.GetString(ReleaseLog.Take(log, 0, kept)),
            HistoryPages = count,
            NewPages = pages.Count == 0 ? null : pages,
        };
    }

    /// <summary>Creates the history in the folder of a release: that release only.</summary>
    public static IEnumerable<PublicFile> CreateOwnFiles(ReleaseRecord record, string folder, FeedLinks links)
    {
        var index = (record.Index! with { Releases = [record.Index.Releases[0]], Earlier = null }).ToFile(links, folder);
        var log = ReleaseLog.Place(ReleaseLog.Take(Encoding.UTF8.GetBytes(record.Changes!), 0, 1), links, folder + FeedPaths.Changes);
        return [new PublicFile(folder + index.Name, index.Content, index.ContentType, IsImmutable: true), new PublicFile(log.Name, log.Content, log.ContentType, IsImmutable: true)];
    }

    /// <summary>Creates the files of the feed's root: the pages that the release adds, the index and the log.</summary>
    public static IEnumerable<FormatFile> CreateFiles(ReleaseRecord record, FeedLinks links) =>
    [
        .. (record.NewPages ?? []).SelectMany(page => CreatePage(record.Index!, page, links)),
        record.Index!.ToFile(links, string.Empty),
        ReleaseLog.Place(Encoding.UTF8.GetBytes(record.Changes!), links, FeedPaths.Changes, record.HistoryPages),
    ];

    private static IEnumerable<FormatFile> CreatePage(IndexDocument index, HistoryPage page, FeedLinks links)
    {
        var (path, earlier) = (FeedPaths.GetHistory(page.Number), page.Number - 1);
        var document = new HistoryDocument(
            links.ToFile(path, FeedSchema.HistoryPath), index.Title, index.Publisher, page.Number, page.Releases, earlier > 0 ? FeedPaths.GetHistory(earlier) : null, links.ToRoot(path));
        return
        [
            new FormatFile(path, ToBytes(document), FormatFile.JsonType),
            ReleaseLog.Place(Encoding.UTF8.GetBytes(page.Log), links, FeedPaths.GetHistoryLog(page.Number), earlier, isArchive: true),
        ];
    }

    public static byte[] ToBytes(HistoryDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, FeedJson.Indented.HistoryDocument);

    public static IReadOnlyList<IndexReleaseElement> TakeDown(IReadOnlyList<IndexReleaseElement> releases, int number, TakenDownElement takenDown) =>
        [.. releases.Select(release => release.Number == number ? release with { TakenDown = takenDown } : release)];
}

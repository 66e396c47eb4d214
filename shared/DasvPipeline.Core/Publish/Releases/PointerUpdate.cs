using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The public pointer files of a release, and the files derived from them.</summary>
internal static class PointerUpdate
{
    /// <summary>Creates the files from those of the release.</summary>
    /// <param name="changed">The years that the release changed, each with its <c>headlines.json</c>.</param>
    /// <param name="record">The record of the release.</param>
    /// <param name="featured">The <c>headlines.json</c> of the featured year; null without one.</param>
    /// <returns>The files in the order in which to write them, <c>headlines.json</c> last.</returns>
    public static IReadOnlyList<PublicFile> Create(PartnershipCatalogue catalogue, FeedLinks links, DateTimeOffset published, IEnumerable<(Period Year, byte[] Headlines)> changed, ReleaseRecord record, byte[]? featured) =>
    [
        .. CreateCalendar(catalogue, links, published, late: null),
        new PublicFile(DataDictionary.FileName, DataDictionary.ToCsv(DataDictionary.Create(catalogue)), "text/csv; charset=utf-8; header=present", IsImmutable: false),
        .. Pointers(string.Empty, FeedSchema.CreateFiles(links)),
        .. changed.SelectMany(year => Pointers($"{year.Year}/", YearFiles.CreateAll(year.Headlines, links, $"{year.Year}/"))),
        .. Pointers(string.Empty,
        [
            .. ReleaseHistory.CreateFiles(record, links),
            .. featured is null ? [] : new[] { DatasetDescription.Create(record.Index!, YearFiles.Parse(featured), catalogue, links) },
            .. featured is null ? [] : YearFiles.CreateAll(featured, links, string.Empty).Reverse(),
        ]),
    ];

    /// <summary>Creates the files of the history only, when the feed has no ended year.</summary>
    public static IReadOnlyList<PublicFile> CreateHistory(ReleaseRecord record, FeedLinks links) => [.. Pointers(string.Empty, ReleaseHistory.CreateFiles(record, links))];

    /// <summary>Creates the files of the release calendar.</summary>
    /// <param name="late">A release whose time has passed, and that is not published; null if none is late.</param>
    public static IEnumerable<PublicFile> CreateCalendar(PartnershipCatalogue catalogue, FeedLinks links, DateTimeOffset now, AnnouncedRelease? late) =>
        Pointers(string.Empty, CalendarFiles.Create(catalogue, links, now, late));

    private static IEnumerable<PublicFile> Pointers(string folder, IEnumerable<FormatFile> files) =>
        files.Select(file => new PublicFile(folder + file.Name, file.Content, file.ContentType, IsImmutable: false) { ComparedContent = file.ComparedContent });
}

using System.Text.Json;
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
    /// <param name="featured">The <c>headlines.json</c> of the featured year; null without one.</param>
    /// <returns>The files in the order in which to write them, <c>headlines.json</c> last.</returns>
    public static IReadOnlyList<PublicFile> Create(PartnershipCatalogue catalogue, DateTimeOffset published, IEnumerable<(Period Year, byte[] Headlines)> changed, byte[] index, byte[] log, byte[]? featured) =>
    [
        .. CreateCalendar(catalogue, published, late: null),
        new PublicFile(DataDictionary.FileName, DataDictionary.ToCsv(DataDictionary.Create(catalogue)), "text/csv; charset=utf-8; header=present", IsImmutable: false),
        .. FeedSchema.All.Select(schema => new PublicFile(schema.Path, schema.Content, FeedSchema.ContentType, IsImmutable: false)),
        .. changed.SelectMany(year => Pointers($"{year.Year}/", YearFiles.CreateAll(year.Headlines))),
        .. Pointers(string.Empty,
        [
            new FormatFile(FeedPaths.Index, index, FormatFile.JsonType),
            new FormatFile(FeedPaths.Changes, log, ReleaseLog.ContentType),
            .. featured is null ? [] : new[] { DatasetDescription.Create(JsonSerializer.Deserialize(index, FeedJson.Indented.IndexDocument)!, YearFiles.Parse(featured), catalogue) },
            .. featured is null ? [] : YearFiles.CreateAll(featured).Reverse(),
        ]),
    ];

    /// <summary>Creates the files of the release calendar.</summary>
    /// <param name="late">A release whose time has passed, and that is not published; null if none is late.</param>
    public static IEnumerable<PublicFile> CreateCalendar(PartnershipCatalogue catalogue, DateTimeOffset now, AnnouncedRelease? late) =>
        Pointers(string.Empty, CalendarFiles.Create(catalogue, now, late));

    private static IEnumerable<PublicFile> Pointers(string folder, IEnumerable<FormatFile> files) =>
        files.Select(file => new PublicFile(folder + file.Name, file.Content, file.ContentType, IsImmutable: false) { ComparedContent = file.ComparedContent });
}

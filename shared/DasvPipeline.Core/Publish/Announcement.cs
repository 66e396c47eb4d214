using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Creates the public pointer files of a release and the files derived from them. It reads only the release's own files,
/// so that any run can repeat it.
/// </summary>
internal sealed class Announcement(PartnershipCatalogue catalogue, IFeedStore feed)
{
    /// <returns>The files in the order in which to write them, <c>headlines.json</c> last.</returns>
    public async Task<IReadOnlyList<PublicFile>> MakeAsync(CurrentRelease release, CancellationToken ct)
    {
        var files = new List<PublicFile>();
        files.AddRange(FeedSchema.All.Select(schema => new PublicFile(schema.Path, schema.Content, FeedSchema.ContentType, IsImmutable: false)));
        foreach (var year in release.Years.Where(year => year.Value == release.Number))
        {
            Add($"{year.Key}/", YearFiles.Of(await ReadAsync(release, $"{year.Key}/{FeedPaths.Headlines}", ct)));
        }

        var (index, log, latest) = (await ReadAsync(release, FeedPaths.Index, ct), await ReadAsync(release, FeedPaths.Changes, ct), await ReadAsync(release, FeedPaths.Headlines, ct));
        Add(string.Empty,
        [
            new FormatFile(FeedPaths.Index, index, FormatFile.JsonType),
            new FormatFile(FeedPaths.Changes, log, ReleaseLog.ContentType),
            DatasetDescription.Of(JsonSerializer.Deserialize(index, FeedJson.Plain.IndexDocument)!, YearFiles.Read(latest), catalogue.Publisher),
            .. YearFiles.Of(latest).Reverse(),
        ]);
        return files;

        void Add(string folder, IEnumerable<FormatFile> made) =>
            files.AddRange(made.Select(file => new PublicFile(folder + file.Name, file.Content, file.ContentType, IsImmutable: false)));
    }

    private async Task<byte[]> ReadAsync(CurrentRelease release, string name, CancellationToken ct) =>
        await feed.ReadAsync(Edition.FolderOf(release.Number) + name, ct) is { } file
            ? file.Content.ToArray()
            : throw new InvalidOperationException($"Release {release.Number} has no file {name}.");
}

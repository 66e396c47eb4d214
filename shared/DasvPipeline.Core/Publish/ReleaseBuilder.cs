using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Builds the release that would be published now, and the pointer files of a release. Writes nothing.</summary>
public sealed class ReleaseBuilder(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed)
{
    internal const string LineageName = "lineage.json";

    internal static string GetHistoryName(Period year) => $"known-{year}.json";

    /// <returns>Null if nothing differs from the published release.</returns>
    internal async Task<Release?> BuildAsync(PublishQueue outstanding, CurrentRelease? current, CancellationToken ct)
    {
        var lineage = await ReadLineageAsync(current, ct);
        var documents = await MakeDocumentsAsync(outstanding, current, lineage, ct);
        return documents.Count == 0 ? null : Release.CreateIfChanged(catalogue, lineage, documents, current is null);
    }

    /// <summary>Reads the figures to publish for a year: the live versions, or the versions that were signed off.</summary>
    internal Task<YearFigures> ReadYearAsync(Period year, Decisions decisions, CancellationToken ct) => decisions.GetYear(year)?.SignedOffVersions is { } approved
        ? store.ReadVersionsAsync(catalogue, year, approved, ct)
        : store.ReadYearAsync(catalogue, year, null, ct);

    internal async Task<DisclosedYear> DiscloseAsync(YearFigures year, CurrentRelease? current, CancellationToken ct) => DisclosureControl.Apply(
        catalogue.Disclosure,
        HeadlineCalculator.Calculate(catalogue, year),
        TableCalculator.Calculate(catalogue, year),
        await ReadKnowledgeAsync(year.Year, current, ct));

    /// <summary>Builds the documents of every year that may have changed, and of the latest year, which every release contains.</summary>
    private async Task<IReadOnlyList<YearDocument>> MakeDocumentsAsync(PublishQueue outstanding, CurrentRelease? current, LineageDocument lineage, CancellationToken ct)
    {
        var known = outstanding.Years.Concat(current?.Years.Keys ?? []).ToHashSet();
        var affected = current is null || current.CatalogueHash != catalogue.Hash
            ? known
            : [.. outstanding.Years.SelectMany(year => new[] { year, year.NextYear }).Where(known.Contains), current.Years.Keys.Max()];
        var (figures, disclosed) = (new Dictionary<Period, YearFigures>(), new Dictionary<Period, DisclosedYear>());
        foreach (var year in affected.Concat(affected.Select(year => year.PreviousYear)).Distinct().Order())
        {
            figures.Add(year, await ReadYearAsync(year, outstanding.Decisions, ct));
            disclosed.Add(year, await DiscloseAsync(figures[year], current, ct));
        }

        return
        [
            .. affected.Order()
                .Where(year => figures[year].LiveReturns.Count > 0 || current?.Years.ContainsKey(year) == true)
                .Select(year => YearDocument.Create(
                    catalogue, figures[year], disclosed[year], disclosed[year.PreviousYear].Headlines, outstanding.Decisions.GetYear(year), lineage.Years.GetValueOrDefault(year.ToString()))),
        ];
    }

    /// <summary>Reads a release's own files, and creates the public pointer files from them. Any run can repeat it.</summary>
    /// <returns>The files in the order in which to write them, <c>headlines.json</c> last.</returns>
    internal async Task<IReadOnlyList<PublicFile>> BuildPointersAsync(CurrentRelease release, CancellationToken ct)
    {
        var changed = new List<(Period Year, byte[] Headlines)>();
        foreach (var year in release.Years.Where(year => year.Value == release.Number).Select(year => year.Key))
        {
            changed.Add((year, await ReadOwnFileAsync(release, $"{year}/{FeedPaths.Headlines}", ct)));
        }

        return PointerUpdate.Create(
            catalogue.Publisher,
            changed,
            await ReadOwnFileAsync(release, FeedPaths.Index, ct),
            await ReadOwnFileAsync(release, FeedPaths.Changes, ct),
            await ReadOwnFileAsync(release, FeedPaths.Headlines, ct));
    }

    private async Task<byte[]> ReadOwnFileAsync(CurrentRelease release, string name, CancellationToken ct) =>
        await feed.ReadAsync(FeedPaths.GetReleaseFolder(release.Number) + name, ct) is { } file
            ? file.Content.ToArray()
            : throw new InvalidOperationException($"Release {release.Number} has no file {name}.");

    private async Task<LineageDocument> ReadLineageAsync(CurrentRelease? current, CancellationToken ct) => current is null
        ? LineageDocument.Empty
        : JsonSerializer.Deserialize((await ReadRecordAsync(current.Number, LineageName, ct)).Span, FeedJson.Indented.LineageDocument)!;

    private async Task<DisclosureHistory> ReadKnowledgeAsync(Period year, CurrentRelease? current, CancellationToken ct)
    {
        var known = current is not null && current.Years.TryGetValue(year, out var last)
            ? DisclosureHistory.Parse((await ReadRecordAsync(last, GetHistoryName(year), ct)).Span)
            : DisclosureHistory.Empty;
        for (var draft = (current?.Number ?? 0) + 1; await feed.ReadRecordAsync(draft, GetHistoryName(year), ct) is { } record; draft++)
        {
            known = known.Merge(DisclosureHistory.Parse(record.Span));
        }

        return known;
    }

    private async Task<ReadOnlyMemory<byte>> ReadRecordAsync(int number, string name, CancellationToken ct) =>
        await feed.ReadRecordAsync(number, name, ct) ?? throw new InvalidOperationException($"The record {name} of release {number} is missing.");
}

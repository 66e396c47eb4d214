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
public sealed class ReleaseBuilder(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <returns>The release, and the records of the years that it was made from.</returns>
    internal async Task<ReleasePlan> BuildAsync(PublishQueue queue, CancellationToken ct)
    {
        var current = queue.Current;
        var before = current is null ? ReleaseRecord.None : ReleaseRecord.Parse((await ReadRecordAsync(current.Number, ct)).Span);
        var lineage = before.Lineage.Years;
        var known = queue.Years.Concat(current?.Years.Keys ?? []).ToHashSet();
        var today = clock.Today();
        var changed = queue.Years.Concat(known.Where(year => HasOtherCatalogue(year) || IsInProgress(year))).ToHashSet();
        var (states, disclosed) = (new List<YearState>(), new Dictionary<Period, DisclosedYear>());
        foreach (var year in known.Where(year => changed.Contains(year) || changed.Contains(year.PreviousYear)).Order())
        {
            var state = await ReadYearAsync(year, queue, ct);
            states.Add(state);
            disclosed.Add(year, Disclose(state));
        }

        var documents = states.Where(state => state.Figures.LiveReturns.Count > 0 || current?.Years.ContainsKey(state.Year) == true).Select(CreateDocument).ToList();
        if (documents.Count == 0)
        {
            return new ReleasePlan(null, before, [.. states.Select(state => state.With(state.History))]);
        }

        var years = known.Where(year => lineage.ContainsKey(year.ToString())).ToDictionary(year => year, year => lineage[year.ToString()]);
        documents.ForEach(document => years[document.Year] = document.Lineage);
        var featuredYear = FeaturedYears.Choose(before.Featured, years, today);
        var featured = featuredYear is null ? null : documents.Find(document => document.Year.ToString() == featuredYear.Year) ?? await RestoreAsync(Period.Parse(featuredYear.Year));
        var release = Release.CreateIfChanged(catalogue, before, documents, featuredYear, featured, current is null);

        // Only what a release publishes becomes part of the disclosure history.
        var published = release?.Years.Select(year => year.Year).ToHashSet() ?? [];
        return new ReleasePlan(release, before, [.. states.Select(state => state.With(published.Contains(state.Year) ? disclosed[state.Year].DisclosureHistory : state.History))])
        {
            Examined = documents,
        };

        // The returns that are due, and with them the figures that are missing, change from day to day.
        bool IsInProgress(Period year) => year.End >= today || lineage.GetValueOrDefault(year.ToString())?.Stage == YearStage.InProgress;

        async Task<YearDocument> RestoreAsync(Period year) => YearDocument.Restore(
            before.Latest?.Period.Id == year.ToString() ? before.Latest : await ReadDocumentAsync(year, current!, ct), queue.Decisions.GetYear(year), lineage[year.ToString()]);

        bool HasOtherCatalogue(Period year) => current is not null && current.CatalogueHash != catalogue.Hash && lineage.GetValueOrDefault(year.ToString())?.CatalogueHash != catalogue.GetHash(year);

        YearDocument CreateDocument(YearState state) => YearDocument.Create(
            catalogue,
            state.Figures,
            disclosed[state.Year],
            disclosed.TryGetValue(state.Year.PreviousYear, out var previous) ? ComparableFigures.Create(previous.Headlines)
                : ComparableFigures.From(lineage.GetValueOrDefault(state.Year.PreviousYear.ToString())),
            queue.Decisions.GetYear(state.Year),
            lineage.GetValueOrDefault(state.Year.ToString()));
    }

    /// <summary>
    /// Reads the figures to publish for a year: the live versions, or the versions that were signed off. Reads the observations of
    /// those versions only that the year's record does not contain.
    /// </summary>
    internal async Task<YearState> ReadYearAsync(Period year, PublishQueue queue, CancellationToken ct)
    {
        var (record, etag) = await ReadYearRecordAsync(year, queue.Current, ct);
        var hash = catalogue.GetHash(year);
        var usable = record?.CatalogueHash == hash ? record : null;
        var versions = queue.Decisions.GetYear(year)?.SignedOffVersions
            ?? (usable is null || queue.Years.Contains(year) ? await store.ReadLiveVersionsAsync(year, ct) : usable.Versions);
        return new YearState(catalogue, await store.ReadVersionsAsync(catalogue, year, versions, (key, version) => usable?.Find(key, version), ct, clock.Today()), record, etag);
    }

    /// <summary>Reads the figures to publish for a year from their observations, with their notes and cells.</summary>
    internal async Task<YearFigures> ReadObservationsAsync(Period year, Decisions decisions, CancellationToken ct) => await store.ReadVersionsAsync(
        catalogue, year, decisions.GetYear(year)?.SignedOffVersions ?? await store.ReadLiveVersionsAsync(year, ct), recorded: null, ct, clock.Today());

    internal DisclosedYear Disclose(YearState state) => Disclose(state.Figures, state.History);

    internal async Task<DisclosedYear> DiscloseAsync(YearFigures year, CurrentRelease? current, CancellationToken ct) =>
        Disclose(year, (await ReadYearRecordAsync(year.Year, current, ct)).Record is { } record ? DisclosureHistory.From(record.History) : DisclosureHistory.Empty);

    /// <summary>Creates the public pointer files from a release's own files. Any run can repeat it.</summary>
    /// <param name="written">The release's files by their names in its folder, if this run wrote them; null to read them.</param>
    /// <returns>The files in the order in which to write them, <c>headlines.json</c> last.</returns>
    internal async Task<IReadOnlyList<PublicFile>> BuildPointersAsync(CurrentRelease release, IReadOnlyDictionary<string, byte[]>? written, CancellationToken ct)
    {
        var changed = new List<(Period Year, byte[] Headlines)>();
        foreach (var year in release.Years.Where(year => year.Value == release.Number).Select(year => year.Key))
        {
            changed.Add((year, await GetAsync($"{year}/{FeedPaths.Headlines}")));
        }

        var index = await GetAsync(FeedPaths.Index);
        var hasFeatured = JsonSerializer.Deserialize(index, FeedJson.Indented.IndexDocument)!.Latest is not null;
        return PointerUpdate.Create(catalogue.Publisher, changed, index, await GetAsync(FeedPaths.Changes), hasFeatured ? await GetAsync(FeedPaths.Headlines) : null);

        async Task<byte[]> GetAsync(string name) => written is not null ? written[name]
            : await feed.ReadAsync(FeedPaths.GetReleaseFolder(release.Number) + name, ct) is { } file ? file.Content.ToArray()
            : throw new InvalidOperationException($"Release {release.Number} has no file {name}.");
    }

    /// <summary>Reads the document of a year that is in the feed, without its release.</summary>
    private async Task<HeadlinesDocument> ReadDocumentAsync(Period year, CurrentRelease current, CancellationToken ct)
    {
        var path = $"{FeedPaths.GetReleaseFolder(current.Years[year])}{year}/{FeedPaths.Headlines}";
        var file = await feed.ReadAsync(path, ct) ?? throw new InvalidOperationException($"The feed has no file {path}.");
        return YearFiles.Parse(file.Content.ToArray()) with { Release = null };
    }

    private DisclosedYear Disclose(YearFigures year, DisclosureHistory history) => DisclosureControl.Apply(
        catalogue.Disclosure, HeadlineCalculator.Calculate(catalogue, year), TableCalculator.Calculate(catalogue, year), history);

    private async Task<(YearRecord? Record, string? ETag)> ReadYearRecordAsync(Period year, CurrentRelease? current, CancellationToken ct)
    {
        if (await feed.ReadYearRecordAsync(year, ct) is { } stored)
        {
            return (YearRecord.Parse(stored.Content.Span), stored.ETag);
        }

        // Without its history, the year could be published with too little suppression.
        return current?.Years.ContainsKey(year) == true ? throw new InvalidOperationException($"The record of {year} is missing.") : (null, null);
    }

    private async Task<ReadOnlyMemory<byte>> ReadRecordAsync(int number, CancellationToken ct) =>
        await feed.ReadRecordAsync(number, ct) ?? throw new InvalidOperationException($"The record of release {number} is missing.");
}

/// <summary>The figures of a year, with the record that they were read from.</summary>
/// <param name="Stored">Null for a year that was never examined.</param>
internal sealed record YearState(PartnershipCatalogue Catalogue, YearFigures Figures, YearRecord? Stored, string? ETag)
{
    public Period Year => Figures.Year;

    public DisclosureHistory History => Stored is null ? DisclosureHistory.Empty : DisclosureHistory.From(Stored.History);

    /// <summary>Creates the new record of the year.</summary>
    public YearChange With(DisclosureHistory history) => new(Year, Stored, YearRecord.Create(Catalogue, Figures, history), ETag);
}

/// <summary>The record of a year before and after a publish.</summary>
internal sealed record YearChange(Period Year, YearRecord? Before, YearRecord After, string? ETag);

/// <summary>What a publish will write.</summary>
/// <param name="Release">Null if nothing differs from the published release.</param>
/// <param name="Before">The record of the published release.</param>
internal sealed record ReleasePlan(Release? Release, ReleaseRecord Before, IReadOnlyList<YearChange> Years)
{
    /// <summary>The documents that were made, changed or not.</summary>
    public IReadOnlyList<YearDocument> Examined { get; init; } = [];
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Builds the release that would be published now, and the pointer files of a release. Writes nothing.</summary>
public sealed class ReleaseBuilder(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed)
{
    /// <returns>The release, and the records of the years that it was made from.</returns>
    internal async Task<ReleasePlan> BuildAsync(PublishQueue queue, CancellationToken ct)
    {
        var current = queue.Current;
        var before = current is null ? ReleaseRecord.None : ReleaseRecord.Parse((await ReadRecordAsync(current.Number, ct)).Span);
        var lineage = before.Lineage.Years;
        var known = queue.Years.Concat(current?.Years.Keys ?? []).ToHashSet();
        var changed = queue.Years.Concat(known.Where(HasOtherCatalogue)).ToHashSet();
        var (states, disclosed, records) = (new List<YearState>(), new Dictionary<Period, DisclosedYear>(), new YearRecordReader(feed, queue));
        foreach (var year in known.Where(year => changed.Contains(year) || changed.Contains(year.PreviousYear)).Order())
        {
            var state = await ReadYearAsync(year, queue, records, ct);
            state = state with { OtherYears = [.. state.OtherYears.Select(other => disclosed.TryGetValue(other.Year, out var made) ? states.Single(known => known.Year == other.Year).ToOtherYear(made.DisclosureHistory) : other)] };
            states.Add(state);
            disclosed.Add(year, Disclose(state));
        }

        var documents = states.Where(state => state.Figures.LiveReturns.Count > 0 || current?.Years.ContainsKey(state.Year) == true).Select(CreateDocument).ToList();
        if (documents.Count == 0)
        {
            return new ReleasePlan(null, before, [.. states.Select(state => state.With(state.History))]);
        }

        var latest = documents.Select(document => document.Year).Concat(current?.Years.Keys ?? []).Max();
        var release = Release.CreateIfChanged(
            catalogue,
            before.Lineage,
            documents,
            documents.Find(document => document.Year == latest) ?? YearDocument.Restore(before.Latest!, queue.Decisions.GetYear(latest), lineage[latest.ToString()]),
            current is null);

        // Only what a release publishes becomes part of the disclosure history, with what other years have published.
        var published = release?.Years.Select(year => year.Year).ToHashSet() ?? [];
        return new ReleasePlan(release, before, [.. states.Select(state => state.With(published.Contains(state.Year) ? disclosed[state.Year].DisclosureHistory : disclosed[state.Year].UnpublishedHistory))])
        {
            Examined = documents,
        };

        bool HasOtherCatalogue(Period year) => current is not null && current.CatalogueHash != catalogue.Hash && lineage.GetValueOrDefault(year.ToString())?.CatalogueHash != catalogue.GetHash(year);

        YearDocument CreateDocument(YearState state) => YearDocument.Create(
            catalogue,
            state.Figures,
            disclosed[state.Year],
            disclosed.TryGetValue(state.Year.PreviousYear, out var previous) ? YearDocument.GetComparable(previous.Headlines)
                : lineage.GetValueOrDefault(state.Year.PreviousYear.ToString())?.Comparable ?? [],
            queue.Decisions.GetYear(state.Year),
            lineage.GetValueOrDefault(state.Year.ToString()));
    }

    /// <summary>
    /// Reads the figures to publish for a year: the live versions, or the versions that were signed off. Reads the observations of
    /// those versions only that the year's record does not contain.
    /// </summary>
    internal Task<YearState> ReadYearAsync(Period year, PublishQueue queue, CancellationToken ct) => ReadYearAsync(year, queue, new YearRecordReader(feed, queue), ct);

    private async Task<YearState> ReadYearAsync(Period year, PublishQueue queue, YearRecordReader records, CancellationToken ct)
    {
        var (record, etag) = await records.ReadAsync(year, ct);
        var hash = catalogue.GetHash(year);
        var usable = record?.CatalogueHash == hash ? record : null;
        var versions = queue.Decisions.GetYear(year)?.SignedOffVersions
            ?? (usable is null || queue.Years.Contains(year) ? await store.ReadLiveVersionsAsync(year, ct) : usable.Versions);
        var figures = await store.ReadVersionsAsync(catalogue, year, versions, (key, version) => usable?.Find(key, version), ct);
        var isGrowthNew = !CumulativeGrowth.GetLiveCounts(catalogue, figures.GetObservations(CumulativeGrowth.GetMeasures(catalogue)))
            .ToHashSet().SetEquals(CumulativeGrowth.GetLiveCounts(catalogue, usable?.GetFigures() ?? []));
        return new YearState(catalogue, figures, record, etag) { OtherYears = await records.ReadOtherYearsAsync(catalogue, year, isGrowthNew, ct) };
    }

    /// <summary>Reads the figures to publish for a year from their observations, with their notes and cells.</summary>
    internal async Task<YearFigures> ReadObservationsAsync(Period year, Decisions decisions, CancellationToken ct) => await store.ReadVersionsAsync(
        catalogue, year, decisions.GetYear(year)?.SignedOffVersions ?? await store.ReadLiveVersionsAsync(year, ct), recorded: null, ct);

    internal DisclosedYear Disclose(YearState state) => DisclosureControl.Apply(catalogue, state.Figures, state.History, state.OtherYears);

    internal async Task<DisclosedYear> DiscloseAsync(YearFigures year, PublishQueue queue, CancellationToken ct)
    {
        var records = new YearRecordReader(feed, queue);
        var history = (await records.ReadAsync(year.Year, ct)).Record is { } record ? DisclosureHistory.From(record.History) : DisclosureHistory.Empty;
        return DisclosureControl.Apply(catalogue, year, history, await records.ReadOtherYearsAsync(catalogue, year.Year, isGrowthNew: true, ct));
    }

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

        return PointerUpdate.Create(catalogue.Publisher, changed, await GetAsync(FeedPaths.Index), await GetAsync(FeedPaths.Changes), await GetAsync(FeedPaths.Headlines));

        async Task<byte[]> GetAsync(string name) => written is not null ? written[name]
            : await feed.ReadAsync(FeedPaths.GetReleaseFolder(release.Number) + name, ct) is { } file ? file.Content.ToArray()
            : throw new InvalidOperationException($"Release {release.Number} has no file {name}.");
    }

    private async Task<ReadOnlyMemory<byte>> ReadRecordAsync(int number, CancellationToken ct) =>
        await feed.ReadRecordAsync(number, ct) ?? throw new InvalidOperationException($"The record of release {number} is missing.");
}

/// <summary>The figures of a year, with the record that they were read from.</summary>
/// <param name="Stored">Null for a year that was never examined.</param>
internal sealed record YearState(PartnershipCatalogue Catalogue, YearFigures Figures, YearRecord? Stored, string? ETag)
{
    public Period Year => Figures.Year;

    /// <summary>What the years before and after it contribute to its disclosure control.</summary>
    public IReadOnlyList<OtherYear> OtherYears { get; init; } = [];

    public DisclosureHistory History => Stored is null ? DisclosureHistory.Empty : DisclosureHistory.From(Stored.History);

    /// <summary>Returns what this year contributes to the disclosure control of others, after it is published.</summary>
    public OtherYear ToOtherYear(DisclosureHistory history) => OtherYear.Create(Catalogue, Year, Figures.GetObservations(LinkedChecks.GetUsedMeasures(Catalogue, Year)), history);

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

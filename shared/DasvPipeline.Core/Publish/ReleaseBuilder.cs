using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Report;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Builds the release that would be published now, and the pointer files of a release. Writes nothing but checkpoints.</summary>
public sealed class ReleaseBuilder(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <param name="occasion">Why the release is made.</param>
    /// <param name="keepsCheckpoints">
    /// True to keep the figures of each year that are read from observations, if there are several such years. A run that is stopped then
    /// continues with the next year (<see cref="IFeedStore.ReadCheckpointAsync"/>).
    /// </param>
    /// <returns>The release, and the records of the years that it was made from.</returns>
    internal async Task<ReleasePlan> BuildAsync(PublishQueue queue, ReleaseOccasion occasion, CancellationToken ct, bool keepsCheckpoints = false)
    {
        var current = queue.Current;
        var before = current is null ? ReleaseRecord.None : ReleaseRecord.Parse((await ReadRecordAsync(current.Number, ct)).Span);
        var lineage = before.Lineage.Years;
        var today = queue.AsOf ?? clock.Today();
        var years = new YearSelection(catalogue, queue, lineage, today);
        var (changes, documents, records) = (new List<YearChange>(), new List<YearDocument>(), new YearRecordReader(feed, queue));
        var disclosed = new List<(YearState State, DisclosedYear Disclosed)>();
        var others = new Dictionary<Period, OtherYear>();
        var examined = years.Examined.ToList();
        foreach (var year in examined)
        {
            var decision = queue.Decisions.GetYear(year);
            if (years.IsFrozen(year))
            {
                var (document, change) = await CreateFrozenAsync(year, decision!, lineage.GetValueOrDefault(year.ToString()), current, records, ct);
                documents.Add(document);
                if (change is not null)
                {
                    changes.Add(change);
                    others.Add(year, OtherYear.Create(catalogue, year, change.After.GetFigures(), DisclosureHistory.From(change.After.History)));
                }

                continue;
            }

            var state = await ReadYearAsync(year, queue, records, keepsCheckpoints && examined.Count > 1, ct);
            var near = years.Known.Where(other => other < year).DefaultIfEmpty(year).Max();
            var made = others.GetValueOrDefault(near);
            state = state with { OtherYears = [.. state.OtherYears.Where(other => other.Year != made?.Year).Select(other => others.GetValueOrDefault(other.Year) ?? other), .. made is null ? [] : new[] { made }] };
            var figures = Disclose(state);
            disclosed.Add((state, figures));
            others.Add(year, state.ToOtherYear(figures.DisclosureHistory));
            if (state.Figures.LiveReturns.Count > 0 || current?.Years.ContainsKey(year) == true)
            {
                documents.Add(YearDocument.Create(
                    catalogue, state.Figures, figures, ComparableFigures.From(FindLineage(year.PreviousYear)), decision, lineage.GetValueOrDefault(year.ToString())));
            }
        }

        var all = years.Known.Where(year => FindLineage(year) is not null).ToDictionary(year => year, year => FindLineage(year)!);
        var featuredYear = FeaturedYears.Choose(before.Featured, all, catalogue.Calendar.FeaturedYear, today);
        if (documents.Count == 0 && featuredYear?.Year == before.Index?.Latest)
        {
            return new ReleasePlan(null, before, [.. disclosed.Select(item => item.State.With(item.State.History))]);
        }

        var featured = featuredYear is null ? null : documents.Find(document => document.Year.ToString() == featuredYear.Year) ?? await RestoreAsync(Period.Parse(featuredYear.Year));
        var release = Release.CreateIfChanged(catalogue, before, documents, featuredYear, featured, occasion, current is null);

        // Only what a release publishes becomes part of the disclosure history, with what other years have published.
        var published = release?.Years.Select(year => year.Year).ToHashSet() ?? [];
        changes.AddRange(disclosed.Select(item => item.State.With(published.Contains(item.State.Year) ? item.Disclosed.DisclosureHistory : item.Disclosed.UnpublishedHistory)));
        return new ReleasePlan(release, before, changes)
        {
            Examined = documents,
        };

        LineageYear? FindLineage(Period year) => documents.Find(document => document.Year == year)?.Lineage ?? lineage.GetValueOrDefault(year.ToString());

        async Task<YearDocument> RestoreAsync(Period year) => YearDocument.Restore(
            before.Latest?.Period.Id == year.ToString() ? before.Latest : await ReadDocumentAsync(year, current!, ct), queue.Decisions.GetYear(year), lineage[year.ToString()]);
    }

    /// <summary>
    /// Creates the document of a year whose figures do not change: what was signed off, or, while the year is under review, what is published.
    /// </summary>
    private async Task<(YearDocument Document, YearChange? Change)> CreateFrozenAsync(Period year, YearDecision decision, LineageYear? published, CurrentRelease? current, YearRecordReader records, CancellationToken ct)
    {
        if (decision.IsUnderReview)
        {
            return (YearDocument.Freeze(await ReadWithReportAsync(year, current!, published!, ct), published!, decision), null);
        }

        var signed = SignedYear.Parse((await feed.ReadKeptAsync(decision.SignedContent!, ct)).Span);
        var (record, etag) = await records.ReadAsync(year, ct);
        var history = DisclosureHistory.From(signed.Record.History);
        return (
            YearDocument.Freeze(signed.Document, signed.Lineage, decision),
            new YearChange(year, record, signed.Record with { History = (record is null ? history : DisclosureHistory.From(record.History).Add(history)).ToDocument() }, etag));
    }

    /// <summary>Creates the document of one year as a release would publish it now. Null if the year has no figures.</summary>
    internal async Task<YearDocument?> CreateDocumentAsync(Period year, PublishQueue queue, CancellationToken ct)
    {
        var current = queue.Current;
        var lineage = current is null ? LineageDocument.Empty.Years : ReleaseRecord.Parse((await ReadRecordAsync(current.Number, ct)).Span).Lineage.Years;
        var published = lineage.GetValueOrDefault(year.ToString());
        var decision = queue.Decisions.GetYear(year);
        if (new YearSelection(catalogue, queue, lineage, queue.AsOf ?? clock.Today()).IsFrozen(year))
        {
            return (await CreateFrozenAsync(year, decision!, published, current, new YearRecordReader(feed, queue), ct)).Document;
        }

        var state = await ReadYearAsync(year, queue, ct);
        return state.Figures.LiveReturns.Count == 0 ? null
            : YearDocument.Create(catalogue, state.Figures, Disclose(state), ComparableFigures.From(lineage.GetValueOrDefault(year.PreviousYear.ToString())), decision, published);
    }

    /// <summary>Creates what a sign-off keeps: the year as it will be published.</summary>
    /// <param name="decision">The decision about to be made.</param>
    internal async Task<SignedYear> CreateSignedAsync(YearDecision decision, PublishQueue queue, CancellationToken ct)
    {
        var lineage = queue.Current is null ? LineageDocument.Empty.Years : ReleaseRecord.Parse((await ReadRecordAsync(queue.Current.Number, ct)).Span).Lineage.Years;
        var year = decision.Year;
        var signing = queue with { Decisions = queue.Decisions with { Years = new Dictionary<Period, YearDecision>(queue.Decisions.Years) { [year] = decision } } };
        var state = await ReadYearAsync(year, signing, ct);
        var disclosed = Disclose(state);
        var document = YearDocument.Create(
            catalogue, state.Figures, disclosed, ComparableFigures.From(lineage.GetValueOrDefault(year.PreviousYear.ToString())), decision, lineage.GetValueOrDefault(year.ToString()));
        return new SignedYear(document.Content, document.Lineage, state.With(disclosed.DisclosureHistory).After);
    }

    /// <summary>Returns the year as it is published; null if it is not.</summary>
    internal async Task<LineageYear?> FindPublishedAsync(Period year, CurrentRelease? current, CancellationToken ct) =>
        current is null ? null : ReleaseRecord.Parse((await ReadRecordAsync(current.Number, ct)).Span).Lineage.Years.GetValueOrDefault(year.ToString());

    /// <summary>
    /// Reads the figures to publish for a year: the live versions, or the versions that were signed off. Reads the observations of
    /// those versions only that the year's record does not contain.
    /// </summary>
    internal Task<YearState> ReadYearAsync(Period year, PublishQueue queue, CancellationToken ct) => ReadYearAsync(year, queue, new YearRecordReader(feed, queue), keepsCheckpoint: false, ct);

    private async Task<YearState> ReadYearAsync(Period year, PublishQueue queue, YearRecordReader records, bool keepsCheckpoint, CancellationToken ct)
    {
        var (record, etag) = await records.ReadAsync(year, ct);
        var hash = catalogue.GetHash(year);
        var usable = record?.CatalogueHash == hash ? record : null;
        var rows = usable is null || queue.Years.Contains(year) ? await store.ReadLedgerAsync(year, ct) : null;
        var versions = queue.Decisions.GetYear(year)?.SignedOffVersions
            ?? queue.ApprovedVersions.GetValueOrDefault(year)
            ?? rows?.GetLiveVersions()
            ?? usable!.Versions;
        keepsCheckpoint &= usable is null;
        var checkpoint = keepsCheckpoint ? await ReadCheckpointAsync(year, hash, ct) : null;
        var figures = await store.ReadVersionsAsync(catalogue, year, versions, (key, version) => (usable ?? checkpoint)?.Find(key, version), ct, queue.AsOf ?? clock.Today(), rows?.GetArrangements() ?? usable!.GetArrangements());
        if (keepsCheckpoint && !figures.LiveReturns.All(live => checkpoint?.Find(live.Key, live.Version) is not null))
        {
            await feed.WriteCheckpointAsync(year, YearRecord.Create(catalogue, figures, DisclosureHistory.Empty).ToJson(), ct);
        }

        var isGrowthNew = !CumulativeGrowth.GetLiveCounts(catalogue, figures.GetObservations(CumulativeGrowth.GetMeasures(catalogue)))
            .ToHashSet().SetEquals(CumulativeGrowth.GetLiveCounts(catalogue, usable?.GetFigures() ?? []));
        return new YearState(catalogue, figures, record, etag) { HasCheckpoint = keepsCheckpoint, OtherYears = await records.ReadOtherYearsAsync(catalogue, year, isGrowthNew, ct) };
    }

    /// <summary>Reads the figures that an earlier run kept, if it selected them with the same catalogue.</summary>
    private async Task<YearRecord?> ReadCheckpointAsync(Period year, string hash, CancellationToken ct) =>
        await feed.ReadCheckpointAsync(year, ct) is { } stored && YearRecord.Parse(stored.Span) is var checkpoint && checkpoint.CatalogueHash == hash ? checkpoint : null;

    /// <summary>Reads the figures to publish for a year from their observations, with their notes and cells.</summary>
    internal async Task<YearFigures> ReadObservationsAsync(Period year, Decisions decisions, CancellationToken ct)
    {
        var rows = await store.ReadLedgerAsync(year, ct);
        return await store.ReadVersionsAsync(catalogue, year, decisions.GetYear(year)?.SignedOffVersions ?? rows.GetLiveVersions(), recorded: null, ct, clock.Today(), rows.GetArrangements());
    }

    internal DisclosedYear Disclose(YearState state) => DisclosureControl.Apply(catalogue, state.Figures, state.History, state.OtherYears);

    internal async Task<DisclosedYear> DiscloseAsync(YearFigures year, PublishQueue queue, CancellationToken ct)
    {
        var records = new YearRecordReader(feed, queue);
        var history = (await records.ReadAsync(year.Year, ct)).Record is { } record ? DisclosureHistory.From(record.History) : DisclosureHistory.Empty;
        return DisclosureControl.Apply(catalogue, year, history, await records.ReadOtherYearsAsync(catalogue, year.Year, isGrowthNew: true, ct));
    }

    /// <summary>Creates the public pointer files from a release's own files. Any run can repeat it.</summary>
    /// <param name="written">The release's record and its files by their names in its folder, if this run wrote them; null to read them.</param>
    /// <returns>The files in the order in which to write them, <c>headlines.json</c> last.</returns>
    internal async Task<IReadOnlyList<PublicFile>> BuildPointersAsync(CurrentRelease release, WrittenRelease? written, FeedLinks links, CancellationToken ct)
    {
        var changed = new List<(Period Year, byte[] Headlines)>();
        foreach (var year in release.Years.Where(year => year.Value == release.Number).Select(year => year.Key))
        {
            changed.Add((year, await GetAsync($"{year}/{FeedPaths.Headlines}")));
        }

        var record = written?.Record ?? ReleaseRecord.Parse((await ReadRecordAsync(release.Number, ct)).Span);
        return PointerUpdate.Create(catalogue, links, release.Published, changed, record, record.Index!.Latest is null ? null : await GetAsync(FeedPaths.Headlines));

        async Task<byte[]> GetAsync(string name) => written is not null ? written.Files[name]
            : await feed.ReadAsync(FeedPaths.GetReleaseFolder(release.Number) + name, ct) is { } file ? file.Content.ToArray()
            : throw new InvalidOperationException($"Release {release.Number} has no file {name}.");
    }

    /// <summary>Reads the document of a year that is in the feed, without its release.</summary>
    private async Task<HeadlinesDocument> ReadDocumentAsync(Period year, CurrentRelease current, CancellationToken ct)
    {
        var path = $"{FeedPaths.GetReleaseFolder(current.Years[year])}{year}/{FeedPaths.Headlines}";
        var file = await feed.ReadAsync(path, ct) ?? throw new InvalidOperationException($"The feed has no file {path}.");
        return YearFiles.Parse(file.Content.ToArray()).Unplace();
    }

    /// <summary>Reads the document of a year that is in the feed, with its annual report if it has one.</summary>
    private async Task<HeadlinesDocument> ReadWithReportAsync(Period year, CurrentRelease current, LineageYear published, CancellationToken ct)
    {
        var document = await ReadDocumentAsync(year, current, ct);
        var path = $"{FeedPaths.GetReleaseFolder(current.Years[year])}{year}/{ReportFiles.Json}";
        return published.Report is null ? document
            : await feed.ReadAsync(path, ct) is { } file ? document with { Report = ReportFiles.Parse(file.Content.Span) }
            : throw new InvalidOperationException($"The feed has no file {path}.");
    }

    private async Task<ReadOnlyMemory<byte>> ReadRecordAsync(int number, CancellationToken ct) =>
        await feed.ReadRecordAsync(number, ct) ?? throw new InvalidOperationException($"The record of release {number} is missing.");
}

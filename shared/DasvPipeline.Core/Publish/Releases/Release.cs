using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Report;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>
/// A release before it is written: the years it changes, the reasons, and its files. Files are written under
/// <c>releases/{n}/</c> first; the pointers are copies of them.
/// </summary>
internal sealed class Release
{
    private readonly PartnershipCatalogue _catalogue;
    private readonly LineageDocument _before;
    private readonly IReadOnlyList<YearDocument> _changed;
    private readonly FeaturedYear? _featuredYear;
    private readonly YearDocument? _featured;
    private readonly bool _isFirst;

    private Release(PartnershipCatalogue catalogue, LineageDocument before, IReadOnlyList<YearDocument> changed, FeaturedYear? featuredYear, YearDocument? featured, ReleaseOccasion occasion, bool isFirst)
    {
        (_catalogue, _before, _changed, _featuredYear, _featured, Occasion, _isFirst) = (catalogue, before, changed, featuredYear, featured, occasion, isFirst);
        Lineage = new LineageDocument(new SortedDictionary<string, LineageYear>(before.Years, StringComparer.Ordinal));
        foreach (var year in changed)
        {
            Lineage.Years[year.Year.ToString()] = year.Lineage;
        }
    }

    public LineageDocument Lineage { get; }

    /// <summary>Why the release is made at this time.</summary>
    public ReleaseOccasion Occasion { get; }

    /// <summary>The years that this release changes.</summary>
    public IReadOnlyList<YearDocument> Years => _changed;

    /// <summary>The year at the feed's root after this release; null without one.</summary>
    public string? FeaturedYear => _featuredYear?.Year;

    /// <summary>Every published headline that differs from the previous release; empty for the first release.</summary>
    public IReadOnlyList<ChangeElement> Changes => [.. _changed.SelectMany(ChangesOf)];

    /// <summary>The hash of all years together: two releases with the same hash have the same content.</summary>
    public string ContentHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Lineage.Years.Select(year => $"{year.Key} {year.Value.Hash}").Append(_featuredYear?.Year ?? "none")))));

    /// <param name="featured">The document of the featured year, also if it has not changed. Null without one.</param>
    /// <param name="earlier">The record of the previous release.</param>
    /// <returns>Null if nothing differs from the published release.</returns>
    public static Release? CreateIfChanged(
        PartnershipCatalogue catalogue, ReleaseRecord earlier, IReadOnlyList<YearDocument> years, FeaturedYear? featuredYear, YearDocument? featured, ReleaseOccasion occasion, bool isFirst)
    {
        var changed = years.Where(year => earlier.Lineage.Years.GetValueOrDefault(year.Year.ToString())?.Hash != year.Lineage.Hash).OrderBy(year => year.Year).ToList();
        return changed.Count == 0 && earlier.Index?.Latest == featuredYear?.Year ? null : new Release(catalogue, earlier.Lineage, changed, featuredYear, featured, occasion, isFirst);
    }

    /// <summary>Creates the private record of the release.</summary>
    /// <param name="earlier">The record of the previous release.</param>
    public ReleaseRecord CreateRecord(DraftRelease draft, CurrentRelease? current, ReleaseRecord earlier) => ReleaseHistory.Divide(
        new(
            ContentHash,
            draft.Published,
            Lineage,
            CreateIndex(draft, current, earlier.Index),
            Encoding.UTF8.GetString(ReleaseLog.Append(earlier.Changes is { } log ? Encoding.UTF8.GetBytes(log) : null, CreateEntry(draft)).Content),
            _featured is null ? null : _featured.Content with { Report = null },
            _featuredYear)
        {
            CatalogueVersion = _catalogue.Number > 0 ? _catalogue.Number : null,
            HistoryPages = earlier.HistoryPages,
        });

    /// <summary>Creates the immutable files of the release. Their history has this release only.</summary>
    public IReadOnlyList<PublicFile> CreateFiles(DraftRelease draft, ReleaseRecord record, FeedLinks links)
    {
        var release = CreateElement(draft);
        var folder = FeedPaths.GetReleaseFolder(draft.Number);
        return
        [
            .. Years.Select(year => Headlines(year, $"{folder}{year.Year}/{FeedPaths.Headlines}")),
            .. Years.SelectMany(year => year.CreateReportFiles(links, $"{folder}{year.Year}/").Select(file => new PublicFile($"{folder}{year.Year}/{file.Name}", file.Content, file.ContentType, IsImmutable: true))),
            .. _featured is null ? [] : new[] { Headlines(_featured, folder + FeedPaths.Headlines) },
            .. ReleaseHistory.CreateOwnFiles(record, folder, links),
        ];

        PublicFile Headlines(YearDocument year, string path) => new(path, year.ToBytes(release, links, path), FormatFile.JsonType, IsImmutable: true);
    }

    /// <summary>Returns, for each year, the number of the release that last changed it.</summary>
    public IReadOnlyDictionary<Period, int> GetReleaseByYear(CurrentRelease? current, int number)
    {
        var years = new Dictionary<Period, int>(current?.Years ?? new Dictionary<Period, int>());
        foreach (var year in Years)
        {
            years[year.Year] = number;
        }

        return years;
    }

    /// <summary>Describes the release for a file of any year. The status of the year is added to it.</summary>
    private ReleaseElement CreateElement(DraftRelease draft) => new(
        draft.Number,
        string.Empty,
        draft.Published.UtcDateTime,
        Changes,
        Years: [.. _changed.Select(year => DescribeYear(year, draft.Number))],
        Scheduled: Occasion.Scheduled?.UtcDateTime,
        Note: Occasion.Note,
        Unscheduled: Occasion.UnscheduledReason);

    private ReleaseYearElement DescribeYear(YearDocument year, int number) => new(
        year.Year.ToString(),
        year.Content.Period.Label,
        year.Lineage.Status,
        year.Lineage.Stage!,
        _before.Years.GetValueOrDefault(year.Year.ToString()) is { } before ? before.Stage ?? before.Status : null,
        year.Reason,
        $"{FeedPaths.GetReleaseFolder(number)}{year.Year}/{FeedPaths.Headlines}",
        [.. ChangesOf(year)]);

    /// <summary>Returns the path that represents the whole release: its featured year, or its first one.</summary>
    private string GetPath(int number) => FeedPaths.GetReleaseFolder(number) + (_featured is null ? $"{_changed[0].Year}/" : string.Empty) + FeedPaths.Headlines;

    private LogEntry CreateEntry(DraftRelease draft) => new(
        _catalogue.Publisher,
        CreateElement(draft),
        GetPath(draft.Number),
        Years.Concat(_featured is null ? [] : [_featured]).SelectMany(year => year.Content.Headlines).DistinctBy(headline => headline.Id).ToDictionary(headline => headline.Id, headline => (headline.Title, (string?)headline.Unit), StringComparer.Ordinal),
        _isFirst);

    private IndexDocument CreateIndex(DraftRelease draft, CurrentRelease? current, IndexDocument? earlier)
    {
        return new IndexDocument(
            FeedSchema.IndexPath,
            _catalogue.Publisher.Title,
            _catalogue.Publisher.Name,
            _catalogue.Publisher.Licence,
            _featuredYear?.Year,
            ReleaseSchedule.GetNextDate(_catalogue, draft.Published),
            FeedPaths.Schema,
            [.. GetReleaseByYear(current, draft.Number).OrderByDescending(year => year.Key)
                .Select(year => year.Value == draft.Number
                    ? DescribeInIndex(_changed.Single(document => document.Year == year.Key), year.Value)
                    : earlier!.Years.Single(known => known.Id == year.Key.ToString()))],
            [
                new IndexReleaseElement(
                    draft.Number, draft.Published.UtcDateTime, (_featured ?? _changed[0]).Lineage.Status, GetPath(draft.Number),
                    Years: [.. _changed.Select(year => DescribeYear(year, draft.Number)).Select(year => new IndexReleaseYearElement(year.Id, year.Status, year.Stage, year.Path))]),
                .. earlier?.Releases ?? [],
            ],
            new IndexAboutElement(
                _catalogue.About.Status,
                _catalogue.Help.ContactAddress is { } address ? $"{_catalogue.Help.Contact}, {address}" : _catalogue.Help.Contact,
                FeedLinks.Relative.ToAboutPage(FeedPaths.Index),
                DataDictionary.FileName,
                CalendarFiles.Name))
        {
            FirstPublished = earlier is null ? draft.Published.UtcDateTime : earlier.FirstPublished ?? earlier.Releases[^1].Published,
        };

        static IndexYearElement DescribeInIndex(YearDocument year, int number) => new(
            year.Year.ToString(),
            year.Content.Period.Label,
            $"{year.Year}/{FeedPaths.Headlines}",
            number,
            [.. YearFiles.Formats.Select(format => new IndexFileElement(format.Name, $"{year.Year}/{format.Name}", format.MediaType)),
                .. year.Content.Report is null ? [] : ReportFiles.Formats.Select(format => new IndexFileElement(format.Name, $"{FeedPaths.GetReleaseFolder(number)}{year.Year}/{format.Name}", format.MediaType))],
            year.Lineage.Status,
            year.Lineage.Stage);
    }

    private IEnumerable<ChangeElement> ChangesOf(YearDocument year)
    {
        if (_isFirst)
        {
            yield break;
        }

        var before = _before.Years.GetValueOrDefault(year.Year.ToString());
        var reasons = new ChangeReasons(_catalogue, year, before);
        foreach (var (headline, to) in year.Lineage.Values)
        {
            decimal? from = before is not null && before.Values.TryGetValue(headline, out var value) ? value : null;
            if (from != to)
            {
                yield return new ChangeElement(headline, year.Year.ToString(), from, to, reasons.Describe(headline, from, to));
            }
        }
    }
}

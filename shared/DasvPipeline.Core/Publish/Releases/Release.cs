using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;

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
    private readonly YearDocument _latest;

    private Release(PartnershipCatalogue catalogue, LineageDocument before, IReadOnlyList<YearDocument> changed, YearDocument latest, bool isFirst)
    {
        (_catalogue, _before, _changed, _latest, IsFirst) = (catalogue, before, changed, latest, isFirst);
        Lineage = new LineageDocument(new SortedDictionary<string, LineageYear>(before.Years, StringComparer.Ordinal));
        foreach (var year in changed)
        {
            Lineage.Years[year.Year.ToString()] = year.Lineage;
        }
    }

    private bool IsFirst { get; }

    public LineageDocument Lineage { get; }

    /// <summary>The years that this release changes.</summary>
    public IReadOnlyList<YearDocument> Years => _changed;

    /// <summary>Every published headline that differs from the previous release; empty for the first release.</summary>
    public IReadOnlyList<ChangeElement> Changes => IsFirst ? [] : [.. _changed.SelectMany(ChangesOf)];

    /// <summary>The hash of all years together: two releases with the same hash have the same content.</summary>
    public string ContentHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Lineage.Years.Select(year => $"{year.Key} {year.Value.Hash}")))));

    /// <param name="latest">The document of the latest year, also if it has not changed.</param>
    /// <returns>Null if nothing differs from the published release.</returns>
    public static Release? CreateIfChanged(PartnershipCatalogue catalogue, LineageDocument before, IReadOnlyList<YearDocument> years, YearDocument latest, bool isFirst)
    {
        var changed = years.Where(year => before.Years.GetValueOrDefault(year.Year.ToString())?.Hash != year.Lineage.Hash).OrderBy(year => year.Year).ToList();
        return changed.Count == 0 ? null : new Release(catalogue, before, changed, latest, isFirst);
    }

    /// <summary>Creates the private record of the release.</summary>
    /// <param name="earlier">The record of the previous release.</param>
    public ReleaseRecord CreateRecord(DraftRelease draft, CurrentRelease? current, ReleaseRecord earlier) => new(
        ContentHash,
        draft.Published,
        Lineage,
        CreateIndex(draft, current, earlier.Index),
        Encoding.UTF8.GetString(ReleaseLog.Append(earlier.Changes is { } log ? Encoding.UTF8.GetBytes(log) : null, YearFiles.Parse(_latest.ToBytes(draft.Number, draft.Published, Changes))).Content),
        _latest.Content)
    {
        CatalogueVersion = _catalogue.Number > 0 ? _catalogue.Number : null,
    };

    /// <summary>Creates the immutable files of the release.</summary>
    public IReadOnlyList<PublicFile> CreateFiles(DraftRelease draft, ReleaseRecord record)
    {
        var changes = Changes;
        var folder = FeedPaths.GetReleaseFolder(draft.Number);
        return
        [
            .. Years.Select(year => CreateFile($"{folder}{year.Year}/", Headlines(year))),
            CreateFile(folder, Headlines(_latest)),
            CreateFile(folder, new FormatFile(FeedPaths.Index, JsonSerializer.SerializeToUtf8Bytes(record.Index!, FeedJson.Indented.IndexDocument), FormatFile.JsonType)),
            CreateFile(folder, new FormatFile(FeedPaths.Changes, Encoding.UTF8.GetBytes(record.Changes!), ReleaseLog.ContentType)),
        ];

        FormatFile Headlines(YearDocument year) => new(FeedPaths.Headlines, year.ToBytes(draft.Number, draft.Published, changes), FormatFile.JsonType);
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

    private static PublicFile CreateFile(string folder, FormatFile file) => new(folder + file.Name, file.Content, file.ContentType, IsImmutable: true);

    private IndexDocument CreateIndex(DraftRelease draft, CurrentRelease? current, IndexDocument? earlier)
    {
        return new IndexDocument(
            FeedSchema.IndexPath,
            _catalogue.Publisher.Title,
            _catalogue.Publisher.Name,
            _catalogue.Publisher.Licence,
            _latest.Year.ToString(),
            ReleaseSchedule.GetNextDate(_catalogue, draft.Published),
            FeedPaths.Schema,
            [.. GetReleaseByYear(current, draft.Number).OrderByDescending(year => year.Key)
                .Select(year => year.Value == draft.Number
                    ? new IndexYearElement(year.Key.ToString(), year.Key.Label, $"{year.Key}/{FeedPaths.Headlines}", year.Value, FilesOf(year.Key))
                    : earlier!.Years.Single(known => known.Id == year.Key.ToString()))],
            [new IndexReleaseElement(draft.Number, draft.Published.UtcDateTime, _latest.Lineage.Status, FeedPaths.GetReleaseFolder(draft.Number) + FeedPaths.Headlines), .. earlier?.Releases ?? []]);

        static IReadOnlyList<IndexFileElement> FilesOf(Period year) => [.. YearFiles.Formats.Select(format => new IndexFileElement(format.Name, $"{year}/{format.Name}", format.MediaType))];
    }

    private IEnumerable<ChangeElement> ChangesOf(YearDocument year)
    {
        var before = _before.Years.GetValueOrDefault(year.Year.ToString());
        foreach (var (headline, to) in year.Lineage.Values)
        {
            decimal? from = before is not null && before.Values.TryGetValue(headline, out var value) ? value : null;
            if (from != to)
            {
                yield return new ChangeElement(headline, year.Year.ToString(), from, to, Reason(year, before, headline));
            }
        }
    }

    /// <summary>Says which agencies sent, corrected or withdrew returns behind a headline since the previous release.</summary>
    private string Reason(YearDocument year, LineageYear? before, string headline)
    {
        var reasons = new List<string>();
        foreach (var (key, agency, name) in KeysOf(year, before, headline))
        {
            var earlierVersion = before is not null && before.Returns.TryGetValue(key.ToString(), out var then) ? then : (int?)null;
            var laterVersion = year.Lineage.Returns.TryGetValue(key.ToString(), out var now) ? now : (int?)null;
            if (earlierVersion != laterVersion)
            {
                reasons.Add(
                    laterVersion is null ? _catalogue.FindForm(key) is null ? $"{agency} does not report {name} any more." : $"{agency} withdrew {name}."
                    : earlierVersion is null ? $"{agency} sent {name}."
                    : FormattableString.Invariant($"{agency} corrected {name} (version {laterVersion})."));
            }
        }

        if (reasons.Count == 0)
        {
            var known = _before.Years.GetValueOrDefault(year.Year.ToString());
            reasons.Add(
                known is not null && known.CatalogueHash != year.Lineage.CatalogueHash
                    ? "We changed what we collect, or how this figure is worked out or protected." + (_catalogue.Reason is { } why ? $" {why}" : string.Empty)
                : known is not null && known.Returns.Keys.SequenceEqual(year.Lineage.Returns.Keys) && known.Returns.Values.SequenceEqual(year.Lineage.Returns.Values)
                    ? "We changed how this figure is worked out or protected."
                    : "Other figures changed. This one is now shown, or hidden so that nobody can be recognised.");
        }

        return string.Join(' ', year.Reason is { } given ? [.. reasons, given] : reasons);
    }

    /// <summary>Lists the returns behind a headline that had figures in the previous release, or have them now.</summary>
    private IEnumerable<(ReturnKey Key, string Agency, string Name)> KeysOf(YearDocument year, LineageYear? before, string headline)
    {
        var measures = _catalogue.Headlines.Where(item => item.Id.Value == headline).SelectMany(item => item.Measures).ToHashSet();
        var returns = _catalogue.Forms.Where(form => form.Cells.Any(cell => measures.Contains(cell.Measure.Id))).Select(form => form.Return).ToHashSet();
        foreach (var key in year.Lineage.Returns.Keys.Union(before?.Returns.Keys ?? Enumerable.Empty<string>()).Select(ReturnKey.Parse)
            .Where(key => returns.Contains(key.Return)).OrderBy(key => key.Return.ToString(), StringComparer.Ordinal).ThenBy(key => key.Period))
        {
            yield return (key, _catalogue.GetAgencyName(key.Return.Agency, key.Period), $"\"{_catalogue.FindFormOrNewest(key)!.Title}\" for {key.Period.Label}");
        }
    }
}

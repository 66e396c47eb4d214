using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Removes a published release in which somebody can be recognised. Its number stays in the history, marked with the date and reason. A
/// year that the release shows now has no figures until the next release, and publishing is on hold until the manager releases it. An
/// interrupted run can be repeated.
/// </summary>
public sealed class TakeDownRelease(PartnershipCatalogue catalogue, IFeedStore feed, IBlobCopies copies, TimeProvider clock)
{
    /// <param name="reason">The reason, which is published.</param>
    /// <param name="publishesNumbers">True if the person has confirmed that the small numbers of the reason can be published.</param>
    public async Task<Outcome> RunAsync(int number, string? reason, bool publishesNumbers, Person by, CancellationToken ct)
    {
        if (FreeText.CheckPublic(reason, "Say why you take the release down. The reason is published.", publishesNumbers, catalogue.Disclosure, out var text) is { } problem)
        {
            return problem;
        }

        var queue = await feed.ReadPublishQueueAsync(ct);
        if (queue.Current is not { } current || await ReadIndexAsync(current.Number, ct) is not { } index
            || index.Releases.FirstOrDefault(release => release.Number == number) is not { } entry)
        {
            return Outcome.NotFound(FormattableString.Invariant($"There is no release {number}."));
        }

        if (!current.IsAnnounced)
        {
            return Outcome.Refused("A publish did not finish. Publish first, and then take the release down.");
        }

        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var shown = current.Years.Where(year => year.Value == number).Select(year => year.Key).ToList();
        if (shown.Count > 0 && queue.Decisions.Hold is null)
        {
            await feed.WriteHoldAsync(new Hold(by.Name, now, FormattableString.Invariant($"Release {number} was taken down.")), ct);
        }

        await feed.AuditTakeDownAsync(number, by, now, text, ct);
        var years = await ListYearsAsync(number, ct);
        await RemoveFilesAsync(number, current, shown, index, ct);
        var takenDown = entry.TakenDown ?? new TakenDownElement(now.UtcDateTime, text);
        if (!await TryMarkAsync(number, takenDown, queue, current, shown, ct))
        {
            return Outcome.Refused("A publish finished at the same time. Take the release down again.");
        }

        return Outcome.Done(string.Join(' ', await DescribeAsync(number, shown, years, index, ct)));
    }

    /// <summary>Removes the figures first. The history of the current release stays, because the next release continues it.</summary>
    private async Task RemoveFilesAsync(int number, CurrentRelease current, List<Period> shown, IndexDocument index, CancellationToken ct)
    {
        var folder = FeedPaths.GetReleaseFolder(number);
        string[] kept = number == current.Number ? [folder + FeedPaths.Index, folder + FeedPaths.Changes] : [];
        await RemoveAsync(folder, name => !kept.Contains(name), ct);
        foreach (var year in shown)
        {
            await RemoveAsync($"{year}/", _ => true, ct);
        }

        if (index.Latest is { } featured && shown.Contains(Period.Parse(featured)))
        {
            foreach (var name in YearFiles.Formats.Select(format => format.Name).Append(DatasetDescription.Name))
            {
                await RemoveAsync(name, found => found == name, ct);
            }
        }
    }

    private Task<CopiesLeft> RemoveAsync(string prefix, Func<string, bool> isIncluded, CancellationToken ct) =>
        CopyRemover.RemoveAsync(copies, () => copies.ListPublicAsync(prefix, ct).Where(copy => copy.IsCurrent), copy => isIncluded(copy.Name), ct);

    /// <summary>Marks the release in the history of every release since then, and at the root of the feed.</summary>
    /// <returns>False if a publish has made another release in the meantime.</returns>
    private async Task<bool> TryMarkAsync(int number, TakenDownElement takenDown, PublishQueue queue, CurrentRelease current, List<Period> shown, CancellationToken ct)
    {
        var isMarked = true;
        for (var later = number; later <= current.Number; later++)
        {
            var folder = FeedPaths.GetReleaseFolder(later);
            if (await ReadIndexAsync(later, ct) is not { } index || await feed.ReadAsync(folder + FeedPaths.Changes, ct) is not { } log)
            {
                // A number without a release, or a release that was taken down.
                continue;
            }

            var marked = index with
            {
                Years = later == current.Number ? [.. index.Years.Where(year => !shown.Contains(Period.Parse(year.Id)))] : index.Years,
                Releases = [.. index.Releases.Select(release => release.Number == number ? release with { TakenDown = takenDown } : release)],
            };
            marked = later == current.Number ? marked with { Latest = GetFeatured(marked)?.Id } : marked;
            await feed.OverwriteAsync(new PublicFile(folder + FeedPaths.Index, ToBytes(marked), FormatFile.JsonType, IsImmutable: true), later, ct);
            var changes = ReleaseLog.TakeDown(log.Content.ToArray(), number, takenDown);
            await feed.OverwriteAsync(new PublicFile(folder + FeedPaths.Changes, changes.Content, changes.ContentType, IsImmutable: true), later, ct);
            if (later == current.Number)
            {
                var pointers = await WritePointersAsync(marked, changes.Content, current, shown, ct);
                await WriteRecordAsync(marked, changes.Content, current, shown, ct);
                isMarked = await TryCompleteAsync(current with { CatalogueHash = shown.Count > 0 ? string.Empty : current.CatalogueHash, Files = pointers }, queue, ct);
            }
        }

        return isMarked;
    }

    /// <returns>The pointers as they are now, without those that were removed.</returns>
    private async Task<IReadOnlyDictionary<string, WrittenFile>> WritePointersAsync(IndexDocument index, byte[] log, CurrentRelease current, List<Period> shown, CancellationToken ct)
    {
        var pointers = new Dictionary<string, WrittenFile>(StringComparer.Ordinal);
        foreach (var (path, file) in current.Files.Where(file => shown.Count == 0 || (file.Key.Contains('/', StringComparison.Ordinal) && !shown.Exists(year => file.Key.StartsWith($"{year}/", StringComparison.Ordinal)))))
        {
            pointers.Add(path, file);
        }

        var latest = GetFeatured(index);
        var headlines = latest is null ? null : await feed.ReadAsync($"{FeedPaths.GetReleaseFolder(latest.Release)}{latest.Id}/{FeedPaths.Headlines}", ct);
        IReadOnlyList<PublicFile> files = headlines is { } found
            ? PointerUpdate.Create(catalogue, current.Published, [], ToBytes(index), log, found.Content.ToArray())
            : [new PublicFile(FeedPaths.Index, ToBytes(index), FormatFile.JsonType, IsImmutable: false), new PublicFile(FeedPaths.Changes, log, ReleaseLog.ContentType, IsImmutable: false)];
        foreach (var file in files)
        {
            // A file that was removed must be written again, also if it is as it was before. So it is not compared with what was known.
            if (await feed.WriteAsync(file, current.Number, known: null, ct) is { } pointer)
            {
                pointers[file.Path] = pointer;
            }
            else
            {
                pointers.Remove(file.Path);
            }
        }

        return pointers;
    }

    /// <summary>
    /// Writes the marked history for the next release to continue. Makes that release write these years again, and not name their figures as
    /// those before. What the release has disclosed stays in the disclosure history, so that later releases protect it.
    /// </summary>
    private async Task WriteRecordAsync(IndexDocument index, byte[] log, CurrentRelease current, List<Period> shown, CancellationToken ct)
    {
        var stored = await feed.ReadRecordAsync(current.Number, ct) ?? throw new InvalidOperationException($"The record of release {current.Number} is missing.");
        var record = ReleaseRecord.Parse(stored.Span);
        foreach (var id in shown.Select(year => year.ToString()).Where(record.Lineage.Years.ContainsKey))
        {
            record.Lineage.Years[id] = record.Lineage.Years[id] with { Hash = string.Empty, CatalogueHash = string.Empty, Values = [], Comparable = [], Report = null };
        }

        record = record with
        {
            Index = index,
            Changes = Encoding.UTF8.GetString(log),
            Latest = record.Latest is { } latest && shown.Contains(Period.Parse(latest.Period.Id)) ? null : record.Latest,
            Featured = record.Featured is { } featured && shown.Contains(Period.Parse(featured.Year)) ? null : record.Featured,
        };
        await feed.WriteRecordAsync(current.Number, record.ToJson(), ct);
    }

    /// <summary>Updates the row of the current release. Leaves the queue and the decisions as they are.</summary>
    private async Task<bool> TryCompleteAsync(CurrentRelease marked, PublishQueue queue, CancellationToken ct) =>
        await feed.CompleteAsync(marked, queue with { Pending = [], Decisions = Decisions.Empty }, ct) is { } now
        && now.Number == marked.Number && now.CatalogueHash == marked.CatalogueHash;

    private async Task<IReadOnlyList<string>> DescribeAsync(int number, List<Period> shown, IReadOnlyList<string> years, IndexDocument index, CancellationToken ct)
    {
        var sentences = new List<string> { FormattableString.Invariant($"Release {number} is taken down.") };
        if (shown.Count > 0)
        {
            sentences.Add($"The feed has no figures for {string.Join(" and ", shown.Order())} now. Publishing is on hold. Correct the figures, and then release the hold.");
        }

        var later = new List<int>();
        foreach (var release in index.Releases.Where(release => release.Number > number && release.TakenDown is null).Reverse())
        {
            if ((await ListYearsAsync(release.Number, ct)).Intersect(years).Any())
            {
                later.Add(release.Number);
            }
        }

        if (later.Count > 0)
        {
            sentences.Add($"Later releases show the same years: {string.Join(", ", later)}. Look at their figures and changes too.");
        }

        var versions = await copies.ListPublicAsync(FeedPaths.GetReleaseFolder(number), ct).CountAsync(copy => !copy.IsCurrent, ct);
        if (versions > 0)
        {
            sentences.Add($"{Plural.Format(versions, "earlier version")} of its files can only be deleted by an owner of the storage account.");
        }

        return sentences;
    }

    /// <summary>Returns the years in a release's folder.</summary>
    private async Task<IReadOnlyList<string>> ListYearsAsync(int number, CancellationToken ct)
    {
        var folder = FeedPaths.GetReleaseFolder(number);
        return [.. await copies.ListPublicAsync(folder, ct).Where(copy => copy.IsCurrent).Select(copy => copy.Name[folder.Length..].Split('/')).Where(parts => parts.Length == 2).Select(parts => parts[0]).Distinct().ToListAsync(ct)];
    }

    /// <summary>Returns the featured year, or the newest ended one if the featured year was taken down. Null if no ended year is left.</summary>
    private static IndexYearElement? GetFeatured(IndexDocument index) =>
        index.Years.FirstOrDefault(year => year.Id == index.Latest) ?? index.Years.FirstOrDefault(year => year.Stage != YearStage.InProgress);

    private async Task<IndexDocument?> ReadIndexAsync(int number, CancellationToken ct) =>
        await feed.ReadAsync(FeedPaths.GetReleaseFolder(number) + FeedPaths.Index, ct) is { } file ? JsonSerializer.Deserialize(file.Content.Span, FeedJson.Indented.IndexDocument) : null;

    private static byte[] ToBytes(IndexDocument index) => JsonSerializer.SerializeToUtf8Bytes(index, FeedJson.Indented.IndexDocument);
}

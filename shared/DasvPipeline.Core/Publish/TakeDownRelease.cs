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
public sealed class TakeDownRelease(PartnershipCatalogue catalogue, IFeedStore feed, IBlobCopies copies, PublishOptions options, TimeProvider clock)
{
    /// <param name="reason">The reason, which is published.</param>
    /// <param name="publishesNumbers">True if the person has confirmed that the small numbers of the reason can be published.</param>
    /// <param name="isDryRun">True to show what would be done, and change nothing.</param>
    public async Task<Outcome> RunAsync(int number, string? reason, bool publishesNumbers, bool isDryRun, Person by, CancellationToken ct)
    {
        if (FreeText.CheckPublic(reason, "Say why you take the release down. The reason is published.", publishesNumbers, catalogue.Disclosure, out var text) is { } problem)
        {
            return problem;
        }

        var queue = await feed.ReadPublishQueueAsync(ct);
        var record = queue.Current is { } newest ? ReleaseRecord.Parse((await feed.ReadRecordAsync(newest.Number, ct) ?? throw new InvalidOperationException($"The record of release {newest.Number} is missing.")).Span) : ReleaseRecord.None;
        var page = await FindPageAsync(record, number, ct);
        if (queue.Current is not { } current || record.Index is not { } index
            || (page?.Document.Releases ?? index.Releases).FirstOrDefault(release => release.Number == number) is not { } entry)
        {
            return Outcome.NotFound(FormattableString.Invariant($"There is no release {number}."));
        }

        if (!current.IsAnnounced)
        {
            return Outcome.Refused("A publish did not finish. Publish first, and then take the release down.");
        }

        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        now = now < current.Published ? current.Published : now;
        var shown = current.Years.Where(year => year.Value == number).Select(year => year.Key).ToList();
        if (isDryRun)
        {
            return await PreviewAsync(number, text, shown, current, ct);
        }

        if (shown.Count > 0 && queue.Decisions.Hold is null)
        {
            await feed.WriteHoldAsync(new Hold(by, now, FormattableString.Invariant($"Release {number} was taken down.")), ct);
        }

        await feed.AuditTakeDownAsync(number, by, now, text, ct);
        var years = await ListYearsAsync(number, ct);
        await RemoveFilesAsync(number, current, shown, index, ct);
        var takenDown = entry.TakenDown ?? new TakenDownElement(now.UtcDateTime, text);
        await MarkFoldersAsync(number, takenDown, current, shown, ct);
        if (page is { } found)
        {
            await MarkPageAsync(found.Path, found.Document, number, takenDown, current, ct);
        }

        var marked = record with
        {
            Index = Mark(index, number, takenDown, shown),
            Changes = Encoding.UTF8.GetString(ReleaseLog.TakeDown(Encoding.UTF8.GetBytes(record.Changes!), number, takenDown, FeedPaths.Index)),
            NewPages = null,
        };
        var pointers = await WritePointersAsync(marked, current, shown, ct);
        await WriteRecordAsync(marked, current, shown, ct);
        if (!await TryCompleteAsync(current with { CatalogueHash = shown.Count > 0 ? string.Empty : current.CatalogueHash, Files = pointers }, queue, ct))
        {
            return Outcome.Refused("A publish finished at the same time. Take the release down again.");
        }

        return Outcome.Done(string.Join(' ', await DescribeAsync(number, shown, years, current, ct)));
    }

    private async Task<Outcome> PreviewAsync(int number, string text, List<Period> shown, CurrentRelease current, CancellationToken ct)
    {
        var sentences = new List<string> { FormattableString.Invariant($"We would take release {number} down. This cannot be undone.") };
        if (shown.Count > 0)
        {
            sentences.Add($"The feed would have no figures for {string.Join(" and ", shown.Order())} until you correct them and release the hold on publishing.");
        }

        sentences.AddRange(await DescribeLaterAsync(number, await ListYearsAsync(number, ct), current, ct));
        return Outcome.Done(string.Join(' ', sentences)) with { PublicText = text };
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

    /// <summary>Finds the page of earlier releases that has a release; null if it is on none.</summary>
    private async Task<(string Path, HistoryDocument Document)?> FindPageAsync(ReleaseRecord record, int number, CancellationToken ct)
    {
        for (var page = record.Index?.Releases[^1].Number > number ? record.HistoryPages : 0; page > 0; page--)
        {
            var path = FeedPaths.GetHistory(page);
            if (await feed.ReadAsync(path, ct) is { } file && JsonSerializer.Deserialize(file.Content.Span, FeedJson.Indented.HistoryDocument)! is var document
                && document.Releases.Any(release => release.Number == number))
            {
                return (path, document);
            }
        }

        return null;
    }

    /// <summary>Marks the release in the folder of every release since then whose history names it.</summary>
    private async Task MarkFoldersAsync(int number, TakenDownElement takenDown, CurrentRelease current, List<Period> shown, CancellationToken ct)
    {
        for (var later = number; later <= current.Number; later++)
        {
            var folder = FeedPaths.GetReleaseFolder(later);
            if (await ReadIndexAsync(later, ct) is not { } index || (later != current.Number && index.Releases.All(release => release.Number != number))
                || await feed.ReadAsync(folder + FeedPaths.Changes, ct) is not { } log)
            {
                // A number without a release, a release that was taken down, or one whose history does not name it.
                continue;
            }

            var marked = Mark(index, number, takenDown, later == current.Number ? shown : []);
            var changes = ReleaseLog.TakeDown(log.Content.ToArray(), number, takenDown, options.Links.ToFile(folder + FeedPaths.Changes, FeedPaths.Index));
            await feed.OverwriteAsync(new PublicFile(folder + FeedPaths.Index, ToBytes(marked), FormatFile.JsonType, IsImmutable: true), later, ct);
            await feed.OverwriteAsync(new PublicFile(folder + FeedPaths.Changes, changes, ReleaseLog.ContentType, IsImmutable: true), later, ct);
        }
    }

    /// <summary>Marks the release in a page of earlier releases, and in its Atom file.</summary>
    private async Task MarkPageAsync(string path, HistoryDocument page, int number, TakenDownElement takenDown, CurrentRelease current, CancellationToken ct)
    {
        var marked = page with { Releases = ReleaseHistory.TakeDown(page.Releases, number, takenDown) };
        await feed.WriteAsync(new PublicFile(path, ReleaseHistory.ToBytes(marked), FormatFile.JsonType, IsImmutable: false), current.Number, known: null, ct);
        var logPath = FeedPaths.GetHistoryLog(page.Page);
        if (await feed.ReadAsync(logPath, ct) is { } log)
        {
            var changes = ReleaseLog.TakeDown(log.Content.ToArray(), number, takenDown, options.Links.ToFile(logPath, FeedPaths.Index));
            await feed.WriteAsync(new PublicFile(logPath, changes, ReleaseLog.ContentType, IsImmutable: false), current.Number, known: null, ct);
        }
    }

    /// <param name="shown">The years that have no figures until the next release.</param>
    private static IndexDocument Mark(IndexDocument index, int number, TakenDownElement takenDown, List<Period> shown)
    {
        var marked = index with
        {
            Years = [.. index.Years.Where(year => !shown.Contains(Period.Parse(year.Id)))],
            Releases = ReleaseHistory.TakeDown(index.Releases, number, takenDown),
        };
        return shown.Count > 0 ? marked with { Latest = GetFeatured(marked)?.Id } : marked;
    }

    /// <returns>The pointers as they are now, without those that were removed.</returns>
    private async Task<IReadOnlyDictionary<string, WrittenFile>> WritePointersAsync(ReleaseRecord record, CurrentRelease current, List<Period> shown, CancellationToken ct)
    {
        var pointers = new Dictionary<string, WrittenFile>(StringComparer.Ordinal);
        foreach (var (path, file) in current.Files.Where(file => shown.Count == 0 || (file.Key.Contains('/', StringComparison.Ordinal) && !shown.Exists(year => file.Key.StartsWith($"{year}/", StringComparison.Ordinal)))))
        {
            pointers.Add(path, file);
        }

        var latest = GetFeatured(record.Index!);
        var headlines = latest is null ? null : await feed.ReadAsync($"{FeedPaths.GetReleaseFolder(latest.Release)}{latest.Id}/{FeedPaths.Headlines}", ct);
        IReadOnlyList<PublicFile> files = headlines is { } found
            ? PointerUpdate.Create(catalogue, options.Links, current.Published, [], record, found.Content.ToArray())
            : PointerUpdate.CreateHistory(record, options.Links);
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
    private async Task WriteRecordAsync(ReleaseRecord record, CurrentRelease current, List<Period> shown, CancellationToken ct)
    {
        foreach (var id in shown.Select(year => year.ToString()).Where(record.Lineage.Years.ContainsKey))
        {
            record.Lineage.Years[id] = record.Lineage.Years[id] with { Hash = string.Empty, CatalogueHash = string.Empty, Values = [], Comparable = [], Report = null };
        }

        record = record with
        {
            Latest = record.Latest is { } latest && shown.Contains(Period.Parse(latest.Period.Id)) ? null : record.Latest,
            Featured = record.Featured is { } featured && shown.Contains(Period.Parse(featured.Year)) ? null : record.Featured,
        };
        await feed.WriteRecordAsync(current.Number, record.ToJson(), ct);
    }

    /// <summary>Updates the row of the current release. Leaves the queue and the decisions as they are.</summary>
    private async Task<bool> TryCompleteAsync(CurrentRelease marked, PublishQueue queue, CancellationToken ct) =>
        await feed.CompleteAsync(marked, queue with { Pending = [], Decisions = Decisions.Empty }, ct) is { } now
        && now.Number == marked.Number && now.CatalogueHash == marked.CatalogueHash;

    private async Task<IReadOnlyList<string>> DescribeAsync(int number, List<Period> shown, IReadOnlyList<string> years, CurrentRelease current, CancellationToken ct)
    {
        var sentences = new List<string> { FormattableString.Invariant($"Release {number} is taken down.") };
        if (shown.Count > 0)
        {
            sentences.Add($"The feed has no figures for {string.Join(" and ", shown.Order())} now. Publishing is on hold. Correct the figures, and then release the hold.");
        }

        sentences.AddRange(await DescribeLaterAsync(number, years, current, ct));
        var versions = await copies.ListPublicAsync(FeedPaths.GetReleaseFolder(number), ct).CountAsync(copy => !copy.IsCurrent, ct);
        if (versions > 0)
        {
            sentences.Add($"{Plural.Format(versions, "earlier version")} of its files can only be deleted by an owner of the storage account.");
        }

        return sentences;
    }

    /// <returns>A sentence about the later releases that show the same years; nothing if no release does.</returns>
    private async Task<IReadOnlyList<string>> DescribeLaterAsync(int number, IReadOnlyList<string> years, CurrentRelease current, CancellationToken ct)
    {
        var later = new List<int>();
        for (var release = number + 1; release <= current.Number; release++)
        {
            if ((await ListYearsAsync(release, ct)).Intersect(years).Any())
            {
                later.Add(release);
            }
        }

        return later.Count == 0 ? [] : [$"Later releases show the same years: {string.Join(", ", later)}. Look at their figures and changes too."];
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

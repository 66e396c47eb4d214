using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Portal.Site;

/// <summary>
/// Makes the pages of the years from the published feed when somebody asks for one, and keeps them for a minute, as long as a reader keeps
/// a file of the feed. A page is made again only if a file behind it has changed, so a publish writes no page.
/// </summary>
public sealed class SitePages(FeedCopies feed, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly ConcurrentDictionary<string, KeptPage> _pages = new(StringComparer.Ordinal);

    /// <summary>Returns the page of a year; null if the feed does not have it.</summary>
    /// <param name="year">Null for the featured year.</param>
    /// <param name="root">The address of the app with a slash at its end; null if it is not known.</param>
    internal async Task<SiteFile?> ReadAsync(string? year, string? root, CancellationToken ct)
    {
        var key = $"{root} {year}";
        var kept = _pages.GetValueOrDefault(key);
        if (kept is not null && kept.ReadAt + Age > clock.GetUtcNow())
        {
            return kept.File;
        }

        if (await ReadSourceAsync(year, root, ct) is not ({ } source, var inputs))
        {
            _pages.TryRemove(key, out _);
            return null;
        }

        var file = kept is not null && kept.Inputs == inputs ? kept.File : Make(source);
        _pages[key] = new KeptPage(file, inputs, clock.GetUtcNow());
        return file;
    }

    /// <summary>Returns the files of a static site: those of the page, and a page of each year with its figures. They need the feed next to their folder.</summary>
    public async Task<IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)>> ListAsync(Uri? root, CancellationToken ct)
    {
        var files = SiteFiles.All.ToDictionary(file => file.Key, file => (ReadOnlyMemory<byte>)file.Value.Content, StringComparer.Ordinal);
        foreach (var year in await ReadYearsAsync(ct))
        {
            if (await ReadAsync(year, root?.AbsoluteUri, ct) is { } page)
            {
                files[year is null ? SiteFiles.Index : YearPage.GetName(year)] = page.Content;
            }
        }

        return [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, file.Value))];
    }

    /// <summary>Returns the years of the feed, and null for the page of the featured year.</summary>
    private async Task<IEnumerable<string?>> ReadYearsAsync(CancellationToken ct) => await feed.ReadAsync(FeedPaths.Index, ct) is { } index
        ? [null, .. JsonNode.Parse(index.File.Content.Span)!["years"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())]
        : [];

    private async Task<(YearPageSource? Source, string Inputs)> ReadSourceAsync(string? year, string? root, CancellationToken ct)
    {
        if (await feed.ReadAsync(FeedPaths.Index, ct) is not { } index)
        {
            return default;
        }

        var list = JsonNode.Parse(index.File.Content.Span)!;
        var years = list["years"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()).ToList();

        // Until a year with figures has ended, the feed has no first year. The newest one is then in progress.
        var isRoot = year is null && list["latest"] is not null;
        var shown = year ?? list["latest"]?.GetValue<string>() ?? years.FirstOrDefault();
        if (shown is null || !years.Contains(shown, StringComparer.Ordinal) || await feed.ReadAsync(isRoot ? FeedPaths.Headlines : PathOf(shown), ct) is not { } main)
        {
            return default;
        }

        var documents = new JsonArray();
        var etags = new List<string> { index.File.ETag, main.File.ETag };
        foreach (var other in years)
        {
            var copy = other == shown ? main : await feed.ReadAsync(PathOf(other), ct);
            documents.Add(copy is null ? null : JsonNode.Parse(copy.File.Content.Span));
            etags.Add(copy?.File.ETag ?? string.Empty);
        }

        var log = await feed.ReadAsync(FeedPaths.Changes, ct);
        var today = clock.Today();
        var source = new YearPageSource(
            year, JsonNode.Parse(main.File.Content.Span)!, list, log is null ? null : ReadLog(log.File.Content), [.. documents.Where(one => one is not null).Select(one => one!.DeepClone())],
            $"{Plain(index.File.ETag)} {Plain(main.File.ETag)}", today, root);
        return (source, string.Join(' ', [.. etags, log?.File.ETag, today.ToString("O", CultureInfo.InvariantCulture)]));
    }

    private static SiteFile Make(YearPageSource source)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(YearPage.Write(source));
        return new SiteFile(content, "text/html; charset=utf-8", SiteFiles.Hash(content));
    }

    private static string PathOf(string year) => $"{year}/{FeedPaths.Headlines}";

    private static string Plain(string etag) => etag.Trim('"');

    /// <summary>Returns the lines of each release by its number.</summary>
    private static JsonObject ReadLog(ReadOnlyMemory<byte> atom)
    {
        using var stream = new MemoryStream(atom.ToArray());
        return new JsonObject(XDocument.Load(stream).Root!.Elements(Atom + "entry").Select(entry => KeyValuePair.Create(
            new string([.. entry.Element(Atom + "title")!.Value.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]),
            (JsonNode?)new JsonArray([.. (entry.Element(Atom + "summary")?.Value ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)line)]))));
    }

    /// <param name="Inputs">The ETags of the files that the page was made from, and the day.</param>
    private sealed record KeptPage(SiteFile File, string Inputs, DateTimeOffset ReadAt);
}

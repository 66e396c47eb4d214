using System.Globalization;
using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Writes <c>changes.atom</c>: an entry for each release with its changes and reasons, newest first. Entries of earlier
/// releases are copied without changes. Their links are paths until <see cref="Place"/> makes them addresses. Source of the archive pages:
/// RFC 5005, section 4.
/// </summary>
internal static class ReleaseLog
{
    public const string Name = "changes.atom";
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string AtomType = "application/atom+xml";
    private const string HistoryNamespace = "http://purl.org/syndication/history/1.0";

    private static readonly string[] PlacedLinks = ["self", "current", "prev-archive"];

    /// <param name="before">The log of the previous release; null for the first.</param>
    public static FormatFile Append(byte[]? before, LogEntry entry)
    {
        var earlier = before is null ? null : Read(before);
        var id = earlier?.Id ?? Urn(entry.Publisher.Name);
        var log = new SyndicationFeed
        {
            Id = id,
            Title = new TextSyndicationContent($"{entry.Publisher.Title}: releases"),
            LastUpdatedTime = entry.Release.Published,
            Items = [CreateItem(id, entry), .. earlier?.Items ?? []],
        };
        log.Authors.Add(new SyndicationPerson { Name = entry.Publisher.Name });
        log.Links.Add(Link("alternate", FeedPaths.Index, "application/json"));
        log.Links.Add(Link("license", FeedVocabulary.GetLicencePage(entry.Publisher.Licence), "text/html"));
        return new FormatFile(Name, Write(log), ContentType);
    }

    /// <summary>Returns a log with some of the entries.</summary>
    /// <param name="skipped">The number of newer entries to leave out.</param>
    public static byte[] Take(byte[] log, int skipped, int count)
    {
        var feed = Read(log);
        var items = feed.Items.Skip(skipped).Take(count).ToList();
        (feed.Items, feed.LastUpdatedTime) = (items, items.Max(item => item.LastUpdatedTime));
        return Write(feed);
    }

    /// <summary>Creates the file with links that are right in it.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="earlierPages">The number of pages with earlier releases.</param>
    /// <param name="isArchive">True if the file is one of these pages itself, which readers need to read once only.</param>
    public static FormatFile Place(byte[] log, FeedLinks links, string path, int earlierPages = 0, bool isArchive = false)
    {
        var feed = Read(log);
        foreach (var link in feed.Links.Where(link => PlacedLinks.Contains(link.RelationshipType)).ToList())
        {
            feed.Links.Remove(link);
        }

        foreach (var link in feed.Links.Concat(feed.Items.SelectMany(item => item.Links)).Where(link => !link.Uri.IsAbsoluteUri))
        {
            link.Uri = new Uri(links.ToFile(path, link.Uri.OriginalString), UriKind.RelativeOrAbsolute);
        }

        feed.Links.Add(Link("self", links.ToFile(path, path), AtomType));
        if (path != Name)
        {
            feed.Links.Add(Link("current", links.ToFile(path, Name), AtomType));
        }

        if (earlierPages > 0)
        {
            feed.Links.Add(Link("prev-archive", links.ToFile(path, FeedPaths.GetHistoryLog(earlierPages)), AtomType));
        }

        if (isArchive)
        {
            using var reader = XmlReader.Create(new StringReader($"<fh:archive xmlns:fh=\"{HistoryNamespace}\"/>"));
            feed.ElementExtensions.Add(reader);
        }

        return new FormatFile(path, Write(feed), ContentType);
    }

    /// <summary>Replaces the entry of a release that was taken down by its date and reason. A log without the release stays as it is.</summary>
    /// <param name="index">The link from the log to <c>index.json</c>.</param>
    public static byte[] TakeDown(byte[] log, int number, TakenDownElement takenDown, string index)
    {
        var feed = Read(log);
        foreach (var entry in feed.Items.Where(entry => entry.Id == EntryId(feed.Id, number)))
        {
            entry.Title = new TextSyndicationContent(string.Create(CultureInfo.InvariantCulture, $"Release {number}: taken down"));
            entry.Summary = new TextSyndicationContent(takenDown.Reason);
            entry.LastUpdatedTime = takenDown.At;
            entry.Links.Clear();
            entry.Links.Add(Link("alternate", index, "application/json"));
            if (takenDown.At > feed.LastUpdatedTime.UtcDateTime)
            {
                feed.LastUpdatedTime = takenDown.At;
            }
        }

        return Write(feed);
    }

    private static string EntryId(string log, int number) => Urn(string.Create(CultureInfo.InvariantCulture, $"{log} release {number}"));

    private static SyndicationItem CreateItem(string log, LogEntry entry)
    {
        var release = entry.Release;
        var item = new SyndicationItem
        {
            Id = EntryId(log, release.Number),
            Title = new TextSyndicationContent(string.Create(CultureInfo.InvariantCulture, $"Release {release.Number}: {string.Join(", ", release.Years!.Select(NameYear))}")),
            LastUpdatedTime = release.Published,
            PublishDate = release.Published,
            Summary = new TextSyndicationContent(string.Join('\n', Summarise(entry))),
        };
        item.Links.Add(Link("alternate", entry.Path, "application/json"));
        return item;
    }

    /// <summary>Names the stage of a year: "final figures for April 2019 to March 2020".</summary>
    private static string NameYear(ReleaseYearElement year) => year.Stage == YearStage.InProgress ? $"figures for {year.Label}" : $"{year.Stage} figures for {year.Label}";

    /// <summary>Lists, a line each, why the release was made, the new stages and their reasons, and the changes.</summary>
    private static IEnumerable<string> Summarise(LogEntry entry)
    {
        var (release, count) = (entry.Release, 0);
        foreach (var line in ReleaseWording.DescribeOccasion(release))
        {
            yield return line;
        }

        foreach (var year in entry.IsFirst ? [] : release.Years!.Where(year => year.Stage != year.PreviousStage))
        {
            count++;
            yield return year.PreviousStage is null ? $"{year.Id}: published for the first time." : $"{year.Id}: {Word(year.PreviousStage)} before, {Word(year.Stage)} now.";
        }

        foreach (var change in release.Changes)
        {
            count++;
            yield return Sentence(change, entry.Headlines.TryGetValue(change.Headline, out var headline) ? headline : (change.Headline, null));
        }

        if (count == 0)
        {
            yield return entry.IsFirst ? "The first release."
                : release.Years!.Count == 0 ? "The year that is shown first changed."
                : "No headline value changed. Something else did, such as a breakdown, a sentence or a note.";
        }

        foreach (var year in release.Years!.Where(year => year.Reason is not null))
        {
            yield return $"{year.Id}, {(year.Stage == YearStage.UnderReview ? Word(year.Stage) : "signed off")}: {year.Reason}";
        }
    }

    private static string Word(string stage) => stage.Replace('-', ' ');

    private static string Sentence(ChangeElement change, (string Title, string? Unit) headline)
    {
        var (from, to) = (Number(change.From, headline.Unit), Number(change.To, headline.Unit));
        var what = (from, to) switch
        {
            (null, { } now) => $"{now} (no figure was shown before)",
            ({ } then, null) => $"{then} is no longer shown",
            _ => $"from {from} to {to}",
        };
        return $"{headline.Title}, {change.Period}: {what}. {change.Reason}";
    }

    private static string? Number(decimal? value, string? unit) =>
        value is { } number ? number.ToString("#,0.##", CultureInfo.InvariantCulture) + (unit == "percent" ? "%" : string.Empty) : null;

    private static SyndicationLink Link(string relation, string target, string mediaType) =>
        new(new Uri(target, UriKind.RelativeOrAbsolute), relation, null, mediaType, 0);

    /// <summary>Creates a version 8 UUID from a hash of the name, so that it is the same wherever the feed is served.</summary>
    internal static string Urn(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }

    private static SyndicationFeed Read(byte[] log)
    {
        using var reader = XmlReader.Create(new MemoryStream(log), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return SyndicationFeed.Load(reader);
    }

    private static byte[] Write(SyndicationFeed log)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None }))
        {
            log.SaveAsAtom10(writer);
        }

        return stream.ToArray();
    }
}

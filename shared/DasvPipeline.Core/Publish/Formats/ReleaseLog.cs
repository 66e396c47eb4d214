using System.Globalization;
using System.Security.Cryptography;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Writes <c>changes.atom</c>: an entry for each release with its changes and reasons, newest first. Entries of earlier
/// releases are copied without changes.
/// </summary>
internal static class ReleaseLog
{
    public const string Name = "changes.atom";
    public const string ContentType = "application/atom+xml; charset=utf-8";

    /// <param name="before">The log of the previous release; null for the first.</param>
    /// <param name="latest">The document of the new release's latest year.</param>
    public static FormatFile Append(byte[]? before, HeadlinesDocument latest)
    {
        var earlier = before is null ? null : Read(before);
        var release = latest.Release!;
        var id = earlier?.Id ?? Urn(latest.Publisher);
        var log = new SyndicationFeed
        {
            Id = id,
            Title = new TextSyndicationContent($"{latest.Title}: releases"),
            LastUpdatedTime = release.Published,
            Items = [Entry(id, latest, isFirst: before is null), .. earlier?.Items ?? []],
        };
        log.Authors.Add(new SyndicationPerson { Name = latest.Publisher });
        log.Links.Add(Link("self", Name, "application/atom+xml"));
        log.Links.Add(Link("alternate", FeedPaths.Index, "application/json"));
        log.Links.Add(Link("license", FeedVocabulary.GetLicencePage(latest.Licence), "text/html"));
        return new FormatFile(Name, Write(log), ContentType);
    }

    /// <summary>Replaces the entry of a release that was taken down by its date and reason.</summary>
    public static FormatFile TakeDown(byte[] log, int number, TakenDownElement takenDown)
    {
        var feed = Read(log);
        foreach (var entry in feed.Items.Where(entry => entry.Id == EntryId(feed.Id, number)))
        {
            entry.Title = new TextSyndicationContent(string.Create(CultureInfo.InvariantCulture, $"Release {number}: taken down"));
            entry.Summary = new TextSyndicationContent(takenDown.Reason);
            entry.LastUpdatedTime = takenDown.At;
            entry.Links.Clear();
            entry.Links.Add(Link("alternate", FeedPaths.Index, "application/json"));
        }

        if (takenDown.At > feed.LastUpdatedTime.UtcDateTime)
        {
            feed.LastUpdatedTime = takenDown.At;
        }

        return new FormatFile(Name, Write(feed), ContentType);
    }

    private static string EntryId(string log, int number) => Urn(string.Create(CultureInfo.InvariantCulture, $"{log} release {number}"));

    private static SyndicationItem Entry(string log, HeadlinesDocument latest, bool isFirst)
    {
        var release = latest.Release!;
        var folder = FeedPaths.GetReleaseFolder(release.Number);
        var entry = new SyndicationItem
        {
            Id = EntryId(log, release.Number),
            Title = new TextSyndicationContent(string.Create(CultureInfo.InvariantCulture, $"Release {release.Number}: {release.Status} figures for {latest.Period.Label}")),
            LastUpdatedTime = release.Published,
            PublishDate = release.Published,
            Summary = new TextSyndicationContent(Summary(latest, isFirst)),
        };
        entry.Links.Add(Link("alternate", folder + FeedPaths.Headlines, "application/json"));
        return entry;
    }

    private static string Summary(HeadlinesDocument latest, bool isFirst)
    {
        var titles = latest.Headlines.ToDictionary(headline => headline.Id, headline => headline);
        var release = latest.Release!;
        var changes = release.Changes.Count > 0
            ? string.Join('\n', release.Changes.Select(change => Sentence(change, titles.GetValueOrDefault(change.Headline))))
            : isFirst ? "The first release."
            : "No headline value changed. Something else did, such as a breakdown, a sentence or a note.";
        return release.Reason is { } reason ? $"{changes}\nSigned off: {reason}" : changes;
    }

    private static string Sentence(ChangeElement change, HeadlineElement? headline)
    {
        var (from, to) = (Number(change.From, headline?.Unit), Number(change.To, headline?.Unit));
        var what = (from, to) switch
        {
            (null, { } now) => $"{now} (no figure was shown before)",
            ({ } then, null) => $"{then} is no longer shown",
            _ => $"from {from} to {to}",
        };
        return $"{headline?.Title ?? change.Headline}, {change.Period}: {what}. {change.Reason}";
    }

    private static string? Number(decimal? value, string? unit) =>
        value is { } number ? number.ToString("#,0.##", CultureInfo.InvariantCulture) + (unit == "percent" ? "%" : string.Empty) : null;

    private static SyndicationLink Link(string relation, string target, string mediaType) =>
        new(new Uri(target, UriKind.RelativeOrAbsolute), relation, null, mediaType, 0);

    /// <summary>Creates a version 8 UUID from a hash of the name, so that it is the same wherever the feed is served.</summary>
    private static string Urn(string name)
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

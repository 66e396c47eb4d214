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
        log.Links.Add(Link("self", Name, "application/atom+xml"));
        log.Links.Add(Link("alternate", FeedPaths.Index, "application/json"));
        log.Links.Add(Link("license", FeedVocabulary.GetLicencePage(entry.Publisher.Licence), "text/html"));
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

using System.Globalization;
using System.Xml.Linq;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>Reads Atom files as a feed reader does, without our own code. Sources: RFC 4287; RFC 5005, section 4.</summary>
internal static class AtomCheck
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";

    /// <param name="address">The address of the file.</param>
    /// <param name="files">The text of each file by its address.</param>
    /// <returns>What is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<string> Find(Uri address, IReadOnlyDictionary<Uri, string> files)
    {
        var (feed, faults) = (XDocument.Parse(files[address]).Root!, new List<string>());
        if (feed.Name != Atom + "feed")
        {
            return ["The document is not an Atom feed."];
        }

        CheckTexts(feed, faults);
        if (!feed.Elements(Atom + "author").Elements(Atom + "name").Any(name => name.Value.Length > 0))
        {
            faults.Add("The feed has no author.");
        }

        if (Follow(address, feed, "self") != address)
        {
            faults.Add($"The feed says that it is {Follow(address, feed, "self")}.");
        }

        var entries = feed.Elements(Atom + "entry").ToList();
        foreach (var entry in entries)
        {
            CheckTexts(entry, faults);
            if (Time(entry) > Time(feed))
            {
                faults.Add("An entry is newer than its feed.");
            }
        }

        if (entries.Count == 0 || entries.Select(Id).Distinct(StringComparer.Ordinal).Count() != entries.Count)
        {
            faults.Add("The feed has no entries, or two with the same id.");
        }

        foreach (var element in entries.Append(feed))
        {
            var links = element.Elements(Atom + "link").ToList();
            if (links.GroupBy(link => ((string?)link.Attribute("rel"), (string?)link.Attribute("type"), (string?)link.Attribute("hreflang"))).Any(group => group.Count() > 1) || Follow(address, element, "alternate") is null)
            {
                faults.Add("An element has no alternate link, or two of the same kind.");
            }

            faults.AddRange(links.Where(link => (string?)link.Attribute("rel") != "license").Select(link => new Uri(address, (string)link.Attribute("href")!))
                .Where(target => !files.ContainsKey(target)).Select(target => $"A link leads to {target}, which is not in the feed."));
        }

        return faults;
    }

    /// <summary>Reads a feed with all of its archives, as a reader does that sees it for the first time.</summary>
    /// <returns>The title of each entry, newest first, and what is wrong.</returns>
    public static (IReadOnlyList<string> Titles, IReadOnlyList<string> Faults) ReadAll(Uri address, IReadOnlyDictionary<Uri, string> files)
    {
        var (titles, ids, faults) = (new List<string>(), new HashSet<string>(), new List<string>());
        string? feedId = null;
        for (Uri? next = address; next is not null;)
        {
            if (!files.TryGetValue(next, out var text))
            {
                faults.Add($"{next} is not in the feed.");
                break;
            }

            var feed = XDocument.Parse(text).Root!;
            if ((feedId ??= Id(feed)) != Id(feed))
            {
                faults.Add($"{next} is a page of another feed.");
            }

            if (feed.Element(History + "archive") is null != (next == address) || (next != address && Follow(next, feed, "current") != address))
            {
                faults.Add($"{next} does not say whether it is an archive, and of what.");
            }

            foreach (var entry in feed.Elements(Atom + "entry"))
            {
                titles.Add(entry.Element(Atom + "title")!.Value);
                if (!ids.Add(Id(entry)!))
                {
                    faults.Add($"{Id(entry)} is on 2 pages.");
                }
            }

            next = Follow(next, feed, "prev-archive");
        }

        return (titles, faults);
    }

    private static void CheckTexts(XElement element, List<string> faults)
    {
        foreach (var name in new[] { "id", "title", "updated" }.Where(name => element.Elements(Atom + name).Count() != 1 || element.Element(Atom + name)!.Value.Length == 0))
        {
            faults.Add($"An element has not one {name}.");
        }

        if (!Uri.TryCreate(Id(element), UriKind.Absolute, out _))
        {
            faults.Add($"{Id(element)} is not an absolute id.");
        }

        if (!DateTimeOffset.TryParseExact(element.Element(Atom + "updated")?.Value, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            faults.Add("A time is not as RFC 3339 defines it.");
        }
    }

    private static Uri? Follow(Uri address, XElement element, string relation) =>
        element.Elements(Atom + "link").FirstOrDefault(link => (string?)link.Attribute("rel") == relation) is { } link ? new Uri(address, (string)link.Attribute("href")!) : null;

    private static string? Id(XElement element) => element.Element(Atom + "id")?.Value;

    private static DateTimeOffset Time(XElement element) => DateTimeOffset.Parse(element.Element(Atom + "updated")!.Value, CultureInfo.InvariantCulture);
}

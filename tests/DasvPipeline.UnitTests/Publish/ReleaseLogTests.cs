using System.Text;
using System.Xml.Linq;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Tests.Publish;

namespace DasvPipeline.UnitTests.Publish;

public sealed class ReleaseLogTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly HeadlinesDocument First = KeptReleases.Document(KeptReleases.Samples);
    private static readonly HeadlinesDocument Second = KeptReleases.Document(KeptReleases.Corrected);

    [Fact]
    public void Each_release_is_an_entry_newest_first_and_earlier_ones_stay_as_they_were()
    {
        var one = ReleaseLog.Append(null, Entry(First, isFirst: true)).Content;
        var two = ReleaseLog.Append(one, Entry(Second)).Content;
        var three = ReleaseLog.Append(two, Entry(Second with { Release = Second.Release! with { Number = 4, Changes = [], Published = Second.Release.Published.AddDays(1) } })).Content;

        var entries = Entries(three);
        Assert.Equal(["Release 4: revised", "Release 2: revised", "Release 1: final"], entries.Select(entry => string.Join(' ', Text(entry, "title").Split(' ').Take(3))));
        Assert.Equal(Entries(two).Select(entry => entry.ToString()), entries.Skip(1).Select(entry => entry.ToString()));
        Assert.Equal(Entries(one).Single().ToString(), entries[2].ToString());
        Assert.Equal(3, entries.Select(entry => Text(entry, "id")).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["releases/4/headlines.json", "releases/2/headlines.json", "releases/1/headlines.json"], entries.Select(entry => (string?)entry.Element(Atom + "link")!.Attribute("href")));
        Assert.Equal(Text(entries[0], "updated"), Text(Feed(three), "updated"));
        Assert.Equal(Text(Feed(one), "id"), Text(Feed(three), "id"));
        Assert.Equal("No headline value changed. Something else did, such as a breakdown, a sentence or a note.", Text(entries[0], "summary"));
    }

    [Fact]
    public void A_summary_says_what_changed_and_why()
    {
        var entry = Entries(ReleaseLog.Append(ReleaseLog.Append(null, Entry(First, isFirst: true)).Content, Entry(Second)).Content)[0];

        Assert.Equal(
            "Referrals to the Sexual Assault Referral Centre, 2019-20: from 311 to 290. The Elms Sexual Assault Referral Centre corrected "
            + "\"Referrals to the Sexual Assault Referral Centre\" for April to June 2019 (version 2).",
            Text(entry, "summary"));
        Assert.Equal("2026-11-25T01:57:31Z", Text(entry, "updated"));
    }

    [Theory]
    [InlineData(null, 12, "Referrals that engaged with the IDVA Service, 2019-20: 12% (no figure was shown before). Because.")]
    [InlineData(1234.5, null, "Referrals that engaged with the IDVA Service, 2019-20: 1,234.5% is no longer shown. Because.")]
    public void A_figure_that_is_added_or_removed_is_described_as_such(double? from, int? to, string expected)
    {
        var document = Second with { Release = Second.Release! with { Changes = [new ChangeElement("idva-engagement-rate", "2019-20", (decimal?)from, to, "Because.")] } };
        Assert.Equal(expected, Text(Entries(ReleaseLog.Append(null, Entry(document)).Content)[0], "summary"));
    }

    [Fact]
    public void Ids_are_urns_that_do_not_depend_on_where_or_when_the_feed_is_made()
    {
        var one = ReleaseLog.Append(null, Entry(First, isFirst: true)).Content;
        var later = ReleaseLog.Append(null, Entry(First with { Release = First.Release! with { Published = First.Release.Published.AddYears(1) } }, isFirst: true)).Content;

        Assert.Equal("urn:uuid:cf8eecd2-accf-8590-8534-1ab7ad12c941", Text(Feed(one), "id"));
        Assert.Equal("urn:uuid:cd16c579-3593-8f36-9197-210b39e74d21", Text(Entries(one)[0], "id"));
        Assert.Equal(Text(Entries(one)[0], "id"), Text(Entries(later)[0], "id"));
        Assert.Equal("The first release.", Text(Entries(one)[0], "summary"));
        Assert.DoesNotContain("localhost", Encoding.UTF8.GetString(one), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_with_a_document_type_is_not_read() => Assert.Throws<System.Xml.XmlException>(() =>
        ReleaseLog.Append("<!DOCTYPE feed [<!ENTITY a \"b\">]><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>&a;</title></feed>"u8.ToArray(), Entry(First)));

    /// <summary>Returns the entry of a release that changed one year, whose stage was the same before.</summary>
    private static LogEntry Entry(HeadlinesDocument document, bool isFirst = false)
    {
        var release = document.Release!;
        var path = FormattableString.Invariant($"releases/{release.Number}/headlines.json");
        return new LogEntry(
            new Publisher(document.Title, document.Publisher, document.Licence),
            release with { Years = [new ReleaseYearElement(document.Period.Id, document.Period.Label, release.Status, release.Status, release.Status, release.Reason, path, release.Changes)] },
            path,
            document.Headlines.ToDictionary(headline => headline.Id, headline => (headline.Title, (string?)headline.Unit), StringComparer.Ordinal),
            isFirst);
    }

    private static XElement Feed(byte[] log) => XDocument.Parse(Encoding.UTF8.GetString(log)).Root!;

    private static List<XElement> Entries(byte[] log) => [.. Feed(log).Elements(Atom + "entry")];

    private static string Text(XElement element, string name) => element.Element(Atom + name)!.Value;
}

using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.UnitTests.Publish;

/// <summary>The links in the feed's files, with and without a public address.</summary>
public sealed class FeedLinksTests
{
    private static readonly Uri Served = new("https://host.example/some/feed/");

    [Theory]
    [InlineData("headlines.json", "schema/headlines.v1.json", "schema/headlines.v1.json")]
    [InlineData("2019-20/headlines.csv-metadata.json", "2019-20/headlines.csv", "headlines.csv")]
    [InlineData("releases/3/2019-20/headlines.json", "schema/headlines.v1.json", "../../../schema/headlines.v1.json")]
    [InlineData("releases/3/changes.atom", "releases/3/2019-20/headlines.json", "2019-20/headlines.json")]
    [InlineData("history/2.atom", "history/1.atom", "1.atom")]
    [InlineData("schema/index.v1.json", "schema/index.v1.json", "index.v1.json")]
    public void Without_a_public_address_a_link_is_relative_to_its_file(string from, string path, string expected)
    {
        Assert.Equal(expected, FeedLinks.Relative.ToFile(from, path));
        Assert.Equal(new Uri(Served, path), new Uri(new Uri(Served, from), expected));
        Assert.Equal(Served, new Uri(new Uri(Served, from), FeedLinks.Relative.ToRoot(from)));
        Assert.Equal("https://host.example/some/about", new Uri(new Uri(Served, from), FeedLinks.Relative.ToAboutPage(from)).AbsoluteUri);
    }

    [Theory]
    [InlineData("https://figures.example.org")]
    [InlineData(" https://figures.example.org/ ")]
    public void With_a_public_address_every_link_is_absolute(string setting)
    {
        Assert.True(FeedLinks.TryParse(setting, out var links));
        Assert.Equal("https://figures.example.org/feed/schema/index.v1.json", links.ToFile("releases/3/index.json", "schema/index.v1.json"));
        Assert.Equal("https://figures.example.org/feed/", links.ToRoot("releases/3/index.json"));
        Assert.Equal("https://figures.example.org/about", links.ToAboutPage("index.json"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("figures.example.org", false)]
    [InlineData("ftp://figures.example.org", false)]
    [InlineData("https://figures.example.org?a=b", false)]
    [InlineData("https://figures.example.org#a", false)]
    [InlineData("https://me:secret@figures.example.org", false)]
    public void Without_a_valid_address_links_are_relative(string? setting, bool isValid)
    {
        Assert.Equal(isValid, FeedLinks.TryParse(setting, out var links));
        Assert.False(links.IsAbsolute);
    }
}

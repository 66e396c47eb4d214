using System.Net;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.IntegrationTests.Local;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>The page "About these figures", which anyone can open.</summary>
public sealed class AboutPageTests(ReadOnlyLaptop served) : IClassFixture<ReadOnlyLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anyone_reads_what_the_figures_are_and_when_the_next_ones_come()
    {
        var catalogue = PartnershipCatalogue.LoadEmbedded();
        using var answer = await served.Client.GetAsync("/about", Ct);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Contains(catalogue.About.Status!, page, StringComparison.Ordinal);
        Assert.All(catalogue.About.Sections, section => Assert.Contains($">{section.Title}</h2>", page, StringComparison.Ordinal));
        Assert.All(catalogue.About.Sections.SelectMany(section => section.Text), text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.All(catalogue.About.PreRelease, role => Assert.Contains(role, page, StringComparison.Ordinal));
        Assert.All(DataDictionary.Create(catalogue), entry => Assert.Contains($">{entry.Title}</dt>", page, StringComparison.Ordinal));
        Assert.True(DataDictionary.Create(catalogue).Count > catalogue.Headlines.Length + 20);
        Assert.Contains("We do not publish a count of 1 to 4, because it could identify somebody.", page, StringComparison.Ordinal);
        Assert.Contains("at 9:30am: Figures for ", page, StringComparison.Ordinal);
        Assert.Contains(catalogue.Help.Contact, page, StringComparison.Ordinal);
        foreach (var link in new[] { "/feed/calendar.ics", "/feed/dictionary.csv" })
        {
            Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal);
            using var file = await served.Client.GetAsync(link, Ct);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }
    }

    [Fact]
    public async Task The_feed_leads_to_the_page()
    {
        var index = System.Text.Json.JsonElement.Parse(await served.Client.GetByteArrayAsync("/feed/index.json", Ct));
        using var answer = await served.Client.GetAsync(new Uri(new Uri(served.Client.BaseAddress!, "/feed/index.json"), index.GetProperty("about").GetProperty("page").GetString()), Ct);
        Assert.Equal((HttpStatusCode.OK, "/about"), (answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath));
    }
}

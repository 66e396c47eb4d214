using System.Net;
using System.Xml.Linq;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Tests.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>What search engines and finders of weaknesses get.</summary>
public sealed class CrawlerFileTests(ReadOnlyLaptop served) : IClassFixture<ReadOnlyLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sitemap_has_pages_that_anyone_can_open_and_robots_may_read_them()
    {
        var robots = (await served.Client.GetStringAsync("/robots.txt", Ct)).Split('\n');
        Assert.Equal("User-agent: *", robots[0]);
        var sitemap = Assert.Single(robots, line => line.StartsWith("Sitemap: ", StringComparison.Ordinal))["Sitemap: ".Length..];
        Assert.Equal(served.Client.BaseAddress + "sitemap.xml", sitemap);
        var pages = XDocument.Parse(await served.Client.GetStringAsync(new Uri(sitemap), Ct)).Root!.Elements().Select(page => new Uri(page.Value)).ToList();
        Assert.Equal(["/", "/about", "/about/api", "/accessibility", "/site/", "/site/embed.html", "/site/accessibility.html"], pages.Select(page => page.AbsolutePath));
        var closed = robots.Where(line => line.StartsWith("Disallow: ", StringComparison.Ordinal)).Select(line => line["Disallow: ".Length..]).ToList();
        foreach (var page in pages)
        {
            using var answer = await served.Client.GetAsync(page, Ct);
            Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.DoesNotContain(closed, path => path.EndsWith('$') ? page.AbsolutePath == path[..^1] : page.AbsolutePath.StartsWith(path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Without_an_address_in_the_catalogue_there_is_no_contact_for_weaknesses()
    {
        using var answer = await served.Client.GetAsync("/.well-known/security.txt", Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("data@example.org", "mailto:data@example.org")]
    [InlineData("01632 960100", "tel:01632960100")]
    public async Task The_contact_for_weaknesses_is_that_of_the_catalogue_at_the_public_address(string contactAt, string expected)
    {
        var files = TestCatalogue.Shipped.Change("partnership.yaml", "contact: The Partnership's manager", $"contact: The Partnership's manager\ncontactAt: {contactAt}");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));
        var made = new CrawlerFiles(new LiveCatalogue(null!, new CatalogueSource(files, IsFixed: true), clock), PublishOptions.Parse(null, "https://figures.example.org"), clock);
        Assert.Equal($"Contact: {expected}\nExpires: 2027-05-30T00:00:00Z\nPreferred-Languages: en\nCanonical: https://figures.example.org/.well-known/security.txt\n", await TextAsync(made.GetSecurityContact));
        Assert.EndsWith("Sitemap: https://figures.example.org/sitemap.xml\n", await TextAsync(made.GetRobots), StringComparison.Ordinal);
        Assert.Contains("<loc>https://figures.example.org/about</loc>", await TextAsync(made.GetSitemap), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(Func<HttpRequest, IResult> get)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await get(context.Request).ExecuteAsync(context);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }
}

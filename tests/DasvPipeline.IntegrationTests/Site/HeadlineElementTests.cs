using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The elements that other sites include: one small file that works on a page with a strict policy.</summary>
public sealed partial class HeadlineElementTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>, IAsyncDisposable
{
    private const int MaxBytes = 25 * 1024;

    /// <summary>The modules in an order in which each uses only those before it.</summary>
    private static readonly string[] Modules = ["values.js", "element.js", "marked.js", "trend.js", "chart.js", "headlineElement.js"];

    private WebApplication? _other;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Folder => Path.Combine(LocalFolders.Repository, "site");

    public async ValueTask DisposeAsync()
    {
        if (_other is not null)
        {
            await _other.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_script_is_made_of_the_modules_of_the_page_and_small()
    {
        var code = new StringBuilder($"// The elements dasv-headline and dasv-headlines, version 1. Made of {string.Join(", ", Modules)} by DASV_REGENERATE=1 dotnet test.\n(() => {{\n");
        foreach (var module in Modules)
        {
            code.Append(Import().Replace(await File.ReadAllTextAsync(Path.Combine(Folder, module), Ct), string.Empty).Trim()).Append(module == Modules[^1] ? "\n})();\n" : "\n\n");
        }

        var file = Path.Combine(Folder, "dasv.v1.js");
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await File.WriteAllTextAsync(file, code.ToString(), Ct);
        }

        Assert.Equal(code.ToString(), await File.ReadAllTextAsync(file, Ct));
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(code.ToString()), Ct);
        }

        Assert.True(compressed.Length < MaxBytes, $"{compressed.Length} bytes");
    }

    [LongFact]
    public async Task A_page_of_another_site_with_a_strict_policy_shows_headlines_and_axe_finds_nothing()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        var page = await OpenForeignAsync(visit, $"""
            <dasv-headline id="idva-referrals" level="2"><a href="{served.Site()}">Referrals</a></dasv-headline>
            <dasv-headline id="sarc-referrals" chart="years"></dasv-headline>
            <dasv-headline id="none-such"></dasv-headline>
            <dasv-headlines headlines="refuge-women refuge-children" year="2019-20" chart="none"></dasv-headlines>
            """);
        Assert.NotEqual(new Uri(served.Root).Authority, new Uri(page).Authority);

        var first = visit.Page.Locator("#idva-referrals");
        await Assertions.Expect(first).ToContainTextAsync("There were 1,979 referrals to the Independent Domestic Violence Advisory Service");
        await Assertions.Expect(first.Locator("svg")).ToHaveAttributeAsync("aria-label", new Regex("April to June 2019: 495"));
        await Assertions.Expect(visit.Page.Locator("#sarc-referrals .trend")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Referrals to the Sexual Assault Referral Centre", Level = 3 })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator("#none-such")).ToContainTextAsync("There is no headline “none-such”.");
        await Assertions.Expect(visit.Page.Locator("dasv-headlines .card")).ToHaveCountAsync(2);

        // The source leads to the figure on our page. The theme is the other site's.
        Assert.Equal(served.Site() + "index.html?year=2019-20#idva-referrals", await first.Locator(".card a").First.GetAttributeAsync("href"));
        var colour = await first.EvaluateAsync<string>("(element) => { element.style.setProperty('--dasv-bar', '#00706e'); return getComputedStyle(element.shadowRoot.querySelector('.bar')).fill; }");
        Assert.Equal("rgb(0, 112, 110)", colour);
        await visit.AssertPassesAsync();
    }

    [LongFact]
    public async Task Without_script_the_link_in_the_element_is_shown()
    {
        await using var visit = await chromium.VisitAsync(served.Site(), new BrowserNewContextOptions { JavaScriptEnabled = false });
        await OpenForeignAsync(visit, $"<dasv-headline id=\"idva-referrals\"><a href=\"{served.Site()}#idva-referrals\">Referrals</a></dasv-headline>");
        Assert.True(await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Referrals" }).IsVisibleAsync());
    }

    [LongFact]
    public async Task If_the_feed_does_not_respond_the_element_says_so_and_recovers()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.Page.Clock.InstallAsync();
        await visit.CutFeedAsync();
        await OpenForeignAsync(visit, "<dasv-headline id=\"idva-referrals\"></dasv-headline>");
        await Assertions.Expect(visit.Page.Locator("#idva-referrals")).ToContainTextAsync("The figures are unavailable at the moment.");
        await visit.RestoreFeedAsync();
        await visit.Page.Clock.FastForwardAsync(15_000);
        await Assertions.Expect(visit.Page.Locator("#idva-referrals p.value")).ToHaveTextAsync("1,979 referrals");
    }

    [LongFact]
    public async Task The_page_with_examples_gives_code_with_the_address_of_this_site()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.OpenAsync("embed.html");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Copy code.*Calls to the Rape Crisis helpline") }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("The code is copied.")).ToHaveCountAsync(1);
        var code = await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        await OpenForeignAsync(visit, code[code.IndexOf("<dasv", StringComparison.Ordinal)..]);
        await Assertions.Expect(visit.Page.Locator("#helpline-calls p.value")).ToHaveTextAsync("1,141 calls");
        Assert.StartsWith($"<script src=\"{served.Site()}dasv.v1.js\" async></script>\n<dasv-headline id=\"helpline-calls\"><a href=\"{served.Site()}#helpline-calls\">", code, StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    /// <summary>Opens a page of another site, whose policy allows only our script and our feed. It is really served, because a browser keeps other pages from this machine.</summary>
    private async Task<string> OpenForeignAsync(Visit visit, string body)
    {
        var site = new Uri(served.Site());
        var origin = site.GetLeftPart(UriPartial.Authority);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        _other = builder.Build();
        _other.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {origin}; connect-src {origin}; img-src data:; require-trusted-types-for 'script'";
            return Results.Content(
                $"<!DOCTYPE html><html lang=\"en-GB\"><head><title>Another site</title><link rel=\"icon\" href=\"data:,\"><script src=\"{site}dasv.v1.js\" async></script></head><body><main><h1>Another site</h1>{body}</main></body></html>",
                "text/html; charset=utf-8");
        });
        await _other.StartAsync(Ct);
        await visit.Page.GotoAsync(_other.Urls.Single());
        return _other.Urls.Single();
    }

    [GeneratedRegex("^import .*;\n|^export ", RegexOptions.Multiline)]
    private static partial Regex Import();
}

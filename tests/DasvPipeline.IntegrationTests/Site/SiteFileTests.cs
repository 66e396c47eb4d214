using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The files of <c>site/</c>, as committed and as served.</summary>
public sealed partial class SiteFileTests(ReadOnlyLaptop served) : IClassFixture<ReadOnlyLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Folder => Path.Combine(LocalFolders.Repository, "site");

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.html").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_no_inline_script_or_style_and_its_policy_blocks_them(string name)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Folder, name), Ct);
        var policy = Policy().Match(page).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), page);

        using var answer = await served.Client.GetAsync("/site/" + name, Ct);
        Assert.Equal(policy + "; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Contains(policy + "; frame-ancestors 'none'", await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("index.html", "text/html")]
    [InlineData("page.js", "text/javascript")]
    [InlineData("govuk.css", "text/css")]
    [InlineData("icon.svg", "image/svg+xml")]
    [InlineData("og.png", "image/png")]
    [InlineData("../favicon.ico", "image/x-icon")]
    public async Task A_file_is_served_with_its_type(string name, string type)
    {
        using var answer = await served.Client.GetAsync("/site/" + name, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/site")]
    public async Task The_root_address_redirects_to_the_page(string address)
    {
        using var answer = await served.Client.GetAsync(address, Ct);
        Assert.Equal((HttpStatusCode.OK, "/site/"), (answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath));
    }

    [Theory]
    [InlineData("package.json")]
    [InlineData("README.md")]
    [InlineData("styles/build.mjs")]
    [InlineData("node_modules/sass/sass.js")]
    [InlineData("..%2Fhost.json")]
    [InlineData("..%2Findex.html")]
    [InlineData("none.html")]
    public async Task No_other_file_is_served(string name)
    {
        using var answer = await served.Client.GetAsync("/site/" + name, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_address_without_its_slash_redirects_to_the_page()
    {
        using var answer = await served.Client.GetAsync("/site", Ct);
        Assert.EndsWith("/site/", answer.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_styles_match_the_pinned_package_without_its_typeface_and_crown()
    {
        var styles = await File.ReadAllTextAsync(Path.Combine(Folder, "govuk.css"), Ct);
        var packages = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"), Ct)).GetProperty("packages");
        var locked = packages.GetProperty("node_modules/govuk-frontend").GetProperty("version").GetString();
        var pinned = packages.GetProperty(string.Empty).GetProperty("devDependencies").GetProperty("govuk-frontend").GetString();
        Assert.Equal(pinned, locked);
        Assert.StartsWith($"/*! GOV.UK Frontend {pinned}, MIT licence", styles, StringComparison.Ordinal);
        Assert.DoesNotContain("GDS Transport", styles, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", styles, StringComparison.Ordinal);
    }

    [GeneratedRegex("""http-equiv="Content-Security-Policy" content="([^"]+)">""")]
    private static partial Regex Policy();

    [GeneratedRegex("""<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}

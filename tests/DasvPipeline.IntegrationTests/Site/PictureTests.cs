using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>Regenerates the pictures of the page, with DASV_REGENERATE=1. Look at them before committing them.</summary>
public sealed class PictureTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    [LongTheory]
    [InlineData("site-desktop", "loaded", 1280, 1500, false)]
    [InlineData("site-tables", "everything open", 1280, 1100, false)]
    [InlineData("site-phone", "loaded", 390, 1500, false)]
    [InlineData("site-print", "loaded", 794, 1123, true)]
    [InlineData("site-hidden", "hidden and provisional", 1280, 1300, false)]
    [InlineData("site-years", "three years", 1280, 1300, false)]
    [InlineData("site-elements", "for other sites", 1000, 1700, false)]
    [InlineData("site-earlier-copy", "an earlier copy", 1280, 900, false)]
    [InlineData("site-no-feed", "no feed", 390, 1000, false)]
    public async Task The_picture_of_the_page_is_taken(string name, string state, int width, int height, bool onPaper)
    {
        var file = Path.Combine(LocalFolders.Repository, "docs", "pictures", name + ".png");
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await using var visit = await States.EnterAsync(state, served, chromium, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
            if (onPaper)
            {
                await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
                await visit.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
            }

            if (name == "site-tables")
            {
                await visit.Page.Locator("#tables").ScrollIntoViewIfNeededAsync();
                await visit.Page.EvaluateAsync("() => document.getElementById('tables').scrollIntoView()");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
        }

        Assert.True(File.Exists(file), file);
    }
}

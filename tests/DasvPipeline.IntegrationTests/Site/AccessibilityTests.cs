using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The page is accessible, as <c>site/accessibility.html</c> promises.</summary>
public sealed class AccessibilityTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    /// <summary>The states of the page. The small share has the first of them.</summary>
    public static TheoryData<string> Every => [.. TestShare.OneIn(States.All.Count, 1, States.All)];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Every_state_passes_the_page_checks(string state)
    {
        await using var visit = await States.EnterAsync(state, served, chromium);
        await visit.AssertPassesAsync(isRefused: state is "an earlier copy" or "no feed" or "no such year" || state.EndsWith("script off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_keyboard_reaches_everything_and_the_focus_is_visible()
    {
        await using var visit = await chromium.VisitAsync(served.Site(), new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 720 } });
        await visit.OpenAsync();
        await visit.Page.AssertReachedByKeyboardAsync();
    }

    [LongFact]
    public async Task A_table_view_opens_with_the_keyboard()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync();
        await visit.Page.Locator(".site-series summary").First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.True(await visit.Page.Locator(".site-series table").First.IsVisibleAsync());
    }

    [Theory]
    [InlineData("click")]
    [LongInlineData("enter")]
    [LongInlineData("shift")]
    public async Task Leaving_the_page_quickly_works_at_once_and_keeps_nothing(string way)
    {
        await using var visit = await States.EnterAsync("loaded", served, chromium);
        await visit.Page.Context.RouteAsync("https://www.bbc.co.uk/**", route => route.FulfillAsync(new RouteFulfillOptions { Body = "weather" }));
        Assert.NotEqual(0, await visit.Page.EvaluateAsync<int>("() => localStorage.length"));
        switch (way)
        {
            case "click":
                await visit.Page.Locator("#exit").ClickAsync();
                break;
            case "enter":
                await visit.Page.Locator("#exit").PressAsync("Enter");
                break;
            default:
                for (var press = 0; press < 3; press++)
                {
                    await visit.Page.Keyboard.PressAsync("Shift");
                }

                break;
        }

        // Polls, because a wait for the navigation would miss one that happens just before it.
        await Assertions.Expect(visit.Page).ToHaveURLAsync("https://www.bbc.co.uk/weather");
        await visit.Page.GotoAsync(served.Site() + "accessibility.html");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => localStorage.length"));
    }

    [LongFact]
    public async Task Print_shows_breakdowns_and_omits_interactive_parts()
    {
        await using var visit = await States.EnterAsync("loaded", served, chromium);
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await visit.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");

        Assert.All(await visit.Page.Locator(".site-split table").AllAsync(), table => Assert.True(table.IsVisibleAsync().GetAwaiter().GetResult()));
        foreach (var hidden in new[] { "#exit", ".site-years", ".site-contents >> nth=0", ".site-series >> nth=0", ".site-share >> nth=0", "#downloads" })
        {
            Assert.False(await visit.Page.Locator(hidden).IsVisibleAsync(), hidden);
        }

        await visit.Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        Assert.Equal(0, await visit.Page.Locator("details[open]").CountAsync());
    }
}

using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Xunit.Sdk;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>Checks the page assertions themselves: a page with a deliberate fault must fail.</summary>
public sealed class PageAssertionsTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    [LongTheory]
    [InlineData("document.querySelector('main').append(new Image())", "image-alt")]
    [LongInlineData("document.querySelector('main').append('x'.repeat(60))", "Expected: 320")]
    [InlineData("console.error('something failed')", "something failed")]
    [LongInlineData("document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/site/none.css' }))", "Failed to load resource")]
    public Task A_broken_page_fails_the_page_checks(string spoil, string expected) => IsFoundAsync(spoil, expected, visit => visit.AssertPassesAsync());

    [LongTheory]
    [InlineData("document.querySelector('main a').tabIndex = -1", "nothing has the focus")]
    [InlineData("const look = new CSSStyleSheet(); look.replaceSync('main a:focus { outline: none !important; box-shadow: none !important; }'); document.adoptedStyleSheets = [look]", "not marked")]
    public Task A_page_that_a_keyboard_cannot_use_fails_the_keyboard_check(string spoil, string expected) => IsFoundAsync(spoil, expected, visit => visit.Page.AssertReachedByKeyboardAsync());

    private async Task IsFoundAsync(string spoil, string expected, Func<Visit, Task> look)
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync("accessibility.html");
        await visit.Page.EvaluateAsync($"() => {{ {spoil}; }}");
        var found = await Assert.ThrowsAnyAsync<XunitException>(() => look(visit));
        Assert.Contains(expected, found.Message, StringComparison.Ordinal);
    }
}

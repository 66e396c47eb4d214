using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>A visitor who uses only a keyboard.</summary>
internal static class Keyboard
{
    /// <summary>Asserts that Tab reaches every control once, and that the focused control is visible, uncovered and outlined.</summary>
    public static async Task AssertReachedByKeyboardAsync(this IPage page)
    {
        var usable = await page.EvaluateAsync<string[]>(
            """
            () => {
              const parts = [...document.querySelectorAll('a[href], button, select, summary, textarea, input:not([type=hidden]), [tabindex="0"]')];
              window.nameOf = (part) => `${[...document.querySelectorAll('*')].indexOf(part)} ${part.outerHTML.slice(0, 120)}`;
              return parts.filter((part) => part.checkVisibility()).map(nameOf);
            }
            """);

        // Starts at the top of the page.
        await page.EvaluateAsync("() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }");
        var reached = new List<string>();
        for (var press = 0; press < usable.Length; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            var found = await page.EvaluateAsync<string[]>(
                """
                () => {
                  const part = document.activeElement;
                  const box = part.getBoundingClientRect();
                  const exit = document.getElementById('exit')?.getBoundingClientRect();
                  const covered = exit && part.id !== 'exit' && box.top >= exit.top && box.bottom <= exit.bottom && box.left >= exit.left && box.right <= exit.right;
                  const looks = [part, part.querySelector('.govuk-details__summary-text') ?? part].map((one) => getComputedStyle(one));
                  const marked = looks.some((look) => look.boxShadow !== 'none' || (look.outlineStyle !== 'none' && look.outlineWidth !== '0px'));
                  const problem = part === document.body ? 'nothing has the focus' : box.bottom < 0 || box.top > innerHeight ? 'out of sight' : covered ? 'covered' : marked ? '' : 'not marked';
                  return [nameOf(part), problem];
                }
                """);
            Assert.True(found[1].Length == 0, $"{found[0]}: {found[1]}");
            reached.Add(found[0]);
        }

        Assert.Equal(usable, reached);
    }

    /// <summary>Presses Tab until the element has the focus.</summary>
    public static async Task TabToAsync(this IPage page, string selector)
    {
        var part = page.Locator(selector);
        for (var press = 0; press < 300; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await part.EvaluateAsync<bool>("(part) => part === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not reach {selector}.");
    }
}

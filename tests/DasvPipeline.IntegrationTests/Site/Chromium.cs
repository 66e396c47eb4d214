using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DasvPipeline.Local.Commands;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The browser of the machine. Playwright does not install one here.</summary>
public sealed class Chromium(SharedFixtures shared) : IAsyncLifetime
{
    /// <summary>The timeout in milliseconds. Only a failing test waits this long.</summary>
    private const int TimeoutMilliseconds = 120_000;

    private OpenBrowser? _open;

    public async ValueTask InitializeAsync()
    {
        if (InstalledPrograms.FindChromium() is { } program)
        {
            _open = await shared.GetAsync(() => OpenBrowser.CreateAsync(program));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a tab for a new visitor, without stored data.</summary>
    internal async Task<Visit> VisitAsync(string site, BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_open is null, "There is no Chromium on this machine: install Chromium or Chrome.");
        options ??= new BrowserNewContextOptions();
        options.Locale = "en-GB";
        var context = await (await _open!.BrowserAsync()).NewContextAsync(options);
        context.SetDefaultTimeout(TimeoutMilliseconds);
        return await Visit.BeginAsync(context, site);
    }

    /// <summary>The browser that all tests of a run share.</summary>
    private sealed class OpenBrowser(IPlaywright playwright, string program) : IAsyncDisposable
    {
        private readonly SemaphoreSlim _turn = new(1);
        private IBrowser? _browser;

        public static async Task<OpenBrowser> CreateAsync(string program)
        {
            // This does not test speed: a busy machine may be slow.
            Assertions.SetDefaultExpectTimeout(TimeoutMilliseconds);
            return new(await Playwright.CreateAsync(), program);
        }

        /// <summary>Returns the browser. A browser that has crashed is started again: only the tests whose pages it showed fail.</summary>
        public async Task<IBrowser> BrowserAsync()
        {
            await _turn.WaitAsync(TestContext.Current.CancellationToken);
            try
            {
                return _browser is { IsConnected: true }
                    ? _browser
                    : _browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"], Timeout = TimeoutMilliseconds });
            }
            finally
            {
                _turn.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_browser is not null)
            {
                await _browser.DisposeAsync();
            }

            playwright.Dispose();
            _turn.Dispose();
        }
    }
}

/// <summary>A visitor's tab, which records its errors.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly IBrowserContext _context;
    private readonly string _site;

    private Visit(IBrowserContext context, IPage page, string site) => (_context, Page, _site) = (context, page, site);

    public IPage Page { get; }

    /// <summary>Console errors, uncaught exceptions, and violations of the content security policy.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    public static async Task<Visit> BeginAsync(IBrowserContext context, string site)
    {
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page, site);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                visit._faults.Enqueue(message.Text);
            }
        };
        page.PageError += (_, fault) => visit._faults.Enqueue(fault);
        await page.AddInitScriptAsync("addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective));");
        return visit;
    }

    /// <summary>Opens a page, and waits until it shows its figures or says why it cannot.</summary>
    public async Task OpenAsync(string path = "")
    {
        await Page.GotoAsync(_site + path);
        if (!path.StartsWith("accessibility", StringComparison.Ordinal) && !path.StartsWith("embed", StringComparison.Ordinal))
        {
            await SettleAsync();
        }
    }

    public Task SettleAsync() => Page.WaitForFunctionAsync("() => !['', 'Loading the figures.'].includes(document.getElementById('said').textContent)");

    /// <summary>Serves the page as a static host does: without figures, which its script adds.</summary>
    public Task UseStaticPageAsync() => Page.RouteAsync(
        new Regex(@"/site/(index\.html)?(\?.*)?$"), route => route.FulfillAsync(new RouteFulfillOptions { Path = Path.Combine(LocalFolders.Repository, "site", "index.html") }));

    public Task CutFeedAsync() => Page.RouteAsync("**/feed/**", route => route.AbortAsync());

    public Task RestoreFeedAsync() => Page.UnrouteAllAsync();

    /// <summary>Changes a JSON file of the feed on its way to the page. It has no ETag then, because it is another version.</summary>
    public Task ChangeAsync(string name, Action<JsonNode> change) => Page.RouteAsync("**/feed/" + name, async route =>
    {
        var answer = await route.FetchAsync();
        var document = JsonNode.Parse(await answer.TextAsync())!;
        change(document);
        await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Headers = answer.Headers.Where(header => header.Key != "etag"), Body = document.ToJsonString() });
    });

    public async Task OpenAllDetailsAsync() => await Page.EvaluateAsync("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

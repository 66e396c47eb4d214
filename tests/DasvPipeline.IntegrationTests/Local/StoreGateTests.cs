using System.Net;
using System.Text;
using DasvPipeline.IntegrationTests.Portal;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The pages listen before the store is ready. Requests wait for it.</summary>
public sealed class StoreGateTests
{
    /// <summary>A gate that stays closed fails a test, instead of holding the run.</summary>
    private const int LimitInMilliseconds = 30_000;

    private const string Sentence = "This page will open when the store is ready.";

    private readonly FakeTimeProvider _clock = new();
    private readonly StoreGate _gate;
    private int _passed;

    public StoreGateTests() => _gate = new StoreGate(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = LimitInMilliseconds)]
    public async Task A_browser_that_has_waited_a_second_gets_a_page_that_reloads_itself()
    {
        var context = ContextOf("GET", "text/html,application/xhtml+xml");
        var held = HoldAsync(context);
        _clock.Advance(StoreGate.Wait);
        await held.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((503, "1", "1", "no-store", 0), (context.Response.StatusCode, context.Response.Headers["Refresh"].ToString(), context.Response.Headers.RetryAfter.ToString(), context.Response.Headers.CacheControl.ToString(), _passed));
        Assert.Contains(Sentence, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()), StringComparison.Ordinal);
    }

    [Fact(Timeout = LimitInMilliseconds)]
    public async Task A_browser_gets_its_page_if_the_store_is_ready_within_a_second()
    {
        var context = ContextOf("GET", "text/html");
        var held = HoldAsync(context);
        _clock.Advance(StoreGate.Wait / 2);
        _gate.Open();
        await held.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((200, 1), (context.Response.StatusCode, _passed));
    }

    [Theory(Timeout = LimitInMilliseconds)]
    [InlineData("GET", "application/json")]
    [InlineData("GET", "")]
    [InlineData("POST", "text/html")] // a form would be sent twice
    public async Task A_program_or_a_form_waits_until_the_store_is_ready(string method, string accepts)
    {
        var held = HoldAsync(ContextOf(method, accepts));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(held.IsCompleted);

        _gate.Open();
        await held.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _passed);
    }

    [LongFact]
    public async Task The_pages_listen_while_the_store_starts_and_open_when_it_is_ready()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test replaces node with a script for sh.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("inbox"));
        var node = await folder.WriteAsync("bin/node", "#!/bin/sh\nread line < \"$STORE_MAY_START\"\nPATH=$REAL_PATH exec node \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [folder.At("pipe")]))
        {
            await pipe.WaitForExitAsync(Ct);
        }

        var path = Environment.GetEnvironmentVariable("PATH")!;
        var port = ServedLaptop.FreePort();
        using var laptop = CommandLine.StartProcess(
            new Dictionary<string, string> { ["PATH"] = $"{folder.At("bin")}:{path}", ["REAL_PATH"] = path, ["STORE_MAY_START"] = folder.At("pipe") },
            ["--inbox", folder.At("inbox"), "--data", folder.At("data"), "--port", FormattableString.Invariant($"{port}")]);
        try
        {
            var address = FormattableString.Invariant($"http://localhost:{port}");
            while (await laptop.StandardOutput.ReadLineAsync(Ct) is { } line && !line.Contains(address, StringComparison.Ordinal))
            {
            }

            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(address) };
            browser.DefaultRequestHeaders.Add("Accept", "text/html");
            browser.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("manager"));
            using var program = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
            var health = program.GetAsync("/api/health", Ct);
            using var early = await browser.GetAsync("/status", Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
            Assert.Contains(Sentence, await early.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            Assert.False(health.IsCompleted);

            await File.WriteAllTextAsync(folder.At("pipe"), "go\n", Ct);
            using var response = await health;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var page = await browser.GetAsync("/status", Ct);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.DoesNotContain(Sentence, await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        finally
        {
            laptop.Kill(entireProcessTree: true);
            await laptop.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Task HoldAsync(HttpContext context) => _gate.HoldAsync(context, _ =>
    {
        _passed++;
        return Task.CompletedTask;
    });

    private static DefaultHttpContext ContextOf(string method, string accepts)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Headers.Accept, context.Response.Body) = (method, accepts, new MemoryStream());
        return context;
    }
}

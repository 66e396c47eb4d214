using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The manager's commands, on a running host and directly on a store.</summary>
public sealed class ManagersCommandLineTests(ServedLaptop served) : IClassFixture<ServedLaptop>
{
    /// <summary>Markup, including that of the console, and terminal escape codes. It is longer than a question may be.</summary>
    private static readonly string Hostile = "[red]<b>&\u001b[31m" + new string('x', 20_000);

    private static readonly string[] Decided =
    [
        "held by Jo: [red]<b>&\uFFFD[31m" + new string('x', Explanation.MaxLength - 14), "hold-released by Jo", "publish-asked by Jo", "re-opened by Jo: Late.", "signed-off by Jo: Agreed.",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_uses_the_running_host()
    {
        await DecideEverythingAsync("--port", FormattableString.Invariant($"{served.Port}"), "--data", "no such folder");

        Assert.False(Directory.Exists("no such folder"));
        var store = TestStore.WithoutPrefix(served.Laptop.Services.GetRequiredService<IConfiguration>()["Returns"]!);
        Assert.Equal(Decided, (await DecisionRouteTests.AuditedAsync(store.RawTable("Audit"))).Distinct());
    }

    [Fact]
    public async Task The_report_command_writes_the_files_of_the_running_host()
    {
        using var folder = new TemporaryFolder();
        string[] at = ["--out", folder.At("report"), "--port", FormattableString.Invariant($"{served.Port}")];
        var (code, output, errors) = await CommandLine.RunAsync(["report", "2019-20", .. at]);

        Assert.Equal((0, string.Empty), (code, errors));
        Assert.StartsWith("5 files written to ", output, StringComparison.Ordinal);
        Assert.Equal(
            ["annual-report.docx", "annual-report.json", "annual-report.xlsx", "board-paper.html", "key-headlines.txt"],
            Directory.EnumerateFiles(folder.At("report")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        (code, _, errors) = await CommandLine.RunAsync(["report", "2010-11", .. at]);
        Assert.Equal((1, "There are no figures for April 2010 to March 2011, or the catalogue has no report."), (code, errors.Trim()));
    }

    [LongFact]
    public async Task A_command_uses_the_store_if_no_host_is_running()
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/{MaracPath(1)}", Marac(371));
        string[] run = ["--once", "--inbox", folder.At("inbox"), "--data", folder.At("data")];
        Assert.Equal(0, (await CommandLine.RunAsync(run)).Code);
        string[] at = ["--port", FormattableString.Invariant($"{ServedLaptop.FreePort()}"), "--data", folder.At("data")];

        // Each command starts the store, so this tries only some of them. The running host has all.
        Assert.Equal((0, "2019-20 is signed off. Its figures will be published as final.", string.Empty), Trimmed(await CommandLine.RunAsync(["sign-off", "2019-20", "--reason", "Agreed.", "--by", "Jo", .. at])));
        Assert.Equal((0, "Release 2 is published.", string.Empty), Trimmed(await CommandLine.RunAsync(["publish", "--by", "Jo", .. at])));
        Assert.Equal((0, "We compared the figures of 1 returns with their observations. They are the same.", string.Empty), Trimmed(await CommandLine.RunAsync(["verify-figures", .. at])));
        Assert.Equal(0, (await CommandLine.RunAsync(["hold", "--reason", "[red]Wait.", "--by", "Jo\u001b[2J", .. at])).Code);
        var (code, output, _) = await CommandLine.RunAsync(run);
        Assert.Equal(0, code);
        Assert.Contains("Jo\uFFFD[2J put publishing on hold on ", output, StringComparison.Ordinal);
        Assert.Contains(": [red]Wait.", output, StringComparison.Ordinal);

        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { DataDirectory = folder.At("data") }, Ct);
        Assert.Equal(
            ["held by Jo\u001b[2J: [red]Wait.", "publish-asked by Jo", "signed-off by Jo: Agreed."],
            (await DecisionRouteTests.AuditedAsync(TestStore.WithoutPrefix(azurite.ConnectionString).RawTable("Audit"))).Distinct());
    }

    [Theory]
    [InlineData("Write the year like 2019-20.", "sign-off", "2019")]
    [InlineData("Write the year like 2019-20.", "re-open", "2019-20-Q1", "--reason", "x")]
    [InlineData("Option '--reason' is required.", "re-open", "2019-20")]
    [InlineData("Option '--reason' is required.", "hold")]
    [InlineData("Option '--reason' is required.", "withdraw", "idva-service/marac", "2019-20-Q1")]
    [InlineData("Write the period like 2019-20 or 2019-20-Q1.", "choose-version", "idva-service/marac", "spring", "1", "--reason", "x")]
    [InlineData("Option '--out' is required.", "report", "2019-20")]
    [InlineData("The number of workers must be from 1 to 64.", "--workers", "0")]
    [InlineData("This headline does not exist. Did you mean marac-cases?", "explain", "marac-case", "2019-20")]
    [InlineData("This headline does not exist. The headlines are idva-referrals, marac-cases, ", "explain", "[red]", "2019-20")]
    [InlineData("Write the period like 2019-20 or 2019-20-Q1.", "explain", "marac-cases", "spring")]
    [InlineData("The port must be a number from 1 to 65535.", "preview", "--port", "0")]
    [InlineData("The port must be a number from 1 to 65535.", "--port", "65536")]
    [InlineData("A name can have at most 100 characters.", "publish", "--by", "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task Bad_usage_gives_a_clear_message_before_any_call(string sentence, params string[] arguments)
    {
        var (code, output, errors) = await CommandLine.RunAsync(arguments);

        Assert.Equal((2, string.Empty), (code, output));
        Assert.StartsWith(sentence, errors, StringComparison.Ordinal);
        Assert.Equal(2, errors.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task A_missing_store_is_not_created()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("other"));
        var port = FormattableString.Invariant($"{ServedLaptop.FreePort()}");

        foreach (var data in new[] { folder.At("none"), folder.At("other") })
        {
            Assert.Equal(
                (1, string.Empty, $"No pipeline is running on port {port}, and {data} contains no store. Start the pipeline first, or use --port or --data."),
                Trimmed(await CommandLine.RunAsync("preview", "--port", port, "--data", data)));
        }

        Assert.Equal([folder.At("other")], Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_store_without_a_return_is_empty()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("inbox"));
        Assert.Equal(0, (await CommandLine.RunAsync("--once", "--inbox", folder.At("inbox"), "--data", folder.At("data"))).Code);

        Assert.Equal(
            (1, string.Empty, $"The store in {folder.At("data")} is empty. No return has been sent to it."),
            Trimmed(await CommandLine.RunAsync("hold", "--reason", "x", "--port", FormattableString.Invariant($"{ServedLaptop.FreePort()}"), "--data", folder.At("data"))));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi", "is not this pipeline. Use --port to give the right port.")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "is not this pipeline. Use --port to give the right port.")]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "The pipeline failed. Its output says why. Try again when the problem is fixed.")]
    public async Task An_answer_from_another_program_gives_a_clear_message(string answer, string sentence)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(
            async () =>
            {
                // The first connection only checks that a program listens.
                (await listener.AcceptTcpClientAsync(Ct)).Dispose();
                using var client = await listener.AcceptTcpClientAsync(Ct);
                await using var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[64], 64, cancellationToken: Ct);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Ct);
            },
            Ct);

        var (code, output, errors) = await CommandLine.RunAsync("publish", "--port", FormattableString.Invariant($"{((IPEndPoint)listener.LocalEndpoint).Port}"));

        Assert.Equal((1, string.Empty), (code, output));
        Assert.EndsWith(sentence, errors.Trim(), StringComparison.Ordinal);
        await answering;
    }

    /// <summary>Runs every command on a store with MARAC cases of the first quarter in release 1. Other returns are missing.</summary>
    private static async Task DecideEverythingAsync(params string[] at)
    {
        var (code, output, errors) = await RunAsync("sign-off", "2019-20");
        Assert.Equal((1, string.Empty), (code, output));
        Assert.StartsWith("2019-20 is not ready to sign off. To sign it off anyway, give a reason.", errors, StringComparison.Ordinal);
        Assert.Contains("  IDVA Service has no accepted \"MARAC cases\" for July to September 2019.", errors.Split(Environment.NewLine));

        await AssertDoneAsync("Publishing is on hold. Returns are still checked. Nothing will be published until you release the hold.", "hold", "--reason", Hostile);
        (code, _, errors) = await RunAsync("publish");
        Assert.Equal(1, code);
        Assert.StartsWith("Jo put publishing on hold on ", errors, StringComparison.Ordinal);
        Assert.StartsWith("  [red]<b>&\uFFFD[31mxxx", errors.Split(Environment.NewLine)[1], StringComparison.Ordinal);
        (code, output, _) = await AskAsync("preview", "--json");
        using (var preview = JsonDocument.Parse(output))
        {
            Assert.Equal((0, Explanation.MaxLength), (code, preview.RootElement.GetProperty("hold").GetProperty("reason").GetString()!.Length));
        }

        await AssertDoneAsync("The hold is released. The next run will publish the changes.", "release-hold");
        Assert.Equal((1, string.Empty, "Publishing is not on hold."), Trimmed(await RunAsync("release-hold")));
        await AssertDoneAsync("2019-20 is signed off. Its figures will be published as final.", "sign-off", "2019-20", "--reason", "Agreed.");
        (code, output, _) = await AskAsync("preview");
        Assert.Equal(0, code);
        Assert.StartsWith($"Release 1 is published.{Environment.NewLine}Publishing now will mark 2019-20 as final.{Environment.NewLine}", output, StringComparison.Ordinal);
        Assert.Contains("2019-20: signed off, by Jo on ", output, StringComparison.Ordinal);
        await AssertDoneAsync("Release 2 is published.", "publish");

        (code, output, _) = await AskAsync("explain", MaracHeadline, "2019-20");
        Assert.Equal(0, code);
        Assert.StartsWith($"Cases heard at Multi-Agency Risk Assessment Conferences, 2019-20: 371 [p]{Environment.NewLine}It is not hidden.{Environment.NewLine}", output, StringComparison.Ordinal);
        Assert.Equal(
            ["idva-service/marac 2019-20-Q1", "1", "marac.csv", "B2", "marac.cases", "371", ""],
            Assert.Single(output.Split(Environment.NewLine), line => line.Contains("marac.csv", StringComparison.Ordinal)).Split('│')[1..^1].Select(cell => cell.Trim()));
        Assert.Contains("  missing: idva-service/marac/2019-20-Q2", output.Split(Environment.NewLine));
        (_, output, _) = await AskAsync("explain", MaracHeadline, "2019-20-Q1", "--json");
        using (var lineage = JsonDocument.Parse(output))
        {
            Assert.Equal(MaracPath(1), Assert.Single(lineage.RootElement.GetProperty("figures").EnumerateArray()).GetProperty("path").GetString());
        }

        Assert.Equal((1, string.Empty, "cada-children has no figure for 2019-20-Q1."), Trimmed(await AskAsync("explain", "cada-children", "2019-20-Q1")));
        await AssertDoneAsync("2019-20 is open again. Its final figures stay published, and readers will see that they are under review.", "re-open", "2019-20", "--reason", "Late.");
        Assert.Equal((1, string.Empty, "2019-20 is already open. It has not been signed off."), Trimmed(await RunAsync("re-open", "2019-20", "--reason", "Late.")));

        async Task AssertDoneAsync(string sentence, params string[] arguments) => Assert.Equal((0, sentence, string.Empty), Trimmed(await RunAsync(arguments)));

        Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => AskAsync([.. arguments, "--by", "Jo"]);

        Task<(int Code, string Output, string Errors)> AskAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, .. at]);
    }

    private static (int Code, string Output, string Errors) Trimmed((int Code, string Output, string Errors) said) => (said.Code, said.Output.Trim(), said.Errors.Trim());
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Local;

public sealed class DoctorTests(AgencysLaptop served) : IClassFixture<AgencysLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_pipeline_whose_store_responds_is_found()
    {
        using var folder = new TemporaryFolder();

        var (code, output) = await RunAsync(served.Laptop.Address.Port, folder.At("data"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains($"works     The pipeline is running on port {served.Laptop.Address.Port}: ", output, StringComparison.Ordinal);
        Assert.Contains("works     The store of that pipeline responds.", output, StringComparison.Ordinal);
        Assert.Contains($"works     The store will be in {folder.At("data")}. It is empty, so the first start takes the samples.", output, StringComparison.Ordinal);
        Assert.EndsWith("Everything that the pipeline needs works.", output.TrimEnd(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("data")));
    }

    [Fact]
    public async Task Another_program_on_the_port_and_a_folder_that_cannot_be_written_are_problems_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var accept = AnswerAsync(other);
        using var folder = new TemporaryFolder();
        var file = await folder.WriteAsync("file", string.Empty);
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, output) = await RunAsync(port, Path.Combine(file, "data"));

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains($"PROBLEM   Another program is using port {port}. Stop it, or choose another port with --port.", output, StringComparison.Ordinal);
        Assert.Contains("Choose another folder with --data.", output, StringComparison.Ordinal);
        Assert.Contains("works     The store starts and responds.", output, StringComparison.Ordinal);
        Assert.EndsWith("Correct each line with PROBLEM, and run this again.", output.TrimEnd(), StringComparison.Ordinal);
        await accept;
    }

    [Fact]
    public async Task Without_Node_it_says_where_to_get_it()
    {
        using var folder = new TemporaryFolder();
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : InstalledPrograms.FindOnPath("dotnet")!,
            [typeof(DasvPipeline.Local.Host.LaptopHost).Assembly.Location, "doctor", "--port", ServedLaptop.FreePort().ToString(CultureInfo.InvariantCulture), "--data", folder.At("data")])
        {
            RedirectStandardOutput = true,
            Environment = { ["PATH"] = folder.Path },
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);

        Assert.Equal(ExitCode.Refused, process.ExitCode);
        Assert.Contains("PROBLEM   Node.js is not on the PATH. Install version 20 or later from https://nodejs.org.", output, StringComparison.Ordinal);
        Assert.Contains("PROBLEM   The storage emulator needs Node.js 20 or later.", output, StringComparison.Ordinal);
    }

    /// <summary>Answers like another web server.</summary>
    private static async Task AnswerAsync(TcpListener other)
    {
        // The first connection only looks whether somebody listens.
        using (await other.AcceptTcpClientAsync(Ct))
        {
        }

        using var client = await other.AcceptTcpClientAsync(Ct);
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray(), Ct);
        await client.GetStream().FlushAsync(Ct);
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task<(int Code, string Output)> RunAsync(int port, string data)
    {
        await using var output = new StringWriter();
        return (await new DoctorCommand(port, data).RunAsync(output, Ct), output.ToString());
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using DasvPipeline.Local.Azurite;

namespace DasvPipeline.Local.Commands;

/// <summary>Says what is installed, which port and folder are used, whether the store responds, and what to do.</summary>
internal sealed class DoctorCommand(int port, string? data)
{
    private const int OldestNode = 20;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly List<(Result Result, string Sentence)> _lines = [];

    private enum Result
    {
        Works,
        Missing,
        MissingForTests,
    }

    public async Task<int> RunAsync(TextWriter output, CancellationToken ct)
    {
        await CheckProgramsAsync(ct);
        var isRunning = await CheckPortAsync(ct);
        CheckFolder();
        if (!isRunning)
        {
            await CheckStoreAsync(ct);
        }

        CheckTestPrograms();
        foreach (var (result, sentence) in _lines)
        {
            await output.WriteLineAsync($"{(result switch { Result.Works => "works    ", Result.Missing => "PROBLEM  ", _ => "for tests" })} {sentence}");
        }

        var isWhole = _lines.TrueForAll(line => line.Result != Result.Missing);
        await output.WriteLineAsync(isWhole ? "Everything that the pipeline needs works." : "Correct each line with PROBLEM, and run this again.");
        return isWhole ? ExitCode.Done : ExitCode.Refused;
    }

    private async Task CheckProgramsAsync(CancellationToken ct)
    {
        var sdk = await InstalledPrograms.ReadVersionAsync("dotnet", ct);
        Add(sdk is not null, $".NET SDK {sdk}.", "The .NET SDK is not on the PATH. Install version 10 from https://dotnet.microsoft.com/download.");
        var node = await InstalledPrograms.ReadVersionAsync("node", ct);
        Add(
            node is not null && int.TryParse(node.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= OldestNode,
            $"Node.js {node}.",
            node is null ? "Node.js is not on the PATH. Install version 20 or later from https://nodejs.org." : $"Node.js {node} is too old. Install version 20 or later from https://nodejs.org.");
        var scripts = Path.Combine(LocalFolders.Repository, "local", "Azurite");
        var wanted = Version(Path.Combine(scripts, "package.json"), package => package.GetProperty("dependencies").GetProperty("azurite"));
        var installed = Version(Path.Combine(scripts, "node_modules", "azurite", "package.json"), package => package.GetProperty("version"));
        Add(installed is not null && installed == wanted, $"The storage emulator, Azurite {installed}.", $"The storage emulator is not installed. Run this command: npm ci --prefix \"{scripts}\"");
    }

    /// <returns>True if a pipeline is running on the port.</returns>
    private async Task<bool> CheckPortAsync(CancellationToken ct)
    {
        if (!await IsListeningAsync(ct))
        {
            Add(true, string.Create(CultureInfo.InvariantCulture, $"Port {port} is free for the pages."), string.Empty);
            return false;
        }

        var health = await ReadHealthAsync(ct);
        var isOurs = health?.Contains("\"status\":", StringComparison.Ordinal) == true;
        Add(
            isOurs,
            string.Create(CultureInfo.InvariantCulture, $"The pipeline is running on port {port}: http://localhost:{port}/returns."),
            string.Create(CultureInfo.InvariantCulture, $"Another program is using port {port}. Stop it, or choose another port with --port."));
        if (isOurs)
        {
            Add(health!.Contains("\"healthy\"", StringComparison.Ordinal), "The store of that pipeline responds.", "The store of that pipeline does not respond. Wait a minute, or stop the pipeline with Ctrl+C and start it again.");
        }

        return isOurs;
    }

    private void CheckFolder()
    {
        var folder = Path.GetFullPath(data ?? LocalFolders.Data);
        try
        {
            var isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $"doctor-{Guid.NewGuid():N}");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            if (isNew)
            {
                Directory.Delete(folder);
            }

            Add(true, AzuriteProcess.ContainsData(folder) ? $"The store is in {folder}." : $"The store will be in {folder}. It is empty, so the first start takes the samples.", string.Empty);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Add(false, string.Empty, $"The folder of the store, {folder}, cannot be written: {fault.Message} Choose another folder with --data.");
        }
    }

    /// <summary>Starts a store in memory, because another program may be using the folder.</summary>
    private async Task CheckStoreAsync(CancellationToken ct)
    {
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), ct);
            Add(true, "The store starts and responds.", string.Empty);
        }
        catch (AzuriteException fault)
        {
            Add(false, string.Empty, fault.Message);
        }
    }

    private void CheckTestPrograms()
    {
        AddForTests(InstalledPrograms.FindChromium(), "Chromium", "Install Chromium or Chrome. The tests of pages are skipped without it.");
        AddForTests(InstalledPrograms.FindLibreOffice(), "LibreOffice", "Install it from https://www.libreoffice.org. The tests that open our files in it are skipped without it.");
        AddForTests(InstalledPrograms.FindOnPath("pdftotext"), "pdftotext", "Install poppler. The tests that read printed pages are skipped without it.");
    }

    private void Add(bool works, string sentence, string problem) => _lines.Add(works ? (Result.Works, sentence) : (Result.Missing, problem));

    private void AddForTests(string? program, string name, string advice) =>
        _lines.Add(program is not null ? (Result.Works, $"{name}, for the tests: {program}.") : (Result.MissingForTests, $"{name} is missing. {advice}"));

    private async Task<bool> IsListeningAsync(CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(System.Net.IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string?> ReadHealthAsync(CancellationToken ct)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = AnswerLimit };
        try
        {
            using var response = await client.GetAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/api/health")), ct);
            return await response.Content.ReadAsStringAsync(ct);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string? Version(string file, Func<JsonElement, JsonElement> member)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return member(json.RootElement).GetString();
    }
}

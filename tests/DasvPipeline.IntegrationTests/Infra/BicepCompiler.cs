using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>
/// The Bicep compiler as a process that takes requests (JSON-RPC) until this process ends. Its start takes 10 times as long as a
/// compilation.
/// </summary>
internal sealed class BicepCompiler : IDisposable
{
    private const string Length = "Content-Length: ";

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);
    private int _requests;

    private BicepCompiler(Process process) => _process = process;

    /// <param name="settings">Environment variables that the parameter files read, such as <c>NAME=value</c>.</param>
    public static async Task<BicepCompiler> StartAsync(IEnumerable<string> settings)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "The compiler's package is for Linux on x64.");
        var start = new ProcessStartInfo("bash", [Path.Combine(LocalFolders.Repository, "infra", "bicep.sh"), "jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var setting in settings)
        {
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        }

        var compiler = new BicepCompiler(Process.Start(start)!);
        await compiler.CallAsync("bicep/version", []);
        return compiler;
    }

    /// <summary>Returns the resources that a parameter file deploys.</summary>
    /// <exception cref="InvalidOperationException">The compiler refuses the file. The message says why.</exception>
    public async Task<IReadOnlyList<JsonNode>> PredictAsync(string parameterFile)
    {
        var place = new JsonObject
        {
            ["tenantId"] = "00000000-0000-0000-0000-000000000001",
            ["subscriptionId"] = "00000000-0000-0000-0000-000000000000",
            ["resourceGroup"] = "rg",
            ["location"] = "uksouth",
        };
        var response = await CallAsync("bicep/getSnapshot", new JsonObject { ["path"] = parameterFile, ["metadata"] = place });
        if (response["result"] is not { } result)
        {
            var diagnostics = await CallAsync("bicep/compileParams", new JsonObject { ["path"] = parameterFile, ["parameterOverrides"] = new JsonObject() });
            throw new InvalidOperationException($"{response["error"]!["message"]} {diagnostics["result"]?["diagnostics"]}");
        }

        return [.. JsonNode.Parse((string)result["snapshot"]!)!["predictedResources"]!.AsArray().Select(resource => resource!)];
    }

    /// <summary>Returns a template as ARM JSON.</summary>
    public async Task<JsonNode> CompileAsync(string template)
    {
        var result = (await CallAsync("bicep/compile", new JsonObject { ["path"] = template }))["result"]!;
        Assert.True((bool)result["success"]!, result["diagnostics"]!.ToString());
        return JsonNode.Parse((string)result["contents"]!)!;
    }

    /// <summary>Ends the process, which ends when its input is closed.</summary>
    public void Dispose()
    {
        _process.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject request)
    {
        await _turn.WaitAsync();
        try
        {
            var call = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_requests, ["method"] = method, ["params"] = new JsonArray(request) };
            var body = Encoding.UTF8.GetBytes(call.ToJsonString());
            var (input, output) = (_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream);
            await input.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Length}{body.Length}\r\n\r\n")));
            await input.WriteAsync(body);
            await input.FlushAsync();
            var response = new byte[ReadLength(output)];
            await output.ReadExactlyAsync(response);
            return JsonNode.Parse(response)!;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the header of a response, up to its empty line.</summary>
    private static int ReadLength(Stream output)
    {
        var header = new StringBuilder();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            header.Append(output.ReadByte() is >= 0 and var next ? (char)next : throw new EndOfStreamException("The Bicep compiler has ended."));
        }

        var line = header.ToString().Split("\r\n").Single(line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        return int.Parse(line[Length.Length..], CultureInfo.InvariantCulture);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The resources of a deployment: the template with one of its parameter files, compiled by the real compiler.</summary>
internal sealed record Deployment(IReadOnlyList<JsonNode> Resources)
{
    public const string Dev = "dev";
    public const string Production = "prod";

    /// <summary>Production with every option on: sign-in, private endpoints, alerts by e-mail, the subscription.</summary>
    public const string Whole = "whole";

    private static readonly string Folder = Path.Combine(LocalFolders.Repository, "infra");
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Outputs = new(StringComparer.Ordinal);

    /// <summary>The whole deployment as text, to search all of it.</summary>
    public string Text => JsonSerializer.Serialize(Resources);

    public IEnumerable<JsonNode> Of(string type, string named = "") => Resources.Where(resource =>
        (string)resource["type"]! == type && ((string)resource["name"]!).Contains(named, StringComparison.Ordinal));

    /// <summary>Returns a new copy for each caller.</summary>
    public static async Task<Deployment> OfAsync(string name)
    {
        var file = name == Whole ? Production : name;
        string[] settings = name == Whole
            ? ["SIGN_IN_CLIENT_ID=11111111-1111-1111-1111-111111111111", "CONTACT_EMAILS=somebody@example.org", "SUBSCRIBE_TO_UPLOADS=true", "PRIVATE_ENDPOINTS=true", "SCANS_MALWARE=true"]
            : [];
        settings = [.. settings, "BUDGET_START=2026-01-01"];
        var snapshot = await OnceAsync(name, settings, $"{file}.snapshot.json", SnapshotOf(file));
        return new Deployment([.. JsonNode.Parse(snapshot)!["predictedResources"]!.AsArray().Select(resource => resource!)]);
    }

    /// <summary>Returns the resources of production with one more parameter.</summary>
    /// <param name="replaces">The parameter of the file that it replaces; null if the file does not set it.</param>
    public static async Task<Deployment> WithAsync(string parameter, string? replaces = null)
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Folder, "prod.bicepparam"))).Where(line => replaces is null || !line.StartsWith($"param {replaces} ", StringComparison.Ordinal));
        var snapshot = await RunAsync([], "other.snapshot.json", SnapshotOf("other"), ("other.bicepparam", string.Join('\n', [.. lines, parameter, string.Empty])));
        return new Deployment([.. JsonNode.Parse(snapshot)!["predictedResources"]!.AsArray().Select(resource => resource!)]);
    }

    /// <summary>Returns the compiler's message for production with one more parameter, which must be refused.</summary>
    public static async Task<string> RefuseAsync(string parameter) => (await Assert.ThrowsAnyAsync<Exception>(() => WithAsync(parameter))).Message;

    /// <summary>The template as ARM JSON.</summary>
    public static async Task<JsonNode> TemplateAsync() =>
        JsonNode.Parse(await OnceAsync("template", [], "main.json", "build", "main.bicep", "--outfile", "main.json"))!;

    private static string[] SnapshotOf(string file) =>
    [
        "snapshot", $"{file}.bicepparam", "--mode", "overwrite", "--resource-group", "rg", "--location", "uksouth",
        "--subscription-id", "00000000-0000-0000-0000-000000000000", "--tenant-id", "00000000-0000-0000-0000-000000000001",
    ];

    private static Task<string> OnceAsync(string key, string[] settings, string output, params string[] arguments) =>
        Outputs.GetOrAdd(key, _ => new Lazy<Task<string>>(() => RunAsync(settings, output, arguments))).Value;

    private static async Task<string> RunAsync(string[] settings, string output, string[] arguments, params (string Name, string Text)[] files)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "The compiler's package is for Linux on x64.");
        var copy = Directory.CreateTempSubdirectory("dasv-infra-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
            {
                var target = Path.Combine(copy.FullName, Path.GetRelativePath(Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            foreach (var (name, text) in files)
            {
                await File.WriteAllTextAsync(Path.Combine(copy.FullName, name), text);
            }

            var start = new ProcessStartInfo("bash", ["bicep.sh", .. arguments]) { WorkingDirectory = copy.FullName, RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var setting in settings)
            {
                start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
            }

            using var compiler = Process.Start(start)!;
            var texts = await Task.WhenAll(compiler.StandardOutput.ReadToEndAsync(), compiler.StandardError.ReadToEndAsync());
            await compiler.WaitForExitAsync();
            Assert.True(compiler.ExitCode == 0, string.Concat(texts));
            return await File.ReadAllTextAsync(Path.Combine(copy.FullName, output));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }
}

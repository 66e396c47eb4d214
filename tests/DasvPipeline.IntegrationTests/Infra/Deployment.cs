using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The resources of a deployment: the template with one of its parameter files, compiled by the real compiler.</summary>
internal sealed record Deployment(IReadOnlyList<JsonNode> Resources)
{
    public const string Dev = "dev";
    public const string Production = "prod";

    /// <summary>Production with every option on: sign-in, private endpoints, alerts by e-mail, the subscription.</summary>
    public const string Whole = "whole";

    private static readonly string[] Settings = ["BUDGET_START=2026-01-01"];

    private static readonly string[] SettingsOfWhole =
    [
        .. Settings, "SIGN_IN_CLIENT_ID=11111111-1111-1111-1111-111111111111", "CONTACT_EMAILS=somebody@example.org", "SUBSCRIBE_TO_UPLOADS=true", "PRIVATE_ENDPOINTS=true", "SCANS_MALWARE=true",
    ];

    private static readonly string Folder = Path.Combine(LocalFolders.Repository, "infra");
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<JsonNode>>>> Compiled = new(StringComparer.Ordinal);
    private static readonly Lazy<Task<BicepCompiler>> Compiler = new(() => BicepCompiler.StartAsync(Settings));
    private static readonly Lazy<Task<BicepCompiler>> CompilerOfWhole = new(() => BicepCompiler.StartAsync(SettingsOfWhole));

    /// <summary>The whole deployment as text, to search all of it.</summary>
    public string Text => JsonSerializer.Serialize(Resources);

    public IEnumerable<JsonNode> Of(string type, string named = "") => Resources.Where(resource =>
        (string)resource["type"]! == type && ((string)resource["name"]!).Contains(named, StringComparison.Ordinal));

    /// <summary>Returns a new copy for each caller.</summary>
    public static async Task<Deployment> OfAsync(string name)
    {
        var resources = await Compiled.GetOrAdd(name, _ => new Lazy<Task<IReadOnlyList<JsonNode>>>(async () =>
            await (await (name == Whole ? CompilerOfWhole : Compiler).Value).PredictAsync(Path.Combine(Folder, $"{(name == Whole ? Production : name)}.bicepparam")))).Value;
        lock (resources)
        {
            return new Deployment([.. resources.Select(resource => resource.DeepClone())]);
        }
    }

    /// <summary>Returns the resources of production with one more parameter.</summary>
    /// <param name="replaces">The parameter of the file that it replaces; null if the file does not set it.</param>
    public static async Task<Deployment> WithAsync(string parameter, string? replaces = null)
    {
        using var folder = new TemporaryFolder();
        var template = Path.GetRelativePath(folder.Path, Path.Combine(Folder, "main.bicep"));
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Folder, "prod.bicepparam"))).Where(line => replaces is null || !line.StartsWith($"param {replaces} ", StringComparison.Ordinal))
            .Select(line => line.Replace("'main.bicep'", $"'{template}'", StringComparison.Ordinal));
        var file = await folder.WriteAsync("other.bicepparam", string.Join('\n', [.. lines, parameter, string.Empty]));
        return new Deployment(await (await Compiler.Value).PredictAsync(file));
    }

    /// <summary>Returns the compiler's message for production with one more parameter, which must be refused.</summary>
    public static async Task<string> RefuseAsync(string parameter) => (await Assert.ThrowsAsync<InvalidOperationException>(() => WithAsync(parameter))).Message;

    /// <summary>The template as ARM JSON.</summary>
    public static async Task<JsonNode> TemplateAsync() => await (await Compiler.Value).CompileAsync(Path.Combine(Folder, "main.bicep"));
}

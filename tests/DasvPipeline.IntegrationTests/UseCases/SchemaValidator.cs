using System.ComponentModel;
using System.Diagnostics;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>
/// Validates documents against the published schema with two validators: ajv, run by Node in <c>tests/schema</c>, and
/// NJsonSchema in this process. A machine without Node skips the tests that need it.
/// </summary>
internal static class SchemaValidator
{
    private static readonly string Folder = Path.Combine(LocalFolders.Repository, "tests", "schema");
    private static readonly SemaphoreSlim Installing = new(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Returns the errors that ajv finds in each document; empty if all are valid.</summary>
    public static async Task<string> FaultsAsync(IEnumerable<string> documents, string? schemaText = null)
    {
        await InstallAsync();
        var folder = Directory.CreateTempSubdirectory("dasv-schema-");
        try
        {
            var schema = Path.Combine(folder.FullName, "schema.json");
            await File.WriteAllTextAsync(schema, schemaText ?? FeedSchema.HeadlinesText, Ct);
            var files = new List<string>();
            foreach (var document in documents)
            {
                files.Add(Path.Combine(folder.FullName, FormattableString.Invariant($"{files.Count}.json")));
                await File.WriteAllTextAsync(files[^1], document, Ct);
            }

            Assert.NotEmpty(files);
            var (code, output) = await RunAsync("node", [Path.Combine(Folder, "validate.cjs"), schema, .. files]);
            Assert.True(code == 0 == (output.Length == 0), $"The validator ended with {code}: {output}");
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="schemaText">The schema, or null for that of <c>headlines.json</c>.</param>
    public static async Task AssertValidAsync(IEnumerable<string> documents, string? schemaText = null)
    {
        var all = documents.ToList();

        // NJsonSchema supports an older draft, which names the definitions differently.
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync((schemaText ?? FeedSchema.HeadlinesText).Replace("$defs", "definitions", StringComparison.Ordinal), Ct);
        Assert.All(all, document => Assert.Empty(schema.Validate(document)));
        Assert.Equal(string.Empty, await FaultsAsync(all, schemaText));
    }

    /// <summary>Returns the mistakes that the tools of readers find in whole feeds; empty if there are none.</summary>
    /// <param name="feeds">The folder of each feed, and the address at which it is served.</param>
    public static async Task<string> FeedFaultsAsync(params (string Folder, Uri Root)[] feeds)
    {
        await InstallAsync();
        var (code, output) = await RunAsync("node", [Path.Combine(Folder, "feed.mjs"), .. feeds.SelectMany(feed => new[] { feed.Folder, feed.Root.AbsoluteUri })]);
        Assert.True(code == 0 == (output.Length == 0), $"The check of the feed ended with {code}: {output}");
        return output;
    }

    /// <summary>Returns the mistakes that the Kusto parser finds in queries; empty if all are valid.</summary>
    public static async Task<string> QueryFaultsAsync(IReadOnlyList<string> queries)
    {
        await InstallAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, System.Text.Json.JsonSerializer.Serialize(queries), Ct);
            var (code, output) = await RunAsync("node", [Path.Combine(Folder, "kusto.cjs"), file]);
            Assert.True(code == 0 == (output.Length == 0), $"The Kusto parser ended with {code}: {output}");
            return output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Returns the mistakes in pages by the HTML standard; empty if all are valid.</summary>
    public static async Task<string> HtmlFaultsAsync(IReadOnlyList<(string Name, string Html)> pages)
    {
        await InstallAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, System.Text.Json.JsonSerializer.Serialize(pages.Select(page => new { name = page.Name, html = page.Html })), Ct);
            var (code, output) = await RunAsync("node", [Path.Combine(Folder, "html.cjs"), file]);
            Assert.True(code == 0 == (output.Length == 0), $"The validator of pages ended with {code}: {output}");
            return output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync(Ct);
        try
        {
            // npm writes this file last.
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            {
                return;
            }

            // A shell, because npm is a script on Windows.
            var (code, output) = OperatingSystem.IsWindows()
                ? await RunAsync("cmd", ["/c", "npm ci --no-audit --no-fund --loglevel=error --prefer-offline"])
                : await RunAsync("sh", ["-c", "npm ci --no-audit --no-fund --loglevel=error --prefer-offline"]);
            Assert.SkipWhen(code == 127, "npm is not installed: the schema's validator needs Node.js 20 or later.");
            Assert.True(code == 0, $"The schema's validator could not be installed: npm ended with {code}. {output}");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(Ct);
            var errors = process.StandardError.ReadToEndAsync(Ct);
            await process.WaitForExitAsync(Ct);
            return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed: the schema's validator needs Node.js 20 or later.");
            throw;
        }
    }
}

using System.Diagnostics;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The script that uploads the public page to storage, run with an <c>az</c> that records its arguments.</summary>
public sealed class SiteUploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task Every_file_of_the_page_is_uploaded_with_its_type_and_reads_the_feed_next_to_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is for bash and GNU sed.");
        using var folder = new TemporaryFolder();
        var az = await folder.WriteAsync("bin/az", """
            #!/usr/bin/env bash
            while (($#)); do case $1 in --source) source=$2;; --pattern) pattern=$2;; --content-type) type=$2;; --content-cache-control) cache=$2;; --account-name) account=$2;; --destination) to=$2;; esac; shift; done
            for file in "$source"/$pattern; do echo "$account/$to/$(basename "$file")|$type|$cache" >>"$SAID"; cp "$file" "$SAID.$(basename "$file")"; done
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("bash", [Path.Combine(LocalFolders.Repository, "infra", "site.sh"), "dasvpub"]);
        start.Environment["PATH"] = folder.At("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["SAID"] = folder.At("said");
        using var script = Process.Start(start)!;
        await script.WaitForExitAsync(Ct);

        Assert.Equal(0, script.ExitCode);
        string[] kinds = [".html", ".js", ".css", ".svg", ".png", ".ico"];
        var expected = Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, "site")).Where(file => kinds.Contains(Path.GetExtension(file)))
            .Select(file => $"dasvpub/site/{Path.GetFileName(file)}|{TypeOf(file)}|no-cache");
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await File.ReadAllLinesAsync(folder.At("said"), Ct)).Order(StringComparer.Ordinal));
        var page = await File.ReadAllTextAsync(folder.At("said.index.html"), Ct);
        Assert.Contains("""<meta name="feed" content="../public/">""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("../feed/", page, StringComparison.Ordinal);
        var element = await File.ReadAllTextAsync(folder.At("said.dasv.v1.js"), Ct);
        Assert.Contains("'../public/'", element, StringComparison.Ordinal);
        Assert.DoesNotContain("../feed/", element, StringComparison.Ordinal);
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        _ => "image/svg+xml",
    };
}

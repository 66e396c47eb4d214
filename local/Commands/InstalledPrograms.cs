using System.ComponentModel;
using System.Diagnostics;

namespace DasvPipeline.Local.Commands;

/// <summary>The programs of this computer that the pipeline or its tests use.</summary>
internal static class InstalledPrograms
{
    /// <summary>The first is the same engine without browser windows. A visit takes a quarter of the time.</summary>
    private static readonly string[] Browsers =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
    ];

    /// <summary>Returns the path of Chromium or Chrome; null if it is missing.</summary>
    public static string? FindChromium() => Array.Find(Browsers, File.Exists);

    /// <summary>Returns the path of LibreOffice; null if it is missing.</summary>
    public static string? FindLibreOffice() => FindOnPath("soffice")
        ?? new[] { "/Applications/LibreOffice.app/Contents/MacOS/soffice", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "LibreOffice", "program", "soffice.exe") }.FirstOrDefault(File.Exists);

    /// <summary>Returns the path of a program that is on the PATH; null if it is missing.</summary>
    public static string? FindOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }).FirstOrDefault(File.Exists);

    /// <summary>Returns the version that a program prints; null if it cannot be started.</summary>
    public static async Task<string?> ReadVersionAsync(string program, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
            {
                return null;
            }

            var text = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? text.Trim().TrimStart('v') : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

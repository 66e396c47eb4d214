using System.Diagnostics;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Ingest.Reading;

/// <summary>Runs LibreOffice on machines that have it.</summary>
internal static class LibreOffice
{
    public const string IsMissing = "LibreOffice is not on this machine.";

    public static bool IsHere => InstalledPrograms.FindLibreOffice() is not null;

    /// <summary>
    /// Opens workbooks and saves them in <paramref name="into"/> as <c>xlsx</c>, <c>ods</c>, <c>xls</c>, or <c>csv</c>: each
    /// sheet as it is shown, in a file named after both.
    /// </summary>
    /// <param name="folder">The folder of a separate profile, so that an open LibreOffice is not used.</param>
    public static async Task SaveAsync(string folder, string into, string format, IEnumerable<string> files, CancellationToken ct)
    {
        var filter = format switch { "xlsx" => "xlsx:Calc MS Excel 2007 XML", "xls" => "xls:MS Excel 97", "csv" => "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1", _ => format };
        string[] arguments = ["--headless", $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile")).AbsoluteUri}", "--convert-to", filter, "--outdir", into];
        using var process = Process.Start(new ProcessStartInfo(InstalledPrograms.FindLibreOffice()!, [.. arguments, .. files]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        Assert.Equal(0, process.ExitCode);
    }
}

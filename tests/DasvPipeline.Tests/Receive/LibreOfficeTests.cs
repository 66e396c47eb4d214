using System.Diagnostics;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.Tests.Receive;

/// <summary>The forms opened, worked out and saved by a real LibreOffice, where there is one.</summary>
public sealed class LibreOfficeTests
{
    [Fact]
    public async Task A_form_saved_by_LibreOffice_is_accepted_with_the_same_figures()
    {
        Assert.SkipUnless(IsOnPath("soffice"), "LibreOffice (soffice) is not on the PATH.");
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-forms");
        try
        {
            var saved = Path.Combine(folder.FullName, "saved");
            var files = Examine.Catalogue.Forms.ToDictionary(form => Path.Combine(folder.FullName, form.Return.ToString().Replace('/', '.') + ".xlsx"));
            foreach (var (file, form) in files)
            {
                await File.WriteAllBytesAsync(file, FilledForms.Fill(form), ct);
            }

            await ConvertAsync(folder.FullName, saved, files.Keys, ct);
            foreach (var (file, form) in files)
            {
                var content = await File.ReadAllBytesAsync(Path.Combine(saved, Path.GetFileName(file)), ct);
                var examined = await Examine.FileAsync(form.Return.ToString(), FilledForms.PeriodOf(form).ToString(), content, "form.xlsx");
                Assert.Equal(string.Empty, Examine.Findings(examined));
                Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ConvertAsync(string folder, string into, IEnumerable<string> files, CancellationToken ct)
    {
        // A profile of its own, so that a LibreOffice that is open on this machine is not asked.
        string[] arguments = ["--headless", $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile")).AbsoluteUri}", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", into];
        using var process = Process.Start(new ProcessStartInfo("soffice", [.. arguments, .. files]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        Assert.Equal(0, process.ExitCode);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

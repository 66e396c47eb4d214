using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;

namespace DasvPipeline.Local.Commands;

/// <summary>Checks one file without a store.</summary>
internal sealed class CheckCommand(FileInfo file, string returnId, string period, bool json, FileInfo? marked, DirectoryInfo? catalogueFolder)
{
    public const int Accepted = ExitCode.Done;
    public const int Rejected = ExitCode.Refused;

    public async Task<int> RunAsync(TextWriter output, TextWriter errors, TimeProvider clock, CancellationToken ct)
    {
        var catalogue = CatalogueFolder.Load(catalogueFolder);
        var (form, key, problem) = UploadPath.Resolve(catalogue, $"{returnId}/{period}/{file.Name}");
        if (form is null || !file.Exists)
        {
            await errors.WriteLineAsync(problem?.Message ?? $"The file {file.FullName} does not exist.");
            return ExitCode.BadUsage;
        }

        var content = await File.ReadAllBytesAsync(file.FullName, ct);

        // A real upload is refused in the same way, without reading the file.
        var examined = UploadPath.CheckHasEnded(key.Period, clock.Today()) is { } tooEarly
            ? new ExaminationResult([tooEarly], [])
            : await new CheckReturn(catalogue).RunAsync(form, key.Period, content, file.Name, CheckReturn.NothingAccepted, ct);
        if (marked is not null && !await MarkAsync(marked, examined.CreateMarkedCopy(content), errors, ct))
        {
            return ExitCode.BadUsage;
        }

        if (json)
        {
            await output.WriteLineAsync(Encoding.UTF8.GetString(SubmissionReport.Create(form.Return, key.Period, examined).ToJson()));
        }
        else
        {
            await WriteAsync(output, form, key.Period, examined);
        }

        return examined.IsAccepted ? Accepted : Rejected;
    }

    /// <summary>Writes the marked copy. Returns false if its name has the wrong extension.</summary>
    private static async Task<bool> MarkAsync(FileInfo to, MarkedCopy? copy, TextWriter errors, CancellationToken ct)
    {
        if (copy is null)
        {
            await errors.WriteLineAsync($"The file could not be read, so {to.FullName} was not written.");
            return true;
        }

        var ending = Path.GetExtension(copy.FileName);
        if (!string.Equals(to.Extension, ending, StringComparison.OrdinalIgnoreCase))
        {
            await errors.WriteLineAsync($"The marked copy of this file is {(copy.FileName == MarkedCopy.ListName ? "a list of findings" : "a workbook")}. Use a name for --marked that ends in {ending}.");
            return false;
        }

        to.Directory?.Create();
        await File.WriteAllBytesAsync(to.FullName, copy.Content, ct);
        return true;
    }

    private static async Task WriteAsync(TextWriter output, Form form, Period period, ExaminationResult examined)
    {
        foreach (var finding in examined.Findings)
        {
            await output.WriteLineAsync(FindingFormatter.FormatLine(finding));
        }

        var counts = examined.Counts;
        var what = $"{form.Title} for {period.Label}";
        await output.WriteLineAsync(examined.IsAccepted
            ? $"Accepted: {what}, {Plural.Format(counts.Observations, "figure")}, {(counts.Queries == 1 ? "1 query" : FormattableString.Invariant($"{counts.Queries} queries"))}."
            : $"Rejected: {what}, {Plural.Format(counts.Errors, "error")}. Correct the file and check it again.");
    }
}

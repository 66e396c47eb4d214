using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Routing;

namespace DasvPipeline.Local.Commands;

/// <summary>Writes the blank form of a return for a period.</summary>
/// <param name="last">The file sent for the previous period, whose figures the form shows; null to show none.</param>
internal sealed class TemplateCommand(string returnId, string period, FileInfo file, FileInfo? last, DirectoryInfo? catalogueFolder)
{
    public async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var catalogue = CatalogueFolder.Load(catalogueFolder);

        // A form can be written before its period ends, so check only whether the return is due for the period.
        var (form, key, problem) = UploadPath.Resolve(catalogue, $"{returnId}/{period}/{file.Name}");
        if (form is null)
        {
            await errors.WriteLineAsync(problem!.Message);
            return ExitCode.BadUsage;
        }

        if (!string.Equals(file.Extension, ".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            await errors.WriteLineAsync($"The form is an .xlsx workbook. Use a name that ends in .xlsx, not {file.Name}.");
            return ExitCode.BadUsage;
        }

        var (previous, lastProblem) = last is null ? default : await ReadLastAsync(catalogue, form, key.Period, last, ct);
        if (lastProblem is not null)
        {
            await errors.WriteLineAsync(lastProblem);
            return ExitCode.BadUsage;
        }

        file.Directory?.Create();
        await File.WriteAllBytesAsync(file.FullName, FormWorkbook.Write(catalogue, form, key.Period, previous), ct);
        await output.WriteLineAsync($"The form for {form.Title}, {key.Period.Label}, was written to {file.FullName}.");
        return 0;
    }

    /// <summary>Reads the figures of the file sent for the previous period, or returns a message if it has none.</summary>
    private static async Task<(PreviousFigures? Previous, string? Unfit)> ReadLastAsync(
        PartnershipCatalogue catalogue, Form form, Period period, FileInfo last, CancellationToken ct)
    {
        var before = period.Previous;
        if (!last.Exists)
        {
            return (null, $"The file {last.FullName} does not exist.");
        }

        if (catalogue.FindForm(new ReturnKey(form.Return, before)) is not { } formBefore)
        {
            return (null, $"{form.Title} was not due for {before}, the previous period. Leave out --last.");
        }

        var examined = await new CheckReturn(catalogue).RunAsync(
            formBefore, before, await File.ReadAllBytesAsync(last.FullName, ct), last.Name, CheckReturn.NothingAccepted, ct);
        return examined.IsAccepted
            ? (PreviousFigures.Create(form, period, before, examined.Observations.ToDictionary(observation => observation.Key, observation => observation.Figure)), null)
            : (null, $"{last.Name} cannot be read as {form.Title} for {before}, the previous period. {examined.Findings.First(finding => finding.Severity == Severity.Error).Message}");
    }
}

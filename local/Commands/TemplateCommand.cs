using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Receive;

namespace DasvPipeline.Local.Commands;

/// <summary>Writes the blank form of a return for a period.</summary>
/// <param name="last">What was sent for the period before; null shows no figures of it.</param>
internal sealed class TemplateCommand(string returnId, string period, FileInfo file, FileInfo? last)
{
    public async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var catalogue = PartnershipCatalogue.LoadEmbedded();

        // A form may be fetched before its period begins; only whether it is owed matters.
        var (form, key, problem) = UploadPath.Resolve(catalogue, $"{returnId}/{period}/{file.Name}", DateOnly.MaxValue);
        if (form is null)
        {
            await errors.WriteLineAsync(problem!.Message);
            return CheckCommand.BadUsage;
        }

        if (!string.Equals(file.Extension, ".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            await errors.WriteLineAsync($"The form is an .xlsx workbook: give it a name that ends in .xlsx, not {file.Name}.");
            return CheckCommand.BadUsage;
        }

        var (previous, unfit) = last is null ? default : await ReadLastAsync(catalogue, form, key.Period.Previous, last, ct);
        if (unfit is not null)
        {
            await errors.WriteLineAsync(unfit);
            return CheckCommand.BadUsage;
        }

        file.Directory?.Create();
        await File.WriteAllBytesAsync(file.FullName, FormWorkbook.Write(catalogue, form, key.Period, previous), ct);
        await output.WriteLineAsync($"The form for {form.Title}, {key.Period.Label}, is in {file.FullName}.");
        return 0;
    }

    /// <summary>The figures of the file sent for the period before, or why it gives none.</summary>
    private static async Task<(PreviousFigures? Previous, string? Unfit)> ReadLastAsync(
        PartnershipCatalogue catalogue, Form form, Period before, FileInfo last, CancellationToken ct)
    {
        if (!last.Exists)
        {
            return (null, $"There is no file {last.FullName}.");
        }

        if (!form.IsOwedFor(before))
        {
            return (null, $"{form.Title} was not reported for {before}, the period before: leave out --last.");
        }

        var examined = await IngestReturn.ExamineAsync(
            catalogue, form, before, await File.ReadAllBytesAsync(last.FullName, ct), last.Name, _ => Task.FromResult<IReadOnlyDictionary<FigureKey, Figure>?>(null));
        return examined.IsAccepted
            ? (new PreviousFigures(before, examined.Observations.ToDictionary(observation => observation.Key, observation => observation.Figure)), null)
            : (null, $"{last.Name} cannot be read as {form.Title} for {before}, the period before. {examined.Findings.First(finding => finding.Severity == Severity.Error).Message}");
    }
}

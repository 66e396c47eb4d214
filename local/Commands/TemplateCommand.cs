using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Receive;

namespace DasvPipeline.Local.Commands;

/// <summary>Writes the blank form of a return for a period.</summary>
internal sealed class TemplateCommand(string returnId, string period, FileInfo file)
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

        file.Directory?.Create();
        await File.WriteAllBytesAsync(file.FullName, FormWorkbook.Write(catalogue, form, key.Period), ct);
        await output.WriteLineAsync($"The form for {form.Title}, {key.Period.Label}, is in {file.FullName}.");
        return 0;
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>Writes the blank form of a return for a period, with the accepted figures of the previous period and of the same period last year next to each cell.</summary>
public sealed class IssueForm(PartnershipCatalogue catalogue, IReturnStore store)
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public async Task<byte[]> RunAsync(Form form, Period period, CancellationToken ct) => FormWorkbook.Write(
        catalogue, form, period, await ReadPreviousAsync(form, period, ct), period.IsYear ? null : await ReadAsync(form, period, period.PreviousYear, ct));

    /// <summary>Reads the accepted figures of the previous period; null if there are none.</summary>
    public Task<PreviousFigures?> ReadPreviousAsync(Form form, Period period, CancellationToken ct) => ReadAsync(form, period, period.Previous, ct);

    private async Task<PreviousFigures?> ReadAsync(Form form, Period period, Period earlier, CancellationToken ct)
    {
        var key = new ReturnKey(form.Return, earlier);
        var figures = catalogue.FindForm(key) is null ? null : await store.ReadLiveFiguresAsync(key, ct);
        return figures is null ? null : PreviousFigures.Create(form, period, earlier, figures);
    }
}

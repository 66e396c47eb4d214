using System.IO.Compression;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the files of a year's annual report and the board paper, as a zip. For the manager only.</summary>
public sealed class AnnualReportEndpoint(CreateReport report, CreateBoardPaper paper, CallerReader callers)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => YearQuery.HandleAsync(request, callers, async year =>
        await report.RunAsync(year, ct) is { } created && await paper.RunAsync(created.Year, ct) is { } board
            ? Results.File(WriteZip([.. created.Files, board]), CatalogueEndpoint.ZipType, $"annual-report-{created.Year}.zip")
            : ErrorResults.NotFound(year is { } asked ? $"There are no figures for {asked.Label}, or the catalogue has no report." : "There are no figures yet, or the catalogue has no report."));

    private static byte[] WriteZip(IEnumerable<ReportFile> files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                using var entry = archive.CreateEntry(file.Name).Open();
                entry.Write(file.Content);
            }
        }

        return zip.ToArray();
    }
}

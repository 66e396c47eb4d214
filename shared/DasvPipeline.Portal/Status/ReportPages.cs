using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The page of the annual report, with its files and the board paper. For the manager only.</summary>
public sealed class ReportPages(YearPages years, PageHandler pages, CreateReport report, CreateBoardPaper paper)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => years.ShowAsync(request, async (context, year) =>
        PageHandler.Render(new ReportPage
        {
            PageContext = context,
            Report = await report.RunAsync(year, ct),
            Years = years.All,
            Year = year,
        }));

    /// <summary>Returns a file of the report, or the board paper, to save.</summary>
    public Task<IResult> GetFileAsync(HttpRequest request, string year, string name, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager, async context =>
        !Period.TryParse(year, out var period) || !period.IsYear ? YearPages.InvalidYear(context)
            : await FindAsync(period, name, ct) is { } file ? Results.File(file.Content, file.ContentType, $"{Path.GetFileNameWithoutExtension(file.Name)}-{period}{Path.GetExtension(file.Name)}")
            : PageHandler.NotFound(context, $"There is no such file for {period.Label}."));

    private async Task<ReportFile?> FindAsync(Period year, string name, CancellationToken ct) => name == CreateBoardPaper.FileName
        ? await paper.RunAsync(year, ct)
        : (await report.RunAsync(year, ct))?.Files.FirstOrDefault(file => file.Name == name);
}

using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the manager's board, disagreements and headline comparison as JSON and CSV.</summary>
public sealed class StatusEndpoint(DescribeStatus status, CompareHeadlines compare, CallerReader callers)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => YearQuery.HandleAsync(request, callers, async year =>
    {
        var board = await status.GetBoardAsync(year, ct);
        return ListFormat.CreateResult(request, $"returns-{board.Year}", board, BoardJson.Default.StatusBoard, list => list.ToCsv());
    });

    public Task<IResult> GetDiscrepanciesAsync(HttpRequest request, CancellationToken ct) => YearQuery.HandleAsync(request, callers, async year =>
    {
        var found = await status.GetDisagreementsAsync(year, ct);
        return ListFormat.CreateResult(request, $"disagreements-{found.Year}", found, DisagreementsJson.Default.Disagreements, list => list.ToCsv());
    });

    public Task<IResult> GetHeadlinesAsync(HttpRequest request, CancellationToken ct) => YearQuery.HandleAsync(request, callers, async year =>
    {
        var comparison = await compare.RunAsync(year, ct);
        return ListFormat.CreateResult(request, $"headlines-{comparison.Year}", comparison, HeadlineComparisonJson.Default.HeadlineComparison, list => list.ToCsv());
    });
}

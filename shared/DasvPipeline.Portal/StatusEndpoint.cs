using DasvPipeline.Core;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the manager's board, disagreements and headline comparison as JSON and CSV.</summary>
public sealed class StatusEndpoint(DescribeStatus status, CompareHeadlines compare, CallerPolicy callers)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => YearQuery.AnswerAsync(request, callers, async year =>
    {
        var board = await status.RunAsync(year, ct);
        return ListFormat.Answer(request, $"returns-{board.Year}", board, BoardJson.Default.Board, list => list.ToCsv());
    });

    public Task<IResult> GetDiscrepanciesAsync(HttpRequest request, CancellationToken ct) => YearQuery.AnswerAsync(request, callers, async year =>
    {
        var found = await status.DiscrepanciesAsync(year, ct);
        return ListFormat.Answer(request, $"disagreements-{found.Year}", found, DisagreementsJson.Default.Disagreements, list => list.ToCsv());
    });

    public Task<IResult> GetHeadlinesAsync(HttpRequest request, CancellationToken ct) => YearQuery.AnswerAsync(request, callers, async year =>
    {
        var comparison = await compare.RunAsync(year, ct);
        return ListFormat.Answer(request, $"headlines-{comparison.Year}", comparison, HeadlineStandingsJson.Default.HeadlineStandings, list => list.ToCsv());
    });
}

using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The manager's board and the chase list.</summary>
public sealed class StatusPages(YearPages years, DescribeStatus status)
{
    /// <summary>Shows the board. An unknown agency or state in the address is ignored.</summary>
    public Task<IResult> GetBoardAsync(HttpRequest request, CancellationToken ct) => years.ShowAsync(request, async (context, year) =>
    {
        var board = await status.GetBoardAsync(year, ct);
        var (agency, state) = (request.Query["agency"].ToString(), request.Query["state"].ToString());
        return PageHandler.Render(new BoardPage
        {
            PageContext = context,
            Board = board,
            Years = years.All,
            Agency = board.Returns.Any(row => row.Agency == agency) ? agency : string.Empty,
            State = BoardStates.All.Contains(state) ? state : string.Empty,
        });
    });

    public Task<IResult> GetChaseAsync(HttpRequest request, CancellationToken ct) => years.ShowAsync(request, async (context, year) =>
        PageHandler.Render(new ChasePage
        {
            PageContext = context,
            List = await status.GetChaseListAsync(year, ChaseEndpoint.GetAgencyPage(request), ct),
            Year = year,
            Years = years.All,
        }));
}

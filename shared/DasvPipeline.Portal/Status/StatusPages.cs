using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The manager's board, and the files of what it shows.</summary>
public sealed class StatusPages(YearPages years, PartnershipCatalogue catalogue, DescribeStatus status)
{
    private const string Name = "returns";

    /// <summary>Shows the board. An unknown agency or state in the address is ignored.</summary>
    public Task<IResult> GetBoardAsync(HttpRequest request, CancellationToken ct) => years.ShowAsync(request, async (context, year) =>
    {
        var (board, shown) = await ReadAsync(request, year, ct);
        return PageHandler.Render(new BoardPage { PageContext = context, Board = board, Grid = BoardGrid.Create(board, shown.Filter, shown.WithLastYear), Years = years.All, Shown = shown });
    });

    /// <summary>Downloads what the board shows: <c>returns.csv</c> or <c>returns.xlsx</c>, with the same query as the board.</summary>
    public Task<IResult> GetFileAsync(HttpRequest request, string name, CancellationToken ct) => years.ShowAsync(request, async (context, year) =>
    {
        if (name is not ($"{Name}.csv" or $"{Name}.xlsx"))
        {
            return PageHandler.NotFound(context, "This file does not exist.");
        }

        var (board, shown) = await ReadAsync(request, year, ct);
        return CreateFile(BoardGrid.Create(board, shown.Filter, shown.WithLastYear).ToExport(StateNames.GetName), name, $"{Name}-{board.Year}", catalogue.Publisher.Name);
    });

    /// <summary>Returns a list as a file in the format that the name ends with.</summary>
    internal static IResult CreateFile(ListExport list, string name, string savedAs, string publisher) => name.EndsWith(".csv", StringComparison.Ordinal)
        ? Results.Bytes(list.ToCsv(), ListFormat.CsvType, savedAs + ".csv")
        : Results.File(list.ToXlsx(publisher), IssueForm.ContentType, savedAs + ".xlsx");

    private async Task<(StatusBoard Board, BoardAddress Shown)> ReadAsync(HttpRequest request, Period? year, CancellationToken ct)
    {
        var shown = BoardAddress.Read(request, year);
        var board = await status.GetBoardAsync(year, ct, shown.WithLastYear);
        var isKnown = board.Returns.Any(row => row.Agency == shown.Filter.Agency);
        return (board, shown with { Year = Period.Parse(board.Year), Filter = isKnown ? shown.Filter : shown.Filter with { Agency = string.Empty } });
    }
}

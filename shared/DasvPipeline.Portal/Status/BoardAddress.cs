using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>What the board shows. It is kept in the address, so that a link or a bookmark shows the same again. What is not known is ignored.</summary>
/// <param name="Year">Null for the newest year in which something is to be done.</param>
/// <param name="WithLastYear">True to show the year before next to it.</param>
public sealed record BoardAddress(Period? Year, BoardFilter Filter, bool WithLastYear)
{
    public const string LastYear = "last";
    public const string ByAgency = "agency";

    private const int MaxSearch = 60;

    private static readonly Dictionary<BoardSort, string> Words = new() { [BoardSort.Agency] = "agency", [BoardSort.Return] = "return", [BoardSort.Urgency] = "urgent" };

    public static string GetWord(BoardSort sort) => Words[sort];

    public static BoardAddress Read(HttpRequest request, Period? year)
    {
        string Get(string name) => request.Query[name].ToString();
        var search = Get("search").Trim();
        return new BoardAddress(
            year,
            new BoardFilter(
                Slug.IsValid(Get("agency")) ? Get("agency") : string.Empty,
                BoardStates.All.Contains(Get("state")) ? Get("state") : string.Empty,
                search.Length > MaxSearch ? search[..MaxSearch] : search,
                Words.FirstOrDefault(word => word.Value == Get("sort")).Key,
                Get("rows") == ByAgency),
            Get("with") == LastYear);
    }

    /// <summary>Returns the address of the board, or of a file of it.</summary>
    public string Create(string path = StatusAddress.Board)
    {
        var parts = new[]
        {
            ("year", Year?.ToString() ?? string.Empty), ("with", WithLastYear ? LastYear : string.Empty), ("agency", Filter.Agency), ("state", Filter.State), ("search", Uri.EscapeDataString(Filter.Search)),
            ("sort", Filter.Sort == BoardSort.Agency ? string.Empty : GetWord(Filter.Sort)), ("rows", Filter.IsByAgency ? ByAgency : string.Empty),
        };
        return string.Join('&', parts.Where(part => part.Item2.Length > 0).Select(part => $"{part.Item1}={part.Item2}")) is { Length: > 0 } query ? $"{path}?{query}" : path;
    }
}

using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee;

/// <summary>Who owes what on a day, the most urgent first.</summary>
public sealed record ChaseList(DateOnly Date, IReadOnlyList<ChasedAgency> Agencies)
{
    private static readonly string[] Header =
        ["Agency", "Agency name", "Return", "Title", "Period", "State", "Due", "Days over", "Working days over", "Days left", "Questions", "Page"];

    internal static ChaseList Of(PartnershipCatalogue catalogue, IReadOnlyList<BoardRow> board, DateOnly today, Func<AgencyId, Uri> pageOf) => new(
        today,
        [
            .. board.Where(ChasedReturn.IsChased)
                .GroupBy(row => row.Agency)
                .Select(rows => (Agency: new AgencyId(rows.Key), Returns: InOrder(rows.Select(row => ChasedReturn.Of(row, today)))))
                .OrderBy(owing => owing.Returns[0].IsIn).ThenBy(owing => owing.Returns[0].Due).ThenBy(owing => owing.Agency.Value, StringComparer.Ordinal)
                .Select(owing => new ChasedAgency(
                    owing.Agency.Value,
                    catalogue.NameOf(owing.Agency),
                    pageOf(owing.Agency).AbsoluteUri,
                    owing.Returns,
                    ChaseEmail.To(catalogue, owing.Agency, owing.Returns, pageOf(owing.Agency)))),
        ]);

    public byte[] ToCsv() => CsvList.Write(Header, Agencies.SelectMany(agency => agency.Returns, (agency, owed) => new[]
    {
        agency.Agency,
        agency.AgencyName,
        owed.Return,
        owed.Title,
        owed.Period,
        owed.State,
        CsvList.Text(owed.Due),
        CsvList.Text(owed.DaysOver),
        CsvList.Text(owed.WorkingDaysOver),
        CsvList.Text(owed.DaysLeft),
        CsvList.Text(owed.Queries),
        agency.Page,
    }));

    /// <summary>What is not in comes first, by the day it is due; what only has questions after it.</summary>
    private static IReadOnlyList<ChasedReturn> InOrder(IEnumerable<ChasedReturn> returns) =>
    [
        .. returns.OrderBy(owed => owed.IsIn).ThenBy(owed => owed.Due)
            .ThenBy(owed => owed.Return, StringComparer.Ordinal).ThenBy(owed => owed.Period, StringComparer.Ordinal),
    ];
}

/// <param name="Page">Where it finds its forms and sends its returns.</param>
/// <param name="Returns">The most urgent first.</param>
public sealed record ChasedAgency(string Agency, string AgencyName, string Page, IReadOnlyList<ChasedReturn> Returns, ChaseEmail Email);

/// <summary>A return that something is wanted of: the file, a mended file, or answers.</summary>
/// <param name="State">due, overdue, withdrawn, rejected or accepted-with-queries.</param>
/// <param name="PeriodLabel">"April to June 2019"</param>
/// <param name="DaysOver">Calendar days since it was due; 0 where it is not overdue, or is in.</param>
/// <param name="WorkingDaysOver">The same without weekends and bank holidays.</param>
/// <param name="DaysLeft">Calendar days until it is due; 0 from that day on, or where it is in.</param>
/// <param name="Queries">How many questions nobody has answered.</param>
/// <param name="IsLive">Whether an earlier version counts meanwhile.</param>
public sealed record ChasedReturn(
    string Return,
    string Title,
    string Period,
    string PeriodLabel,
    string State,
    DateOnly Due,
    int DaysOver,
    int WorkingDaysOver,
    int DaysLeft,
    int Queries,
    bool IsLive)
{
    /// <summary>Only its questions are chased.</summary>
    internal bool IsIn => State == BoardStates.AcceptedWithQueries;

    internal static bool IsChased(BoardRow row) => row.State is BoardStates.Due or BoardStates.Overdue or BoardStates.Withdrawn or BoardStates.Rejected
        || (row.State == BoardStates.AcceptedWithQueries && row.Queries > 0);

    internal static ChasedReturn Of(BoardRow row, DateOnly today)
    {
        var isIn = row.State == BoardStates.AcceptedWithQueries;
        return new ChasedReturn(
            row.Return,
            row.Title,
            row.Period,
            Model.Period.Parse(row.Period).Label,
            row.State,
            row.Due,
            isIn ? 0 : Math.Max(0, today.DayNumber - row.Due.DayNumber),
            isIn ? 0 : WorkingDays.Between(row.Due, today),
            isIn ? 0 : Math.Max(0, row.Due.DayNumber - today.DayNumber),
            isIn ? row.Queries : 0,
            row.LiveVersion is not null);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChaseList))]
public sealed partial class ChaseJson : JsonSerializerContext;

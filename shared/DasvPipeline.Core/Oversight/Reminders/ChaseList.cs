using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;

namespace DasvPipeline.Core.Oversight.Reminders;

/// <summary>The returns and answers that each agency still has to send on a day, most urgent first.</summary>
public sealed record ChaseList(DateOnly Date, IReadOnlyList<ChasedAgency> Agencies)
{
    private static readonly string[] Header =
        ["Agency", "Agency name", "Return", "Title", "Period", "State", "Due", "Days over", "Working days over", "Days left", "Questions", "Page", "Expected"];

    internal static ChaseList Create(PartnershipCatalogue catalogue, IReadOnlyList<BoardRow> board, DateOnly today, Func<AgencyId, Uri> pageOf) => new(
        today,
        [
            .. board.Where(ChasedReturn.IsChased)
                .GroupBy(row => row.Agency)
                .Select(rows => (Agency: new AgencyId(rows.Key), Returns: InOrder(rows.Select(row => ChasedReturn.Create(row, today, catalogue.Calendar.WorkingDays)))))
                .OrderBy(group => group.Returns[0].IsIn).ThenBy(group => group.Returns[0].Due).ThenBy(group => group.Agency.Value, StringComparer.Ordinal)
                .Select(group => new ChasedAgency(
                    group.Agency.Value,
                    catalogue.GetAgencyName(group.Agency),
                    pageOf(group.Agency).AbsoluteUri,
                    group.Returns,
                    ChaseEmail.Create(catalogue, group.Agency, group.Returns, pageOf(group.Agency)))),
        ]);

    public byte[] ToCsv() => CsvExport.Write(Header, Agencies.SelectMany(agency => agency.Returns, (agency, item) => new[]
    {
        agency.Agency,
        agency.AgencyName,
        item.Return,
        item.Title,
        item.Period,
        item.State,
        CsvExport.Format(item.Due),
        CsvExport.Format(item.DaysOver),
        CsvExport.Format(item.WorkingDaysOver),
        CsvExport.Format(item.DaysLeft),
        CsvExport.Format(item.Queries),
        agency.Page,
        CsvExport.Format(item.Expected),
    }));

    /// <summary>Sorts returns that have not been accepted by due date, those that are expected on a later day after them, and then returns with open questions.</summary>
    private static IReadOnlyList<ChasedReturn> InOrder(IEnumerable<ChasedReturn> returns) =>
    [
        .. returns.OrderBy(item => item.IsIn).ThenBy(item => item.Expected is not null).ThenBy(item => item.Due)
            .ThenBy(item => item.Return, StringComparer.Ordinal).ThenBy(item => item.Period, StringComparer.Ordinal),
    ];
}

/// <param name="Page">The address of its page, with its forms and uploads.</param>
/// <param name="Returns">Its returns, most urgent first.</param>
public sealed record ChasedAgency(string Agency, string AgencyName, string Page, IReadOnlyList<ChasedReturn> Returns, ChaseEmail Email);

/// <summary>A return that needs a file, a corrected file or answers.</summary>
/// <param name="State">due, overdue, withdrawn, rejected or accepted-with-queries.</param>
/// <param name="PeriodLabel">The period, for example "April to June 2019".</param>
/// <param name="DaysOver">Calendar days since it was due; 0 if it is not overdue or has been accepted.</param>
/// <param name="WorkingDaysOver">The same, without weekends and bank holidays.</param>
/// <param name="DaysLeft">Calendar days until it is due; 0 from that day, or if it has been accepted.</param>
/// <param name="Queries">The number of unanswered questions.</param>
/// <param name="IsLive">True if an earlier version is live.</param>
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
    /// <summary>The day on which the agency said that it will send the return; null if it did not, or if that day has passed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Expected { get; init; }

    /// <summary>What the agency and the manager have arranged; null for nothing.</summary>
    [JsonIgnore]
    public BoardArrangement? Arranged { get; init; }

    /// <summary>True if the return was accepted and only needs answers.</summary>
    [JsonIgnore]
    public bool IsIn => State == BoardStates.AcceptedWithQueries;

    internal static bool IsChased(BoardRow row) => row.State is BoardStates.Due or BoardStates.Overdue or BoardStates.Withdrawn or BoardStates.Rejected
        || (row.State == BoardStates.AcceptedWithQueries && row.Queries > 0);

    internal static ChasedReturn Create(BoardRow row, DateOnly today, WorkingDays working)
    {
        var isIn = row.State == BoardStates.AcceptedWithQueries;
        return new ChasedReturn(
            row.Return,
            row.Title,
            row.Period,
            Domain.Period.Parse(row.Period).Label,
            row.State,
            row.Due,
            isIn ? 0 : Math.Max(0, today.DayNumber - row.Due.DayNumber),
            isIn ? 0 : working.CountBetween(row.Due, today),
            isIn ? 0 : Math.Max(0, row.Due.DayNumber - today.DayNumber),
            isIn ? row.Queries : 0,
            row.LiveVersion is not null)
        {
            Expected = row.Arranged?.Expected is { } day && day >= today && !isIn ? day : null,
            Arranged = row.Arranged,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChaseList))]
public sealed partial class ChaseJson : JsonSerializerContext;

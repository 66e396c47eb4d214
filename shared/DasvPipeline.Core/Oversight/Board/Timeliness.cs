using System.Globalization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>What is measured about the returns of an agency in a year.</summary>
public enum TimelinessMeasure
{
    /// <summary>The days between the due date and the first file, on average; 0 for a return that came in time.</summary>
    DaysLate,

    /// <summary>The versions that were sent, on average.</summary>
    Versions,

    /// <summary>The open queries, on average.</summary>
    Queries,

    /// <summary>The explained queries, on average.</summary>
    Explained,
}

/// <summary>How an agency sent its returns of one year.</summary>
/// <param name="Asked">The returns that were asked for: due by now, and not waived.</param>
/// <param name="Sent">Those that have come.</param>
/// <param name="InTime">Those that have come by their due date.</param>
public sealed record AgencyYear(string Year, int Asked, int Sent, int InTime, decimal? DaysLate, decimal? Versions, decimal? Queries, decimal? Explained)
{
    /// <summary>Returns the average of a measure; null if there is nothing to measure.</summary>
    public decimal? Get(TimelinessMeasure measure) => measure switch
    {
        TimelinessMeasure.DaysLate => DaysLate,
        TimelinessMeasure.Versions => Versions,
        TimelinessMeasure.Queries => Queries,
        _ => Explained,
    };

    internal static AgencyYear Create(string year, IReadOnlyList<BoardRow> rows, DateOnly today)
    {
        var sent = rows.Where(row => row.LatestVersion > 0).ToList();
        var asked = rows.Where(row => row.LatestVersion > 0 || (row.State is BoardStates.Overdue or BoardStates.Withdrawn && row.Due < today)).ToList();
        return new AgencyYear(
            year,
            asked.Count,
            sent.Count,
            sent.Count(row => GetDaysLate(row, today) == 0),
            Average(asked, row => GetDaysLate(row, today)),
            Average(sent, row => row.LatestVersion),
            Average(sent, row => row.Queries),
            Average(sent, row => row.Explained));
    }

    /// <summary>Returns the days from the due date to the first file, or to today if none has come.</summary>
    private static int GetDaysLate(BoardRow row, DateOnly today) =>
        Math.Max(0, ((row.FirstReceived is { } first ? UkTime.DateOf(first) : today).DayNumber) - row.Due.DayNumber);

    private static decimal? Average(List<BoardRow> rows, Func<BoardRow, int> valueOf) =>
        rows.Count == 0 ? null : Math.Round((decimal)rows.Sum(valueOf) / rows.Count, 1, MidpointRounding.AwayFromZero);
}

/// <summary>An agency with its years, in the order of <see cref="Timeliness.Years"/>.</summary>
public sealed record AgencyTimeliness(string Agency, string AgencyName, IReadOnlyList<AgencyYear> Years);

/// <summary>How in time and how well agencies have sent their returns, over the years.</summary>
/// <param name="Years">The years, earliest first.</param>
public sealed record Timeliness(IReadOnlyList<string> Years, IReadOnlyList<AgencyTimeliness> Agencies)
{
    public ListExport ToExport() => new(
        "Timeliness",
        ["Agency", "Year", "Asked", "Sent", "In time", "Days late", "Versions per return", "Queries per return", "Explained per return"],
        [
            .. Agencies.SelectMany(agency => agency.Years, (agency, year) => (IReadOnlyList<string>)
            [
                agency.AgencyName, year.Year, Text(year.Asked), Text(year.Sent), Text(year.InTime), CsvExport.Format(year.DaysLate), CsvExport.Format(year.Versions), CsvExport.Format(year.Queries), CsvExport.Format(year.Explained),
            ]),
        ])
    {
        NameColumns = 1,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

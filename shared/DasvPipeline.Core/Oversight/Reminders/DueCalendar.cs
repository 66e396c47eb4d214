using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Period = DasvPipeline.Core.Domain.Period;

namespace DasvPipeline.Core.Oversight.Reminders;

/// <summary>
/// Writes an iCalendar file with the due dates of returns. Entries have fixed ids, so importing it again adds no
/// duplicates.
/// </summary>
public static class DueCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    internal static byte[] Write(PartnershipCatalogue catalogue, IReadOnlyList<BoardRow> returns, DateTimeOffset now, Func<AgencyId, Uri> pageOf)
    {
        var calendar = new Calendar { ProductId = $"-//{catalogue.Publisher.Name}//DasvPipeline//EN", Method = "PUBLISH" };
        foreach (var row in returns.Where(IsOpen))
        {
            calendar.Events.Add(new CalendarEvent
            {
                Uid = $"{row.Return.Replace('/', '.')}.{row.Period}@dasv-pipeline",
                DtStamp = new CalDateTime(now.UtcDateTime, "UTC"),
                Start = new CalDateTime(row.Due),
                End = new CalDateTime(row.Due.AddDays(1)),
                Summary = $"Due: {row.Title}, {Period.Parse(row.Period).Label} ({row.AgencyName})",
                Url = pageOf(new AgencyId(row.Agency)),
                Transparency = TransparencyType.Transparent,
            });
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    /// <summary>Returns true if a file is still needed.</summary>
    private static bool IsOpen(BoardRow row) =>
        row.State is BoardStates.NotDue or BoardStates.Due or BoardStates.Overdue or BoardStates.Withdrawn or BoardStates.Rejected;
}

using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Period = DasvPipeline.Core.Model.Period;

namespace DasvPipeline.Core.Oversee;

/// <summary>The days on which returns are due, for a calendar. Read again, it changes its own entries and adds none twice.</summary>
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

    /// <summary>Whether a file is still to come.</summary>
    private static bool IsOpen(BoardRow row) =>
        row.State is BoardStates.NotDue or BoardStates.Due or BoardStates.Overdue or BoardStates.Withdrawn or BoardStates.Rejected;
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>Writes <c>calendar.json</c> and <c>calendar.ics</c>: the announced releases of the coming 12 months.</summary>
internal static class CalendarFiles
{
    public const string Name = "calendar.json";
    public const string IcsName = "calendar.ics";

    /// <param name="late">A release whose time has passed, and that is not published; null if none is late.</param>
    public static IReadOnlyList<FormatFile> Create(PartnershipCatalogue catalogue, FeedLinks links, DateTimeOffset now, AnnouncedRelease? late)
    {
        var releases = ReleaseSchedule.GetAhead(catalogue, now);
        return [CreateJson(catalogue, links, late is null ? releases : [late, .. releases], late), new FormatFile(IcsName, WriteIcs(catalogue, releases), "text/calendar; charset=utf-8")];
    }

    private static FormatFile CreateJson(PartnershipCatalogue catalogue, FeedLinks links, IReadOnlyList<AnnouncedRelease> releases, AnnouncedRelease? late) => FormatFile.CreateJson(
        Name,
        new JsonObject
        {
            ["$schema"] = links.ToFile(Name, FeedSchema.CalendarPath),
            ["title"] = $"{catalogue.Publisher.Title}: release calendar",
            ["publisher"] = catalogue.Publisher.Name,
            ["timeZone"] = "Europe/London",
            ["releases"] = new JsonArray([.. releases.Select(release => (JsonNode?)Describe(release, release == late))]),
        },
        FormatFile.JsonType);

    private static JsonObject Describe(AnnouncedRelease release, bool isLate)
    {
        var local = UkTime.From(release.At);
        var json = new JsonObject
        {
            ["at"] = local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["date"] = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["time"] = local.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["title"] = release.Title,
        };
        if (release.MovedFrom is { } from)
        {
            json["movedFrom"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            json["reason"] = release.Reason;
        }

        if (isLate)
        {
            json["late"] = true;
        }

        return json;
    }

    /// <summary>Writes events with fixed ids and times, so that importing the file again adds no duplicates and the same releases give the same bytes.</summary>
    private static byte[] WriteIcs(PartnershipCatalogue catalogue, IReadOnlyList<AnnouncedRelease> releases)
    {
        var calendar = new Ical.Net.Calendar { ProductId = $"-//{catalogue.Publisher.Name}//DasvPipeline//EN", Method = "PUBLISH" };
        foreach (var release in releases)
        {
            var start = release.At.UtcDateTime;
            calendar.Events.Add(new CalendarEvent
            {
                Uid = string.Create(CultureInfo.InvariantCulture, $"release.{(release.MovedFrom ?? UkTime.DateOf(release.At)):yyyy-MM-dd}@dasv-pipeline"),
                DtStamp = new CalDateTime(start, "UTC"),
                Start = new CalDateTime(start, "UTC"),
                End = new CalDateTime(start.AddMinutes(30), "UTC"),
                Summary = $"{catalogue.Publisher.Title}: {release.Title}",
                Description = release.Reason,
                Transparency = TransparencyType.Transparent,
            });
        }

        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }
}

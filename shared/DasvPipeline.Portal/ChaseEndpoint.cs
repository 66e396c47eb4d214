using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Who owes what, as JSON and CSV, and when, as a calendar file.</summary>
public sealed class ChaseEndpoint(DescribeStatus status, PartnershipCatalogue catalogue, CallerPolicy callers)
{
    private const string Calendar = "ics";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => YearQuery.AnswerAsync(request, callers, async year =>
        ListFormat.Of(request) == Calendar ? await CalendarAsync(request, year, ct)
            : ListFormat.Answer(request, "chase", await status.ChaseAsync(year, PageOf(request), ct), ChaseJson.Default.ChaseList, list => list.ToCsv()));

    public Task<IResult> GetCalendarAsync(HttpRequest request, CancellationToken ct) =>
        YearQuery.AnswerAsync(request, callers, year => CalendarAsync(request, year, ct));

    /// <summary>The address of an agency's page at the host that was asked.</summary>
    internal static Func<AgencyId, Uri> PageOf(HttpRequest request) =>
        agency => new Uri($"{request.Scheme}://{request.Host}{request.PathBase}/returns/{agency.Value}");

    private async Task<IResult> CalendarAsync(HttpRequest request, Period? year, CancellationToken ct)
    {
        var asked = request.Query["agency"].ToString();
        AgencyId? agency = asked.Length == 0 ? null : new AgencyId(asked);
        return agency is { } one && !catalogue.Agencies.ContainsKey(one)
            ? Refusals.NotFound("There is no such agency.")
            : Results.Bytes(await status.CalendarAsync(year, agency, PageOf(request), ct), DueCalendar.ContentType, agency is null ? "returns-due.ics" : $"returns-due-{agency}.ics");
    }
}

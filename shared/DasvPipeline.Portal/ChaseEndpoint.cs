using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the chase list as JSON and CSV, and the due dates as a calendar file.</summary>
public sealed class ChaseEndpoint(DescribeStatus status, PartnershipCatalogue catalogue, CallerReader callers)
{
    private const string Calendar = "ics";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => YearQuery.HandleAsync(request, callers, async year =>
        ListFormat.GetFormat(request) == Calendar ? await CalendarAsync(request, year, ct)
            : ListFormat.CreateResult(request, "chase", await status.GetChaseListAsync(year, GetAgencyPage(request), ct), ChaseJson.Default.ChaseList, list => list.ToCsv()));

    public Task<IResult> GetCalendarAsync(HttpRequest request, CancellationToken ct) =>
        YearQuery.HandleAsync(request, callers, year => CalendarAsync(request, year, ct));

    /// <summary>Returns the address of an agency's page on the requested host.</summary>
    internal static Func<AgencyId, Uri> GetAgencyPage(HttpRequest request) =>
        agency => new Uri($"{request.Scheme}://{request.Host}{request.PathBase}/returns/{agency.Value}");

    private async Task<IResult> CalendarAsync(HttpRequest request, Period? year, CancellationToken ct)
    {
        var agencyText = request.Query["agency"].ToString();
        AgencyId? agency = agencyText.Length == 0 ? null : new AgencyId(agencyText);
        return agency is { } id && !catalogue.Agencies.ContainsKey(id)
            ? ErrorResults.NotFound("This agency does not exist.")
            : Results.Bytes(await status.GetCalendarAsync(year, agency, GetAgencyPage(request), ct), DueCalendar.ContentType, agency is null ? "returns-due.ics" : $"returns-due-{agency}.ics");
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The years that can be looked at, and the manager's pages about one of them.</summary>
public sealed class ReportedYears(PortalPages pages, PartnershipCatalogue catalogue, TimeProvider clock)
{
    /// <summary>From the first in which anything was owed to the one that today is in; the latest first.</summary>
    public IReadOnlyList<Period> All
    {
        get
        {
            var last = Period.YearOf(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).FirstYear;
            var first = catalogue.Forms.Select(form => form.From.FirstYear).Append(last).Min();
            return [.. Enumerable.Range(first, last - first + 1).Reverse().Select(Period.OfYear)];
        }
    }

    /// <summary>A page for the manager, about the year that is asked for; null where none is.</summary>
    public Task<IResult> ShowAsync(HttpRequest request, Func<Frame, Period?, Task<IResult>> page) => pages.ShowAsync(request, caller => caller.IsManager, frame =>
        YearQuery.TryRead(request, out var year) ? page(frame, year) : Task.FromResult(NoYear(frame)));

    /// <summary>A form from the manager, about the year in its field <c>year</c>.</summary>
    public Task<IResult> TakeAsync(HttpRequest request, Func<Frame, IFormCollection, Period, Task<IResult>> taken, CancellationToken ct) =>
        pages.TakeAsync(
            request,
            caller => caller.IsManager,
            (frame, form) => Period.TryParse(form["year"], out var year) && year.IsYear ? taken(frame, form, year) : Task.FromResult(NoYear(frame)),
            ct);

    internal static IResult NoYear(Frame frame) =>
        PortalPages.Problem(frame, StatusCodes.Status400BadRequest, "That is not a year", "A year is written 2019-20.");
}

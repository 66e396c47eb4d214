using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The years that pages can show, and the manager's pages for one of them.</summary>
public sealed class YearPages(PageHandler pages, PartnershipCatalogue catalogue, TimeProvider clock)
{
    /// <summary>The years from the first with a return that is due to the current one, latest first.</summary>
    public IReadOnlyList<Period> All
    {
        get
        {
            var last = Period.YearContaining(clock.Today()).FirstYear;
            var first = catalogue.Forms.Select(form => form.FirstPeriod.FirstYear).Append(last).Min();
            return [.. Enumerable.Range(first, last - first + 1).Reverse().Select(Period.FromYear)];
        }
    }

    /// <summary>Shows a page to the manager for the requested year; null if no year is given.</summary>
    public Task<IResult> ShowAsync(HttpRequest request, Func<PageContext, Period?, Task<IResult>> page) => pages.ShowAsync(request, caller => caller.IsManager, context =>
        YearQuery.TryRead(request, out var year) ? page(context, year) : Task.FromResult(InvalidYear(context)));

    /// <summary>Processes a form from the manager for the year in its field <c>year</c>.</summary>
    public Task<IResult> HandleFormAsync(HttpRequest request, Func<PageContext, IFormCollection, Period, Task<IResult>> handleForm, CancellationToken ct) =>
        pages.HandleFormAsync(
            request,
            caller => caller.IsManager,
            (context, form) => Period.TryParse(form["year"], out var year) && year.IsYear ? handleForm(context, form, year) : Task.FromResult(InvalidYear(context)),
            ct);

    internal static IResult InvalidYear(PageContext context) =>
        PageHandler.Problem(context, StatusCodes.Status400BadRequest, "This year is not valid", "Write the year like 2019-20.");
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The page for a new manager on the first day. Its facts come from the catalogue, and it reads nothing else.</summary>
public sealed class GuidePages(PageHandler pages, PartnershipCatalogue catalogue, DescribeFigures describe, PublishOptions options, TimeProvider clock)
{
    private const int ShownDates = 4;

    public Task<IResult> GetAsync(HttpRequest request) => pages.ShowAsync(request, caller => caller.IsManager, context =>
    {
        var today = clock.Today();
        var year = Period.YearContaining(today);
        var returns = catalogue.GetReturnsDueIn(year).ToList();
        return Task.FromResult(PageHandler.Render(new GuidePage
        {
            PageContext = context,
            Catalogue = catalogue,
            Year = year,
            Agencies = returns.Select(item => item.Key.Return.Agency).Distinct().Count(),
            QuarterlyReturns = returns.Where(item => !item.Key.Period.IsYear).Select(item => item.Key.Return).Distinct().Count(),
            YearlyReturns = returns.Where(item => item.Key.Period.IsYear).Select(item => item.Key.Return).Distinct().Count(),
            DueDates =
            [
                .. catalogue.GetReturnsDueIn(year.PreviousYear).Concat(returns).GroupBy(item => item.Form.GetDueDate(item.Key.Period)).Where(group => group.Key >= today)
                    .OrderBy(group => group.Key).Take(ShownDates).Select(group => (group.Key, group.Count())),
            ],
            Figures = describe.Run(catalogue),
            IsContinuous = options.IsContinuous(catalogue),
        }));
    });
}

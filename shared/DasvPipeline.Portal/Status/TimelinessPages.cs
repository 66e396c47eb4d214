using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>How in time and how well agencies have sent their returns, over the years: all agencies, or one.</summary>
public sealed class TimelinessPages(PageHandler pages, PartnershipCatalogue catalogue, DescribeTimeliness describe)
{
    public const string WorstFirst = "worst";

    private const string Name = "timeliness";

    private static readonly (TimelinessMeasure Measure, string Word, string Label)[] Measures =
    [
        (TimelinessMeasure.DaysLate, "days-late", "Days late"),
        (TimelinessMeasure.Versions, "versions", "Versions per return"),
        (TimelinessMeasure.Queries, "queries", "Open queries per return"),
        (TimelinessMeasure.Explained, "explained", "Explained queries per return"),
    ];

    /// <summary>The measures, each with its word in addresses and its label.</summary>
    public static IReadOnlyList<(TimelinessMeasure Measure, string Word, string Label)> All => Measures;

    public static string GetLabel(TimelinessMeasure measure) => Measures.Single(item => item.Measure == measure).Label;

    /// <summary>Returns the address of the page of an agency.</summary>
    public static string CreateAgency(string agency) => $"{StatusAddress.Timeliness}?agency={agency}";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager, async context =>
    {
        var found = await describe.RunAsync(ct);
        if (request.Query["agency"].ToString() is { Length: > 0 } id)
        {
            return found.Agencies.FirstOrDefault(agency => agency.Agency == id) is { } agency
                ? PageHandler.Render(new AgencyTimelinessPage { PageContext = context, Agency = agency })
                : PageHandler.NotFound(context, "This agency does not exist.");
        }

        return PageHandler.Render(new TimelinessPage
        {
            PageContext = context,
            Found = found,
            Measure = Measures.FirstOrDefault(item => item.Word == request.Query["measure"]).Measure,
            IsWorstFirst = request.Query["sort"] == WorstFirst,
        });
    });

    public Task<IResult> GetFileAsync(HttpRequest request, string name, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager, async context =>
        name is $"{Name}.csv" or $"{Name}.xlsx"
            ? StatusPages.CreateFile((await describe.RunAsync(ct)).ToExport(), name, Name, catalogue.Publisher.Name)
            : PageHandler.NotFound(context, "This file does not exist."));
}

using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.Portal;

/// <summary>What both hosts register alike: the catalogue, the use cases, and the endpoints that call them.</summary>
public static class PortalServices
{
    /// <param name="trustPrincipalHeader">See <see cref="CallerPolicy"/>.</param>
    /// <exception cref="CatalogueException">The catalogue has mistakes: nothing starts with one.</exception>
    public static IServiceCollection AddDasvPipeline(this IServiceCollection services, bool trustPrincipalHeader) =>
        services.AddDasvPipeline(PartnershipCatalogue.EmbeddedFiles(), trustPrincipalHeader);

    internal static IServiceCollection AddDasvPipeline(this IServiceCollection services, IEnumerable<CatalogueFile> catalogue, bool trustPrincipalHeader) => services
        .AddSingleton(PartnershipCatalogue.Load(catalogue))
        .AddSingleton<IngestReturn>()
        .AddSingleton<SweepReturns>()
        .AddSingleton<PublishHeadlines>()
        .AddSingleton<PublishNow>()
        .AddSingleton<DecideRelease>()
        .AddSingleton<PreviewRelease>()
        .AddSingleton<TraceHeadline>()
        .AddSingleton<DescribeStatus>()
        .AddSingleton<CompareHeadlines>()
        .AddSingleton<ChaseReturns>()
        .AddSingleton<ExplainQuery>()
        .AddSingleton(new CallerPolicy(trustPrincipalHeader))
        .AddSingleton<FeedEndpoint>()
        .AddSingleton<StatusEndpoint>()
        .AddSingleton<ChaseEndpoint>()
        .AddSingleton<ReportEndpoint>()
        .AddSingleton<ExplainEndpoint>()
        .AddSingleton<DecisionEndpoint>()
        .AddSingleton<PreviewEndpoint>()
        .AddSingleton<LineageEndpoint>();
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DasvPipeline.Portal;

/// <summary>Registers the catalogue, the use cases and the endpoints for both hosts.</summary>
public static class PortalServiceCollectionExtensions
{
    /// <param name="trustPrincipalHeader">See <see cref="CallerReader"/>.</param>
    /// <param name="signIn">The sign-in pages; null for the platform's own.</param>
    /// <exception cref="CatalogueException">The catalogue has mistakes.</exception>
    public static IServiceCollection AddDasvPipeline(this IServiceCollection services, bool trustPrincipalHeader, SignInAddresses? signIn = null, IReadOnlyList<CatalogueFile>? catalogue = null) =>
        services.AddDasvPipeline(catalogue ?? PartnershipCatalogue.EmbeddedFiles(), trustPrincipalHeader).AddPages(signIn ?? SignInAddresses.Platform);

    internal static IServiceCollection AddDasvPipeline(this IServiceCollection services, IEnumerable<CatalogueFile> catalogue, bool trustPrincipalHeader) => services
        .AddSingleton(PartnershipCatalogue.Load(catalogue))
        .AddSingleton<CheckReturn>()
        .AddSingleton<IngestReturn>()
        .AddSingleton<ReleaseBuilder>()
        .AddSingleton<SweepReturns>()
        .AddSingleton<PublishHeadlines>()
        .AddSingleton<PublishNow>()
        .AddSingleton<DecideRelease>()
        .AddSingleton<PreviewRelease>()
        .AddSingleton<TraceHeadline>()
        .AddSingleton<DescribeStatus>()
        .AddSingleton<CompareHeadlines>()
        .AddSingleton<VerifyFigures>()
        .AddSingleton<ChaseReturns>()
        .AddSingleton<ExplainQuery>()
        .AddSingleton(new CallerReader(trustPrincipalHeader))
        .AddSingleton<FeedEndpoint>()
        .AddSingleton<StatusEndpoint>()
        .AddSingleton<ChaseEndpoint>()
        .AddSingleton<ReportEndpoint>()
        .AddSingleton<ExplainEndpoint>()
        .AddSingleton<DecisionEndpoint>()
        .AddSingleton<PreviewEndpoint>()
        .AddSingleton<LineageEndpoint>()
        .AddSingleton<VerificationEndpoint>()
        .AddSingleton<SendReturn>()
        .AddSingleton<DecideVersion>()
        .AddSingleton<VersionEndpoint>()
        .AddSingleton<IssueForm>();

    private static IServiceCollection AddPages(this IServiceCollection services, SignInAddresses signIn)
    {
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("DasvPipeline");
        services.AddOptions<KeyManagementOptions>().Configure<IKeyStore>((options, store) => options.XmlRepository = new KeyRepository(store));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "dasv-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.HeaderName = null;
        });
        services.Replace(ServiceDescriptor.Singleton<IAntiforgeryAdditionalDataProvider, CallerTokenData>());
        return services
            .AddSingleton(signIn)
            .AddSingleton<PageHandler>()
            .AddSingleton<PublicPages>()
            .AddSingleton<AssetFiles>()
            .AddSingleton<ReturnPages>()
            .AddSingleton<SendPages>()
            .AddSingleton<VersionDecisionPages>()
            .AddSingleton<FlashMessages>()
            .AddSingleton<YearPages>()
            .AddSingleton<StatusPages>()
            .AddSingleton<DisagreementPages>()
            .AddSingleton<HeadlinePages>()
            .AddSingleton<UploadLinkEndpoint>();
    }
}

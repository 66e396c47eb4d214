using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Api;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DasvPipeline.Portal;

/// <summary>Registers the catalogue, the use cases and the endpoints for both hosts.</summary>
public static class PortalServiceCollectionExtensions
{
    /// <param name="trustPrincipalHeader">See <see cref="CallerReader"/>.</param>
    /// <param name="signIn">The sign-in pages; null for the platform's own.</param>
    /// <param name="sendsUploadsThroughApp">See <see cref="UploadLinkOptions"/>.</param>
    /// <exception cref="CatalogueException">The catalogue has mistakes.</exception>
    public static IServiceCollection AddDasvPipeline(this IServiceCollection services, bool trustPrincipalHeader, SignInAddresses? signIn = null, IReadOnlyList<CatalogueFile>? catalogue = null, bool sendsUploadsThroughApp = false) =>
        services.AddDasvPipeline(catalogue ?? PartnershipCatalogue.EmbeddedFiles(), trustPrincipalHeader).AddPages(signIn ?? SignInAddresses.Platform).AddSingleton(new UploadLinkOptions(sendsUploadsThroughApp));

    internal static IServiceCollection AddDasvPipeline(this IServiceCollection services, IEnumerable<CatalogueFile> catalogue, bool trustPrincipalHeader) => services
        .AddSingleton(PartnershipCatalogue.Load(catalogue))
        .AddDefaultPublishOptions()
        .AddSingleton<CheckReturn>()
        .AddSingleton<IngestReturn>()
        .AddSingleton<ReleaseBuilder>()
        .AddSingleton<SweepReturns>()
        .AddSingleton<PublishHeadlines>()
        .AddSingleton<PublishNow>()
        .AddSingleton<DecideRelease>()
        .AddSingleton<ApproveRelease>()
        .AddSingleton<AnnounceReleases>()
        .AddSingleton<DescribeFigures>()
        .AddSingleton<PreviewRelease>()
        .AddSingleton<TraceHeadline>()
        .AddSingleton<DescribeStatus>()
        .AddSingleton<CompareHeadlines>()
        .AddSingleton<VerifyFigures>()
        .AddSingleton<ChaseReturns>()
        .AddSingleton<BackUpTables>()
        .AddSingleton<ExplainQuery>()
        .AddSingleton<ManageMembers>()
        .AddSingleton<MembershipDirectory>()
        .AddSingleton(FileLimitOptions.Default)
        .AddSingleton<FileLimits>()
        .AddSingleton(new CallerReader(trustPrincipalHeader))
        .AddSingleton<FeedCopies>()
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
        .AddSingleton<CheckThenSend>()
        .AddSingleton<MoveReturn>()
        .AddSingleton<DecideVersion>()
        .AddSingleton<DeleteFile>()
        .AddSingleton<TakeDownRelease>()
        .AddSingleton<VersionEndpoint>()
        .AddSingleton<IssueForm>();

    /// <summary>Publishes as the catalogue says, if the host has no setting about it.</summary>
    private static IServiceCollection AddDefaultPublishOptions(this IServiceCollection services)
    {
        services.TryAddSingleton(new PublishOptions(null));
        return services;
    }

    private static IServiceCollection AddPages(this IServiceCollection services, SignInAddresses signIn)
    {
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("DasvPipeline");
        services.Configure<KestrelServerOptions>(server => server.Limits.MaxRequestBodySize = RequestGuard.MaxBodyBytes);
        services.AddOptions<KeyManagementOptions>().Configure<IKeyStore>((options, store) => options.XmlRepository = new KeyRepository(store));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "dasv-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.HeaderName = null;
        });
        services.Replace(ServiceDescriptor.Singleton<IAntiforgeryAdditionalDataProvider, CallerTokenData>());

        // It would read the keys before the host listens, and wait for storage that does not respond.
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true));
        return services
            .AddSingleton<IStartupFilter, ResponseHeaders>()
            .AddSingleton(signIn)
            .AddSingleton<PageHandler>()
            .AddSingleton<PublicPages>()
            .AddSingleton<ApiDescription>()
            .AddSingleton<RouteTable>()
            .AddSingleton<OtherAddresses>()
            .AddSingleton<RequestGuard>()
            .AddSingleton<AssetFiles>()
            .AddSingleton<AccessPages>()
            .AddSingleton<PeoplePages>()
            .AddSingleton<ReturnPages>()
            .AddSingleton<SendPages>()
            .AddSingleton<CheckedPages>()
            .AddSingleton<MovePages>()
            .AddSingleton<VersionDecisionPages>()
            .AddSingleton<DeleteFilePages>()
            .AddSingleton<FlashMessages>()
            .AddSingleton<YearPages>()
            .AddSingleton<StatusPages>()
            .AddSingleton<DisagreementPages>()
            .AddSingleton<HeadlinePages>()
            .AddSingleton<UploadEndpoint>()
            .AddSingleton<UploadLinkEndpoint>();
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Api;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using DasvPipeline.Portal.Site;
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
    public static IServiceCollection AddDasvPipeline(this IServiceCollection services, bool trustPrincipalHeader, SignInAddresses? signIn = null, bool sendsUploadsThroughApp = false)
    {
        var source = CatalogueSource.Create(null);
        source.Load();
        return services.AddDasvPipeline(source, trustPrincipalHeader, signIn, sendsUploadsThroughApp);
    }

    /// <param name="source">The catalogue. The host loads it before it serves, so that a host with a wrong one does not start.</param>
    /// <inheritdoc cref="AddDasvPipeline(IServiceCollection, bool, SignInAddresses?, bool)" path="/param"/>
    public static IServiceCollection AddDasvPipeline(this IServiceCollection services, CatalogueSource source, bool trustPrincipalHeader, SignInAddresses? signIn = null, bool sendsUploadsThroughApp = false) =>
        services.AddUseCases(source, trustPrincipalHeader).AddPages(signIn ?? SignInAddresses.Platform).AddSingleton(new UploadLinkOptions(sendsUploadsThroughApp));

    /// <exception cref="CatalogueException">The catalogue has mistakes.</exception>
    internal static IServiceCollection AddDasvPipeline(this IServiceCollection services, IReadOnlyList<CatalogueFile> catalogue, bool trustPrincipalHeader)
    {
        var source = CatalogueSource.Create(catalogue);
        source.Load();
        return services.AddUseCases(source, trustPrincipalHeader);
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services, CatalogueSource source, bool trustPrincipalHeader) => services
        .AddLiveCatalogue(source)
        .AddDefaultPublishOptions()
        .AddScoped<ChangeCatalogue>()
        .AddScoped<CatalogueEndpoint>()
        .AddScoped<CheckReturn>()
        .AddScoped<IngestReturn>()
        .AddScoped<ReleaseBuilder>()
        .AddScoped<SweepReturns>()
        .AddScoped<PublishHeadlines>()
        .AddScoped<PublishNow>()
        .AddScoped<DecideRelease>()
        .AddScoped<ApproveRelease>()
        .AddScoped<AnnounceReleases>()
        .AddSingleton<DescribeFigures>()
        .AddScoped<PreviewRelease>()
        .AddScoped<CreateReport>()
        .AddScoped<CreateBoardPaper>()
        .AddScoped<AnnualReportEndpoint>()
        .AddScoped<TraceHeadline>()
        .AddScoped<DescribeStatus>()
        .AddScoped<CompareHeadlines>()
        .AddScoped<CompareFigures>()
        .AddScoped<DescribeToday>()
        .AddSingleton<DescribeAudit>()
        .AddScoped<VerifyFigures>()
        .AddScoped<ChaseReturns>()
        .AddSingleton<BackUpTables>()
        .AddScoped<ExplainQuery>()
        .AddScoped<ManageMembers>()
        .AddSingleton<MembershipDirectory>()
        .AddSingleton(FileLimitOptions.Default)
        .AddSingleton<FileLimits>()
        .AddSingleton(new CallerReader(trustPrincipalHeader))
        .AddSingleton<FeedCopies>()
        .AddSingleton<FeedEndpoint>()
        .AddScoped<StatusEndpoint>()
        .AddScoped<ChaseEndpoint>()
        .AddScoped<ReportEndpoint>()
        .AddScoped<ExplainEndpoint>()
        .AddScoped<DecisionEndpoint>()
        .AddScoped<PreviewEndpoint>()
        .AddScoped<LineageEndpoint>()
        .AddScoped<VerificationEndpoint>()
        .AddScoped<SendReturn>()
        .AddScoped<CheckThenSend>()
        .AddScoped<MoveReturn>()
        .AddScoped<DecideVersion>()
        .AddScoped<ArrangeReturn>()
        .AddScoped<WriteReceipt>()
        .AddScoped<ManagerNotices>()
        .AddScoped<WriteReminders>()
        .AddScoped<RemindAgencies>()
        .AddScoped<DescribeTimeliness>()
        .AddScoped<SendMessages>()
        .AddScoped<StateNilReturn>()
        .AddScoped<EnterFigures>()
        .AddScoped<DescribeAgencyFigures>()
        .AddScoped<SendSeveralFiles>()
        .AddScoped<EntryEndpoint>()
        .AddScoped<SeveralFilesEndpoint>()
        .AddScoped<DeleteFile>()
        .AddScoped<TakeDownRelease>()
        .AddScoped<VersionEndpoint>()
        .AddScoped<IssueForm>();

    private static IServiceCollection AddLiveCatalogue(this IServiceCollection services, CatalogueSource source) => services
        .AddSingleton(source)
        .AddSingleton<LiveCatalogue>()
        .AddScoped<CatalogueScope>()
        .AddScoped(provider => provider.GetRequiredService<CatalogueScope>().Catalogue);

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
            .AddSingleton<CrawlerFiles>()
            .AddSingleton<SitePages>()
            .AddSingleton<SiteEndpoint>()
            .AddSingleton<ApiDescription>()
            .AddSingleton<RouteTable>()
            .AddSingleton<OtherAddresses>()
            .AddSingleton<RequestGuard>()
            .AddSingleton<AssetFiles>()
            .AddScoped<AccessPages>()
            .AddScoped<AgencyView>()
            .AddScoped<TodayPages>()
            .AddScoped<GuidePages>()
            .AddScoped<AuditPages>()
            .AddScoped<PeoplePages>()
            .AddScoped<ReturnPages>()
            .AddScoped<SendPages>()
            .AddScoped<CheckedPages>()
            .AddScoped<MovePages>()
            .AddScoped<VersionDecisionPages>()
            .AddScoped<ArrangementPages>()
            .AddScoped<EntryPages>()
            .AddScoped<ReceiptPages>()
            .AddScoped<AgencyFiguresPages>()
            .AddScoped<SeveralFilesPages>()
            .AddScoped<MessagePages>()
            .AddScoped<DeleteFilePages>()
            .AddSingleton<FlashMessages>()
            .AddScoped<YearPages>()
            .AddScoped<StatusPages>()
            .AddScoped<ChasePages>()
            .AddScoped<TimelinessPages>()
            .AddScoped<CataloguePages>()
            .AddScoped<DisagreementPages>()
            .AddScoped<HeadlinePages>()
            .AddScoped<ReportPages>()
            .AddScoped<UploadEndpoint>()
            .AddScoped<UploadLinkEndpoint>();
    }
}

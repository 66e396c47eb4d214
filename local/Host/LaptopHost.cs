using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Functions;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Mail;
using DasvPipeline.Portal;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Storage;

namespace DasvPipeline.Local.Host;

/// <summary>Runs the function app on a laptop: the same triggers and services, with Azurite.</summary>
internal sealed class LaptopHost : IAsyncDisposable
{
    /// <summary>The settings of the two accounts, which are one store here.</summary>
    private static readonly string[] Accounts = ["Returns", "Public"];

    private readonly WebApplication _app;
    private readonly AzuriteProcess _azurite;

    private LaptopHost(WebApplication app, AzuriteProcess azurite, BlobServiceClient account, TriggerCollection triggers, int workers)
    {
        (_app, _azurite, Account, Triggers) = (app, azurite, account, triggers);
        Events = new BlobEventSource(app.Services, account, triggers, workers);
    }

    public IServiceProvider Services => _app.Services;

    public BlobServiceClient Account { get; }

    public TriggerCollection Triggers { get; }

    public BlobEventSource Events { get; }

    /// <summary>The id of the store's process.</summary>
    public int StoreProcessId => _azurite.ProcessId;

    /// <summary>True if the store has stopped, and was in memory.</summary>
    public bool HasLostStore => _azurite.HasStopped;

    public IReturnStore Returns => Services.GetRequiredService<IReturnStore>();

    /// <summary>The address of the host, after it has started.</summary>
    public Uri Address => new(_app.Urls.Single());

    public IFeedStore Feed => Services.GetRequiredService<IFeedStore>();

    /// <param name="dataDirectory">The folder of the store; null to keep everything in memory.</param>
    /// <param name="port">The port of the pages; 0 for a free port, null to serve no pages.</param>
    /// <param name="showsTelemetry">Whether to print spans, metrics and logs.</param>
    /// <param name="catalogue">The files of the catalogue; null for the stored one, which is at first the built-in one.</param>
    /// <param name="workers">The number of files to process at the same time.</param>
    /// <param name="settings">Settings that replace those of the laptop; a null value removes one.</param>
    /// <param name="report">Gets a sentence when the store stops, and when it responds again.</param>
    /// <param name="listening">Called when the pages listen. Requests wait until the store is ready.</param>
    public static async Task<LaptopHost> StartAsync(string? dataDirectory, int? port, TimeProvider clock, CancellationToken ct, bool showsTelemetry = false, IReadOnlyList<CatalogueFile>? catalogue = null, int workers = BlobEventSource.DefaultParallelism, IReadOnlyDictionary<string, string?>? settings = null, Action<string>? report = null, Action? listening = null)
    {
        // The store starts while the app is built and the pages begin to listen.
        var store = Task.Run(() => StartStoreAsync(new AzuriteOptions { DataDirectory = dataDirectory, Report = report }, ct), ct);
        var source = CatalogueSource.Create(catalogue);
        var loading = Task.Run(source.Load, ct);
        LaptopHost? laptop = null;
        WebApplication? app = null;
        try
        {
            app = Build(port, clock, showsTelemetry, source, settings);
            var triggers = TriggerCollection.Find(typeof(IngestReturnTrigger).Assembly, app.Configuration);
            var gate = new StoreGate(clock);
            app.Use(gate.HoldAsync);
            MapSignIn(app);
            MapRoutes(app, triggers);
            app.MapGet("/", context => Results.Redirect("/site/").ExecuteAsync(context));
            if (port is not null)
            {
                await app.StartAsync(ct);
                listening?.Invoke();
            }

            // A wrong catalogue is reported before anything about the store.
            await loading;
            var azurite = await store;
            foreach (var account in Accounts.Where(account => settings?.ContainsKey(account) != true))
            {
                app.Configuration[account] = azurite.ConnectionString;
            }

            // Services read the accounts when they are created, so nothing creates one before this.
            ConsoleTelemetry.Start(app.Services);
            gate.Open();
            return laptop = new LaptopHost(app, azurite, new BlobServiceClient(azurite.ConnectionString), triggers, workers);
        }
        finally
        {
            if (laptop is null)
            {
                await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ((Task)store).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
                await (store.IsCompletedSuccessfully ? store.Result.DisposeAsync() : ValueTask.CompletedTask);
            }
        }
    }

    private static async Task<AzuriteProcess> StartStoreAsync(AzuriteOptions options, CancellationToken ct)
    {
        var azurite = await AzuriteProcess.StartAsync(options, ct);
        try
        {
            await StorageInitializer.Create(azurite.ConnectionString).InitializeAsync(ct);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(int? port, TimeProvider clock, bool showsTelemetry, CatalogueSource source, IReadOnlyDictionary<string, string?>? settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port ?? 0));
        builder.Services.AddOwnHostNames();
        builder.Services.AddSingleton(clock);
        var options = new FunctionAppOptions();
        options.Read(builder.Configuration);
        builder.Services.AddSingleton(options.Publishing);
        builder.Services.AddSchedules(builder.Configuration);
        builder.Services.AddRoutes();
        builder.Services.AddDasvStorage(builder.Configuration);
        builder.Configuration["PortalAddress"] ??= FormattableString.Invariant($"http://localhost:{port ?? 0}");
        builder.Services.AddDasvMail(builder.Configuration);
        builder.Services.AddDasvHealth(logsSettings: false);
        builder.Services.AddDasvPipeline(source, trustPrincipalHeader: true, SignInAddresses.Laptop, sendsUploadsThroughApp: builder.Configuration["UploadsThroughApp"] == bool.TrueString);
        if (showsTelemetry)
        {
            ConsoleTelemetry.Add(builder);
        }

        return builder.Build();
    }

    public Task PublishAsync(CancellationToken ct) => Triggers.GetTimer("PublishHeadlines").RunAsync(Services, ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    private static void MapRoutes(WebApplication app, TriggerCollection triggers)
    {
        var prefix = RoutePrefix();
        var guard = new Lazy<RequestGuard>(app.Services.GetRequiredService<RequestGuard>);
        foreach (var trigger in triggers.HttpTriggers)
        {
            app.MapMethods(
                $"{prefix}/{trigger.Route}",
                trigger.Methods,
                async context =>
                {
                    IResult? response = null;
                    var refusal = await guard.Value.RunAsync(context, async () => response = await trigger.RunAsync(context));
                    await (refusal ?? response!).ExecuteAsync(context);
                });
        }
    }

    /// <summary>Returns the route prefix in <c>host.json</c>, or "api" if the file has no prefix, as in Azure.</summary>
    private static string RoutePrefix()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        return host.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix)
            ? prefix.GetString()!
            : "api";
    }

    /// <summary>Adds a simple sign-in in place of the platform's. Only this machine can reach the port.</summary>
    private static void MapSignIn(WebApplication app)
    {
        var signIn = new Lazy<LaptopSignIn>(() => ActivatorUtilities.CreateInstance<LaptopSignIn>(app.Services));
        app.Use((context, next) => signIn.Value.SetPrincipalAsync(context, next));
        app.MapGet("/sign-in", context => signIn.Value.ShowPage(context.Request).ExecuteAsync(context));
        app.MapPost("/sign-in", async context => await (await signIn.Value.PostAsync(context.Request, context.RequestAborted)).ExecuteAsync(context));
        app.MapGet("/sign-out", context => LaptopSignIn.SignOut(context.Request).ExecuteAsync(context));
    }
}

using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Store;
using DasvPipeline.Functions;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Portal;
using DasvPipeline.Portal.Who;
using DasvPipeline.Storage;

namespace DasvPipeline.Local.Host;

/// <summary>Runs the function app on a laptop: the same triggers and services, with Azurite.</summary>
internal sealed class Laptop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AzuriteProcess _azurite;

    private Laptop(WebApplication app, AzuriteProcess azurite, BlobServiceClient account, Triggers triggers)
    {
        (_app, _azurite, Account, Triggers) = (app, azurite, account, triggers);
        Events = new BlobEvents(app.Services, account, triggers);
    }

    public IServiceProvider Services => _app.Services;

    public BlobServiceClient Account { get; }

    public Triggers Triggers { get; }

    public BlobEvents Events { get; }

    public IReturnStore Returns => Services.GetRequiredService<IReturnStore>();

    /// <summary>The address of the host, after it has started.</summary>
    public Uri Address => new(_app.Urls.Single());

    public IFeedStore Feed => Services.GetRequiredService<IFeedStore>();

    /// <param name="dataDirectory">The folder of the store; null to keep everything in memory.</param>
    /// <param name="port">The port of the pages; 0 for a free port, null to serve no pages.</param>
    /// <param name="showsTelemetry">Whether to print spans, metrics and logs.</param>
    public static async Task<Laptop> StartAsync(string? dataDirectory, int? port, TimeProvider clock, CancellationToken ct, bool showsTelemetry = false)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { DataDirectory = dataDirectory }, ct);
        Laptop? laptop = null;
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration["Returns"] = azurite.ConnectionString;
            builder.Configuration["Public"] = azurite.ConnectionString;
            builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port ?? 0));
            Schedules.Check(builder.Configuration);
            builder.Services.AddSingleton(clock);
            builder.Services.AddDasvStorage(builder.Configuration);
            builder.Services.AddDasvHealth();
            builder.Services.AddDasvPipeline(trustPrincipalHeader: true, SignIn.Laptop);
            if (showsTelemetry)
            {
                ConsoleTelemetry.Add(builder);
            }

            var app = builder.Build();
            ConsoleTelemetry.Start(app.Services);
            var triggers = Triggers.Find(typeof(IngestReturnTrigger).Assembly, app.Configuration);
            MapSignIn(app);
            MapRoutes(app, triggers);
            Site.Map(app);
            await app.Services.GetRequiredService<StoragePreparation>().PrepareAsync(ct);
            if (port is not null)
            {
                await app.StartAsync(ct);
            }

            return laptop = new Laptop(app, azurite, new BlobServiceClient(azurite.ConnectionString), triggers);
        }
        finally
        {
            if (laptop is null)
            {
                await azurite.DisposeAsync();
            }
        }
    }

    public Task PublishAsync(CancellationToken ct) => Triggers.Timer("PublishHeadlines").RunAsync(Services, ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    private static void MapRoutes(WebApplication app, Triggers triggers)
    {
        var prefix = RoutePrefix();
        foreach (var trigger in triggers.Https)
        {
            app.MapMethods(
                $"{prefix}/{trigger.Route}",
                trigger.Methods,
                async context => await (await trigger.RunAsync(context)).ExecuteAsync(context));
        }
    }

    /// <summary>Returns the route prefix in <c>host.json</c>; "api" if there is none, as in Azure.</summary>
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
        var signIn = ActivatorUtilities.CreateInstance<LaptopSignIn>(app.Services);
        app.Use(signIn.PutOnAsync);
        app.MapGet("/sign-in", signIn.Get);
        app.MapPost("/sign-in", signIn.PostAsync);
        app.MapGet("/sign-out", LaptopSignIn.Out);
    }
}

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

/// <summary>The function app on a laptop: the same triggers and services, on Azurite.</summary>
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

    /// <summary>Where it is served, once it is.</summary>
    public Uri Address => new(_app.Urls.Single());

    public IFeedStore Feed => Services.GetRequiredService<IFeedStore>();

    /// <param name="dataDirectory">Null keeps everything in memory.</param>
    /// <param name="port">Null serves no pages; 0 serves them on a port that is free.</param>
    /// <param name="tells">Prints spans, measurements and logs.</param>
    public static async Task<Laptop> StartAsync(string? dataDirectory, int? port, TimeProvider clock, CancellationToken ct, bool tells = false)
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
            if (tells)
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

    /// <summary>What <c>host.json</c> puts before every route; "api" when it says nothing, as on Azure.</summary>
    private static string RoutePrefix()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        return host.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix)
            ? prefix.GetString()!
            : "api";
    }

    /// <summary>The platform's sign-in, as far as a laptop needs one: the port listens to this machine alone.</summary>
    private static void MapSignIn(WebApplication app)
    {
        var signIn = ActivatorUtilities.CreateInstance<LaptopSignIn>(app.Services);
        app.Use(signIn.PutOnAsync);
        app.MapGet("/sign-in", signIn.Get);
        app.MapPost("/sign-in", signIn.PostAsync);
        app.MapGet("/sign-out", LaptopSignIn.Out);
    }
}

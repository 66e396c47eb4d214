using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>
/// A feed with a public address and more releases than a page has. It has a hidden figure, a signed-off year, a year in progress, and releases that
/// were taken down.
/// </summary>
public sealed class LongFeed(AzuriteFixture azurite, SharedFixtures shared) : IAsyncLifetime
{
    public const string PublicAddress = "https://figures.example.org";

    public const int Releases = 31;

    /// <summary>A release that was taken down when it was on a page of earlier releases.</summary>
    public const int TakenDownLater = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Uri Root { get; } = new(PublicAddress + "/feed/");

    internal Pipeline Pipeline { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pipeline = (await shared.GetAsync(async () => new Made(await CreateAsync()))).Pipeline;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Pipeline> CreateAsync()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).At(PublicAddress);
        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(50, 20));
        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(50, 3));
        for (var release = 1; release < Releases - 1; release++)
        {
            pipeline.Clock.Advance(TimeSpan.FromHours(1));
            await pipeline.SendAsync(MaracPath(1), Marac(370 + release));
            Assert.Equal(release, (await pipeline.PublishAsync()).Number);
        }

        Assert.True((await pipeline.Decide.SignOffAsync(Core.Domain.Period.Parse("2019-20"), new Core.Ports.Person("1", "the manager"), "The others report next year.", publishesNumbers: false, Ct)).IsDone);
        Assert.Equal(Releases - 1, (await pipeline.PublishAsync()).Number);
        pipeline.Clock.Advance(TimeSpan.FromDays(60));
        await pipeline.SendAsync("idva-service/marac/2020-21-Q1/marac.csv", Marac(390));
        Assert.Equal(Releases, (await pipeline.PublishAsync()).Number);
        Assert.True((await TakeDownTests.TakeDown(pipeline).RunAsync(TakenDownLater, "The figures were wrong.", publishesNumbers: false, isDryRun: false, new Person("account-1", "al"), Ct)).IsDone);
        return pipeline;
    }

    /// <summary>Keeps it apart from the shared pipeline of the samples.</summary>
    private sealed record Made(Pipeline Pipeline);
}

using DasvPipeline.Local.Azurite;

[assembly: AssemblyFixture(typeof(DasvPipeline.IntegrationTests.Storage.AzuriteFixture))]

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>
/// Starts a few in-memory Azurites for all tests. Each has one thread, and becomes slower as it stores more. Every test
/// has its own tables and containers in one of them.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Count = 4;

    private readonly List<AzuriteProcess> _azurites = [];
    private int _next;

    /// <summary>Returns the next Azurite at every call.</summary>
    public string NextConnectionString() => _azurites[(int)((uint)Interlocked.Increment(ref _next) % Count)].ConnectionString;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        _azurites.AddRange(await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => AzuriteProcess.StartAsync(new AzuriteOptions(), ct))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var azurite in _azurites)
        {
            await azurite.DisposeAsync();
        }
    }
}

using DasvPipeline.Local.Azurite;

[assembly: AssemblyFixture(typeof(DasvPipeline.IntegrationTests.Storage.AzuriteFixture))]

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>
/// A few Azurites for all tests, in memory: each is one thread, and slower the more it holds. Every test has tables and
/// containers of its own in one of them.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Count = 4;

    private readonly List<AzuriteProcess> _azurites = [];
    private int _next;

    /// <summary>Of another one at every call.</summary>
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

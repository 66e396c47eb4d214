using DasvPipeline.Local.Azurite;

[assembly: AssemblyFixture(typeof(DasvPipeline.Tests.Storage.AzuriteFixture))]

namespace DasvPipeline.Tests.Storage;

/// <summary>One Azurite for all tests, in memory; each test has tables and containers of its own in it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}

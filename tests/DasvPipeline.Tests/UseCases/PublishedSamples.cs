using DasvPipeline.Tests.Storage;

namespace DasvPipeline.Tests.UseCases;

/// <summary>All of <c>samples/</c>, ingested and published once for the tests that only read it.</summary>
public sealed class PublishedSamples(AzuriteFixture azurite) : IAsyncLifetime
{
    internal Pipeline Pipeline { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Pipeline = await Pipeline.NewAsync(azurite);
        await Pipeline.SendSamplesAsync(Pipeline.SampleFiles);
        await Pipeline.PublishAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

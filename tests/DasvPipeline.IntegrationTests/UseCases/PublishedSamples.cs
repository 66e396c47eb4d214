using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.IntegrationTests.Storage;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>All of <c>samples/</c>, ingested and published once for the tests that only read the result.</summary>
public sealed class PublishedSamples(AzuriteFixture azurite, SharedFixtures shared) : IAsyncLifetime
{
    private Task<IReadOnlyDictionary<ReturnKey, ExaminationResult>>? _live;

    internal Pipeline Pipeline { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Pipeline = await shared.GetAsync(async () =>
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            await pipeline.SendSamplesAsync(Pipeline.SampleFiles);
            await pipeline.PublishAsync();
            return pipeline;
        });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns the live observations of each return, and the findings on their file.</summary>
    internal Task<IReadOnlyDictionary<ReturnKey, ExaminationResult>> LiveAsync() => _live ??= ReadLiveAsync();

    private async Task<IReadOnlyDictionary<ReturnKey, ExaminationResult>> ReadLiveAsync()
    {
        var live = new Dictionary<ReturnKey, ExaminationResult>();
        foreach (var key in Pipeline.SampleFiles.Select(sample => Pipeline.KeyOf(sample.Path)))
        {
            var row = await Pipeline.RowAsync(key);
            var findings = (await Pipeline.ReportAsync(key, row.LiveVersion!.Value)).Select(finding =>
                new Finding(Enum.Parse<Severity>(finding.Severity, ignoreCase: true), finding.Code, null, finding.Message));
            live.Add(key, new ExaminationResult([.. findings], await Pipeline.LiveAsync(key)));
        }

        return live;
    }
}

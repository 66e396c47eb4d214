using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The option that prints telemetry to the console.</summary>
public sealed class TelemetryOptionTests
{
    [LongFact]
    public async Task The_option_prints_spans_measurements_and_logs_without_file_names()
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/{MaracPath(1, "canarybird.csv")}", Marac(371));

        var (code, output, errors) = await CommandLine.RunProcessAsync("--once", "--inbox", folder.At("inbox"), "--telemetry", "console");
        Assert.True(code == 0, errors);
        Assert.Contains("dasv.ingest", output, StringComparison.Ordinal);
        Assert.Contains("dasv.publish.duration", output, StringComparison.Ordinal);
        Assert.Contains("DasvPipeline.Core.Publish.PublishHeadlines", output, StringComparison.Ordinal);
        Assert.Contains("service.name: DasvPipeline", output, StringComparison.Ordinal);
        Assert.DoesNotContain("canarybird", output, StringComparison.Ordinal);

        var (_, quiet, _) = await CommandLine.RunProcessAsync("--once", "--inbox", folder.At("inbox"));
        Assert.DoesNotContain("dasv.", quiet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_value_of_the_option_is_refused()
    {
        var (code, _, errors) = await CommandLine.RunAsync("--once", "--telemetry", "somewhere");
        Assert.Equal(2, code);
        Assert.Contains("console", errors, StringComparison.Ordinal);
    }
}

using System.Text;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Samples;

/// <summary>
/// Compares every figure and finding of every sample with the expected results, one file for each return. Run once with
/// DASV_REGENERATE=1 to regenerate them, and read the difference before committing them.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Returns() => ExaminedSamples.Returns();

    [Theory]
    [MemberData(nameof(Returns))]
    public async Task A_sample_gives_its_expected_result(string id)
    {
        var lines = (await ExaminedSamples.AllAsync()).Where(sample => sample.Return == id)
            .Select(sample => $"{{\"file\":\"{sample.Path}\",\"report\":{Encoding.UTF8.GetString(SubmissionReport.Create(sample.Key.Return, sample.Key.Period, sample.Examined).ToJson())}}}\n");
        var now = string.Concat(lines);
        var file = Path.Combine(ExaminedSamples.TestFolder, "expected", id.Replace('/', '.') + ".jsonl");
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, now, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), now);
    }

    [Fact]
    public void Every_expected_result_belongs_to_a_sample() => Assert.Equal(
        ExaminedSamples.Returns().Select(row => row.Data.Replace('/', '.') + ".jsonl").Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Path.Combine(ExaminedSamples.TestFolder, "expected")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_sample_is_accepted() =>
        Assert.Empty((await ExaminedSamples.AllAsync()).Where(sample => !sample.Examined.IsAccepted).Select(sample => sample.Path));
}

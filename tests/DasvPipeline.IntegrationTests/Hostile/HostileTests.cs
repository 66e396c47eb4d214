using System.Globalization;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Hostile;

namespace DasvPipeline.IntegrationTests.Hostile;

/// <summary>
/// Every upload ends with a finding, within the limits on time and memory. <c>expected.csv</c> lists the answer to each file
/// of the corpus. Run once with DASV_REGENERATE=1 to regenerate it, and read the difference before committing it.
/// </summary>
public sealed class HostileTests(HostileChildren children) : IClassFixture<HostileChildren>
{
    /// <summary>The heap limit, which includes the runtime's own 60 MB and all files and texts.</summary>
    private const long PeakBytes = HostileChildren.HeapBytes;

    private static readonly ILookup<string, Answer> Expected = HostileChildren.Expected.Read();

    public static TheoryData<string> Files() => [.. Expected.Select(file => file.Key)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_gets_its_finding_within_the_limits_on_time_and_memory(string file)
    {
        Assert.SkipWhen(children.Skipped.Contains(file), LongTests.Reason ?? string.Empty);
        var child = children.Answers[file];
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{child.Peak / (1024 * 1024)} MB, {child.Took.TotalSeconds:0.00} s"));
        Assert.Equal(Expected[file], child.Answers);
        Assert.InRange(child.Took, TimeSpan.Zero, HostileChildren.Limit);
        Assert.InRange(child.Peak, 1, PeakBytes);
    }

    [Fact]
    public void Every_file_of_the_corpus_has_an_expected_answer() =>
        Assert.Equal(children.Names.Order(StringComparer.Ordinal), Expected.Select(file => file.Key).Order(StringComparer.Ordinal));
}

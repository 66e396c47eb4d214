using System.Diagnostics;

namespace DasvPipeline.Bench;

/// <summary>Times two actions alternately (A B A B …), so that a slow phase of the machine affects both.</summary>
internal static class PairedTimer
{
    /// <param name="rounds">The number of counted rounds. Half as many warm-up rounds come first.</param>
    /// <returns>The medians in milliseconds, and the median of the ratios of the pairs.</returns>
    public static async Task<(double Ours, double Theirs, double Ratio)> TimeAsync(int rounds, Func<Task> ours, Func<Task> theirs)
    {
        var pairs = new List<(double Ours, double Theirs)>();
        for (var i = -rounds / 2; i < rounds; i++)
        {
            var pair = (await TimeAsync(ours), await TimeAsync(theirs));
            if (i >= 0)
            {
                pairs.Add(pair);
            }
        }

        return (Median(pairs.Select(pair => pair.Ours)), Median(pairs.Select(pair => pair.Theirs)), Median(pairs.Select(pair => pair.Ours / pair.Theirs)));
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

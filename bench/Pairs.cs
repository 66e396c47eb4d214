using System.Diagnostics;

namespace DasvPipeline.Bench;

/// <summary>Times two things in turn, A B A B …, so that a machine that slows down slows both.</summary>
internal static class Pairs
{
    private const int Warmups = 3;
    private const int Counted = 9;

    /// <returns>The medians in milliseconds, and the median of the ratios pair by pair.</returns>
    public static async Task<(double Ours, double Theirs, double Ratio)> TimeAsync(Func<Task> ours, Func<Task> theirs)
    {
        var pairs = new List<(double Ours, double Theirs)>();
        for (var i = 0; i < Warmups + Counted; i++)
        {
            var pair = (await TimeAsync(ours), await TimeAsync(theirs));
            if (i >= Warmups)
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

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

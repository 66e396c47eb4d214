using System.Globalization;

namespace DasvPipeline.Tests.Read;

/// <summary>What random changes grow from. DASV_SEED=7 runs one of them alone, DASV_SEED=1-20000 as many as somebody has time for.</summary>
internal static class Seeds
{
    private const string Variable = "DASV_SEED";

    public static IEnumerable<int> Of(int count)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } asked)
        {
            return Enumerable.Range(1, count);
        }

        var ends = asked.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    public static string Say(int seed, Exception? fault) => FormattableString.Invariant($"{Variable}={seed} makes it again: {fault}");
}

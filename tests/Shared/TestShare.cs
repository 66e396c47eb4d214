using System.Globalization;

namespace DasvPipeline.Tests;

/// <summary>The share of the long tests that runs.</summary>
internal enum ShareSize
{
    /// <summary>The share for developers: <c>dotnet test</c> takes minutes, and skips what takes long.</summary>
    Small,

    /// <summary>The share that checks a change before it is merged.</summary>
    Ci,

    /// <summary>Every crash point and the long random runs.</summary>
    All,
}

/// <summary>
/// The share of crash points and random cases that this run tries. <c>DASV_SHARE</c> is <c>ci</c>, <c>all</c> or not set.
/// The cases of a share are the same in every run. With <c>all</c> they are others each time: <c>DASV_SEED</c> with the seed
/// that a failure prints repeats them.
/// </summary>
internal static class TestShare
{
    public const string SeedVariable = "DASV_SEED";

    private const string Variable = "DASV_SHARE";

    private const int FixedSeed = 2019;

    /// <summary>DASV_SEED=7 is one seed, DASV_SEED=1-20000 a range.</summary>
    private static readonly (int First, int Last)? Wanted = ReadSeeds(Environment.GetEnvironmentVariable(SeedVariable));

    public static ShareSize Size { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => ShareSize.Small,
        "ci" => ShareSize.Ci,
        "all" => ShareSize.All,
        var other => throw new InvalidOperationException($"{Variable} is \"{other}\". It can be ci, all or not set."),
    };

    /// <summary>The seed of this run. It is fixed, so that a run can be repeated, unless all cases are taken.</summary>
    public static int Seed { get; } = Wanted?.First ?? (Size == ShareSize.All ? Random.Shared.Next(1, 1_000_000_000) : FixedSeed);

    /// <summary>Chooses a count by the size of the share.</summary>
    public static int Count(int small, int ci, int all) => Size switch { ShareSize.Small => small, ShareSize.Ci => ci, _ => all };

    /// <summary>Returns every n-th of the cases, and all of them in the largest share.</summary>
    public static IEnumerable<T> OneIn<T>(int small, int ci, IEnumerable<T> cases) => cases.Where((_, i) => i % Count(small, ci, 1) == 0);

    /// <summary>Returns the seeds of this many random cases, or those that DASV_SEED names.</summary>
    public static IEnumerable<int> Seeds(int count) =>
        Wanted is { } wanted ? Enumerable.Range(wanted.First, wanted.Last - wanted.First + 1) : Enumerable.Range(Seed, count);

    /// <summary>Returns the calls to storage, from 1, at which a test crashes: always the first and the last.</summary>
    /// <param name="calls">How many calls an undisturbed run makes.</param>
    public static IReadOnlyList<int> CrashPoints(int calls)
    {
        // Includes the name of the test, so that tests try different calls.
        var test = TestContext.Current.Test?.TestDisplayName ?? string.Empty;
        var between = Enumerable.Range(2, Math.Max(0, calls - 2)).ToArray();
        new Random(HashCode(test) ^ Seed).Shuffle(between);
        var tried = Size switch { ShareSize.Small => (between.Length + 15) / 16, ShareSize.Ci => (between.Length + 1) / 2, _ => between.Length };
        return [.. between.Take(tried).Append(1).Append(calls).Distinct().Order()];
    }

    /// <summary>Returns the text that says how to repeat a failure.</summary>
    public static string Repeat(int seed) => string.Create(CultureInfo.InvariantCulture, $"{SeedVariable}={seed} repeats it.");

    /// <inheritdoc cref="Repeat(int)" />
    public static string Repeat() => Repeat(Seed);

    // This hash is the same in every process, unlike string.GetHashCode.
    private static int HashCode(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));

    private static (int First, int Last)? ReadSeeds(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var ends = text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return (ends[0], ends[^1]);
    }
}

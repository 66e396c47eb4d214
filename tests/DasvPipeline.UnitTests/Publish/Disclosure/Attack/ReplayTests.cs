using DasvPipeline.Core.Catalogue;
using DasvPipeline.Tests;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

/// <summary>Promises 11 and 12 for an attacker who knows the algorithm.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private static readonly int Scenarios = TestShare.Count(small: 3, ci: 16, all: 500);

    /// <summary>The number of values that each small count keeps, as docs/disclosure.md states it.</summary>
    private const int LeastValues = 3;

    [Fact]
    public void An_attacker_who_knows_the_algorithm_finds_no_small_count()
    {
        var (tried, narrowed, failures) = (0, new HashSet<int>(), new List<string>());
        foreach (var seed in TestShare.Seeds(Scenarios))
        {
            var releases = ReplayedReleases.Create(seed);
            foreach (var agency in new[] { null, "north", "south" })
            {
                var found = new Replay(releases, agency).FindSecrets(ReplayedReleases.Catalogue.Disclosure);
                tried += found is null ? 0 : 1;
                foreach (var (text, values) in found ?? [])
                {
                    narrowed.Add(seed);
                    failures.AddRange(values < LeastValues ? [$"{agency ?? "The public"}: {text} [{releases}] {TestShare.Repeat(seed)}"] : []);
                }
            }
        }

        output.WriteLine($"{tried} attacks were complete. In {narrowed.Count} scenarios, a number lost a value: {string.Join(", ", narrowed.Order())}.");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.InRange(narrowed.Count, 0, Scenarios / 20);
    }

    /// <summary>The negative control: releases with a weaker policy are attacked as if they had the usual one.</summary>
    [Fact]
    public void An_attacker_who_knows_the_algorithm_finds_small_counts_if_the_policy_is_weaker()
    {
        var policy = ReplayedReleases.Catalogue.Disclosure;
        Assert.InRange(Enumerable.Range(1, 10).Count(seed => IsFound(seed, policy with { Threshold = 2 }, agency: null)), 4, 10);
        Assert.InRange(Enumerable.Range(1, 10).Count(seed => IsFound(seed, policy with { Contributors = 0 }, "north")), 1, 10);

        bool IsFound(int seed, DisclosurePolicy weaker, string? agency) =>
            new Replay(ReplayedReleases.Create(seed, weaker), agency).FindSecrets(policy)?.Any(secret => secret.Values < LeastValues) == true;
    }
}

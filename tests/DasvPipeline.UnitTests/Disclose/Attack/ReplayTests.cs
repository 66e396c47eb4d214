using DasvPipeline.Tests;

namespace DasvPipeline.UnitTests.Disclose.Attack;

/// <summary>Promises 11 and 12 for an attacker who knows the algorithm.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private static readonly int Scenarios = TestShare.Count(small: 3, ci: 16, all: 500);

    [Fact]
    public void An_attacker_who_knows_the_algorithm_finds_no_small_count()
    {
        var (tried, failures) = (0, new List<string>());
        foreach (var seed in TestShare.Seeds(Scenarios))
        {
            var releases = ReplayedReleases.Create(seed);
            foreach (var agency in new[] { null, "north", "south" })
            {
                var found = new Replay(releases, agency).FindSecrets(ReplayedReleases.Catalogue.Disclosure);
                tried += found is null ? 0 : 1;
                failures.AddRange((found ?? []).Select(secret => $"{agency ?? "The public"}: {secret} [{releases}] {TestShare.Repeat(seed)}"));
            }
        }

        output.WriteLine($"{tried} attacks were complete.");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>The negative control: releases with a weaker policy are attacked as if they had the usual one.</summary>
    [Fact]
    public void An_attacker_who_knows_the_algorithm_finds_small_counts_if_the_policy_is_weaker()
    {
        var policy = ReplayedReleases.Catalogue.Disclosure;
        Assert.InRange(Enumerable.Range(1, 10).Count(seed => new Replay(ReplayedReleases.Create(seed, policy with { Threshold = 2 }), agency: null).FindSecrets(policy) is { Count: > 0 }), 4, 10);
        Assert.InRange(Enumerable.Range(1, 10).Count(seed => new Replay(ReplayedReleases.Create(seed, policy with { Contributors = 0 }), "north").FindSecrets(policy) is { Count: > 0 }), 1, 10);
    }
}

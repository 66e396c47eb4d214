using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

/// <summary>Promises 11 and 12: nobody can calculate a small count from one release or from all of them together.</summary>
public sealed class AttackTests(ITestOutputHelper output)
{
    private static readonly int Tables = TestShare.Count(small: 25, ci: 500, all: 5_000);

    private static readonly int Sequences = TestShare.Count(small: 2, ci: 60, all: 500);

    private static readonly int Partnerships = TestShare.Count(small: 4, ci: 60, all: 500);

    private const int Releases = 5;

    public static TheoryData<int> SequenceSeeds => [.. TestShare.OneIn(3, 1, [551046900, 2042, 3036, 3083, 3095, 3169, 3242, 3277, 3357])];

    [Fact]
    public void An_attacker_finds_no_small_count_in_random_tables()
    {
        var (hidden, all) = (0, 0);
        foreach (var seed in TestShare.Seeds(Tables))
        {
            var year = new RandomReleases(seed).Years(1).Single();
            var (numbers, disclosed) = Release(year, DisclosureHistory.Empty);
            Assert.True(disclosed.Exposed.Count == 0, $"{string.Join("; ", disclosed.Exposed)} {TestShare.Repeat(seed)}");
            AssertNothingFound(seed, numbers, []);
            (hidden, all) = (hidden + numbers.Count(number => number.IsHidden), all + numbers.Count(number => number.Truth.Value is not null));
        }

        output.WriteLine($"{hidden} of {all} numbers were hidden.");
    }

    [Fact]
    public void An_attacker_finds_no_small_count_in_a_sequence_of_releases() => AssertFew(TestShare.Seeds(Sequences), AttackSequence);

    [Fact]
    public void An_attacker_finds_no_small_count_in_the_years_of_a_partnership() => AssertFew(TestShare.Seeds(Partnerships), AttackPartnership);

    /// <summary>551046900: a small count. 2042, 3169: a change. 3036, 3242, 3277: what a withdrawal leaves. 3095, 3357: hidden percentages together.</summary>
    [Theory]
    [MemberData(nameof(SequenceSeeds))]
    public void A_sequence_that_once_disclosed_something_is_protected(int seed) => Assert.Equal(0, AttackSequence(seed));

    /// <summary>What an agency could work out about others from percentages.</summary>
    [Theory]
    [InlineData(2164)]
    [InlineData(2366)]
    public void A_table_that_once_disclosed_a_count_to_an_agency_is_protected(int seed) =>
        AssertNothingFound(seed, Release(new RandomReleases(seed).Years(1).Single(), DisclosureHistory.Empty).Numbers, []);

    /// <summary>6: an agency reports the whole only. 103: a zero and a withdrawal leave 3 values, and they stay possible.</summary>
    [Theory]
    [InlineData(6, 0)]
    [InlineData(42, 0)]
    [InlineData(103, 1)]
    public void A_partnership_that_once_disclosed_something_is_protected(int seed, int exposed) => Assert.Equal(exposed, AttackPartnership(seed));

    /// <returns>In how many releases sums are exposed.</returns>
    private static int AttackSequence(int seed)
    {
        var (known, seen, exposed) = (DisclosureHistory.Empty, new List<Seen>(), 0);
        foreach (var year in new RandomReleases(seed).Years(Releases))
        {
            var (numbers, disclosed) = Release(year, known);
            AssertNothingFound(seed, numbers, seen);
            known = disclosed.DisclosureHistory;
            seen.AddRange(numbers);
            exposed += disclosed.Exposed.Count > 0 ? 1 : 0;
        }

        return exposed;
    }

    /// <returns>In how many releases sums are exposed.</returns>
    private static int AttackPartnership(int seed)
    {
        var published = new RandomPartnership(seed).Publish().ToList();
        for (var release = 1; release <= published.Count; release++)
        {
            foreach (var agency in new[] { null, "north", "south" })
            {
                var found = AttackYears([.. published.Take(release)], agency).FirstOrDefault();
                Assert.True(found is null, $"{agency ?? "The public"} after release {release}: {found}. {TestShare.Repeat(seed)}");
            }
        }

        return published.Count(release => release.Exposed.Count > 0);
    }

    /// <summary>
    /// Asserts that few releases have sums that are as uncertain as they can be, but not as they should be, because earlier releases or a zero
    /// exclude values. The preview names them.
    /// </summary>
    private static void AssertFew(IEnumerable<int> seeds, Func<int, int> attack)
    {
        var exposed = seeds.Select(seed => (Seed: seed, Releases: attack(seed))).ToList();
        Assert.True(exposed.Sum(item => item.Releases) <= 1 + (exposed.Count / 10), string.Join(", ", exposed.Where(item => item.Releases > 0).Select(item => TestShare.Repeat(item.Seed))));
    }

    /// <summary>The negative control: the years are published with a weaker policy, and attacked as if they had the usual one.</summary>
    [Theory]
    [InlineData(2, 1, null, 5)]
    [InlineData(5, 0, "south", 3)]
    public void An_attacker_finds_small_counts_in_the_years_of_a_partnership_with_a_weaker_policy(int threshold, int contributors, string? agency, int least)
    {
        var policy = Policy with { Threshold = threshold, Contributors = contributors };
        AssertFound(IsFound, least);

        bool IsFound(int seed)
        {
            var published = new RandomPartnership(seed).Publish(policy).ToList();
            return Enumerable.Range(1, published.Count).Any(release => AttackYears([.. published.Take(release)], agency).Any());
        }
    }

    private static IEnumerable<string> AttackYears(IReadOnlyList<Publication> published, string? agency)
    {
        var attacker = new Attacker(RandomPartnership.Threshold, published[^1].Numbers, published.SkipLast(1).SelectMany(release => release.Numbers), agency);
        foreach (var (part, whole) in published.SelectMany(release => release.Parts))
        {
            attacker.LearnPart(part, whole);
        }

        foreach (var (earlier, later) in published.SelectMany(release => release.Growth))
        {
            attacker.LearnGrowth(earlier, later);
        }

        return attacker.Findings();
    }

    [Fact]
    public void An_attacker_finds_small_counts_without_secondary_suppression()
    {
        AssertFound(IsFound, 18);

        static bool IsFound(int seed)
        {
            var year = new RandomReleases(seed).Years(1).Single();
            var numbers = Release(year, DisclosureHistory.Empty).Numbers.Select(number => number with { Published = IsSmall(number.Truth) ? number.Published : number.Truth });
            return new Attacker(Policy.Threshold, numbers, []).Findings().Any();
        }
    }

    [Fact]
    public void An_attacker_finds_small_counts_if_earlier_releases_are_ignored()
    {
        AssertFound(IsFound, 10);

        static bool IsFound(int seed)
        {
            var seen = new RandomReleases(seed).Years(Releases).SelectMany(year => Release(year, DisclosureHistory.Empty).Numbers);
            return new Attacker(Policy.Threshold, seen, []).Findings().Any();
        }
    }

    [Fact]
    public void An_agency_finds_small_counts_if_only_the_public_is_considered()
    {
        AssertFound(seed => Find(seed, Policy with { Contributors = 0 }), 5);
        Assert.False(Find(seed: 1, Policy));

        static bool Find(int seed, DisclosurePolicy policy) =>
            new Attacker(Policy.Threshold, Release(RandomReleases.Catalogue, new RandomReleases(seed).Years(1).Single(), DisclosureHistory.Empty, policy).Numbers, [], "south").Findings().Any();
    }

    /// <summary>Asserts that the attacker finds something with at least so many of the first 20 seeds. Does not try more seeds than needed.</summary>
    private static void AssertFound(Func<int, bool> isFound, int least) => Assert.Equal(least, Enumerable.Range(1, 20).Where(isFound).Take(least).Count());

    private static DisclosurePolicy Policy => RandomReleases.Catalogue.Disclosure;

    private static bool IsSmall(Amount amount) => amount.Value is { } value && amount.Denominator is null && value > 0 && value < Policy.Threshold;

    private static void AssertNothingFound(int seed, IReadOnlyCollection<Seen> latest, IReadOnlyCollection<Seen> earlier)
    {
        foreach (var agency in new[] { null, "north", "south" })
        {
            var found = new Attacker(Policy.Threshold, latest, earlier, agency).Findings().FirstOrDefault();
            Assert.True(found is null, $"{agency ?? "The public"}: {found}. {TestShare.Repeat(seed)}");
        }
    }

    private static (List<Seen> Numbers, DisclosedYear Year) Release(YearFigures year, DisclosureHistory known) => Release(RandomReleases.Catalogue, year, known);

    /// <summary>Publishes a year, and returns its numbers before and after suppression.</summary>
    internal static (List<Seen> Numbers, DisclosedYear Year) Release(PartnershipCatalogue catalogue, YearFigures year, DisclosureHistory known, DisclosurePolicy? policy = null)
    {
        var (headlines, tables) = (HeadlineCalculator.Calculate(catalogue, year), TableCalculator.Calculate(catalogue, year));
        var disclosed = DisclosureControl.Apply(policy ?? catalogue.Disclosure, headlines, tables, known);
        return ([.. Numbers(headlines, tables).Zip(Numbers(disclosed.Headlines, disclosed.Tables), (truth, shown) => new Seen(truth.Name, truth.Amount, shown.Amount))], disclosed);
    }

    internal static IEnumerable<(string Name, Amount Amount)> Numbers(IReadOnlyList<HeadlineFigures> headlines, IReadOnlyList<TableFigures> tables)
    {
        foreach (var headline in headlines.Where(headline => headline.Headline.Quantity is Quantity.Count or Quantity.Percent))
        {
            var id = headline.Headline.Id.Value;
            yield return (id, headline.Total);
            foreach (var point in headline.Series)
            {
                yield return ($"{id} {point.Period}", point.Amount);
            }

            foreach (var (dimension, items) in headline.Breakdowns)
            {
                foreach (var (code, amount) in items)
                {
                    yield return ($"{id} {dimension.Id} {code.Id}", amount);
                }
            }
        }

        foreach (var table in tables)
        {
            foreach (var cell in table.Cells)
            {
                yield return ($"{table.Table.Id} {cell.Row?.Id} {cell.Column?.Id}", cell.Amount);
            }
        }
    }
}

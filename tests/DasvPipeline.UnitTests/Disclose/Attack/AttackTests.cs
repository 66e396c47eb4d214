using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests;

namespace DasvPipeline.UnitTests.Disclose.Attack;

/// <summary>Promises 11 and 12: nobody can calculate a small count from one release or from all of them together.</summary>
public sealed class AttackTests(ITestOutputHelper output)
{
    private static readonly int Tables = TestShare.Count(small: 25, ci: 500, all: 5_000);

    private static readonly int Sequences = TestShare.Count(small: 2, ci: 60, all: 500);

    /// <summary>Known gaps of docs/disclosure.md: years that the public cannot attack, but an agency can.</summary>
    private static readonly int[] GapsForAgencies = [2164, 2366];

    /// <summary>A known gap of docs/disclosure.md: a sequence for which no set of numbers to hide is found.</summary>
    private const int GapOfSequences = 2042;

    private const int Releases = 5;

    [Fact]
    public void An_attacker_finds_no_small_count_in_random_tables()
    {
        var (hidden, all) = (0, 0);
        foreach (var seed in TestShare.Seeds(Tables))
        {
            var year = new RandomReleases(seed).Years(1).Single();
            var (numbers, disclosed) = Release(year, DisclosureHistory.Empty);
            Assert.True(disclosed.Exposed.Count == 0, $"{string.Join("; ", disclosed.Exposed)} {TestShare.Repeat(seed)}");
            AssertNothingFound(seed, numbers);
            (hidden, all) = (hidden + numbers.Count(number => number.IsHidden), all + numbers.Count(number => number.Truth.Value is not null));
        }

        output.WriteLine($"{hidden} of {all} numbers were hidden.");
    }

    [Fact]
    public void An_attacker_finds_no_small_count_in_a_sequence_of_releases()
    {
        foreach (var seed in TestShare.Seeds(Sequences).Where(seed => seed != GapOfSequences))
        {
            var (known, seen) = (DisclosureHistory.Empty, new List<Seen>());
            foreach (var year in new RandomReleases(seed).Years(Releases))
            {
                var (numbers, disclosed) = Release(year, known);
                Assert.True(disclosed.Exposed.Count == 0, $"{string.Join("; ", disclosed.Exposed)} {TestShare.Repeat(seed)}");
                known = disclosed.DisclosureHistory;
                seen.AddRange(numbers);
                AssertNothingFound(seed, seen);
            }
        }
    }

    [Fact]
    public void An_attacker_finds_small_counts_without_secondary_suppression()
    {
        var found = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var year = new RandomReleases(seed).Years(1).Single();
            var numbers = Release(year, DisclosureHistory.Empty).Numbers.Select(number => number with { Published = IsSmall(number.Truth) ? number.Published : number.Truth });
            found += new Attacker(Policy.Threshold, numbers).Findings().Any() ? 1 : 0;
        }

        Assert.InRange(found, 18, 20);
    }

    [Fact]
    public void An_attacker_finds_small_counts_if_earlier_releases_are_ignored()
    {
        var found = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var seen = new RandomReleases(seed).Years(Releases).SelectMany(year => Release(year, DisclosureHistory.Empty).Numbers);
            found += new Attacker(Policy.Threshold, seen).Findings().Any() ? 1 : 0;
        }

        Assert.InRange(found, 10, 20);
    }

    [Fact]
    public void A_sequence_that_once_disclosed_a_small_count_is_protected()
    {
        const int Seed = 551046900;
        var (known, seen) = (DisclosureHistory.Empty, new List<Seen>());
        foreach (var year in new RandomReleases(Seed).Years(Releases))
        {
            var (numbers, disclosed) = Release(year, known);
            Assert.Empty(disclosed.Exposed);
            known = disclosed.DisclosureHistory;
            seen.AddRange(numbers);
            AssertNothingFound(Seed, seen);
        }
    }

    [Fact]
    public void An_agency_finds_small_counts_if_only_the_public_is_considered()
    {
        var found = Enumerable.Range(1, 20).Count(seed => Find(seed, Policy with { Contributors = 0 }));
        Assert.InRange(found, 5, 20);
        Assert.False(Find(seed: 1, Policy));

        static bool Find(int seed, DisclosurePolicy policy) =>
            new Attacker(Policy.Threshold, Release(RandomReleases.Catalogue, new RandomReleases(seed).Years(1).Single(), DisclosureHistory.Empty, policy).Numbers, "south").Findings().Any();
    }

    private static DisclosurePolicy Policy => RandomReleases.Catalogue.Disclosure;

    private static bool IsSmall(Amount amount) => amount.Value is { } value && amount.Denominator is null && value > 0 && value < Policy.Threshold;

    private static void AssertNothingFound(int seed, IReadOnlyCollection<Seen> seen)
    {
        foreach (var agency in GapsForAgencies.Contains(seed) ? [null] : new[] { null, "north", "south" })
        {
            var found = new Attacker(Policy.Threshold, seen, agency).Findings().FirstOrDefault();
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

    private static IEnumerable<(string Name, Amount Amount)> Numbers(IReadOnlyList<HeadlineFigures> headlines, IReadOnlyList<TableFigures> tables)
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

using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Local.Commands;
using DasvPipeline.UnitTests.Publish.Aggregation;
using DasvPipeline.UnitTests.Publish.Disclosure.Attack;
using Attacker = DasvPipeline.UnitTests.Publish.Disclosure.Attack.Attacker;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>The guarantee of docs/disclosure.md, and the attacks that once broke it.</summary>
public sealed class GuaranteeTests
{
    private const string Guarantee = """
        An attacker has every file that was ever published, knows the code and the policy, and knows the returns of their own agency. They
        find no count from 1 to 4 that is published, and they cannot work one out. Each such count could have every value from 1 to 4, as
        far as the published numbers say, except values that earlier releases had excluded before it was a count of its own. A larger number
        that is hidden to protect it could have at least 5 values by the published numbers, and at least 4 for an attacker who repeats the
        work of the code or if earlier releases leave no more. 0 is not among them, because a 0 is published.
        """;

    [Fact]
    public async Task The_page_states_the_guarantee_that_the_tests_attack() => Assert.Contains(
        $"<!-- guarantee -->\n{Guarantee}\n<!-- /guarantee -->",
        (await File.ReadAllTextAsync(Path.Combine(LocalFolders.Repository, "docs", "disclosure.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"),
        StringComparison.Ordinal);

    /// <summary>Quarters of 10 and 4, 10 and 0, 10 and 1 in two areas. The last one is withdrawn.</summary>
    [Fact]
    public void A_withdrawal_between_2_releases_does_not_disclose_a_count()
    {
        var first = new Figures().Calls(1, 10, 4).Calls(2, 10, 0).Calls(3, 10, 1).ToYear();
        var second = new Figures().Calls(1, 10, 4).Calls(2, 10, 0).ToYear();
        var (before, disclosed) = AttackTests.Release(Figures.Catalogue, first, DisclosureHistory.Empty);
        var (after, _) = AttackTests.Release(Figures.Catalogue, second, disclosed.DisclosureHistory);
        foreach (var agency in new[] { null, "south" })
        {
            Assert.Empty(new Attacker(5, after, before, agency).Findings());
        }
    }

    [Fact]
    public void A_withdrawal_does_not_disclose_a_count_to_somebody_who_knows_the_code()
    {
        var releases = new ReplayedReleases().Send("north", 10, 4).Send("south", 10, 1).Release().Withdraw("south").Release();
        Assert.All(new[] { null, "north", "south" }, agency => Assert.Empty(new Replay(releases, agency).FindSecrets(ReplayedReleases.Catalogue.Disclosure) ?? []));
    }

    [Fact]
    public void A_headline_that_is_hidden_alone_is_known_to_be_from_1_to_4_and_no_more()
    {
        var releases = new ReplayedReleases().Send("north", 3, 0).Release();
        Assert.Empty(new Replay(releases, agency: null).FindSecrets(ReplayedReleases.Catalogue.Disclosure)!);
    }

    /// <summary>4 counts above 0 that come to 4 are 1 each, if a total is hidden only below 5.</summary>
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(4, 1, true)]
    [InlineData(3, 3, false)]
    [InlineData(4, 0, true)]
    [InlineData(5, 0, false)]
    public void A_total_of_few_small_counts_is_hidden(int adults, int children, bool isHidden)
    {
        var disclosed = DisclosureControl.Apply(Figures.Catalogue.Disclosure, new Figures().People(adults, children).WorkOut());
        Assert.Equal(isHidden ? null : adults + children, disclosed.Single(headline => headline.Headline.Id.Value == "people").Total.Value);
    }

    [Fact]
    public void A_corrected_number_stays_hidden_if_it_could_be_the_number_that_was_hidden()
    {
        var before = DisclosureControl.Apply(Figures.Catalogue.Disclosure, new Figures().People(8, 3).WorkOut(), [], DisclosureHistory.Empty);
        Assert.Equal(["people/age/adult", "people/age/child"], before.Hidden.Select(hidden => hidden.Cell));
        var same = DisclosureControl.Apply(Figures.Catalogue.Disclosure, new Figures().People(9, 7).WorkOut(), [], before.DisclosureHistory);
        Assert.Contains(same.Hidden, hidden => hidden.Cell == "people/age/adult");
        var other = DisclosureControl.Apply(Figures.Catalogue.Disclosure, new Figures().People(20, 30).WorkOut(), [], before.DisclosureHistory);
        Assert.Empty(other.Hidden);
    }
}

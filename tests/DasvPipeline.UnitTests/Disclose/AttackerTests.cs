using DasvPipeline.Core.Publish.Disclosure;
using Attacker = DasvPipeline.Core.Publish.Disclosure.Attacker;

namespace DasvPipeline.UnitTests.Disclose;

/// <summary>The sums of counts, and the attacker that searches for their possible values.</summary>
public sealed class AttackerTests
{
    private static readonly ReportedCount A = Count("a", 3), B = Count("b", 4), C = Count("c", 4);

    [Fact]
    public void Sums_are_equal_only_if_they_consist_of_the_same_counts()
    {
        Assert.Equal(Sum.Create([A, B]), Sum.Create([B, A]));
        Assert.NotEqual(Sum.Create([B]), Sum.Create([C]));
        Assert.NotEqual(Sum.Create([A, B]).Minus(Sum.Create([B])), Sum.Create([A, B]).Minus(Sum.Create([C])));
    }

    [Fact]
    public void The_difference_of_two_sums_has_no_count_of_both()
    {
        var difference = Sum.Create([A, B]).Minus(Sum.Create([B, C]));
        Assert.Equal([A], difference.Added);
        Assert.Equal([C], difference.Subtracted);
        Assert.Equal(-1, difference.Value);
    }

    [Fact]
    public void A_count_can_be_from_0_to_a_total_that_contains_it()
    {
        var attacker = new Attacker([A, B], [SumConstraint.CreateExact(Sum.Create([A, B]))]);
        Assert.Equal((0, 7), attacker.GetRange(Sum.Create([A]), 100));
    }

    [Fact]
    public void Copied_solutions_satisfy_every_constraint_of_the_attacker_that_copies_them()
    {
        var total = SumConstraint.CreateExact(Sum.Create([A, B, C]));
        var other = new Attacker([A, B, C], [total]);
        foreach (var count in new[] { A, B, C })
        {
            other.GetRange(Sum.Create([count]), 100);
        }

        var atLeast = new Attacker([A, B, C], [total, new SumConstraint(Sum.Create([A]), 2, false)]);
        atLeast.CopySolutionsFrom(other);
        Assert.Equal((2, 11), atLeast.GetRange(Sum.Create([A]), 100));

        var exact = new Attacker([A, B, C], [total, SumConstraint.CreateExact(Sum.Create([C]))]);
        exact.CopySolutionsFrom(other);
        Assert.Equal((4, 4), exact.GetRange(Sum.Create([C]), 100));
    }

    /// <summary>In fractions, each of the 3 counts could be 1.5. Rounded, these would be 2 each, which no total allows.</summary>
    [Fact]
    public void A_solution_in_fractions_does_not_make_a_range_wider_than_whole_numbers_can()
    {
        ReportedCount[] counts = [Count("a", 0), Count("b", 0), Count("c", 0)];
        ReportedCount[] others = [Count("s", 3), Count("t", 3), Count("u", 3)];
        var attacker = new Attacker(
            [.. counts, .. others],
            Enumerable.Range(0, 3).Select(i => SumConstraint.CreateExact(Sum.Create([counts[i], counts[(i + 1) % 3], others[i]]))));

        Assert.Equal((0, 4), attacker.GetRange(Sum.Create(counts), 100));
    }

    private static ReportedCount Count(string name, long value) => new($"north/calls/2019-20|{name}", value);
}

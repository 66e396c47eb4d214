using DasvPipeline.Core.Publish.Disclosure;
using Attacker = DasvPipeline.Core.Publish.Disclosure.Attacker;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

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

    [Theory]
    [InlineData(5, "")]
    [InlineData(8, "")]
    [InlineData(9, "8")]
    [InlineData(10, "9 8")]
    public void A_small_count_must_be_able_to_take_every_value_below_the_threshold(int threshold, string missing)
    {
        var attacker = new Attacker([A, B], [SumConstraint.CreateExact(Sum.Create([A, B]))]);
        Assert.Equal(missing, string.Join(' ', attacker.FindMissingValues(Sum.Create([A]), threshold)));
    }

    /// <summary>The other count is not 0. So the larger one has 5 values, from 1 to 5, if the total is 6, and is from 2 to 5 if it is also known not to be 1.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_larger_count_must_be_able_to_take_as_many_values_as_the_threshold_without_0(int atLeast, bool isProtected)
    {
        ReportedCount large = Count("large", 5), other = Count("other", 1);
        var attacker = new Attacker([large, other], [SumConstraint.CreateExact(Sum.Create([large, other])), new SumConstraint(Sum.Create([other]), 1, false), new SumConstraint(Sum.Create([large]), atLeast, false)]);
        Assert.Equal(isProtected, attacker.FindMissingValues(Sum.Create([large]), 5).Count == 0);
    }

    /// <summary>Twice a count is even. From 2 to 10 there are 5 values, and from 2 to 8 there are 4.</summary>
    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void Only_the_values_that_a_sum_can_take_are_counted(int most, bool isProtected)
    {
        ReportedCount one = Count("one", 4), same = Count("same", 4), rest = Count("rest", most - 4);
        var attacker = new Attacker(
            [one, same, rest],
            [SumConstraint.CreateExact(Sum.CreateDifference([one], [same])), SumConstraint.CreateExact(Sum.Create([one, rest]))]);
        Assert.Equal(isProtected, attacker.FindMissingValues(Sum.Create([one, same]), 5).Count == 0);
    }

    [Fact]
    public void Copied_solutions_satisfy_every_constraint_of_the_attacker_that_copies_them()
    {
        var total = SumConstraint.CreateExact(Sum.Create([A, B, C]));
        var other = new Attacker([A, B, C], [total]);
        foreach (var count in new[] { A, B, C })
        {
            Assert.Empty(other.FindMissingValues(Sum.Create([count]), 5));
        }

        var atLeast = new Attacker([A, B, C], [total, new SumConstraint(Sum.Create([A]), 2, false)]);
        atLeast.CopySolutionsFrom(other);
        Assert.Equal([1], atLeast.FindMissingValues(Sum.Create([A]), 5));

        var exact = new Attacker([A, B, C], [total, SumConstraint.CreateExact(Sum.Create([C]))]);
        exact.CopySolutionsFrom(other);
        Assert.Equal([3, 2, 1], exact.FindMissingValues(Sum.Create([C]), 5));
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

        Assert.Equal([5], attacker.FindMissingValues(Sum.Create(counts), 6));
    }

    private static ReportedCount Count(string name, long value) => new($"north/calls/2019-20|{name}", value);
}

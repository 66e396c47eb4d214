using System.Collections.Immutable;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// A reported count; published figures are sums of these. The same figure with the same value is the same count in every
/// release, because an attacker will assume that it has not changed.
/// </summary>
internal readonly record struct ReportedCount(string Figure, long Value)
{
    public static ReportedCount Create(SourcedObservation reported)
    {
        var observation = reported.Observation;
        return new ReportedCount($"{reported.Return}/{observation.Period}|{observation.Key}", (long)observation.Figure.Value!.Value);
    }

    /// <summary>The return and period that reported it: <c>constabulary/domestic-abuse/2019-20-Q1</c>.</summary>
    public string Return => Figure[..Figure.IndexOf('|', StringComparison.Ordinal)];

    /// <summary>The agency that reported it.</summary>
    public string Agency => Figure[..Figure.IndexOf('/', StringComparison.Ordinal)];
}

/// <summary>Counts that are added, and counts that are subtracted.</summary>
internal sealed record Sum(ImmutableArray<ReportedCount> Added, ImmutableArray<ReportedCount> Subtracted)
{
    public static Sum Create(IEnumerable<ReportedCount> counts) => new([.. counts.Distinct().OrderBy(count => count.Figure, StringComparer.Ordinal).ThenBy(count => count.Value)], []);

    /// <summary>Creates the difference of two lists of counts. Counts in both lists cancel out.</summary>
    public static Sum CreateDifference(IEnumerable<ReportedCount> added, IEnumerable<ReportedCount> subtracted) => Create(added).Minus(Create(subtracted));

    public long Value => Added.Sum(count => count.Value) - Subtracted.Sum(count => count.Value);

    /// <summary>
    /// Returns true if the sum discloses its counts by being known to be small. 3 counts above 0 that come to 4 are 1, 1 and 2. So a sum of n
    /// counts above 0 is small below the threshold + n - 1. Then each of them can have every value below the threshold.
    /// </summary>
    public bool IsSmall(DisclosurePolicy policy) => policy.Threshold > 1 && Value > 0
        && Value < policy.Threshold + (Subtracted.IsEmpty ? Math.Max(0, Added.Count(count => count.Value > 0) - 1) : 0);

    public bool IsEmpty => Added.IsEmpty && Subtracted.IsEmpty;

    public IEnumerable<ReportedCount> Counts => Added.Concat(Subtracted);

    /// <summary>Returns the sum as a linear expression over the columns of its counts.</summary>
    public LinearTerm[] ToTerms(IReadOnlyDictionary<ReportedCount, int> columns) =>
        [.. Added.Select(count => new LinearTerm(columns[count], 1)), .. Subtracted.Select(count => new LinearTerm(columns[count], -1))];

    public Sum Minus(Sum other)
    {
        var both = Added.Intersect(other.Added).ToHashSet();
        return new Sum([.. Added.Where(count => !both.Contains(count))], [.. other.Added.Where(count => !both.Contains(count))]);
    }

    /// <summary>Returns the part of the sum that consists of other counts.</summary>
    public Sum Without(Predicate<ReportedCount> isLeftOut) => new([.. Added.Where(count => !isLeftOut(count))], [.. Subtracted.Where(count => !isLeftOut(count))]);

    /// <summary>Two sums are equal when they consist of the same counts.</summary>
    public bool Equals(Sum? other) => other is not null && Added.SequenceEqual(other.Added) && Subtracted.SequenceEqual(other.Subtracted);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in Counts)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }
}

/// <summary>What an attacker knows about a sum: its value, or a lower bound.</summary>
internal sealed record SumConstraint(Sum Sum, long LowerBound, bool IsExact)
{
    public static SumConstraint CreateExact(Sum sum) => new(sum, sum.Value, true);

    /// <summary>Returns what remains to be found out by an attacker who knows some of the counts.</summary>
    public SumConstraint Without(Predicate<ReportedCount> isKnown)
    {
        var rest = Sum.Without(isKnown);
        return new SumConstraint(rest, LowerBound - (Sum.Value - rest.Value), IsExact);
    }
}

using System.Collections.Immutable;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Disclose;

/// <summary>
/// A reported count; published figures are sums of these. The same figure with the same value is the same count in every
/// release, because an attacker will assume that it has not changed.
/// </summary>
internal readonly record struct Count(string Figure, long Value)
{
    public static Count Of(Reported reported)
    {
        var observation = reported.Observation;
        return new Count($"{reported.Return}/{observation.Period}|{observation.Key}", (long)observation.Figure.Value!.Value);
    }

    /// <summary>The return and period that reported it: <c>constabulary/domestic-abuse/2019-20-Q1</c>.</summary>
    public string Return => Figure[..Figure.IndexOf('|', StringComparison.Ordinal)];
}

/// <summary>Counts that are added, and counts that are subtracted.</summary>
internal sealed record Sum(ImmutableArray<Count> Of, ImmutableArray<Count> Less)
{
    public static Sum OfAll(IEnumerable<Count> counts) => new([.. counts.Distinct().OrderBy(count => count.Figure, StringComparer.Ordinal).ThenBy(count => count.Value)], []);

    public long Value => Of.Sum(count => count.Value) - Less.Sum(count => count.Value);

    public bool IsEmpty => Of.IsEmpty && Less.IsEmpty;

    public IEnumerable<Count> Counts => Of.Concat(Less);

    /// <summary>Returns the sum as a linear expression over the columns of its counts.</summary>
    public Part[] Over(IReadOnlyDictionary<Count, int> columns) =>
        [.. Of.Select(count => new Part(columns[count], 1)), .. Less.Select(count => new Part(columns[count], -1))];

    public Sum Minus(Sum other)
    {
        var both = Of.Intersect(other.Of).ToHashSet();
        return new Sum([.. Of.Where(count => !both.Contains(count))], [.. other.Of.Where(count => !both.Contains(count))]);
    }

    /// <summary>Two sums are equal when they consist of the same counts.</summary>
    public bool Equals(Sum? other) => other is not null && Of.SequenceEqual(other.Of) && Less.SequenceEqual(other.Less);

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
internal sealed record Statement(Sum Sum, long AtLeast, bool IsExact)
{
    public static Statement Exactly(Sum sum) => new(sum, sum.Value, true);
}

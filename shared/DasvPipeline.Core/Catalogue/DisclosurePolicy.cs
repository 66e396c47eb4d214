using System.Collections.Immutable;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>What may be published of small numbers.</summary>
/// <param name="Threshold">
/// The smallest count that is published, and the least by which a hidden one must be uncertain to somebody who does sums on
/// everything that is published.
/// </param>
/// <param name="HidesZerosOf">Measures of which even nought is hidden; of all others it is published.</param>
/// <param name="RoundTo">Published counts are rounded to a multiple of it; 1 for not at all.</param>
/// <param name="SmallestBase">A percentage of fewer than these is not published.</param>
/// <param name="Breakdowns">The dimensions by which anything may be published at all; null for every one.</param>
public sealed record DisclosurePolicy(
    int Threshold, ImmutableHashSet<MeasureId> HidesZerosOf, int RoundTo, int SmallestBase, ImmutableHashSet<string>? Breakdowns)
{
    public static readonly DisclosurePolicy Default = new(5, [], 1, 10, null);

    /// <summary>Counts so few people that it is not published by itself.</summary>
    public bool IsSmall(long count) => count > 0 && count < Threshold;

    internal void CheckMayPublish(string dimension, Place place, Mistakes mistakes)
    {
        if (Breakdowns?.Contains(dimension) == false)
        {
            mistakes.Add(place, $"disclosure.yaml does not let anything be published by '{dimension}'.");
        }
    }
}

/// <summary>A table of two dimensions with its totals, published beside the headlines.</summary>
/// <param name="Rows">A dimension.</param>
/// <param name="Columns">The other dimension.</param>
public sealed record PublicTable(string Id, string Title, Measure Measure, Dimension Rows, Dimension Columns, ImmutableArray<string> Notes);

using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The rules for publishing small numbers.</summary>
/// <param name="Threshold">
/// The smallest count that is published. It is also the minimum uncertainty about a suppressed count that must remain
/// for an attacker who combines all published figures.
/// </param>
/// <param name="MeasuresWithSuppressedZeros">The measures whose zeros are suppressed. Zeros of all other measures are published.</param>
/// <param name="RoundTo">Published counts are rounded to a multiple of this number. 1 means no rounding.</param>
/// <param name="SmallestBase">A percentage with a smaller denominator is not published.</param>
/// <param name="AllowedBreakdowns">The dimensions by which figures can be published. Null allows every dimension.</param>
public sealed record DisclosurePolicy(
    int Threshold, ImmutableHashSet<MeasureId> MeasuresWithSuppressedZeros, int RoundTo, int SmallestBase, ImmutableHashSet<string>? AllowedBreakdowns)
{
    /// <summary>
    /// How many agencies could combine what they know of their own returns to work out a small count of another agency: 0 to 2.
    /// </summary>
    public int Contributors { get; init; } = 1;

    public static readonly DisclosurePolicy Default = new(5, [], 1, 10, null);

    /// <summary>Returns true if a count is above 0 and below the threshold, and so needs primary suppression.</summary>
    public bool IsSmall(long count) => count > 0 && count < Threshold;

    internal void CheckBreakdownAllowed(string dimension, SourceLocation place, Mistakes mistakes)
    {
        if (AllowedBreakdowns?.Contains(dimension) == false)
        {
            mistakes.Add(place, $"disclosure.yaml does not allow figures to be published by '{dimension}'.");
        }
    }
}

/// <summary>A table of two dimensions with its totals, published with the headlines.</summary>
public sealed record PublicTable(string Id, string Title, Measure Measure, Dimension Rows, Dimension Columns, ImmutableArray<string> Notes)
{
    /// <summary>The periods for which the table is published.</summary>
    public Validity Validity { get; init; }
}

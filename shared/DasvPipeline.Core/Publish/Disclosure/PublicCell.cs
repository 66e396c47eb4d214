using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Why a number is not published.</summary>
public enum Suppression
{
    /// <summary>A small count, a percentage from which a small count follows, or a zero that must not be shown. Stored as "Small".</summary>
    [JsonStringEnumMemberName("Small")]
    Primary,

    /// <summary>A percentage whose denominator is too small.</summary>
    SmallBase,

    /// <summary>A hidden number could be worked out from it (secondary suppression). Stored as "Protects".</summary>
    [JsonStringEnumMemberName("Protects")]
    Secondary,
}

/// <summary>A number that is not published.</summary>
/// <param name="Cell">The number's id, see <see cref="CellId"/>.</param>
/// <param name="Protects">The number that could be worked out from it; null for primary suppression.</param>
public sealed record SuppressedCell(string Cell, Suppression Because, string? Protects);

/// <summary>Creates the ids of the numbers of a year's feed.</summary>
public static class CellId
{
    public const string Total = "total";

    public static string Create(string headline, params ReadOnlySpan<string> rest) => string.Join('/', [headline, .. rest]);
}

/// <summary>One number that would be published.</summary>
/// <param name="Cost">The information lost when it is hidden: low for a small cell of a table, high for a headline.</param>
/// <param name="PrimaryReason">The reason for primary suppression; null if none is needed.</param>
/// <param name="ShownSums">The sums that it reveals when it is shown.</param>
/// <param name="HiddenConstraints">The sums that must stay uncertain when it is hidden, each with its known lower bound.</param>
internal sealed record PublicCell(string Id, double Cost, Suppression? PrimaryReason, ImmutableArray<Sum> ShownSums, ImmutableArray<SumConstraint> HiddenConstraints)
{
    /// <summary>What is known even when it is hidden: a part cannot be greater than its whole.</summary>
    public ImmutableArray<SumConstraint> PermanentConstraints { get; init; } = [];

    /// <summary>True for a zero that the policy publishes. "None" identifies nobody, and nobody can then mistake a hidden number for 0.</summary>
    public bool IsAlwaysShown { get; init; }

    /// <summary>The series, the breakdown, or the row and the column of a table that it is an item of. Each has a total.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>What an attacker knows about it whether it is hidden or not.</summary>
    public IEnumerable<SumConstraint> CertainConstraints => (IsAlwaysShown ? ShownSums.Select(SumConstraint.CreateExact) : HiddenConstraints).Concat(PermanentConstraints);

    public IEnumerable<Sum> Sums => ShownSums.Concat(HiddenConstraints.Select(statement => statement.Sum));

    /// <summary>Returns what some numbers of a line come to: their sum, or the numerators, the denominators and the remainders of percentages.</summary>
    public static IEnumerable<Sum> AddUp(IReadOnlyList<PublicCell> cells)
    {
        var sums = Enumerable.Range(0, cells.Min(cell => cell.ShownSums.Length)).Select(i => Sum.Create(cells.SelectMany(cell => cell.ShownSums[i].Added))).ToList();
        return sums.Count > 1 ? [.. sums, sums[1].Minus(sums[0])] : sums;
    }

    /// <summary>Returns what an attacker knows about it.</summary>
    public IEnumerable<SumConstraint> GetConstraints(bool isHidden) => (isHidden ? HiddenConstraints : ShownSums.Select(SumConstraint.CreateExact)).Concat(PermanentConstraints);
}

/// <summary>A sum that must stay uncertain.</summary>
/// <param name="Name">A description for the manager.</param>
internal sealed record ProtectedSum(Sum Sum, string Name);

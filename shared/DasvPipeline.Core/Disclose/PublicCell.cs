using System.Collections.Immutable;

namespace DasvPipeline.Core.Disclose;

/// <summary>Why a number is not published.</summary>
public enum HiddenBecause
{
    /// <summary>A small count, a percentage from which a small count follows, or a zero that must not be shown.</summary>
    Small,

    /// <summary>A percentage whose denominator is too small.</summary>
    SmallBase,

    /// <summary>A hidden number could be worked out from it (secondary suppression).</summary>
    Protects,
}

/// <summary>A number that is not published.</summary>
/// <param name="Cell">The number's id, see <see cref="CellId"/>.</param>
/// <param name="Protects">The number that could be worked out from it; null for primary suppression.</param>
public sealed record Hiding(string Cell, HiddenBecause Because, string? Protects);

/// <summary>Creates the ids of the numbers of a year's feed.</summary>
public static class CellId
{
    public const string Total = "total";

    public static string Of(string headline, params ReadOnlySpan<string> rest) => string.Join('/', [headline, .. rest]);
}

/// <summary>One number that would be published.</summary>
/// <param name="Cost">The information lost when it is hidden: low for a small cell of a table, high for a headline.</param>
/// <param name="Own">The reason for primary suppression; null if none is needed.</param>
/// <param name="Tells">The sums that it reveals when it is shown.</param>
/// <param name="Hides">The sums that must stay uncertain when it is hidden, each with its known lower bound.</param>
internal sealed record PublicCell(string Id, double Cost, HiddenBecause? Own, ImmutableArray<Sum> Tells, ImmutableArray<Statement> Hides)
{
    /// <summary>What is known even when it is hidden: a part cannot be greater than its whole.</summary>
    public ImmutableArray<Statement> Always { get; init; } = [];

    public IEnumerable<Sum> Sums => Tells.Concat(Hides.Select(statement => statement.Sum));

    /// <summary>Returns what an attacker knows about it.</summary>
    public IEnumerable<Statement> Says(bool isHidden) => (isHidden ? Hides : Tells.Select(Statement.Exactly)).Concat(Always);
}

/// <summary>A sum that must stay uncertain.</summary>
/// <param name="Name">A description for the manager.</param>
internal sealed record Guard(Sum Sum, string Name);

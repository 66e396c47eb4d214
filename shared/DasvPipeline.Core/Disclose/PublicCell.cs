using System.Collections.Immutable;

namespace DasvPipeline.Core.Disclose;

/// <summary>Why a number is not published.</summary>
public enum HiddenBecause
{
    /// <summary>It is a small count, or a percentage that speaks of so few, leaves so few over, or hides nought.</summary>
    Small,

    /// <summary>A percentage of too few people.</summary>
    SmallBase,

    /// <summary>Others could be worked out from it.</summary>
    Protects,
}

/// <summary>A number that is not published.</summary>
/// <param name="Cell">Which, as <see cref="CellId"/> names it.</param>
/// <param name="Protects">What could be worked out from it; null where it is hidden for its own sake.</param>
public sealed record Hiding(string Cell, HiddenBecause Because, string? Protects);

/// <summary>Names the numbers of a year's feed.</summary>
public static class CellId
{
    public const string Total = "total";

    public static string Of(string headline, params ReadOnlySpan<string> rest) => string.Join('/', [headline, .. rest]);
}

/// <summary>One number that would be published.</summary>
/// <param name="Cost">What hiding it costs the reader: little for a small cell of a table, much for a headline.</param>
/// <param name="Own">Why it must be hidden for its own sake; null where it need not.</param>
/// <param name="Tells">The sums that a reader knows when it is shown.</param>
/// <param name="Hides">The sums that must stay uncertain when it is hidden, and the least that they are known to be all the same.</param>
internal sealed record PublicCell(string Id, double Cost, HiddenBecause? Own, ImmutableArray<Sum> Tells, ImmutableArray<Statement> Hides)
{
    /// <summary>What a reader knows of it even when it is hidden: a part is not above its whole.</summary>
    public ImmutableArray<Statement> Always { get; init; } = [];

    public IEnumerable<Sum> Sums => Tells.Concat(Hides.Select(statement => statement.Sum));

    /// <summary>What a reader knows of it.</summary>
    public IEnumerable<Statement> Says(bool isHidden) => (isHidden ? Hides : Tells.Select(Statement.Exactly)).Concat(Always);
}

/// <summary>A sum that must stay uncertain, whoever publishes what.</summary>
/// <param name="Name">What it is, in the manager's words.</param>
internal sealed record Guard(Sum Sum, string Name);

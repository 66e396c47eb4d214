using System.Collections.Immutable;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>How a headline is worked out of observations: closed operations, no expressions.</summary>
public enum Operation
{
    /// <summary>The sum of measures over agencies, areas and quarters.</summary>
    Sum,

    /// <summary>The latest figure of the year, summed over agencies and areas.</summary>
    Latest,

    /// <summary>One measure's sum over another's.</summary>
    Ratio,
}

/// <summary>One public figure.</summary>
/// <param name="Of">What is summed, or the numerator.</param>
/// <param name="Over">The denominator of a ratio.</param>
/// <param name="Sentence">With <c>{value}</c> where the figure goes and <c>{change}</c> where the comparison may follow.</param>
/// <param name="Breakdowns">Dimensions by which it is published.</param>
public sealed record Headline(
    HeadlineId Id,
    string Title,
    Operation Operation,
    ImmutableArray<MeasureId> Of,
    ImmutableArray<MeasureId> Over,
    string Unit,
    Quantity Quantity,
    string Sentence,
    decimal? Target,
    ImmutableArray<string> Breakdowns,
    ImmutableArray<string> Notes)
{
    public IEnumerable<MeasureId> Measures => Of.Concat(Over);
}

/// <summary>Who publishes, under which name and licence.</summary>
public sealed record Publisher(string Title, string Name, string Licence)
{
    /// <summary>What the figures are, for catalogues of data. Null where the title says enough.</summary>
    public string? Description { get; init; }

    /// <summary>The place the figures are of.</summary>
    public string? Coverage { get; init; }

    /// <summary>Working days after a quarter's returns are due until its figures are announced for. Null where no dates are announced.</summary>
    public int? ReleaseWorkingDays { get; init; }
}

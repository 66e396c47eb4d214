using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>How a headline is calculated from observations. The operations are fixed: there are no expressions.</summary>
public enum Operation
{
    /// <summary>The sum of measures over agencies, areas and quarters.</summary>
    Sum,

    /// <summary>The sum of the latest figures of the year over agencies and areas.</summary>
    Latest,

    /// <summary>The sum of some measures divided by the sum of others.</summary>
    Ratio,
}

/// <summary>One public figure.</summary>
/// <param name="Numerators">The measures that are added up. In a ratio, the numerator.</param>
/// <param name="Denominators">The denominator of a ratio. Empty for other operations.</param>
/// <param name="Sentence">Contains <c>{value}</c> for the figure and, optionally, <c>{change}</c> for the comparison.</param>
/// <param name="Breakdowns">The dimensions by which the headline is published.</param>
public sealed record Headline(
    HeadlineId Id,
    string Title,
    Operation Operation,
    ImmutableArray<MeasureId> Numerators,
    ImmutableArray<MeasureId> Denominators,
    string Unit,
    Quantity Quantity,
    string Sentence,
    decimal? Target,
    ImmutableArray<string> Breakdowns,
    ImmutableArray<string> Notes)
{
    public IEnumerable<MeasureId> Measures => Numerators.Concat(Denominators);

    /// <summary>True if a measure covers a whole project so far. Such a figure is not of the year, so it is not compared with the previous one.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>The periods for which the headline is published.</summary>
    public Validity Validity { get; init; }

    /// <summary>The changes of its definition and of the definitions of its measures, in the order of time.</summary>
    public ImmutableArray<SeriesBreak> Breaks { get; init; } = [];

    /// <summary>Returns the last change of a definition between two periods; null if their figures can be compared.</summary>
    public SeriesBreak? FindBreak(Period earlier, Period later) => Breaks.LastOrDefault(item => item.IsBetween(earlier, later));
}

/// <summary>The publisher of the figures, with the title and licence of the publication.</summary>
public sealed record Publisher(string Title, string Name, string Licence)
{
    /// <summary>The contacts of the Partnership that files can contain.</summary>
    public ImmutableArray<Contact> Contacts { get; init; } = [];

    /// <summary>A description of the figures for data catalogues. Null if the title is enough.</summary>
    public string? Description { get; init; }

    /// <summary>The geographical area that the figures cover.</summary>
    public string? Coverage { get; init; }

    /// <summary>The number of working days between a quarter's due date and its announced release date. Null if no dates are announced.</summary>
    public int? ReleaseWorkingDays { get; init; }
}

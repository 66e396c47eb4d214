using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Oversight.Reconciliation;

public enum DiscrepancyKind
{
    /// <summary>The report contradicts itself or the returns.</summary>
    StatedDiffers,

    /// <summary>Tables that count the same thing have different totals.</summary>
    TablesDiffer,

    PartExceedsWhole,

    /// <summary>A headline adds figures with different units.</summary>
    MixedUnits,

    /// <summary>A headline's figure covers more than its year.</summary>
    CoversMoreThanYear,
}

/// <summary>What a disagreement means for a headline, the most important first.</summary>
public enum HeadlineEffect
{
    /// <summary>The headline may have the wrong value.</summary>
    Value,

    /// <summary>The headline has the right value, but readers may misunderstand it.</summary>
    Meaning,

    /// <summary>No headline uses the figures.</summary>
    None,
}

/// <summary>A figure in a disagreement.</summary>
/// <param name="Value">The formatted value: "575", "70%", "at least 209".</param>
/// <param name="Source">The return that reported it; "stated" if the annual report states it.</param>
public sealed record DiscrepancyFigure(string Label, string Value, string Source, Period Period);

/// <summary>Figures of a year that contradict one another, described for the manager. Each cause is reported once.</summary>
/// <param name="Id">The id of the check and its breakdown; it does not change while the cause is the same.</param>
/// <param name="Headlines">The headlines that it affects.</param>
/// <param name="Hints">Possible causes, one sentence each.</param>
public sealed record Discrepancy(
    string Id,
    DiscrepancyKind Kind,
    string Sentence,
    IReadOnlyList<DiscrepancyFigure> Figures,
    IReadOnlyList<HeadlineId> Headlines,
    IReadOnlyList<string> Hints)
{
    public HeadlineEffect Effect => Headlines.Count == 0 ? HeadlineEffect.None
        : Kind is DiscrepancyKind.MixedUnits or DiscrepancyKind.CoversMoreThanYear ? HeadlineEffect.Meaning
        : HeadlineEffect.Value;

    /// <summary>The key of an explanation; it does not change while the figures are the same.</summary>
    public string Question => Finding.CreateQuestionId(Id, string.Join('\n', Figures.Select(figure => $"{figure.Source}|{figure.Period}|{figure.Label}|{figure.Value}")));
}

/// <summary>The measures that hold the figures stated in the annual report.</summary>
internal static class StatedFigures
{
    /// <summary>Prefix before a headline's id: the measure that holds the report's figure for that headline.</summary>
    public const string Prefix = "stated.";

    /// <summary>The dimension for the part of the report that states a figure.</summary>
    public const string StatementDimension = "statement";

    public static bool IsStated(MeasureId measure) => measure.Value.StartsWith(Prefix, StringComparison.Ordinal);

    public static MeasureId GetMeasure(HeadlineId headline) => new(Prefix + headline.Value);

    /// <summary>Words the part of the report that states a figure: "The report's first page".</summary>
    public static string DescribeLocation(PartnershipCatalogue catalogue, string? statement, bool isFirst) => statement switch
    {
        "headline" => isFirst ? "The report's first page" : "its first page",
        "section" => isFirst ? "The report's section" : "its section",
        null => isFirst ? "The report" : "it",
        var other => $"\"{FigureFormatter.LabelOf(catalogue, StatementDimension, other)}\"",
    };

    /// <summary>Words a value: "774 women housed in refuges", "70% as the Perpetrator Panel repeat rate".</summary>
    public static string DescribeValue(string value, Measure measure) =>
        $"{value} {(measure.Quantity == Quantity.Percent ? "as the " : string.Empty)}{FigureFormatter.ToSentenceCase(measure.Label)}";
}

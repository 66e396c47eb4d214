using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Reconcile;

public enum DiscrepancyKind
{
    /// <summary>What the report states is not what it states elsewhere, or not what the returns come to.</summary>
    StatedDiffers,

    /// <summary>Tables that count the same come to different numbers.</summary>
    TablesDiffer,

    PartAboveWhole,

    /// <summary>A headline adds different things together.</summary>
    MixedUnits,

    /// <summary>A headline's figure speaks of more than its year.</summary>
    NotTheYear,
}

/// <summary>A figure that takes part in a disagreement.</summary>
/// <param name="Value">As people read it: "575", "70%", "at least 209".</param>
/// <param name="Source">The return that reported it; "stated" where the report does.</param>
public sealed record DiscrepancyFigure(string Label, string Value, string Source, Period Period);

/// <summary>Figures of a year that contradict one another: one cause, told once, in words for the manager.</summary>
/// <param name="Id">Of the check and the place; the same as long as the cause is.</param>
/// <param name="Headlines">Whose figures it touches.</param>
/// <param name="Hints">What may lie behind it, a sentence each.</param>
public sealed record Discrepancy(
    string Id,
    DiscrepancyKind Kind,
    string Sentence,
    IReadOnlyList<DiscrepancyFigure> Figures,
    IReadOnlyList<HeadlineId> Headlines,
    IReadOnlyList<string> Hints)
{
    /// <summary>What an explanation answers: the same while its figures are the same.</summary>
    public string Question => Finding.QuestionOf(Id, string.Join('\n', Figures.Select(figure => $"{figure.Source}|{figure.Period}|{figure.Label}|{figure.Value}")));
}

/// <summary>What the annual report states, among the measures.</summary>
internal static class Stated
{
    /// <summary>Before a headline's id it names the measure that holds the report's figure for it.</summary>
    public const string Prefix = "stated.";

    /// <summary>The dimension that says in which part of the report a figure stands.</summary>
    public const string Statement = "statement";

    public static bool Is(MeasureId measure) => measure.Value.StartsWith(Prefix, StringComparison.Ordinal);

    public static MeasureId Of(HeadlineId headline) => new(Prefix + headline.Value);

    /// <summary>"the report's first page": where the report states a figure.</summary>
    public static string Where(PartnershipCatalogue catalogue, string? statement, bool isFirst) => statement switch
    {
        "headline" => isFirst ? "The report's first page" : "its first page",
        "section" => isFirst ? "The report's section" : "its section",
        null => isFirst ? "The report" : "it",
        var other => $"\"{FigureWords.LabelOf(catalogue, Statement, other)}\"",
    };

    /// <summary>"774 women housed in refuges", "70% as the Perpetrator Panel repeat rate"</summary>
    public static string Counted(string value, Measure measure) =>
        $"{value} {(measure.Quantity == Quantity.Percent ? "as the " : string.Empty)}{FigureWords.Within(measure.Label)}";
}

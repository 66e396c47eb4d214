using System.Text.Json.Serialization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>The disagreements between the figures of a year, and the queries about single returns.</summary>
public sealed record Disagreements(string Year, string Label, IReadOnlyList<Disagreement> Discrepancies, IReadOnlyList<ReturnQuery> Queries)
{
    private static readonly string[] Header = ["What", "Id", "Return", "Period", "Sheet", "Cell", "Sentence", "Hints", "Figures", "Explanation"];

    public byte[] ToCsv() => CsvExport.Write(
        Header,
        Discrepancies.Select(found => new[]
        {
            "disagreement",
            found.Id,
            string.Empty,
            Year,
            string.Empty,
            string.Empty,
            found.Sentence,
            string.Join(' ', found.Hints),
            string.Join("; ", found.Figures.Select(figure => $"{figure.Label}: {figure.Value} ({figure.Source}, {figure.Period})")),
            found.Explanation ?? string.Empty,
        }).Concat(Queries.Select(asked => new[]
        {
            "query",
            asked.Code,
            asked.Return,
            asked.Period,
            asked.Sheet ?? string.Empty,
            asked.Cell ?? string.Empty,
            asked.Message,
            string.Empty,
            string.Empty,
            asked.Explanation ?? string.Empty,
        })));
}

/// <summary>A query about a return's newest version.</summary>
/// <param name="Question">The key with which it is explained.</param>
/// <param name="Explanation">The explanation; null if nobody has explained it yet.</param>
public sealed record ReturnQuery(
    string Return, string Period, string Code, string? Sheet, string? Cell, string Message, string Question, string? Explanation)
{
    internal static IEnumerable<ReturnQuery> FromReport(ReturnKey key, SubmissionReport report) => report.Findings
        .Where(finding => finding.Question is not null)
        .Select(finding => new ReturnQuery(
            key.Return.ToString(), key.Period.ToString(), finding.Code, finding.Sheet, finding.Cell, finding.Message, finding.Question!, finding.Explanation));
}

/// <param name="Id">The id, which does not change while the cause is the same.</param>
/// <param name="Kind">stated-differs, tables-differ, part-above-whole, mixed-units or not-the-year.</param>
/// <param name="Headlines">The ids of the headlines that it affects.</param>
/// <param name="Question">The key with which it is explained.</param>
/// <param name="Explanation">The explanation, as the person wrote it; null if nobody has explained it yet.</param>
/// <param name="Effect">What it means for a headline: value, meaning or none.</param>
public sealed record Disagreement(
    string Id,
    string Kind,
    string Sentence,
    IReadOnlyList<string> Hints,
    IReadOnlyList<DisagreeingFigure> Figures,
    IReadOnlyList<string> Headlines,
    string Question,
    string? Explanation,
    string Effect)
{
    internal static Disagreement Create(Discrepancy discrepancy, IReadOnlyDictionary<string, Explanation> explanations) => new(
        discrepancy.Id,
        discrepancy.Kind switch
        {
            DiscrepancyKind.StatedDiffers => "stated-differs",
            DiscrepancyKind.TablesDiffer => "tables-differ",
            DiscrepancyKind.PartExceedsWhole => "part-above-whole",
            DiscrepancyKind.MixedUnits => "mixed-units",
            DiscrepancyKind.CoversMoreThanYear => "not-the-year",
            var other => throw new InvalidOperationException($"No name is defined for discrepancies of kind {other}."),
        },
        discrepancy.Sentence,
        discrepancy.Hints,
        [.. discrepancy.Figures.Select(figure => new DisagreeingFigure(figure.Label, figure.Value, figure.Source, figure.Period.ToString()))],
        [.. discrepancy.Headlines.Select(headline => headline.Value)],
        discrepancy.Question,
        explanations.GetValueOrDefault(discrepancy.Question)?.Text,
        discrepancy.Effect switch { HeadlineEffect.Value => "value", HeadlineEffect.Meaning => "meaning", _ => "none" });
}

/// <param name="Value">The formatted value: "575", "70%", "at least 209".</param>
/// <param name="Source">The return that reported it, or "stated".</param>
public sealed record DisagreeingFigure(string Label, string Value, string Source, string Period);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Disagreements))]
public sealed partial class DisagreementsJson : JsonSerializerContext;

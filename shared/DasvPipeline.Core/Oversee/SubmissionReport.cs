using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Oversee;

/// <summary>
/// The answer to a submission: what <c>check --json</c> prints and what is kept beside each version. Its members are only
/// ever added to.
/// </summary>
/// <param name="Return">Null when the file's place names no return.</param>
/// <param name="Observations">None of a file that was not accepted.</param>
public sealed record SubmissionReport(
    bool Accepted,
    string? Return,
    string? Period,
    IReadOnlyList<ReportedFinding> Findings,
    IReadOnlyList<ReportedObservation> Observations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReportedCorrection? Correction)
{
    public const string FileName = "findings.json";
    public const string ContentType = "application/json; charset=utf-8";

    [JsonIgnore]
    public Counts Counts => new(
        Findings.Count(finding => finding.Severity == "error"),
        Findings.Count(finding => finding is { Severity: "query", Explanation: null }),
        Findings.Count(finding => finding is { Severity: "query", Explanation: not null }),
        Findings.Count(finding => finding.Severity == "note"),
        Observations.Count);

    public static SubmissionReport Of(ReturnId? id, Period? period, Examined examined) => new(
        examined.IsAccepted,
        id?.ToString(),
        period?.ToString(),
        [.. examined.Findings.Select(ReportedFinding.Of)],
        [.. (examined.IsAccepted ? examined.Observations : []).Select(ReportedObservation.Of)],
        examined.Correction is { } correction ? ReportedCorrection.Of(correction) : null);

    public static SubmissionReport Parse(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, ReportJson.Plain.SubmissionReport)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ReportJson.Plain.SubmissionReport);

    public ReportedFinding? Find(string question) => Findings.FirstOrDefault(finding => finding.Question == question);

    /// <summary>The same with the explanation of a query.</summary>
    public SubmissionReport Explain(string question, string explanation) => this with
    {
        Findings = [.. Findings.Select(finding => finding.Question == question ? finding with { Explanation = explanation } : finding)],
    };
}

/// <param name="Severity">error, query or note.</param>
/// <param name="Cell">"C14"; null where it is about the file as a whole.</param>
/// <param name="OtherCells">Further cells with the same cause.</param>
/// <param name="Question">Of a query: names it when it is explained.</param>
/// <param name="Explanation">Of a query: why the figure is right all the same.</param>
public sealed record ReportedFinding(
    string Severity,
    string Code,
    string? Sheet,
    string? Cell,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? OtherCells,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Question,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Explanation)
{
    internal static ReportedFinding Of(Finding finding) => new(
        finding.Severity switch { Model.Severity.Error => "error", Model.Severity.Query => "query", _ => "note" },
        finding.Code,
        finding.Cell?.Sheet,
        finding.Cell?.Address,
        finding.Message,
        finding.OtherCells.Count == 0 ? null : [.. finding.OtherCells.Select(cell => cell.Address)],
        finding.Severity == Model.Severity.Query ? finding.Question : null,
        finding.Explanation);
}

public sealed record ReportedObservation(
    string Measure,
    string Area,
    IReadOnlyDictionary<string, string> Breakdowns,
    string Period,
    decimal? Value,
    IReadOnlyList<string> Markers,
    string? Note,
    string Cell)
{
    internal static ReportedObservation Of(Observation observation) => new(
        observation.Key.Measure.Value,
        observation.Key.Area.Value,
        observation.Key.Breakdown.ToCodes(),
        observation.Period.ToString(),
        observation.Figure.Value,
        observation.Figure.Markers.ToLetters(),
        observation.Figure.Note,
        observation.Cell.Address);
}

/// <summary>What a new version changes of the one before.</summary>
public sealed record ReportedCorrection(int SinceVersion, IReadOnlyList<ReportedChange> Figures, IReadOnlyList<ReportedMove> Headlines)
{
    internal static ReportedCorrection Of(Correction correction) => new(
        correction.Since,
        [.. correction.Figures.Select(change => new ReportedChange(
            change.Asked.Name,
            change.Asked.Key.Measure.Value,
            change.Asked.Key.Area.Value,
            change.Asked.Key.Breakdown.ToCodes(),
            change.FromText,
            change.ToText,
            change.Cell?.Address))],
        [.. correction.Headlines.Select(move => new ReportedMove(move.Headline.Id.Value, move.Headline.Title, move.FromText, move.ToText))]);
}

/// <param name="Name">The labels that lead to it on the form.</param>
/// <param name="From">As people write it: "1,979", "76%", "[x]", or "nothing".</param>
public sealed record ReportedChange(
    string Name, string Measure, string Area, IReadOnlyDictionary<string, string> Breakdowns, string From, string To, string? Cell);

/// <param name="From">As it would be published: "no published figure" where it is hidden or there is none.</param>
public sealed record ReportedMove(string Id, string Title, string From, string To);

[JsonSerializable(typeof(SubmissionReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static ReportJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}

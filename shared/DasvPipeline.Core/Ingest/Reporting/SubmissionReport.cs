using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest.Reporting;

/// <summary>
/// The report on a submission. <c>check --json</c> prints it, and it is stored with each version. Members are only ever
/// added.
/// </summary>
/// <param name="Return">Null if the file's path names no return.</param>
/// <param name="Observations">Empty if the file was not accepted.</param>
public sealed record SubmissionReport(
    bool Accepted,
    string? Return,
    string? Period,
    IReadOnlyList<ReportedFinding> Findings,
    IReadOnlyList<ReportedObservation> Observations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReportedCorrection? Correction)
{
    /// <summary>The number of the version of the catalogue that the file was read with; null if the catalogue is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CatalogueVersion { get; init; }

    public const string FileName = "findings.json";
    public const string ContentType = "application/json; charset=utf-8";

    [JsonIgnore]
    public Counts Counts => new(
        Findings.Count(finding => finding.Severity == "error"),
        Findings.Count(finding => finding is { Severity: "query", Explanation: null }),
        Findings.Count(finding => finding is { Severity: "query", Explanation: not null }),
        Findings.Count(finding => finding.Severity == "note"),
        Observations.Count);

    public static SubmissionReport Create(ReturnId? id, Period? period, ExaminationResult examined) => new(
        examined.IsAccepted,
        id?.ToString(),
        period?.ToString(),
        [.. examined.Findings.Select(ReportedFinding.Create)],
        [.. (examined.IsAccepted ? examined.Observations : []).Select(ReportedObservation.Create)],
        examined.Correction is { } correction ? ReportedCorrection.Create(correction) : null);

    public static SubmissionReport Parse(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, ReportJson.Plain.SubmissionReport)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ReportJson.Plain.SubmissionReport);

    public ReportedFinding? Find(string question) => Findings.FirstOrDefault(finding => finding.Question == question);

    /// <summary>Adds the explanation of a query.</summary>
    public SubmissionReport Explain(string question, string explanation) => this with
    {
        Findings = [.. Findings.Select(finding => finding.Question == question ? finding with { Explanation = explanation } : finding)],
    };
}

/// <summary>A finding in a report.</summary>
/// <param name="Severity">error, query or note.</param>
/// <param name="Cell">The address, such as "C14". Null if the finding is about the whole file.</param>
/// <param name="OtherCells">Other cells with the same cause.</param>
/// <param name="Question">The id of a query, which is used to explain it. Null for other findings.</param>
/// <param name="Explanation">The explanation of a query, or null if nobody explained it.</param>
/// <param name="Location">All cells in words. Null if the finding is about one cell or the whole file.</param>
/// <param name="Figure">The name of the figure in the cell. Null if the finding is not about one figure.</param>
/// <param name="BelongsTo">The return and period that the file is for, agency/return/period, if it was sent for another.</param>
public sealed record ReportedFinding(
    string Severity,
    string Code,
    string? Sheet,
    string? Cell,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? OtherCells,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Question,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Explanation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Location = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Figure = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BelongsTo = null)
{
    /// <summary>The cells and the figure in words: "Sheet Referrals, cell C14: Under 18".</summary>
    [JsonIgnore]
    public string Heading => (Location ?? FindingLocation.Describe(Sheet, Cell)) + (Figure is null ? string.Empty : $": {Figure}");

    internal static ReportedFinding Create(Finding finding) => new(
        finding.Severity switch { Domain.Findings.Severity.Error => "error", Domain.Findings.Severity.Query => "query", _ => "note" },
        finding.Code,
        finding.Cell?.Sheet,
        finding.Cell?.Address,
        finding.Message,
        finding.OtherCells.Count == 0 ? null : [.. finding.OtherCells.Select(cell => cell.Address)],
        finding.Severity == Domain.Findings.Severity.Query ? finding.QuestionId : null,
        finding.Explanation,
        finding.OtherCells.Count == 0 ? null : FindingLocation.Describe(finding),
        finding.FigureName,
        finding.BelongsTo?.ToString());
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
    internal static ReportedObservation Create(Observation observation) => new(
        observation.Key.Measure.Value,
        observation.Key.Area.Value,
        observation.Key.Breakdown.ToDictionary(),
        observation.Period.ToString(),
        observation.Figure.Value,
        observation.Figure.Markers.ToLetters(),
        observation.Figure.Note,
        observation.Cell.Address);
}

/// <summary>The changes from the previous accepted version.</summary>
public sealed record ReportedCorrection(int SinceVersion, IReadOnlyList<ReportedFigureChange> Figures, IReadOnlyList<ReportedHeadlineChange> Headlines)
{
    internal static ReportedCorrection Create(Correction correction) => new(
        correction.SinceVersion,
        [.. correction.Figures.Select(change => new ReportedFigureChange(
            change.FormCell.Name,
            change.FormCell.Key.Measure.Value,
            change.FormCell.Key.Area.Value,
            change.FormCell.Key.Breakdown.ToDictionary(),
            change.FromText,
            change.ToText,
            change.Cell?.Address))],
        [.. correction.Headlines.Select(move => new ReportedHeadlineChange(move.Headline.Id.Value, move.Headline.Title, move.FromText, move.ToText))]);
}

/// <summary>A figure that changed.</summary>
/// <param name="Name">The labels of its row and column in the form.</param>
/// <param name="From">The earlier figure as text: "1,979", "76%", "[x]", or "nothing".</param>
public sealed record ReportedFigureChange(
    string Name, string Measure, string Area, IReadOnlyDictionary<string, string> Breakdowns, string From, string To, string? Cell);

/// <summary>A headline that changed.</summary>
/// <param name="From">
/// The earlier value as it would be published, "no published figure" if it is suppressed or missing, or "not shown" if other agencies contribute.
/// </param>
public sealed record ReportedHeadlineChange(string Id, string Title, string From, string To);

[JsonSerializable(typeof(SubmissionReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static ReportJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}

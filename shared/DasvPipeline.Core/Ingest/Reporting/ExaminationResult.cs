using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest.Reporting;

/// <summary>The findings and observations of a file, including comparisons with earlier submissions.</summary>
public sealed record ExaminationResult(IReadOnlyList<Finding> Findings, IReadOnlyList<Observation> Observations)
{
    /// <summary>The changes from the previous accepted version. Null if this is the first version, or if this file is not accepted.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The cells of the file, or null if no file was read.</summary>
    internal Workbook? Workbook { get; init; }

    public bool IsAccepted => Findings.All(finding => finding.Severity != Severity.Error);

    /// <summary>True if the file is rejected because of personal data.</summary>
    public bool HasPeople => Findings.Any(finding => finding.Severity == Severity.Error && Codes.IsAboutPeople(finding.Code));

    public LedgerState State => !IsAccepted ? LedgerState.Rejected : GetState(Counts);

    /// <summary>Returns the state of an accepted return from its number of queries and explanations.</summary>
    public static LedgerState GetState(Counts counts) =>
        counts.Queries > 0 ? LedgerState.AcceptedWithQueries : counts.Explained > 0 ? LedgerState.Explained : LedgerState.Accepted;

    public Counts Counts => new(
        Findings.Count(finding => finding.Severity == Severity.Error),
        Findings.Count(finding => finding is { Severity: Severity.Query, Explanation: null }),
        Findings.Count(finding => finding is { Severity: Severity.Query, Explanation: not null }),
        Findings.Count(finding => finding.Severity == Severity.Note),
        IsAccepted ? Observations.Count : 0);

    /// <summary>Adds earlier explanations to the queries, so that they are not repeated.</summary>
    public ExaminationResult WithExplanations(IReadOnlyDictionary<string, Explanation> known) => this with
    {
        Findings = [.. Findings.Select(finding => finding is { Severity: Severity.Query, Explanation: null }
            ? finding with { Explanation = known.GetValueOrDefault(finding.QuestionId)?.Text }
            : finding)],
    };

    /// <summary>Creates a marked copy of the file, or returns null if the file could not be read.</summary>
    /// <param name="content">The file that was examined.</param>
    /// <remarks>The copy leaves out the note about changes: there is nothing to correct, and agencies must not see how headlines change.</remarks>
    public MarkedCopy? CreateMarkedCopy(ReadOnlyMemory<byte> content) =>
        Workbook is null ? null : MarkedCopy.Create(content, Workbook, [.. Findings.Where(finding => finding.Code != Codes.Corrected)]);
}

using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee.Marking;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Oversee;

/// <summary>What a file says, by itself and beside what was accepted before.</summary>
public sealed record Examined(IReadOnlyList<Finding> Findings, IReadOnlyList<Observation> Observations)
{
    /// <summary>What it changes; null where no version was accepted before it, or this one is not.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The cells that were read; null where no file was.</summary>
    internal Workbook? Workbook { get; init; }

    public bool IsAccepted => Findings.All(finding => finding.Severity != Severity.Error);

    public LedgerState State => !IsAccepted ? LedgerState.Rejected : StateOf(Counts);

    /// <summary>Where an accepted return stands with so many queries and explanations.</summary>
    public static LedgerState StateOf(Counts counts) =>
        counts.Queries > 0 ? LedgerState.AcceptedWithQueries : counts.Explained > 0 ? LedgerState.Explained : LedgerState.Accepted;

    public Counts Counts => new(
        Findings.Count(finding => finding.Severity == Severity.Error),
        Findings.Count(finding => finding is { Severity: Severity.Query, Explanation: null }),
        Findings.Count(finding => finding is { Severity: Severity.Query, Explanation: not null }),
        Findings.Count(finding => finding.Severity == Severity.Note),
        IsAccepted ? Observations.Count : 0);

    /// <summary>The same with what was explained before: a question is not asked twice.</summary>
    public Examined ExplainedBy(IReadOnlyDictionary<string, Explanation> known) => this with
    {
        Findings = [.. Findings.Select(finding => finding is { Severity: Severity.Query, Explanation: null }
            ? finding with { Explanation = known.GetValueOrDefault(finding.Question)?.Text }
            : finding)],
    };

    /// <summary>A copy of the file to correct it by; null where it could not be read.</summary>
    /// <param name="content">The file that was examined.</param>
    /// <remarks>What it changes is nothing to correct, and where headlines move to is not for one agency to see.</remarks>
    public MarkedCopy? Mark(ReadOnlyMemory<byte> content) =>
        Workbook is null ? null : MarkedCopy.Of(content, Workbook, [.. Findings.Where(finding => finding.Code != Codes.Corrected)]);
}

using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Oversee;

/// <summary>What a file says, by itself and beside what was accepted before.</summary>
public sealed record Examined(IReadOnlyList<Finding> Findings, IReadOnlyList<Observation> Observations)
{
    public bool IsAccepted => Findings.All(finding => finding.Severity != Severity.Error);

    public Counts Counts => new(
        Findings.Count(finding => finding.Severity == Severity.Error),
        Findings.Count(finding => finding.Severity == Severity.Query),
        Findings.Count(finding => finding.Severity == Severity.Note),
        IsAccepted ? Observations.Count : 0);
}

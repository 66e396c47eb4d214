using DasvPipeline.Core.Ingest.Reporting;

namespace DasvPipeline.Portal.Returns;

/// <summary>Words the place of a finding.</summary>
internal static class FindingLocation
{
    /// <summary>Returns "Sheet Referrals, cell C14", "Cell C14" or "The whole file".</summary>
    public static string Format(ReportedFinding finding) => (finding.Sheet, finding.Cell) switch
    {
        (_, null) => "The whole file",
        (null, var cell) => $"Cell {cell}",
        var (sheet, cell) => $"Sheet {sheet}, cell {cell}",
    };
}

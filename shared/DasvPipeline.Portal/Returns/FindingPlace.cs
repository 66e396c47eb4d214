using DasvPipeline.Core.Oversee;

namespace DasvPipeline.Portal.Returns;

/// <summary>Where a finding is, as people look for it.</summary>
internal static class FindingPlace
{
    /// <summary>"Sheet Referrals, cell C14", "Cell C14", "The whole file"</summary>
    public static string Of(ReportedFinding finding) => (finding.Sheet, finding.Cell) switch
    {
        (_, null) => "The whole file",
        (null, var cell) => $"Cell {cell}",
        var (sheet, cell) => $"Sheet {sheet}, cell {cell}",
    };
}

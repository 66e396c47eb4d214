using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>A cell of the file that stands for a figure of the form, not yet interpreted.</summary>
/// <param name="Note">What the agency wrote in a notes column of the same row.</param>
public readonly record struct FoundFigure(FormCell Asked, Cell Cell, CellRef At, string? Note = null);

/// <summary>A figure the file shows for another period of the return: compared, never stored.</summary>
public readonly record struct OtherFigure(FormCell Asked, Period Period, Cell Cell, CellRef At);

/// <summary>A total the file shows, and the figures it should be the sum of.</summary>
public sealed record FoundTotal(string Label, Cell Cell, CellRef At, IReadOnlyList<FoundFigure> Parts);

/// <summary>What was found of a form in a file.</summary>
public sealed record Reading(
    IReadOnlyList<FoundFigure> Figures,
    IReadOnlyList<OtherFigure> OtherPeriods,
    IReadOnlyList<FoundTotal> Totals,
    IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}

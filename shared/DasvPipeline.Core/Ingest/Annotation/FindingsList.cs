using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>Writes the findings as a CSV file.</summary>
internal static class FindingsList
{
    private static readonly string[] Header = ["Severity", "Sheet", "Cell", "Row", "Column", "Figure", "What is wrong", "Code"];

    public static byte[] Write(IReadOnlyList<Finding> findings) => CsvExport.Write(Header, FindingFormatter.InOrder(findings).Select(finding => new[]
    {
        FindingFormatter.FormatSeverity(finding.Severity),
        FindingFormatter.RemoveInvisible(finding.Cell?.Sheet),
        FindingLocation.FormatCells(finding),
        CsvExport.Format(finding.Cell?.Row),
        finding.Cell is { } cell ? CellRef.ColumnName(cell.Column) : string.Empty,
        finding.FigureName ?? string.Empty,
        FindingFormatter.Format(finding),
        finding.Code,
    }));
}

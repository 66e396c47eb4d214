using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>Writes the findings as a CSV file.</summary>
internal static class FindingsList
{
    private static readonly string[] Header = ["Severity", "Sheet", "Cell", "Row", "Column", "What is wrong", "Code"];

    public static byte[] Write(IReadOnlyList<Finding> findings) => CsvList.Write(Header, FindingWords.InOrder(findings).Select(finding => new[]
    {
        FindingWords.Word(finding.Severity),
        FindingWords.Plain(finding.Cell?.Sheet),
        finding.Cell?.Address ?? string.Empty,
        CsvList.Text(finding.Cell?.Row),
        finding.Cell is { } cell ? CellRef.ColumnName(cell.Column) : string.Empty,
        FindingWords.Of(finding),
        finding.Code,
    }));
}

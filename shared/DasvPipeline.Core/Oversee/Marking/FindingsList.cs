using System.Globalization;
using CsvHelper;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>The findings as a CSV file that Excel opens with the right letters, and in which no field can start a formula.</summary>
internal static class FindingsList
{
    private static readonly string[] Header = ["Severity", "Sheet", "Cell", "Row", "Column", "What is wrong", "Code"];

    public static byte[] Write(IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord(Header);
            foreach (var finding in FindingWords.InOrder(findings))
            {
                csv.WriteRecord(
                [
                    FindingWords.Word(finding.Severity),
                    FindingWords.Plain(finding.Cell?.Sheet),
                    finding.Cell?.Address ?? string.Empty,
                    finding.Cell?.Row.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                    finding.Cell is { } cell ? CellRef.ColumnName(cell.Column) : string.Empty,
                    FindingWords.Of(finding),
                    finding.Code,
                ]);
            }
        }

        return stream.ToArray();
    }
}

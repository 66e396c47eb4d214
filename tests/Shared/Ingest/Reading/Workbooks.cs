using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Helpers for tests of reading.</summary>
internal static class Workbooks
{
    public static Workbook ReadFile(byte[] content, string fileName, ReadLimits? limits = null) =>
        WorkbookReader.Read(content, fileName, limits ?? ReadLimits.Default);

    /// <summary>Returns one of the workbooks that <c>files/make.py</c> writes.</summary>
    public static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(LocalFolders.Repository, "tests", "Shared", "Ingest", "Reading", "files", name));

    public static Workbook ReadCsv(string text, ReadLimits? limits = null) => ReadFile(Encoding.UTF8.GetBytes(text), "return.csv", limits);

    public static Sheet Csv(string text) => Accepted(ReadCsv(text));

    public static Sheet Xlsx(string rows, string before = "") => Accepted(ReadFile(XlsxBytes.Of(rows, before), "return.xlsx"));

    public static Sheet Accepted(Workbook workbook)
    {
        Assert.Empty(workbook.Findings);
        return Assert.Single(workbook.Sheets);
    }

    /// <summary>Asserts that a file was refused with one error of this code and no cells, and returns the finding.</summary>
    public static Finding Refused(Workbook workbook, string code)
    {
        var finding = Assert.Single(workbook.Findings);
        Assert.Equal(code, finding.Code);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Empty(workbook.Sheets);
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Message, char.IsControl);
        return finding;
    }

    public static string[][] Shown(Sheet sheet) =>
        [.. Enumerable.Range(1, sheet.RowCount).Select(row => sheet.Row(row).ToArray().Select(cell => cell.DisplayText).ToArray())];
}

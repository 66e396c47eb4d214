using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation.Xlsx;
using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>
/// Helps an agency to correct its file: a copy of the workbook in which each cell with a finding is coloured and has a
/// comment, or a list of findings for a CSV file. The copy is a new file with safe content only: nothing in it can run, and it
/// has no formulas. The original file is never changed.
/// </summary>
/// <param name="FileName">One of a few fixed names, whatever the name of the agency's file.</param>
public sealed record MarkedCopy(string FileName, ReadOnlyMemory<byte> Content, string ContentType)
{
    public const string WorkbookName = "marked.xlsx";
    public const string ListName = "findings.csv";

    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string ListType = "text/csv; charset=utf-8";

    /// <summary>The possible names of a copy, with their content types.</summary>
    public static IReadOnlyList<(string Name, string ContentType)> Names { get; } = [(WorkbookName, ExcelType), (ListName, ListType)];

    /// <summary>Creates the copy. Returns null for a file that could not be read.</summary>
    /// <param name="content">The file that <paramref name="workbook"/> was read from.</param>
    public static MarkedCopy? Create(ReadOnlyMemory<byte> content, Workbook workbook, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(findings);
        if (workbook.Sheets.Count == 0)
        {
            return null;
        }

        // A file with personal data is not copied. The list contains no cells.
        if (workbook.Format == FileFormat.Csv || findings.Any(finding => finding.Code is Codes.PersonalData or Codes.RowPerPerson))
        {
            return List(findings);
        }

        // The figures could be read, but the styles, which were not read before, may be unreadable.
        // An encrypted workbook is not a zip file.
        var canCopy = workbook.Format == FileFormat.Xlsx && FileSignature.Detect(content.Span).Container == FileContainer.Zip;
        var copy = canCopy ? CopiedWorkbook.Write(content, findings) : RebuiltWorkbook.Write(workbook, findings);
        return copy is null ? List(findings) : new MarkedCopy(WorkbookName, copy, ExcelType);
    }

    private static MarkedCopy List(IReadOnlyList<Finding> findings) => new(ListName, FindingsList.Write(findings), ListType);
}

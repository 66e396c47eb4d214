using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee.Marking.Xlsx;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>
/// What an agency gets back to correct its file by: a copy of its workbook with each cell that has a finding coloured and
/// commented, or for a CSV file a list. It is made anew of what is known to be safe; the file sent is never altered, and
/// nothing in the copy can run or start a formula.
/// </summary>
/// <param name="FileName">Of the same few names whatever the agency's file is called.</param>
public sealed record MarkedCopy(string FileName, ReadOnlyMemory<byte> Content, string ContentType)
{
    public const string WorkbookName = "marked.xlsx";
    public const string ListName = "findings.csv";

    private const string ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string ListType = "text/csv; charset=utf-8";

    /// <summary>The names a copy can have, each with its type.</summary>
    public static IReadOnlyList<(string Name, string ContentType)> Names { get; } = [(WorkbookName, ExcelType), (ListName, ListType)];

    /// <summary>Null for a file that could not be read: there is nothing to mark.</summary>
    /// <param name="content">The file that <paramref name="workbook"/> was read from.</param>
    public static MarkedCopy? Of(ReadOnlyMemory<byte> content, Workbook workbook, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(findings);
        if (workbook.Sheets.Count == 0)
        {
            return null;
        }

        // What may say something of a person is not copied: the list alone, which holds no cells.
        if (workbook.Format == FileFormat.Csv || findings.Any(finding => finding.Code is Codes.PersonalData or Codes.RowPerPerson))
        {
            return List(findings);
        }

        try
        {
            return workbook.Format switch
            {
                FileFormat.Xlsx => new MarkedCopy(WorkbookName, CopiedWorkbook.Write(content, findings), ExcelType),
                _ => new MarkedCopy(WorkbookName, RebuiltWorkbook.Write(workbook, findings), ExcelType),
            };
        }
        catch (Refusal)
        {
            // Its figures could be read, but not how it looks, which nobody had looked at before.
            return List(findings);
        }
    }

    private static MarkedCopy List(IReadOnlyList<Finding> findings) => new(ListName, FindingsList.Write(findings), ListType);
}

using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read.Xls;

/// <summary>
/// Reads an .xls workbook of Excel 97 and later (BIFF8, [MS-XLS]). ExcelDataReader is not used here: it shows error
/// values as blanks, says nothing of formulas and hidden rows, and cannot be bounded from outside.
/// </summary>
internal static class XlsFile
{
    private static readonly (string Stream, string SeemsToBe)[] Others =
    [
        ("WordDocument", "an older Word document (.doc)"),
        ("PowerPoint Document", "an older PowerPoint presentation (.ppt)"),
        ("VisioDocument", "a Visio drawing"),
        ("__properties_version1.0", "an Outlook message (.msg)"),
    ];

    public static IReadOnlyList<Sheet> Read(ReadOnlyMemory<byte> content, CellBudget budget, List<Finding> findings)
    {
        var file = new CompoundFile(content);
        RefuseOthers(file);
        if (file.Has("_VBA_PROJECT_CUR") || file.Has("Macros"))
        {
            throw new Refusal(FileFinding.Macros());
        }

        var biff = new BiffReader(file.Read("Workbook"));
        var workbook = XlsWorkbook.Read(biff, budget);
        var sheets = new List<Sheet>(workbook.Sheets.Count);
        foreach (var sheet in workbook.Sheets)
        {
            sheets.Add(new XlsSheet(sheet, workbook, budget).Read(biff));
        }

        // Embedded and linked objects are storages beside the workbook.
        if (workbook.HasLinks || file.Names.Any(name => name.StartsWith("MBD", StringComparison.Ordinal) || name.StartsWith("LNK", StringComparison.Ordinal)))
        {
            findings.Add(FileFinding.LinksIgnored());
        }

        return sheets;
    }

    /// <summary>An encrypted .xlsx is wrapped in the same container, and other programs' files are too.</summary>
    private static void RefuseOthers(CompoundFile file)
    {
        if (file.Has("EncryptedPackage"))
        {
            throw new Refusal(FileFinding.PasswordProtected());
        }

        if (!file.Has("Workbook"))
        {
            var seemsToBe = Others.FirstOrDefault(other => file.Has(other.Stream)).SeemsToBe;
            throw new Refusal(file.Has("Book") ? FileFinding.TooOld() : FileFinding.NotASpreadsheet(seemsToBe ?? "an older Microsoft Office file"));
        }
    }
}

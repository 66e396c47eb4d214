using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>
/// Reads an .xls workbook of Excel 97 to 2003 (BIFF8, [MS-XLS]). ExcelDataReader is not used, because it returns blanks
/// for error values, does not report formulas and hidden rows, and has no limits on memory.
/// </summary>
internal static class XlsFile
{
    private static readonly (string Stream, string LikelyType)[] Others =
    [
        ("WordDocument", "an older Word document (.doc)"),
        ("PowerPoint Document", "an older PowerPoint presentation (.ppt)"),
        ("VisioDocument", "a Visio drawing"),
        ("__properties_version1.0", "an Outlook message (.msg)"),
    ];

    public static IReadOnlyList<Sheet> Read(CompoundFile file, ReadingContext context, List<Finding> findings, OtherTexts others)
    {
        RefuseOthers(file, context);
        if (file.Has("_VBA_PROJECT_CUR") || file.Has("Macros"))
        {
            context.Refuse(FileFindings.Macros());
        }

        if (context.IsRefused)
        {
            return [];
        }

        var stream = file.Read("Workbook");
        XlsEncryption.Decrypt(stream);
        var texts = new XlsTexts(others);
        var biff = new BiffReader(stream, context);
        var workbook = XlsWorkbook.Read(biff, context, texts);
        var sheets = new List<Sheet>(workbook.Sheets.Count);
        foreach (var sheet in workbook.Sheets)
        {
            sheets.Add(new XlsSheet(sheet, workbook, context, texts).Read(biff));
        }

        ReadOtherStreams(file, texts);

        // Embedded and linked objects are storages next to the workbook.
        if (workbook.HasLinks || file.Names.Any(name => name.StartsWith("MBD", StringComparison.Ordinal) || name.StartsWith("LNK", StringComparison.Ordinal)))
        {
            findings.Add(FileFindings.LinksIgnored());
        }

        return sheets;
    }

    private static void ReadOtherStreams(CompoundFile file, XlsTexts texts)
    {
        foreach (var name in (string[])["\u0005SummaryInformation", "\u0005DocumentSummaryInformation"])
        {
            if (file.Has(name))
            {
                texts.AddProperties(file.Read(name));
            }
        }

        foreach (var cache in file.ReadStorage("_SX_DB_CUR"))
        {
            texts.AddReadable(TextPlace.PivotTable, cache);
        }
    }

    /// <summary>Refuses the files of other programs, which use the same container.</summary>
    private static void RefuseOthers(CompoundFile file, ReadingContext context)
    {
        if (!file.Has("Workbook"))
        {
            var likelyType = Others.FirstOrDefault(other => file.Has(other.Stream)).LikelyType;
            context.Refuse(file.Has("Book") ? FileFindings.TooOld() : FileFindings.NotASpreadsheet(likelyType ?? "an older Microsoft Office file"));
        }
    }
}

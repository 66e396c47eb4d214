using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>
/// Reads an .xls workbook of Excel 97 to 2003 (BIFF8, [MS-XLS]). ExcelDataReader is not used, because it returns blanks
/// for error values, does not report formulas and hidden rows, and has no limits on memory.
/// </summary>
internal static class XlsFile
{
    private const string WorkbookStream = "Workbook";

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

        var (sheets, hasLinks) = ReadWorkbook(file.Read(WorkbookStream), context, others);
        ReadOtherStreams(file, others);

        // Embedded and linked objects are storages next to the workbook.
        if (hasLinks || file.Names.Any(name => IsEmbedded(name) || name.StartsWith("LNK", StringComparison.Ordinal)))
        {
            findings.Add(FileFindings.LinksIgnored());
        }

        foreach (var name in file.Names.Where(IsEmbedded).ToList())
        {
            ReadEmbedded([.. file.ReadStorage(name)], others);
        }

        return sheets;
    }

    private static bool IsEmbedded(string name) => name.StartsWith("MBD", StringComparison.Ordinal);

    private static (IReadOnlyList<Sheet> Sheets, bool HasLinks) ReadWorkbook(byte[] stream, ReadingContext context, OtherTexts others)
    {
        XlsEncryption.Decrypt(stream);
        var texts = new XlsTexts(others);
        var biff = new BiffReader(stream, context);
        var workbook = XlsWorkbook.Read(biff, context, texts);
        var sheets = new List<Sheet>(workbook.Sheets.Count);
        foreach (var sheet in workbook.Sheets)
        {
            sheets.Add(new XlsSheet(sheet, workbook, context, texts).Read(biff));
        }

        others.AddUnused(workbook.Texts);
        return (sheets, workbook.HasLinks);
    }

    /// <summary>Reads the workbook in the streams of an embedded object. An object without streams has nothing to search.</summary>
    private static void ReadEmbedded(IReadOnlyList<(string Name, byte[] Content)> streams, OtherTexts others)
    {
        if (streams.Count == 0)
        {
            return;
        }

        others.AddEmbedded(limits =>
        {
            if (streams.FirstOrDefault(stream => stream.Name == EmbeddedFile.PackageStream).Content is { } package)
            {
                return EmbeddedFile.Read(package, limits);
            }

            if (streams.FirstOrDefault(stream => stream.Name == WorkbookStream).Content is not { } content)
            {
                return new Workbook(FileFormat.Unknown, [], []);
            }

            var context = new ReadingContext(limits);
            var inner = new OtherTexts(context);
            var (sheets, _) = ReadWorkbook(content, context, inner);
            return new Workbook(FileFormat.Xls, context.IsRefused ? [] : sheets, [.. inner.CreateFindings()]) { OtherContent = inner.ToList() };
        });
    }

    private static void ReadOtherStreams(CompoundFile file, OtherTexts others)
    {
        var texts = new XlsTexts(others);
        foreach (var name in (string[])["\u0005SummaryInformation", "\u0005DocumentSummaryInformation"])
        {
            if (file.Has(name))
            {
                texts.AddProperties(file.Read(name));
            }
        }

        foreach (var (_, cache) in file.ReadStorage("_SX_DB_CUR"))
        {
            others.AddReadable(TextPlace.PivotTable, cache);
        }
    }

    /// <summary>Refuses the files of other programs, which use the same container.</summary>
    private static void RefuseOthers(CompoundFile file, ReadingContext context)
    {
        if (!file.Has(WorkbookStream))
        {
            var likelyType = Others.FirstOrDefault(other => file.Has(other.Stream)).LikelyType;
            context.Refuse(file.Has("Book") ? FileFindings.TooOld() : FileFindings.NotASpreadsheet(likelyType ?? "an older Microsoft Office file"));
        }
    }
}

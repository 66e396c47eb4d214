using System.Xml;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>
/// Reads an .xlsx workbook: inspects the package, then reads each part once. ExcelDataReader is not used, because it
/// returns blanks for error values and the index of a missing text, misplaces cells if rows are out of order, and has
/// no limits on memory.
/// </summary>
internal static class XlsxFile
{
    private const string ContentTypes = "[Content_Types].xml";
    private const string DefaultMainPart = "xl/workbook.xml";

    public static IReadOnlyList<Sheet> Read(Package package, List<Finding> findings, OtherTexts others)
    {
        if (FindMainPart(package) is not { } main)
        {
            return [];
        }

        RefuseMacros(package);
        var workbook = WorkbookParts.Read(package, main, others);
        var values = new CellValues(workbook, package.Context);
        var sheets = new List<Sheet>(workbook.Sheets.Count);
        foreach (var part in workbook.Sheets)
        {
            var comments = XlsxComments.Read(package, part.Path);
            package.TryRead(part.Path, xml => sheets.Add(new XlsxSheetReader(part, values, package.Context, others).Read(xml, comments)));
        }

        others.AddUnused(workbook.Texts);
        new XlsxOtherParts(package, others).Read();
        package.ReadRemainingParts();
        if (package.Names.Any(IsLinkOrEmbedding))
        {
            findings.Add(FileFindings.LinksIgnored());
        }

        return sheets;
    }

    /// <summary>Returns the path of the workbook part, or null for a zip file that contains something else, which is refused.</summary>
    public static string? FindMainPart(Package package)
    {
        var main = WorkbookParts.MainPart(package);
        if (main is null || !package.Has(main))
        {
            main = package.Has(DefaultMainPart) ? DefaultMainPart : main;
        }

        var likelyType =
            Any(package, "word/") && main?.StartsWith("xl/", StringComparison.OrdinalIgnoreCase) != true ? "a Word document"
            : Any(package, "ppt/") && main?.StartsWith("xl/", StringComparison.OrdinalIgnoreCase) != true ? "a PowerPoint presentation"
            : main is not null && main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) ? "an Excel binary workbook (.xlsb)"
            : main is not null && package.Has(main) ? null
            : package.Has("content.xml") && package.Has("mimetype") ? "an OpenDocument file that is not a spreadsheet (such as .odt)"
            : Any(package, "Index/") ? "an Apple Numbers or Pages file"
            : Any(package, "xl/") || package.Has(ContentTypes) ? string.Empty
            : "a zip archive";
        if (likelyType is not null)
        {
            package.Context.Refuse(likelyType.Length == 0 ? FileFindings.Damaged("the workbook inside it is missing") : FileFindings.NotASpreadsheet(likelyType));
        }

        return package.Context.IsRefused ? null : main;
    }

    private static bool Any(Package package, string folder) =>
        package.Names.Any(name => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    private static void RefuseMacros(Package package)
    {
        var hasMacros = package.Names.Any(name =>
            name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase));
        package.TryRead(ContentTypes, xml =>
        {
            while (xml.Read())
            {
                hasMacros |= xml.NodeType == XmlNodeType.Element && xml.Attribute("ContentType") is { } type
                    && (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)
                        || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
                        || type.Contains("macrosheet", StringComparison.OrdinalIgnoreCase));
            }
        }, isNeeded: false);
        if (hasMacros)
        {
            package.Context.Refuse(FileFindings.Macros());
        }
    }

    private static bool IsLinkOrEmbedding(string name) =>
        name.Contains("externalLinks/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("embeddings/", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("xl/connections.xml", StringComparison.OrdinalIgnoreCase);
}

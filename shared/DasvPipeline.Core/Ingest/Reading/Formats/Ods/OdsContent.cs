using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>
/// Reads the part that contains the sheets. A table is a sheet only at the level of sheets, because tracked changes,
/// links and drawings also contain tables.
/// </summary>
/// <param name="isEmbedded">True for an object inside the file, which can be of another kind.</param>
internal sealed class OdsContent(OdsStyles styles, ReadingContext context, OtherTexts others, bool isEmbedded = false)
{
    private readonly TextPool texts = new(context);
    private bool isSpreadsheet;
    private int sheetCount;

    public List<Sheet> Sheets { get; } = [];

    public bool HasLinks { get; private set; }

    public void Read(PartReader xml)
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.Namespace, xml.Name)
            {
                case (OdsNamespaces.Office, "automatic-styles") when xml.Depth == 1:
                    styles.Read(xml);
                    break;
                case (OdsNamespaces.Office, "script"):
                    context.Refuse(FileFindings.Macros());
                    return;
                case (OdsNamespaces.Office, "spreadsheet") when xml.Depth == 2:
                    isSpreadsheet = true;
                    break;
                case (OdsNamespaces.Table, "table") when xml.Depth == 3 && isSpreadsheet:
                    ReadSheet(xml);
                    break;
                case (OdsNamespaces.Table, "dde-links"):
                    HasLinks = true;
                    MarkupTexts.ReadElement(xml, others, TextPlace.LinkedWorkbook);
                    break;
                case (OdsNamespaces.Table, "content-validations"):
                    MarkupTexts.ReadElement(xml, others, TextPlace.DropDownList);
                    break;
                case (OdsNamespaces.Table, "named-expressions"):
                    MarkupTexts.ReadElement(xml, others, TextPlace.DefinedName);
                    break;
                case (OdsNamespaces.Table, "data-pilot-tables"):
                    MarkupTexts.ReadElement(xml, others, TextPlace.PivotTable);
                    break;
                case (OdsNamespaces.Table, "tracked-changes" or "database-ranges" or "consolidation" or "label-ranges"):
                    MarkupTexts.ReadElement(xml, others, TextPlace.OtherPart);
                    break;
            }
        }

        if (!isSpreadsheet && !isEmbedded)
        {
            context.Refuse(FileFindings.Damaged("the workbook inside it is missing"));
        }
    }

    /// <summary>Returns true for the hidden sheets in which LibreOffice caches other files. They are named after the file's address.</summary>
    public static bool IsExternalCache(string? name) => name is not null && name.StartsWith('\'') && name.Contains("'#$", StringComparison.Ordinal);

    private void ReadSheet(PartReader xml)
    {
        if (++sheetCount > context.Limits.Sheets)
        {
            context.Refuse(FileFindings.TooMany("sheets", context.Limits.Sheets));
            return;
        }

        var name = xml.Attribute("name", OdsNamespaces.Table) ?? string.Empty;
        context.CountText(name.Length);

        if (IsExternalCache(name))
        {
            HasLinks = true;
            others.AddTable(TextPlace.LinkedWorkbook, new OdsTable(null, isSheetHidden: true, styles, new OdsCell(texts, styles, context, others), context, others).Read(xml));
            return;
        }

        var table = new OdsTable(name, styles.HidesSheet(xml.Attribute("style-name", OdsNamespaces.Table)), styles, new OdsCell(texts, styles, context, others), context, others);
        Sheets.Add(table.Read(xml));
        HasLinks |= table.HasLinks;
    }
}

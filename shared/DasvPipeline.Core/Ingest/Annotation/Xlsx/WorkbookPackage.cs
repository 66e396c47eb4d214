using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>A sheet of a new workbook.</summary>
/// <param name="Marks">The marks whose comments are written for the sheet.</param>
/// <param name="WriteBody">Writes the content of the <c>worksheet</c> element.</param>
internal sealed record PackageSheet(string Name, bool IsHidden, Marks Marks, Action<XmlWriter> WriteBody);

/// <summary>
/// Writes a new workbook, part by part. It contains only what is written here. The same sheets give the same bytes.
/// </summary>
/// <param name="Styles">The styles. They are written after the sheets, which add styles.</param>
/// <param name="WriteTexts">Writes the shared texts, or null if there are none.</param>
/// <param name="WriteTheme">Writes the theme. Null if the workbook has no theme.</param>
internal sealed record WorkbookPackage(
    IReadOnlyList<PackageSheet> Sheets, CopiedStyles Styles, Action<XmlWriter>? WriteTexts = null, Action<XmlWriter>? WriteTheme = null, bool From1904 = false)
{
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string ThemeType = "application/vnd.openxmlformats-officedocument.theme+xml";

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", WriteContentTypes);
            Write(zip, "_rels/.rels", xml => WriteRelationships(xml, [("officeDocument", "xl/workbook.xml")]));
            Write(zip, "xl/workbook.xml", WriteWorkbook);
            Write(zip, "xl/_rels/workbook.xml.rels", xml => WriteRelationships(xml, Parts()));
            for (var i = 0; i < Sheets.Count; i++)
            {
                WriteSheet(zip, i + 1, Sheets[i]);
            }

            Write(zip, "xl/styles.xml", Styles.ToXml().WriteTo);
            Write(zip, "xl/sharedStrings.xml", WriteTexts);
            Write(zip, "xl/theme/theme1.xml", WriteTheme);
        }

        return stream.ToArray();
    }

    /// <summary>Lists the parts that the workbook refers to. The sheets are first, so that sheet and relationship numbers are equal.</summary>
    private List<(string Type, string Target)> Parts()
    {
        List<(string, string)> parts = [.. Sheets.Select((_, i) => ("worksheet", $"worksheets/{Part("sheet", i + 1)}")), ("styles", "styles.xml")];
        if (WriteTexts is not null)
        {
            parts.Add(("sharedStrings", "sharedStrings.xml"));
        }

        if (WriteTheme is not null)
        {
            parts.Add(("theme", "theme/theme1.xml"));
        }

        return parts;
    }

    private void WriteContentTypes(XmlWriter xml)
    {
        xml.WriteStartElement("Types", XlsxVocabulary.ContentTypes);
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        Default("xml", "application/xml");
        Default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
        Override("workbook.xml", Types + "sheet.main+xml");
        for (var i = 1; i <= Sheets.Count; i++)
        {
            Override($"worksheets/{Part("sheet", i)}", Types + "worksheet+xml");
            if (HasComments(Sheets[i - 1]))
            {
                Override(Part("comments", i), Types + "comments+xml");
            }
        }

        foreach (var (type, target) in Parts().Skip(Sheets.Count))
        {
            Override(target, type == "theme" ? ThemeType : $"{Types}{type}+xml");
        }

        xml.WriteEndElement();

        void Default(string extension, string type)
        {
            xml.WriteStartElement("Default");
            xml.WriteAttributeString("Extension", extension);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }

        void Override(string part, string type)
        {
            xml.WriteStartElement("Override");
            xml.WriteAttributeString("PartName", "/xl/" + part);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
    }

    private void WriteWorkbook(XmlWriter xml)
    {
        xml.WriteStartElement("workbook", XlsxVocabulary.Main);
        xml.WriteAttributeString("xmlns", "r", null, XlsxVocabulary.Relationships);
        if (From1904)
        {
            xml.WriteRaw("<workbookPr date1904=\"1\"/>");
        }

        xml.WriteRaw("<bookViews><workbookView activeTab=\"0\"/></bookViews>");
        xml.WriteStartElement("sheets");
        for (var i = 1; i <= Sheets.Count; i++)
        {
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", Sheets[i - 1].Name);
            xml.WriteAttributeString("sheetId", i.ToString(CultureInfo.InvariantCulture));
            if (Sheets[i - 1].IsHidden)
            {
                xml.WriteAttributeString("state", "hidden");
            }

            xml.WriteAttributeString("id", XlsxVocabulary.Relationships, Id(i));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteSheet(ZipArchive zip, int number, PackageSheet sheet)
    {
        Write(zip, $"xl/worksheets/{Part("sheet", number)}", xml =>
        {
            xml.WriteStartElement("worksheet", XlsxVocabulary.Main);
            xml.WriteAttributeString("xmlns", "r", null, XlsxVocabulary.Relationships);
            sheet.WriteBody(xml);
            if (HasComments(sheet))
            {
                xml.WriteStartElement("legacyDrawing", XlsxVocabulary.Main);
                xml.WriteAttributeString("id", XlsxVocabulary.Relationships, Id(1));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
        if (HasComments(sheet))
        {
            var boxes = string.Create(CultureInfo.InvariantCulture, $"drawings/vmlDrawing{number}.vml");
            Write(zip, $"xl/worksheets/_rels/{Part("sheet", number)}.rels", xml => WriteRelationships(xml, [("vmlDrawing", "../" + boxes), ("comments", "../" + Part("comments", number))]));
            Write(zip, $"xl/{Part("comments", number)}", xml => CommentParts.WriteTexts(xml, sheet.Marks));
            Write(zip, "xl/" + boxes, xml => CommentParts.WriteBoxes(xml, sheet.Marks));
        }
    }

    private static void WriteRelationships(XmlWriter xml, IEnumerable<(string Type, string Target)> parts)
    {
        xml.WriteStartElement("Relationships", XlsxVocabulary.PackageRelationships);
        var number = 0;
        foreach (var (type, target) in parts)
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", Id(++number));
            xml.WriteAttributeString("Type", $"{XlsxVocabulary.Relationships}/{type}");
            xml.WriteAttributeString("Target", target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(ZipArchive zip, string name, Action<XmlWriter>? write)
    {
        if (write is not null)
        {
            PackagePart.Write(zip, name, write);
        }
    }

    private static bool HasComments(PackageSheet sheet) => sheet.Marks.Cells.Count > 0;

    private static string Part(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}.xml");

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"rId{number}");
}

using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// An OpenDocument spreadsheet as its agency knows it, made anew: sheets, values and looks are taken over, and nothing else.
/// Nothing is in the package but what is written here.
/// </summary>
internal static class CopiedSpreadsheet
{
    private const string ContentPart = "content.xml";
    private const string StylesPart = "styles.xml";
    private const string SettingsPart = "settings.xml";

    /// <param name="content">The file that <paramref name="workbook"/> was read from.</param>
    public static byte[] Write(ReadOnlyMemory<byte> content, Workbook workbook, IReadOnlyList<Finding> findings)
    {
        using var package = Package.Open(WorkbookReader.AsStream(content), ReadLimits.Default);
        var looks = new Looks();
        package.TryRead(StylesPart, looks.ReadCommon, keepWhitespace: true);
        var settings = new ViewSettings();
        package.TryRead(SettingsPart, settings.Read);

        var names = new SheetNames([.. workbook.Sheets.Select(sheet => sheet.Name ?? string.Empty)], SheetNames.LongestElsewhere);
        using var sheets = new LaterXml();
        new FindingsSheet(new FindingsLook(looks), names.ByOldName, sheets.Writer).Write(names.Findings, findings);
        var copied = new CopiedContent(workbook, names, Marks.BySheet(findings), looks, sheets.Writer);
        package.TryRead(ContentPart, copied.Read, keepWhitespace: true);

        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            NewPart.WriteStored(zip, "mimetype", Vocabulary.MediaType);
            NewPart.Write(zip, ContentPart, xml => WriteContent(xml, looks, copied.Counting, sheets));
            NewPart.Write(zip, StylesPart, xml => WriteStyles(xml, looks));
            NewPart.Write(zip, SettingsPart, xml => settings.Write(xml, names.Findings, names.ByOldName));
            NewPart.Write(zip, "META-INF/manifest.xml", WriteManifest);
        }

        return stream.ToArray();
    }

    private static void WriteContent(XmlWriter xml, Looks looks, XElement? counting, LaterXml sheets)
    {
        Start(xml, "document-content");
        looks.WriteAutomatic(xml);
        xml.WriteStartElement("body", OdsNames.Office);
        xml.WriteStartElement("spreadsheet", OdsNames.Office);
        counting?.WriteTo(xml);
        sheets.WriteTo(xml);
        xml.WriteEndDocument();
    }

    private static void WriteStyles(XmlWriter xml, Looks looks)
    {
        Start(xml, "document-styles");
        foreach (var part in looks.CommonStyles)
        {
            part.WriteTo(xml);
        }

        xml.WriteEndDocument();
    }

    private static void Start(XmlWriter xml, string root)
    {
        xml.WriteStartElement("office", root, OdsNames.Office);
        Vocabulary.WritePrefixes(xml);
        xml.WriteAttributeString("version", OdsNames.Office, Vocabulary.Version);
    }

    private static void WriteManifest(XmlWriter xml)
    {
        xml.WriteStartElement("manifest", "manifest", OdsNames.Manifest);
        xml.WriteAttributeString("version", OdsNames.Manifest, Vocabulary.Version);
        foreach (var (path, type) in ((string, string)[])[("/", Vocabulary.MediaType), (ContentPart, "text/xml"), (StylesPart, "text/xml"), (SettingsPart, "text/xml")])
        {
            xml.WriteStartElement("file-entry", OdsNames.Manifest);
            xml.WriteAttributeString("full-path", OdsNames.Manifest, path);
            if (path == "/")
            {
                xml.WriteAttributeString("version", OdsNames.Manifest, Vocabulary.Version);
            }

            xml.WriteAttributeString("media-type", OdsNames.Manifest, type);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}

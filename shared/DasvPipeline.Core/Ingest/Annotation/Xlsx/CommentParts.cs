using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>
/// Writes the comments of a sheet in the format that all programs since Excel 97 support: texts (ECMA-376 part 1, 18.7) and
/// boxes (part 4, 19).
/// </summary>
internal static class CommentParts
{
    private const int CharactersPerLine = 40;
    private const int MaxLines = 20;
    private const int BoxColumns = 4;

    private const string Vml = "urn:schemas-microsoft-com:vml";
    private const string Office = "urn:schemas-microsoft-com:office:office";
    private const string Excel = "urn:schemas-microsoft-com:office:excel";

    public static void WriteTexts(XmlWriter xml, Marks marks)
    {
        xml.WriteStartElement("comments", XlsxVocabulary.Main);
        xml.WriteStartElement("authors");
        xml.WriteElementString("author", CellComment.FindingsAuthor);
        xml.WriteEndElement();
        xml.WriteStartElement("commentList");
        foreach (var mark in marks.Cells.Take(Marks.MaxComments))
        {
            xml.WriteStartElement("comment");
            xml.WriteAttributeString("ref", new CellRef(null, mark.Row, mark.Column).Address);
            xml.WriteAttributeString("authorId", "0");
            xml.WriteStartElement("text");
            CellWriter.WriteText(xml, mark.Comment);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static void WriteBoxes(XmlWriter xml, Marks marks)
    {
        xml.WriteStartElement("xml", string.Empty);
        xml.WriteAttributeString("xmlns", "v", null, Vml);
        xml.WriteAttributeString("xmlns", "o", null, Office);
        xml.WriteAttributeString("xmlns", "x", null, Excel);
        xml.WriteRaw("""<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>""");
        var number = 0;
        foreach (var mark in marks.Cells.Take(Marks.MaxComments))
        {
            WriteBox(xml, mark, ++number);
        }

        xml.WriteEndElement();
    }

    private static void WriteBox(XmlWriter xml, CellMark mark, int number)
    {
        var lines = Math.Min(mark.Comment.Split('\n').Sum(line => 1 + (line.Length / CharactersPerLine)) + 1, MaxLines);
        var left = Math.Min(mark.Column, XlsxSheetReader.LastColumn - BoxColumns - 1);
        var top = Math.Clamp(mark.Row - 2, 0, XlsxSheetReader.LastRow - MaxLines - 1);
        xml.WriteStartElement("v", "shape", Vml);
        xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"_x0000_s{1024 + number}"));
        xml.WriteAttributeString("type", "#_x0000_t202");
        xml.WriteAttributeString("style", "position:absolute;visibility:hidden");
        xml.WriteAttributeString("fillcolor", "#ffffe1");
        xml.WriteAttributeString("insetmode", Office, "auto");
        xml.WriteRaw("""<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>""");
        xml.WriteStartElement("x", "ClientData", Excel);
        xml.WriteAttributeString("ObjectType", "Note");
        xml.WriteElementString("MoveWithCells", Excel, null);
        xml.WriteElementString("SizeWithCells", Excel, null);
        xml.WriteElementString("Anchor", Excel, string.Create(CultureInfo.InvariantCulture, $"{left}, 15, {top}, 4, {left + BoxColumns}, 15, {top + lines}, 4"));
        xml.WriteElementString("AutoFill", Excel, "False");
        xml.WriteElementString("Row", Excel, (mark.Row - 1).ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("Column", Excel, (mark.Column - 1).ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}

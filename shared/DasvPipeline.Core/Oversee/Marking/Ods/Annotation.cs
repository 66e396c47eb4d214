using System.Xml;
using DasvPipeline.Core.Read.Ods;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>The comment of a cell (14.3). Programs put it beside the cell, as large as it needs, where no size and place are given.</summary>
internal static class Annotation
{
    public static void Write(XmlWriter to, string text)
    {
        to.WriteStartElement("annotation", OdsNames.Office);
        to.WriteAttributeString("display", OdsNames.Office, "false");
        to.WriteElementString("creator", Vocabulary.DublinCore, FindingsTable.Name);
        Paragraphs.Write(to, text);
        to.WriteEndElement();
    }
}

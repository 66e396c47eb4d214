using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>The title, publisher and language of an Office file. The library's own part for them has a random name.</summary>
internal static class CoreProperties
{
    /// <summary>The type of the part, which the library's own method for adding it does not let us name.</summary>
    public const string ContentType = "application/vnd.openxmlformats-package.core-properties+xml";

    private const string Language = "en-GB";

    private static readonly XNamespace Properties = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";

    public static void Write(CoreFilePropertiesPart part, string title, string publisher)
    {
        var root = new XElement(
            Properties + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", Properties),
            new XAttribute(XNamespace.Xmlns + "dc", Dublin),
            new XElement(Dublin + "title", title),
            new XElement(Dublin + "creator", publisher),
            new XElement(Dublin + "language", Language));
        using var stream = part.GetStream(FileMode.Create);
        root.Save(stream, SaveOptions.DisableFormatting);
    }
}

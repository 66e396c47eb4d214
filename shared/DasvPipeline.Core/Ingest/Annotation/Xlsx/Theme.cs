using System.Xml.Linq;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>
/// Creates a theme with the agency's colours and fonts. The effects of shapes, which can contain pictures, are replaced by
/// the simplest ones, because cells do not use them.
/// </summary>
internal static class Theme
{
    private const string Effects =
        """
        <a:fmtScheme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Plain">
        <a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst>
        <a:lnStyleLst><a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst>
        <a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst>
        <a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst>
        </a:fmtScheme>
        """;

    private static readonly XNamespace Drawing = XlsxVocabulary.Drawing;

    public static XElement Create(XElement colours, XElement fonts) => new(
        Drawing + "theme",
        new XAttribute(XNamespace.Xmlns + "a", XlsxVocabulary.Drawing),
        new XAttribute("name", "Theme"),
        new XElement(Drawing + "themeElements", colours, fonts, XElement.Parse(Effects)));
}

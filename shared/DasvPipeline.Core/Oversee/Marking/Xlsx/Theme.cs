using System.Xml.Linq;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>
/// A theme with the colours and fonts of the agency's. The effects of shapes, which may hold pictures, are the plainest that a
/// theme can have: cells do not show them.
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

    private static readonly XNamespace Drawing = Vocabulary.Drawing;

    public static XElement Of(XElement colours, XElement fonts) => new(
        Drawing + "theme",
        new XAttribute(XNamespace.Xmlns + "a", Vocabulary.Drawing),
        new XAttribute("name", "Theme"),
        new XElement(Drawing + "themeElements", colours, fonts, XElement.Parse(Effects)));
}

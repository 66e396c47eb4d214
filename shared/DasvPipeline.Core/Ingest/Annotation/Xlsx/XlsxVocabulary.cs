using System.Xml.Linq;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>The XML namespaces of a workbook (ECMA-376), and the elements and attributes that a copy can contain: styles and layout, and nothing active.</summary>
internal static class XlsxVocabulary
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    public const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    public const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const string StrictDrawing = "http://purl.oclc.org/ooxml/drawingml/main";

    public static readonly XNamespace Sheet = Main;

    private const string Font = "b val\ni val\nstrike val\ncondense val\nextend val\noutline val\nshadow val\nu val\nvertAlign val\nsz val\n"
        + "color auto indexed rgb theme tint\nname val\nrFont val\nfamily val\ncharset val\nscheme val\n";

    /// <summary>Allowed in a styles part (18.8): formats, fonts, fills, borders and colours, but no conditional formats.</summary>
    public static readonly Allowlist Styles = new(Main, StrictMain, Font +
        """
        numFmts > numFmt
        numFmt numFmtId formatCode
        fonts > font
        font > b i strike condense extend outline shadow u vertAlign sz color name family charset scheme
        fills > fill
        fill > patternFill gradientFill
        patternFill patternType > fgColor bgColor
        fgColor auto indexed rgb theme tint
        bgColor auto indexed rgb theme tint
        gradientFill type degree left right top bottom > stop
        stop position > color
        borders > border
        border diagonalUp diagonalDown outline > left right top bottom diagonal
        left style > color
        right style > color
        top style > color
        bottom style > color
        diagonal style > color
        cellStyleXfs > xf
        cellXfs > xf
        xf numFmtId fontId fillId borderId xfId quotePrefix applyNumberFormat applyFont applyFill applyBorder applyAlignment applyProtection > alignment protection
        alignment horizontal vertical textRotation wrapText indent relativeIndent justifyLastLine shrinkToFit readingOrder
        protection locked hidden
        cellStyles > cellStyle
        cellStyle name xfId builtinId iLevel hidden customBuiltin
        colors > indexedColors
        indexedColors > rgbColor
        rgbColor rgb
        """);

    /// <summary>Allowed in a shared text (18.4.8): characters and their format.</summary>
    public static readonly Allowlist Texts = new(Main, StrictMain, Font +
        """
        si > t r
        r > rPr t
        rPr > rFont charset family b i strike outline shadow condense extend color sz u vertAlign scheme
        t #text
        """);

    /// <summary>Allowed in a sheet outside its cells (18.3.1).</summary>
    public static readonly Allowlist Sheets = new(Main, StrictMain,
        """
        sheetPr > tabColor outlinePr pageSetUpPr
        tabColor auto indexed rgb theme tint
        outlinePr summaryBelow summaryRight showOutlineSymbols
        pageSetUpPr fitToPage
        sheetViews > sheetView
        sheetView showGridLines showRowColHeaders showZeros rightToLeft showOutlineSymbols zoomScale zoomScaleNormal > pane
        pane xSplit ySplit topLeftCell activePane state
        sheetFormatPr baseColWidth defaultColWidth defaultRowHeight customHeight outlineLevelRow outlineLevelCol
        cols > col
        col min max width style hidden bestFit customWidth outlineLevel collapsed
        mergeCells > mergeCell
        mergeCell ref
        pageSetup paperSize scale fitToWidth fitToHeight orientation
        """);

    /// <summary>Allowed in a theme (20.1.6): the colours and fonts that cells refer to.</summary>
    public static readonly Allowlist Theme = new(Drawing, StrictDrawing,
        """
        clrScheme name > dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink
        dk1 > srgbClr sysClr
        lt1 > srgbClr sysClr
        dk2 > srgbClr sysClr
        lt2 > srgbClr sysClr
        accent1 > srgbClr sysClr
        accent2 > srgbClr sysClr
        accent3 > srgbClr sysClr
        accent4 > srgbClr sysClr
        accent5 > srgbClr sysClr
        accent6 > srgbClr sysClr
        hlink > srgbClr sysClr
        folHlink > srgbClr sysClr
        srgbClr val
        sysClr val lastClr
        fontScheme name > majorFont minorFont
        majorFont > latin ea cs
        minorFont > latin ea cs
        latin typeface
        ea typeface
        cs typeface
        """);
}

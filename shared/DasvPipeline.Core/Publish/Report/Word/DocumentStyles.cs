using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>The styles of the document. All formatting is here, so that the author can change the look in one place.</summary>
internal static class DocumentStyles
{
    private const string Namespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private const string Blue = "12436D";
    private const string Grey = "595959";

    public static Settings CreateSettings() => new(
        $"<w:settings {Namespace}><w:defaultTabStop w:val=\"720\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"{ReportText.Language}\"/></w:settings>");

    /// <summary>The bullets of lists.</summary>
    public static Numbering CreateNumbering() => new(
        $"<w:numbering {Namespace}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u2022\"/><w:lvlJc w:val=\"left\"/>"
        + "<w:pPr><w:ind w:left=\"454\" w:hanging=\"284\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>");

    public static Styles CreateStyles() => new(string.Concat(
    [
        $"<w:styles {Namespace}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang w:val=\"{ReportText.Language}\" w:eastAsia=\"{ReportText.Language}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>",
        "<w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>",
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        CreateParagraph("Title", "Title", "<w:spacing w:before=\"2400\" w:after=\"240\" w:line=\"240\" w:lineRule=\"auto\"/>", $"<w:b/><w:color w:val=\"{Blue}\"/><w:sz w:val=\"56\"/>"),
        CreateParagraph("Subtitle", "Subtitle", "<w:spacing w:after=\"160\"/>", "<w:sz w:val=\"30\"/>"),
        CreateParagraph("Status", "Status", $"<w:pBdr><w:left w:val=\"single\" w:sz=\"36\" w:space=\"8\" w:color=\"{Blue}\"/></w:pBdr><w:spacing w:before=\"360\" w:after=\"240\"/>", "<w:b/>"),
        .. Enumerable.Range(1, 4).Select(CreateHeading),
        CreateParagraph("TOCHeading", "TOC Heading", "<w:keepNext/><w:spacing w:after=\"240\"/>", $"<w:b/><w:color w:val=\"{Blue}\"/><w:sz w:val=\"36\"/>"),
        .. Enumerable.Range(1, 3).Select(CreateContents),
        CreateParagraph("ListBullet", "List Bullet", "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"80\"/>", string.Empty),
        CreateParagraph("Caption", "caption", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/>", $"<w:b/><w:color w:val=\"{Blue}\"/><w:sz w:val=\"22\"/>"),
        CreateParagraph("Note", "Note", "<w:spacing w:before=\"80\" w:after=\"200\"/>", $"<w:color w:val=\"{Grey}\"/><w:sz w:val=\"20\"/>"),
        CreateParagraph("ChartPlace", "Chart", "<w:spacing w:before=\"0\" w:after=\"200\" w:line=\"240\" w:lineRule=\"auto\"/>", string.Empty),
        CreateParagraph("AuthorPlace", "Place for the author", "<w:pBdr><w:top w:val=\"dashed\" w:sz=\"8\" w:space=\"6\" w:color=\"595959\"/><w:left w:val=\"dashed\" w:sz=\"8\" w:space=\"6\" w:color=\"595959\"/><w:bottom w:val=\"dashed\" w:sz=\"8\" w:space=\"6\" w:color=\"595959\"/><w:right w:val=\"dashed\" w:sz=\"8\" w:space=\"6\" w:color=\"595959\"/></w:pBdr><w:spacing w:before=\"120\" w:after=\"200\"/><w:ind w:left=\"170\" w:right=\"170\"/>", $"<w:i/><w:color w:val=\"{Grey}\"/>"),
        CreateParagraph("TableText", "Table text", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"22\"/>"),
        CreateParagraph("TableSmall", "Table number in a wide table", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"right\"/>", "<w:sz w:val=\"18\"/>"),
        CreateParagraph("TableTotal", "Table total", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:b/><w:sz w:val=\"22\"/>"),
        CreateParagraph("TableNumber", "Table number", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"right\"/>", "<w:sz w:val=\"22\"/>"),
        CreateParagraph("Header", "header", $"<w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"{Blue}\"/></w:pBdr><w:spacing w:after=\"0\"/>", $"<w:color w:val=\"{Grey}\"/><w:sz w:val=\"18\"/>"),
        CreateParagraph("Footer", "footer", "<w:spacing w:after=\"0\"/>", $"<w:color w:val=\"{Grey}\"/><w:sz w:val=\"18\"/>"),
        CreateTable(),
        "</w:styles>",
    ]));

    private static string CreateHeading(int level) => string.Create(CultureInfo.InvariantCulture, $"<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"9\"/><w:qFormat/>")
        + string.Create(CultureInfo.InvariantCulture, $"<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"{(level == 1 ? 480 : 320)}\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"{level - 1}\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"{Blue}\"/><w:sz w:val=\"{44 - (level * 5)}\"/></w:rPr></w:style>");

    private static string CreateContents(int level) => string.Create(CultureInfo.InvariantCulture, $"<w:style w:type=\"paragraph\" w:styleId=\"TOC{level}\"><w:name w:val=\"toc {level}\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"39\"/>")
        + string.Create(CultureInfo.InvariantCulture, $"<w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{PageFrame.TextWidth}\"/></w:tabs><w:spacing w:before=\"{(level == 1 ? 80 : 0)}\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:left=\"{(level - 1) * 284}\" w:right=\"567\"/></w:pPr><w:rPr>{(level == 1 ? "<w:b/>" : string.Empty)}<w:sz w:val=\"22\"/></w:rPr></w:style>");

    private static string CreateParagraph(string id, string name, string paragraph, string run) =>
        $"<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>";

    /// <summary>Lines between the rows, and a heading row that does not rely on colour alone.</summary>
    private static string CreateTable() =>
        "<w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"Report table\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblStyleRowBandSize w:val=\"1\"/><w:tblBorders>"
        + $"<w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"{Blue}\"/><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"{Blue}\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/></w:tblBorders></w:tblPr>"
        + $"<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"{Blue}\"/></w:tcBorders><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8EDF2\"/></w:tcPr></w:tblStylePr></w:style>";
}

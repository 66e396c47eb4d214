using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>Writes the first sheet: one row for each finding, errors first, with a link to its cell.</summary>
internal static class FindingsSheet
{
    private const double LineHeight = 15;
    private const double TitleHeight = 24;

    /// <summary>Writes the content of the sheet.</summary>
    /// <param name="about">One or two sentences that explain the copy.</param>
    /// <param name="sheets">The names of the sheets in the copy, by their original names.</param>
    public static void Write(XmlWriter xml, FindingsStyles styles, IReadOnlyList<Finding> findings, string about, IReadOnlyDictionary<string, string> sheets)
    {
        WriteFrame(xml);
        var cells = new CellWriter(xml);
        xml.WriteStartElement("sheetData");
        cells.StartRow(1, TitleHeight);
        cells.Text(1, styles.Title, FindingsTable.Title(findings));
        cells.EndRow();
        cells.StartRow(2, LineHeight * FindingsTable.CountLines(about, FindingsTable.Width));
        cells.Text(1, styles.Text, about);
        cells.EndRow();
        cells.StartRow(FindingsTable.HeaderRow);
        for (var i = 0; i < FindingsTable.Columns.Length; i++)
        {
            cells.Text(i + 1, styles.Heading, FindingsTable.Columns[i].Heading);
        }

        cells.EndRow();
        var links = new List<(int Row, string Location)>();
        var row = FindingsTable.HeaderRow;
        foreach (var finding in FindingsTable.Listed(findings))
        {
            row++;
            var sheet = finding.Cell?.Sheet is { } name ? sheets.GetValueOrDefault(name) : null;
            WriteFinding(cells, styles, finding, row, sheet);
            if (sheet is not null && links.Count < FindingsTable.MaxLinks)
            {
                links.Add((row, $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!{finding.Cell!.Value.Address}"));
            }
        }

        xml.WriteEndElement();
        WriteMerge(xml);
        WriteLinks(xml, links);
        WritePage(xml);
    }

    private static void WriteFinding(CellWriter cells, FindingsStyles styles, Finding finding, int row, string? sheet)
    {
        var text = FindingFormatter.Format(finding);
        cells.StartRow(row, LineHeight * FindingsTable.CountLines(text, FindingsTable.Columns[FindingsTable.MessageColumn - 1].Width));
        cells.Text(1, styles.GetStyle(finding.Severity), FindingFormatter.FormatSeverity(finding.Severity));
        cells.Text(2, styles.Text, FindingFormatter.RemoveInvisible(sheet ?? finding.Cell?.Sheet));
        if (finding.Cell is not null)
        {
            cells.Text(FindingsTable.LinkColumn, sheet is null ? styles.Text : styles.Link, FindingLocation.FormatCells(finding));
        }

        if (finding.FigureName is { } figure)
        {
            cells.Text(FindingsTable.FigureColumn, styles.Text, figure);
        }

        cells.Text(FindingsTable.MessageColumn, styles.Text, text);
        cells.Text(FindingsTable.MessageColumn + 1, styles.Text, finding.Code);
        cells.EndRow();
    }

    private static void WriteFrame(XmlWriter xml) => xml.WriteRaw(string.Concat(
        "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>",
        string.Create(CultureInfo.InvariantCulture, $"<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{FindingsTable.HeaderRow}\" topLeftCell=\"A{FindingsTable.HeaderRow + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"),
        "<sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        string.Concat(FindingsTable.Columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{column.Width}\" customWidth=\"1\"/>"))),
        "</cols>"));

    private static void WriteMerge(XmlWriter xml) => xml.WriteRaw("<mergeCells><mergeCell ref=\"A1:F1\"/><mergeCell ref=\"A2:F2\"/></mergeCells>");

    private static void WriteLinks(XmlWriter xml, List<(int Row, string Location)> links)
    {
        if (links.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("hyperlinks");
        foreach (var (row, location) in links)
        {
            xml.WriteStartElement("hyperlink");
            xml.WriteAttributeString("ref", new CellRef(null, row, FindingsTable.LinkColumn).Address);
            xml.WriteAttributeString("location", location);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WritePage(XmlWriter xml) => xml.WriteRaw("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>");
}

using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Xlsx;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>The first sheet: every finding in a row, errors first, each with a link to its cell.</summary>
internal static class FindingsSheet
{
    public const string Name = "Findings";

    private const int HeaderRow = 3;

    // Excel's own limit is 65,530.
    private const int MostLinks = 65_000;

    private const double LineHeight = 15;
    private const double TitleHeight = 24;
    private const double LettersPerWidth = 1.1;
    private const int MessageColumn = 4;

    private static readonly (string Heading, double Width)[] Columns = [("Kind", 10), ("Sheet", 22), ("Cell", 9), ("What is wrong", 80), ("Code", 24)];

    /// <param name="about">What kind of copy this is, in a sentence or two.</param>
    /// <param name="sheets">The names that the sheets have in the copy, by those they had.</param>
    public static void Write(XmlWriter xml, FindingsLook look, IReadOnlyList<Finding> findings, string about, IReadOnlyDictionary<string, string> sheets)
    {
        WriteFrame(xml);
        var cells = new CellWriter(xml);
        xml.WriteStartElement("sheetData");
        cells.StartRow(1, TitleHeight);
        cells.Text(1, look.Title, Title(findings));
        cells.EndRow();
        cells.StartRow(2, Height(about, Columns.Sum(column => column.Width)));
        cells.Text(1, look.Text, about);
        cells.EndRow();
        cells.StartRow(HeaderRow);
        for (var i = 0; i < Columns.Length; i++)
        {
            cells.Text(i + 1, look.Heading, Columns[i].Heading);
        }

        cells.EndRow();
        var links = new List<(int Row, string Location)>();
        var row = HeaderRow;
        foreach (var finding in FindingWords.InOrder(findings).Take(SheetCells.LastRow - HeaderRow))
        {
            row++;
            var sheet = finding.Cell?.Sheet is { } named ? sheets.GetValueOrDefault(named) : null;
            WriteFinding(cells, look, finding, row, sheet);
            if (sheet is not null && links.Count < MostLinks)
            {
                links.Add((row, $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!{finding.Cell!.Value.Address}"));
            }
        }

        xml.WriteEndElement();
        WriteMerge(xml);
        WriteLinks(xml, links);
        WritePage(xml);
    }

    private static void WriteFinding(CellWriter cells, FindingsLook look, Finding finding, int row, string? sheet)
    {
        var text = FindingWords.Of(finding);
        cells.StartRow(row, Height(text, Columns[MessageColumn - 1].Width));
        cells.Text(1, look.Of(finding.Severity), FindingWords.Word(finding.Severity));
        cells.Text(2, look.Text, FindingWords.Plain(sheet ?? finding.Cell?.Sheet));
        if (finding.Cell is { } cell)
        {
            cells.Text(3, sheet is null ? look.Text : look.Link, cell.Address);
        }

        cells.Text(MessageColumn, look.Text, text);
        cells.Text(5, look.Text, finding.Code);
        cells.EndRow();
    }

    private static string Title(IReadOnlyList<Finding> findings)
    {
        var counts = findings.CountBy(finding => finding.Severity).OrderByDescending(count => count.Key)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0} {Noun(count.Key, count.Value)}"));
        return findings.Count == 0 ? "Nothing was found" : string.Join(", ", counts);
    }

    private static string Noun(Severity severity, int count) => (severity, count) switch
    {
        (Severity.Error, 1) => "error",
        (Severity.Error, _) => "errors",
        (Severity.Query, 1) => "query",
        (Severity.Query, _) => "queries",
        (_, 1) => "note",
        _ => "notes",
    };

    /// <summary>Programs that open a workbook do not all make room for the lines that a wrapped text takes.</summary>
    private static double Height(string text, double width) => LineHeight * Math.Clamp(Math.Ceiling(text.Length / (width * LettersPerWidth)), 1, 20);

    private static void WriteFrame(XmlWriter xml) => xml.WriteRaw(string.Concat(
        "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>",
        string.Create(CultureInfo.InvariantCulture, $"<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{HeaderRow}\" topLeftCell=\"A{HeaderRow + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"),
        "<sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        string.Concat(Columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{column.Width}\" customWidth=\"1\"/>"))),
        "</cols>"));

    private static void WriteMerge(XmlWriter xml) => xml.WriteRaw("<mergeCells><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A2:E2\"/></mergeCells>");

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
            xml.WriteAttributeString("ref", new CellRef(null, row, 3).Address);
            xml.WriteAttributeString("location", location);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WritePage(XmlWriter xml) => xml.WriteRaw("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>");
}

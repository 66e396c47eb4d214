using DasvPipeline.Core.Publish.Formats;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>Writes a table of the report: a heading row that repeats on each page, the labels of the rows, and numbers to the right.</summary>
internal static class ReportTableWriter
{
    // Shares of the width of the text.
    private static readonly double[] LabelsByColumns = [0, 0.7, 0.55, 0.4];
    private const double NarrowLabels = 0.28;
    private const double LabelsOfWideTable = 0.2;

    /// <summary>From this number of columns on, the numbers are smaller.</summary>
    private const int Wide = 8;
    private const int NarrowMargin = 50;

    public static Table Create(ReportTableElement table, string period)
    {
        var labels = (int)(PageFrame.TextWidth * GetLabels(table.Columns.Count));
        var width = (PageFrame.TextWidth - labels) / table.Columns.Count;
        var number = table.Columns.Count >= Wide ? "TableSmall" : "TableNumber";
        var cells = table.Cells.ToLookup(cell => cell.Row, StringComparer.Ordinal);
        return new Table([
            new TableProperties(
                new TableStyle { Val = "ReportTable" },
                new TableWidth { Width = $"{PageFrame.TextWidth}", Type = TableWidthUnitValues.Dxa },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = Margin(table), Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = Margin(table), Type = TableWidthValues.Dxa }),
                new TableLook { Val = "04A0", FirstRow = true, LastRow = false, FirstColumn = true, LastColumn = false, NoHorizontalBand = false, NoVerticalBand = true },
                new TableCaption { Val = table.Title },
                new TableDescription { Val = $"{table.Title}, {period}. The first row has the headings, and the first column the labels." }),
            new TableGrid([new GridColumn { Width = $"{labels}" }, .. table.Columns.Select(_ => new GridColumn { Width = $"{width}" })]),
            new TableRow([
                new TableRowProperties(new CantSplit(), new TableHeader()),
                CreateCell("TableText", GetCorner(table), labels),
                .. table.Columns.Select(column => CreateCell(number, Unbreakable(table.Columns.Count == 1 ? period : column.Label), width)),
            ]),
            .. table.Rows.Select((row, i) => CreateRow(row, [.. cells[row.Id].Select(cell => cell.Text)], number, labels, width, isLast: i == table.Rows.Count - 1)),
        ]);
    }

    /// <summary>The heading of the labels: what is counted, if the same is counted in every row.</summary>
    private static string GetCorner(ReportTableElement table)
    {
        var units = table.Cells.Select(cell => cell.Unit).Distinct().ToList();
        return units.Count == 1 && units[0].Length > 0 ? char.ToUpperInvariant(units[0][0]) + units[0][1..] : "Figure";
    }

    private static double GetLabels(int columns) => columns < LabelsByColumns.Length ? LabelsByColumns[columns] : columns >= Wide ? LabelsOfWideTable : NarrowLabels;

    private static short Margin(ReportTableElement table) => table.Columns.Count >= Wide ? (short)NarrowMargin : (short)(2 * NarrowMargin);

    /// <summary>Keeps 2019-20 on one line.</summary>
    private static string Unbreakable(string text) => text.Replace('-', '\u2011');

    private static TableRow CreateRow(ReportLineElement row, List<string> texts, string number, int labels, int width, bool isLast) => new([
        new TableRowProperties(new CantSplit()),
        CreateCell(row.Kind == "total" ? "TableTotal" : "TableText", row.Label, labels, !isLast),
        .. texts.Select(text => CreateCell(number, text, width, !isLast)),
    ]);

    private static TableCell CreateCell(string style, string text, int width, bool keepsWithNext = true)
    {
        var paragraph = Paragraphs.Create(style, text);
        if (keepsWithNext)
        {
            paragraph.ParagraphProperties!.Append(new KeepNext());
        }

        return new TableCell(new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa }), paragraph);
    }
}

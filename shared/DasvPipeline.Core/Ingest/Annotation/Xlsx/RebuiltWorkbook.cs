using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using ReadSheet = DasvPipeline.Core.Ingest.Reading.Sheet;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>
/// Creates an .xlsx workbook from the cells of an .xls or .ods file, because those formats are not written. Keeps values,
/// percentages, dates and sheet names.
/// </summary>
internal static class RebuiltWorkbook
{
    private const double MinColumnWidth = 9;
    private const double MaxColumnWidth = 60;

    /// <summary>The built-in number formats (ECMA-376 part 1, 18.8.30), in the order of <see cref="RebuiltStyle"/>.</summary>
    private static readonly int[] NumberFormats = [0, 10, 14, 22, 21, 46];

    private enum RebuiltStyle
    {
        Plain,
        Percent,
        Date,
        DateAndTime,
        Time,
        Elapsed,
    }

    public static byte[] Write(Workbook workbook, IReadOnlyList<Finding> findings)
    {
        var styles = CopiedStyles.FromNumberFormats(NumberFormats);
        var names = new SheetNames([.. workbook.Sheets.Select(sheet => sheet.Name ?? string.Empty)], SheetNames.MaxLengthInExcel);
        var marks = Marks.BySheet(findings);
        var sheets = workbook.Sheets.Select((sheet, i) =>
        {
            var sheetMarks = sheet.Name is { } name && workbook.Sheets.First(other => other.Name == name) == sheet ? marks.GetValueOrDefault(name, Marks.None) : Marks.None;
            return new PackageSheet(names.InOrder[i], false, sheetMarks, xml => WriteSheet(xml, sheet, sheetMarks, styles));
        });
        return new WorkbookPackage(
            [
                new PackageSheet(names.Findings, false, Marks.None, xml => FindingsSheet.Write(xml, styles.FindingsStyles, findings, About(workbook.Format), names.ByOldName)),
                .. sheets,
            ],
            styles).ToArray();
    }

    private static string About(FileFormat format) =>
        $"This is a new workbook with the figures that we read in your file, which is {(format == FileFormat.Ods ? "an OpenDocument spreadsheet (.ods)" : "an older Excel workbook (.xls)")}. "
        + "Each cell in the list below is coloured and has a comment, and is at the same place as in your file. Your colours, widths and formulas are not in this copy. Correct your own file and send that one.";

    private static void WriteSheet(XmlWriter xml, ReadSheet sheet, Marks marks, CopiedStyles styles)
    {
        WriteColumns(xml, sheet);
        var cells = new CellWriter(xml);
        var marked = new MarkedCells(marks, styles, cells);
        xml.WriteStartElement("sheetData");
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            marked.WriteRowsBefore(row);
            cells.StartRow(row);
            var cellsOfRow = sheet.Row(row);
            for (var column = 1; column <= cellsOfRow.Length; column++)
            {
                if (!cellsOfRow[column - 1].IsBlank)
                {
                    marked.WriteCellsBefore(row, column);
                    WriteCell(cells, column, cellsOfRow[column - 1], marked.TakeMark(row, column), styles);
                }
            }

            marked.WriteCellsBefore(row, int.MaxValue);
            cells.EndRow();
        }

        marked.WriteRowsBefore(int.MaxValue);
        xml.WriteEndElement();
    }

    private static void WriteCell(CellWriter cells, int column, in Cell cell, Severity? mark, CopiedStyles styles)
    {
        var text = cell.Text ?? string.Empty;
        var style = styles.GetVariant((int)StyleOf(cell), mark, cell.Kind == CellKind.Text && CellWriter.IsLikeFormula(text));
        switch (cell.Kind)
        {
            case CellKind.Number or CellKind.Date:
                cells.Number(column, style, cell.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case CellKind.Boolean:
                cells.Boolean(column, style, cell.Number != 0);
                break;
            case CellKind.Error:
                cells.Error(column, style, text);
                break;
            default:
                cells.Text(column, style, text);
                break;
        }
    }

    private static RebuiltStyle StyleOf(in Cell cell) => cell switch
    {
        { IsPercent: true } => RebuiltStyle.Percent,
        { Kind: not CellKind.Date } => RebuiltStyle.Plain,
        { Text: { } text } when text.Contains('-', StringComparison.Ordinal) => text.Contains(':', StringComparison.Ordinal) ? RebuiltStyle.DateAndTime : RebuiltStyle.Date,
        { Number: >= 1 } => RebuiltStyle.Elapsed,
        _ => RebuiltStyle.Time,
    };

    /// <summary>Sets the width of each column to that of its longest text, within limits.</summary>
    private static void WriteColumns(XmlWriter xml, ReadSheet sheet)
    {
        var widths = new double[sheet.ColumnCount];
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cellsOfRow = sheet.Row(row);
            for (var i = 0; i < cellsOfRow.Length; i++)
            {
                widths[i] = Math.Max(widths[i], cellsOfRow[i].Kind == CellKind.Text ? cellsOfRow[i].Text!.Length : MinColumnWidth);
            }
        }

        if (widths.Length == 0)
        {
            return;
        }

        xml.WriteStartElement("cols");
        for (var i = 0; i < widths.Length; i++)
        {
            xml.WriteStartElement("col");
            xml.WriteAttributeString("min", (i + 1).ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("max", (i + 1).ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("width", Math.Clamp(widths[i] + 1, MinColumnWidth, MaxColumnWidth).ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}

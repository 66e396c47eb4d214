using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>Writes the workbook inside a chart: the categories down, and a column for each colour.</summary>
internal static class ChartWorkbook
{
    public const string SheetName = "Figures";

    public static byte[] Write(ChartData data)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddNewPart<WorkbookPart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1");
            book.AddNewPart<WorksheetPart>("rId1").Worksheet = new Worksheet(new SheetData([
                CreateRow(1, [CreateText(string.Empty), .. data.Series.Select(series => CreateText(series.Name))]),
                .. data.Categories.Select((category, i) => CreateRow(i + 2, [CreateText(category), .. data.Series.Select(series => CreateNumber(series.Values[i]))])),
            ]));
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = "rId1", SheetId = 1, Name = SheetName }));
        }

        return StablePackage.Normalise(stream);
    }

    /// <summary>Returns the letters of a column, counted from 0.</summary>
    public static string GetColumn(int index) => new CellRef(null, 1, index + 1).Address[..^1];

    private static Row CreateRow(int number, IEnumerable<Cell> cells)
    {
        var row = new Row { RowIndex = (uint)number };
        foreach (var (i, cell) in cells.Index())
        {
            cell.CellReference = string.Create(CultureInfo.InvariantCulture, $"{GetColumn(i)}{number}");
            row.Append(cell);
        }

        return row;
    }

    private static Cell CreateText(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    private static Cell CreateNumber(decimal? value) => value is { } known ? new Cell { CellValue = new CellValue(known) } : new Cell();
}

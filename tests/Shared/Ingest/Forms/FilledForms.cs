using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Tests.Ingest.Forms;

/// <summary>The forms of the catalogue, blank and with a figure in every cell that asks for one.</summary>
internal static class FilledForms
{
    public static TheoryData<string> Ids() => [.. Examine.Catalogue.Forms.Select(form => form.Return.ToString()).Distinct()];

    public static Period PeriodOf(Form form) => form.FirstPeriod;

    public static byte[] Blank(Form form) => FormWorkbook.Write(Examine.Catalogue, form, PeriodOf(form));

    public static byte[] Fill(Form form) => Fill(form, Blank(form));

    /// <summary>Enters a number into each unlocked cell except the notes, as a user would.</summary>
    /// <param name="results">The results of the formulas on the second sheet, as a spreadsheet program saves them.</param>
    public static byte[] Fill(Form form, byte[] blank, params (string Address, decimal Value)[] results)
    {
        using var stream = new MemoryStream();
        stream.Write(blank);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
            var parts = document.WorkbookPart.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!));
            var inputs = parts.SelectMany(part => part.Worksheet!.Descendants<Cell>()).Where(cell => IsInput(formats[(int)cell.StyleIndex!.Value])).ToList();
            Assert.Equal(form.Cells.Length, inputs.Count);
            foreach (var (cell, value) in inputs.Zip(Values(form)))
            {
                cell.CellValue = new CellValue(value);
            }

            foreach (var (address, value) in results)
            {
                var cell = parts.ElementAt(1).Worksheet!.Descendants<Cell>().Single(cell => cell.CellReference == address && cell.CellFormula is not null);
                (cell.DataType, cell.CellValue) = (null, new CellValue(value));
            }
        }

        return stream.ToArray();
    }

    /// <summary>Types text into cells, as a user would.</summary>
    public static byte[] Type(byte[] content, string text, IEnumerable<CellRef> cells)
    {
        using var stream = new MemoryStream();
        stream.Write(content);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            foreach (var at in cells)
            {
                var sheet = document.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(sheet => sheet.Name == at.Sheet);
                var cell = ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!)).Worksheet!.Descendants<Cell>().Single(cell => cell.CellReference == at.Address);
                cell.RemoveAllChildren();
                cell.DataType = CellValues.InlineString;
                cell.Append(new InlineString(new Text(text)));
            }
        }

        return stream.ToArray();
    }

    public static IEnumerable<decimal> Values(Form form) => form.Cells.Select((cell, i) => cell.Measure.Quantity == Quantity.Percent ? (i + 1) / 100m : 10 + i);

    public static string Expected(Form form) => string.Join(' ', Values(form).Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static bool IsInput(CellFormat format) => format.Protection?.Locked?.Value == false && format.NumberFormatId?.Value != 0;
}

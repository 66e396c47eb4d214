using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>The content of one cell of a filled-in form.</summary>
/// <param name="Number">The number; null to write the text.</param>
internal readonly record struct EnteredCell(string Text, decimal? Number = null);

/// <summary>Fills in a form, as a person would in a spreadsheet program. The same content gives the same bytes.</summary>
internal static class FilledForm
{
    /// <param name="blank">The blank form as an .xlsx file.</param>
    /// <param name="cells">The cells to fill in. A cell with a formula keeps it, and gets its result.</param>
    public static byte[] Write(byte[] blank, IReadOnlyDictionary<CellRef, EnteredCell> cells)
    {
        using var stream = new MemoryStream();
        stream.Write(blank);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var book = document.WorkbookPart!;
            foreach (var sheet in book.Workbook!.Sheets!.Elements<Sheet>())
            {
                var onSheet = cells.Where(cell => cell.Key.Sheet == sheet.Name?.Value).ToDictionary(cell => cell.Key.Address, cell => cell.Value, StringComparer.Ordinal);
                if (onSheet.Count > 0)
                {
                    Fill(((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet!, onSheet);
                }
            }
        }

        return StablePackage.Normalise(stream);
    }

    private static void Fill(Worksheet sheet, Dictionary<string, EnteredCell> cells)
    {
        var filled = 0;
        foreach (var cell in sheet.Descendants<Cell>())
        {
            if (cell.CellReference?.Value is not { } address || !cells.TryGetValue(address, out var entered))
            {
                continue;
            }

            filled++;
            if (entered.Number is { } number)
            {
                cell.DataType = null;
                cell.CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                cell.DataType = CellValues.InlineString;
                cell.InlineString = new InlineString(new Text(entered.Text));
            }
        }

        // A figure without a cell would be lost in silence.
        if (filled != cells.Count)
        {
            throw new InvalidOperationException($"The form has {filled} of the {cells.Count} cells to fill in: {string.Join(", ", cells.Keys.Order(StringComparer.Ordinal))}.");
        }
    }
}

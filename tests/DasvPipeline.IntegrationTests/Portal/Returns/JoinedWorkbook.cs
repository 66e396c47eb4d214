using DasvPipeline.Core.Ingest.Forms;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>Copies the sheets of several forms into one workbook, as people do.</summary>
internal static class JoinedWorkbook
{
    /// <param name="forms">The forms, with what the program adds to the names of their sheets.</param>
    public static byte[] Create(params (byte[] Form, string Suffix)[] forms)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = FormStyles.CreateStylesheet();
            foreach (var (content, suffix) in forms)
            {
                using var stream = new MemoryStream(content);
                using var form = SpreadsheetDocument.Open(stream, isEditable: false);
                foreach (var sheet in form.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>())
                {
                    var data = ((WorksheetPart)form.WorkbookPart.GetPartById(sheet.Id!)).Worksheet!.GetFirstChild<SheetData>()!;
                    Add(book, sheet.Name + suffix, (SheetData)data.CloneNode(true));
                }
            }

            Add(book, "Our rota", new SheetData(FormSheet.CreateRow(1, FormSheet.CreateTextCell("Desks in the office", FormStyles.FormStyle.Plain), FormSheet.CreateNumberCell(17, FormStyles.FormStyle.Plain))));
        }

        return file.ToArray();
    }

    private static void Add(WorkbookPart book, string name, SheetData data)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(data);
        var sheets = book.Workbook!.Sheets!;
        sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }
}

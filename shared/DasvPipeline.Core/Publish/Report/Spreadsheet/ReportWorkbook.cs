using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Publish.Formats;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Publish.Report.Spreadsheet;

/// <summary>
/// Writes all tables of the annual report as a workbook: a cover, a list of the tables, the notes, and a sheet for each table. The layout follows
/// the Government Analysis Function's guidance on accessible spreadsheets, like the forms (docs/accessible-forms.md).
/// </summary>
internal static class ReportWorkbook
{
    private const string ContentsSheet = "Contents";
    private const string NotesSheet = "Notes";
    private const string CoverSheet = "Cover";
    private const int FirstRow = 3;

    public static byte[] Write(ReportDocument content, HeadlinesDocument year)
    {
        var tables = content.Report.Tables.Select((table, i) => ReportTableSheet.Create(content, table, GetSheetName(i))).ToList();
        FormSheet[] sheets = [CreateCover(content, year), CreateContents(content), CreateNotes(content, year), .. tables];
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            CoreProperties.Write(document.AddNewPart<CoreFilePropertiesPart>(CoreProperties.ContentType, "rId2"), $"{ReportText.CreateTitle(content)}: tables", content.Publisher);
            var book = document.AddNewPart<WorkbookPart>(FormWorkbook.MainType, "rId1");
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), new Sheets());
            book.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = CreateStylesheet();
            foreach (var sheet in sheets)
            {
                (sheet with { IsProtected = false }).AddTo(book);
            }
        }

        return StablePackage.Normalise(stream);
    }

    private static string GetSheetName(int index) => string.Create(CultureInfo.InvariantCulture, $"Table {index + 1}");

    private static FormSheet CreateCover(ReportDocument content, HeadlinesDocument year)
    {
        (string Label, string Text)[] lines =
        [
            ("Period", content.Period.Label),
            ("Publisher", content.Publisher),
            ("Status", ReportText.DescribeStage(content.Stage) + "."),
            .. content.Reason is { } reason ? [("Reason", reason)] : Array.Empty<(string, string)>(),
            .. ReportText.DescribeMissing(year) is { } missing ? [("Missing", missing)] : Array.Empty<(string, string)>(),
            ("Small numbers", "We hide small numbers, and others from which they could be worked out. [c] marks them. A hidden figure is not 0."),
            ("Licence", content.Licence),
        ];
        string[] links = [ContentsSheet, NotesSheet];
        return new FormSheet(
            CoverSheet,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell(ReportText.CreateTitle(content), FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell($"This workbook has the {Plural.Format(content.Report.Tables.Count, "table")} of the annual report, each on its own sheet.", FormStyle.Plain)),
                .. lines.Select((line, i) => FormSheet.CreateRow(FirstRow + i, FormSheet.CreateTextCell(line.Label, FormStyle.Heading), FormSheet.CreateTextCell(line.Text, FormStyle.Wrapped))),
                .. links.Select((link, i) => FormSheet.CreateRow(
                    FirstRow + lines.Length + i, FormSheet.CreateTextCell(string.Create(CultureInfo.InvariantCulture, $"Sheet {i + 2}"), FormStyle.Heading), FormSheet.CreateTextCell(link, FormStyle.Link))),
            ],
            [24, 90])
        {
            Links = [.. links.Select((link, i) => (new CellRef(null, FirstRow + lines.Length + i, 2).Address, link))],
        };
    }

    private static FormSheet CreateContents(ReportDocument content)
    {
        var sections = content.Report.Sections.SelectMany(section => section.Tables, (section, table) => (section, table)).ToDictionary(item => item.table, item => $"{item.section.Number} {item.section.Title}".Trim());
        string[] headings = ["Sheet", "Table", "Section of the report"];
        return new FormSheet(
            ContentsSheet,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell(ContentsSheet, FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell("This sheet contains one table. It lists the tables of this workbook, with a link to each.", FormStyle.Plain)),
                FormSheet.CreateRow(FirstRow, headings.Select(heading => FormSheet.CreateTextCell(heading, FormStyle.ColumnHeading))),
                .. content.Report.Tables.Select((table, i) => FormSheet.CreateRow(
                    FirstRow + 1 + i,
                    FormSheet.CreateTextCell(GetSheetName(i), FormStyle.Link),
                    FormSheet.CreateTextCell(table.Title, FormStyle.Label),
                    FormSheet.CreateTextCell(sections[table.Id], FormStyle.Label))),
            ],
            [14, 70, 50])
        {
            Grids = [new FormGrid("contents", FirstRow, FirstRow + content.Report.Tables.Count, headings)],
            Links = [.. content.Report.Tables.Select((_, i) => (new CellRef(null, FirstRow + 1 + i, 1).Address, GetSheetName(i)))],
        };
    }

    private static FormSheet CreateNotes(ReportDocument content, HeadlinesDocument year)
    {
        (string Name, string Text)[] notes =
        [
            .. ReportText.Symbols,
            .. content.Report.Notes.SelectMany(note => note.Text, (note, text) => (note.Title, text)),
            .. year.Headlines.Where(headline => headline.Notes.Count > 0).Select(headline => (headline.Title, string.Join(' ', headline.Notes))),
        ];
        string[] headings = ["Symbol or subject", "Note"];
        return new FormSheet(
            NotesSheet,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell(NotesSheet, FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell("This sheet contains one table. It explains the symbols, and what to know about the figures.", FormStyle.Plain)),
                FormSheet.CreateRow(FirstRow, headings.Select(heading => FormSheet.CreateTextCell(heading, FormStyle.ColumnHeading))),
                .. notes.Select((note, i) => FormSheet.CreateRow(FirstRow + 1 + i, FormSheet.CreateTextCell(note.Name, FormStyle.Label), FormSheet.CreateTextCell(note.Text, FormStyle.Label))),
            ],
            [40, 90])
        {
            Grids = [new FormGrid("notes", FirstRow, FirstRow + notes.Length, headings)],
        };
    }
}

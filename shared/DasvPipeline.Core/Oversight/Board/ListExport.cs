using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>A list of the manager's pages to download, as it is shown. The same list gives the same bytes.</summary>
/// <param name="Header">The headings, each different.</param>
public sealed record ListExport(string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int HeadingRow = 2;
    private const double NameWidth = 44;
    private const double ValueWidth = 24;

    /// <summary>The columns at the start that have names, and are wider.</summary>
    public int NameColumns { get; init; } = 2;

    public byte[] ToCsv() => CsvExport.Write([.. Header], Rows.Select(row => row.ToArray()));

    public byte[] ToXlsx(string publisher)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            CoreProperties.Write(document.AddNewPart<CoreFilePropertiesPart>(CoreProperties.ContentType, "rId2"), Title, publisher);
            var book = document.AddNewPart<WorkbookPart>(FormWorkbook.MainType, "rId1");
            book.Workbook = new Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), new Sheets());
            book.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = CreateStylesheet();
            CreateSheet().AddTo(book);
        }

        return StablePackage.Normalise(stream);
    }

    private FormSheet CreateSheet() => new(
        Title,
        [
            FormSheet.CreateRow(1, FormSheet.CreateTextCell(Title, FormStyle.Title)),
            FormSheet.CreateRow(HeadingRow, Header.Select(heading => FormSheet.CreateTextCell(heading, FormStyle.ColumnHeading))),
            .. Rows.Select((row, i) => FormSheet.CreateRow(HeadingRow + 1 + i, row.Select(text => FormSheet.CreateTextCell(text, FormStyle.Label)))),
        ],
        [.. Header.Select((_, i) => i < NameColumns ? NameWidth : ValueWidth)])
    {
        IsProtected = false,
        Grids = Rows.Count == 0 ? [] : [new FormGrid("list", HeadingRow, HeadingRow + Rows.Count, Header)],
        FrozenRows = HeadingRow,
    };
}

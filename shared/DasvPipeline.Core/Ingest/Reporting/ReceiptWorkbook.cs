using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Forms;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Reporting;

/// <summary>
/// Writes the receipt of an accepted version as a workbook to keep: what was sent, what was accepted as we understood it, and the queries with
/// their explanations. The same receipt gives the same bytes.
/// </summary>
public static class ReceiptWorkbook
{
    private const int HeadingRow = 3;

    /// <param name="facts">The lines of the first sheet, such as the reference and the time.</param>
    public static byte[] Write(string publisher, Form form, SubmissionReport report, IReadOnlyList<(string Label, string Text)> facts)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(report);
        var tables = ParsedTable.Create(form, report).Select((table, i) => CreateTable(table, i + 1)).ToList();
        var queries = report.Findings.Where(finding => finding.Severity == "query").ToList();
        List<FormSheet> sheets = [CreateFacts(form, facts), .. tables, .. queries.Count == 0 ? Array.Empty<FormSheet>() : [CreateQueries(queries)]];
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            CoreProperties.Write(document.AddNewPart<CoreFilePropertiesPart>(CoreProperties.ContentType, "rId2"), $"Receipt: {form.Title}", publisher);
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

    private static FormSheet CreateFacts(Form form, IReadOnlyList<(string Label, string Text)> facts) => new(
        "Receipt",
        [
            FormSheet.CreateRow(1, FormSheet.CreateTextCell($"Receipt: {form.Title}", FormStyle.Title)),
            FormSheet.CreateRow(2, FormSheet.CreateTextCell("The next sheets have the figures that we accepted.", FormStyle.Plain)),
            .. facts.Select((fact, i) => FormSheet.CreateRow(HeadingRow + i, FormSheet.CreateTextCell(fact.Label, FormStyle.Heading), FormSheet.CreateTextCell(fact.Text, FormStyle.Wrapped))),
        ],
        [24, 70]);

    private static FormSheet CreateTable(ParsedTable table, int number)
    {
        IReadOnlyList<string> columns = table.Columns.Count == 0 ? ["Figure"] : table.Columns;
        string[] headings = [.. columns.Prepend("What is counted")];
        return CreateSheet(
            string.Create(CultureInfo.InvariantCulture, $"Table {number}"),
            table.Title,
            headings,
            [.. table.Rows.Select(row => row.Figures.Prepend(row.Label))],
            [46, .. columns.Select(_ => 20d)]);
    }

    private static FormSheet CreateQueries(IReadOnlyList<ReportedFinding> queries) => CreateSheet(
        "Queries",
        "Queries about these figures",
        ["Where", "Query", "Explanation"],
        [.. queries.Select(query => new[] { query.Heading, query.Message, query.Explanation ?? "not explained yet" })],
        [30, 60, 40]);

    private static FormSheet CreateSheet(string name, string title, IReadOnlyList<string> headings, IReadOnlyList<IEnumerable<string>> rows, IReadOnlyList<double> widths) => new(
        name,
        [
            FormSheet.CreateRow(1, FormSheet.CreateTextCell(title, FormStyle.Title)),
            FormSheet.CreateRow(2, FormSheet.CreateTextCell("This sheet contains one table.", FormStyle.Plain)),
            FormSheet.CreateRow(HeadingRow, headings.Select(heading => FormSheet.CreateTextCell(heading, FormStyle.ColumnHeading))),
            .. rows.Select((row, i) => FormSheet.CreateRow(HeadingRow + 1 + i, row.Select(text => FormSheet.CreateTextCell(text, FormStyle.Label)))),
        ],
        widths)
    {
        Grids = [new FormGrid(name.Replace(' ', '_').ToLowerInvariant(), HeadingRow, HeadingRow + rows.Count, headings)],
    };
}

using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Publish.Formats;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Publish.Report.Spreadsheet;

/// <summary>Creates the sheet of one table: numbers as numbers, and a column of notes for symbols next to a number.</summary>
internal static class ReportTableSheet
{
    private const int HeadingRow = 5;
    private const double LabelWidth = 50;
    private const double NumberWidth = 16;
    private const double NotesWidth = 60;
    private const string PercentUnit = "percent";

    public static FormSheet Create(ReportDocument content, ReportTableElement table, string name)
    {
        var cells = table.Cells.ToLookup(cell => cell.Row, StringComparer.Ordinal);
        var columns = table.Columns.ToDictionary(column => column.Id, column => table.Columns.Count == 1 ? content.Period.Id : column.Label, StringComparer.Ordinal);
        var hasNotes = table.Cells.Any(HasMarkedNumber);
        string[] headings = ["Figure", .. table.Columns.Select(column => columns[column.Id]), "Unit", .. hasNotes ? ["Notes"] : Array.Empty<string>()];
        return new FormSheet(
            name,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell($"{name}: {table.Title}, {content.Period.Id}", FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell("This sheet contains one table. Symbols such as [c], [x] and [z] are explained on the sheet Notes.", FormStyle.Plain)),
                FormSheet.CreateRow(3, FormSheet.CreateTextCell(ReportText.DescribeStage(content.Stage) + ".", FormStyle.Plain)),
                FormSheet.CreateRow(4, FormSheet.CreateTextCell(string.Join(' ', table.Notes.Append(ReportText.DescribeSources(table))), FormStyle.Plain)),
                FormSheet.CreateRow(HeadingRow, headings.Select(heading => FormSheet.CreateTextCell(heading, FormStyle.ColumnHeading))),
                .. table.Rows.Select((row, i) => FormSheet.CreateRow(
                    HeadingRow + 1 + i,
                    [
                        FormSheet.CreateTextCell(row.Label, FormStyle.Label),
                        .. cells[row.Id].Select(CreateCell),
                        FormSheet.CreateTextCell(DescribeUnit([.. cells[row.Id]]), FormStyle.Label),
                        .. hasNotes ? [FormSheet.CreateTextCell(DescribeMarkers(cells[row.Id], columns), FormStyle.Label)] : Array.Empty<Cell>(),
                    ])),
            ],
            [LabelWidth, .. table.Columns.Select(_ => NumberWidth), NumberWidth + 4, .. hasNotes ? [NotesWidth] : Array.Empty<double>()])
        {
            Grids = [new FormGrid($"table_{table.Id.Replace('-', '_')}", HeadingRow, HeadingRow + table.Rows.Count, headings)],
        };
    }

    private static bool HasMarkedNumber(ReportCellElement cell) => cell.Value is not null && cell.Markers.Count > 0;

    private static Cell CreateCell(ReportCellElement cell) => cell.Value is not { } value ? FormSheet.CreateTextCell(cell.Text, FormStyle.Symbol)
        : cell.Unit == PercentUnit ? FormSheet.CreateNumberCell(value / 100, value == decimal.Truncate(value) ? FormStyle.FigurePercent : FormStyle.FigureExactPercent)
        : FormSheet.CreateNumberCell(value, value == decimal.Truncate(value) ? FormStyle.Figure : FormStyle.FigureDecimal);

    private static string DescribeUnit(IReadOnlyList<ReportCellElement> cells) => string.Join(", ", cells.Select(cell => cell.Unit).Distinct());

    /// <summary>A number with a symbol stays a number: the symbol is in the notes of its row.</summary>
    private static string DescribeMarkers(IEnumerable<ReportCellElement> cells, Dictionary<string, string> columns)
    {
        var notes = cells.Where(HasMarkedNumber).Select(cell => $"{columns[cell.Column]}: {string.Join(' ', cell.Markers.Select(letter => $"[{letter}]"))}").ToList();
        return notes.Count == 0 ? "No notes" : string.Join("; ", notes);
    }
}

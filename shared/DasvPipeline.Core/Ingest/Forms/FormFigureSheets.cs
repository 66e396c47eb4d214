using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>Creates the sheets of a form that people fill in: one for a few tables with the same columns, and otherwise one for each table.</summary>
internal static class FormFigureSheets
{
    private const string SharedSheet = "Figures";
    private const string Symbols = "[x] means not available, [z] does not apply, and 37 approx is an estimate. Explain figures in the Notes column.";
    private const int MaxSheetNameLength = 31;
    private const int PeriodRow = 2;

    // On a longer sheet, people do not find their place.
    private const int MaxTables = 4;
    private const int MaxRows = 30;

    /// <param name="earlier">The earlier figures that are shown next to the cells, nearest first.</param>
    /// <param name="explanations">The range of the suggestions for the notes, or null if there are none.</param>
    public static IReadOnlyList<FormSheet> Create(PartnershipCatalogue catalogue, Form form, Period period, IReadOnlyList<PreviousFigures> earlier, string? explanations)
    {
        var taken = new HashSet<string>([FormIdentity.SheetName, FormWorkbook.ExplanationsSheet], StringComparer.OrdinalIgnoreCase);
        List<(string Title, IReadOnlyList<FormTableLayout> Tables)> plans = IsOnOneSheet(form)
            ? [(form.Title, PlaceTables(form.Tables, SharedSheet))]
            : [.. form.Tables.Select(table => (table.Title, PlaceTables([table], CreateSheetName(table.Title, taken))))];
        var checks = new LiveChecks(catalogue, form, period, [.. plans.SelectMany(plan => plan.Tables)]);
        return plans.ConvertAll(plan => CreateSheet(plan.Title, plan.Tables, form, period, explanations, checks));

        IReadOnlyList<FormTableLayout> PlaceTables(IReadOnlyList<FormTable> tables, string sheet)
        {
            var placed = new List<FormTableLayout>();
            foreach (var table in tables)
            {
                var rowAbove = placed is [.., var last] ? last.LastRow : PeriodRow + Lines(tables.Count).Length;
                placed.Add(FormTableLayout.Create(catalogue, table, period, earlier, sheet, rowAbove, hasTitle: tables.Count > 1));
            }

            return placed;
        }
    }

    /// <summary>Returns true for a few tables whose columns are below each other.</summary>
    private static bool IsOnOneSheet(Form form) => form.Tables.Length is > 1 and <= MaxTables
        && form.Tables.Sum(table => table.Rows.Length) <= MaxRows && form.Tables.All(table => table.Columns.Length == form.Tables[0].Columns.Length);

    private static string[] Lines(int tables) =>
        [$"This sheet contains {(tables == 1 ? "one table" : Plural.Format(tables, "table"))}. Fill in the cells with a thick border. Enter 0 if there were none.", Symbols];

    private static FormSheet CreateSheet(string title, IReadOnlyList<FormTableLayout> tables, Form form, Period period, string? explanations, LiveChecks checks)
    {
        var columns = tables.Max(table => table.Columns.Count);
        return new FormSheet(
            tables[0].Sheet,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell(title, FormStyle.Title)),
                FormSheet.CreateRow(PeriodRow, FormSheet.CreateTextCell(period.Label, FormStyle.Period)),
                .. Lines(tables.Count).Select((line, i) => FormSheet.CreateRow(PeriodRow + 1 + i, FormSheet.CreateTextCell(line, FormStyle.Plain))),
                .. tables.SelectMany(table => (IEnumerable<DocumentFormat.OpenXml.Spreadsheet.Row>)
                [
                    .. table.TitleRow == 0 ? Array.Empty<DocumentFormat.OpenXml.Spreadsheet.Row>() : [FormSheet.CreateRow(table.TitleRow, FormSheet.CreateTextCell(table.Table.Title, FormStyle.Section))],
                    .. table.Lines.Select((line, i) => FormSheet.CreateRow(table.FirstLine + i, FormSheet.CreateTextCell(line, FormStyle.Plain))),
                    .. new FormTableRows(table, checks).Create(),
                ]),
            ],
            [.. Enumerable.Range(0, columns).Select(column => tables.Max(table => column < table.Columns.Count ? table.Columns[column].Width : 0))])
        {
            Grids = [.. tables.Select(table => new FormGrid($"table_{table.Table.Id.Replace('-', '_')}", table.HeadingRow, table.LastRow, [.. table.Columns.Select(column => column.Heading)]))],
            FrozenRows = tables.Count == 1 ? null : PeriodRow,
            CheckRanges = [.. tables.Select(table => RangeOf(table, FormColumnKind.Check))],
            Footer = $"{form.Title}, {period.Label}",
            Validations =
            [
                .. tables.SelectMany(table => table.Table.Cells.GroupBy(cell => cell.Measure).Select(group => FormValidations.CreateForFigures(
                    group.Key, table.Table.Scale, [.. group.Select(cell => (table.FirstRow + cell.Row, table.ColumnOf(FormColumnKind.Figure, cell.Column)))]))),
                FormValidations.CreateForNotes(explanations, [.. tables.SelectMany(table => table.Table.Rows.Select((_, row) => (table.FirstRow + row, table.ColumnOf(FormColumnKind.Notes))))]),
            ],
        };
    }

    private static string RangeOf(FormTableLayout table, FormColumnKind kind) => string.Create(
        CultureInfo.InvariantCulture, $"{new CellRef(null, table.FirstRow, table.ColumnOf(kind)).Address}:{new CellRef(null, table.LastRow, table.ColumnOf(kind)).Address}");

    /// <summary>Returns a valid and unique sheet name: at most 31 characters, and none of <c>: \ / ? * [ ]</c>.</summary>
    private static string CreateSheetName(string title, HashSet<string> taken)
    {
        var clean = string.Join(' ', title.Split([':', '\\', '/', '?', '*', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var name = clean[..Math.Min(clean.Length, MaxSheetNameLength)].Trim();
        for (var i = 2; !taken.Add(name); i++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" {i}");
            name = clean[..Math.Min(clean.Length, MaxSheetNameLength - suffix.Length)].Trim() + suffix;
        }

        return name;
    }
}

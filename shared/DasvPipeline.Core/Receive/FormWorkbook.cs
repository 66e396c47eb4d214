using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Receive.FormStyles;

namespace DasvPipeline.Core.Receive;

/// <summary>
/// Writes the blank form of a return for a period: a sheet that says what it is and how to fill it in, and a sheet for
/// each table with its cells to fill in unlocked and coloured, a place for notes, and totals that add themselves up.
/// </summary>
public static class FormWorkbook
{
    private const int FirstRow = 5;
    private const int LongestSheetName = 31;
    private const uint A4 = 9;

    // In points; a column's width is in digits of the ordinary font, which are wider than most letters.
    private const double LineHeight = 15;
    private const double TitleHeight = 24;
    private const double LettersPerWidth = 1.1;

    public static byte[] Write(PartnershipCatalogue catalogue, Form form, Period period)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Make();
            AddSheet(book, FormIdentity.SheetName, About(catalogue, form, period), [24, 90]);
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { FormIdentity.SheetName };
            foreach (var table in form.Tables)
            {
                AddSheet(book, SheetName(table.Title, names), Table(table, period), [46, .. table.Columns.Select(_ => 16d), 32, 56]);
            }
        }

        return stream.ToArray();
    }

    private static List<Row> About(PartnershipCatalogue catalogue, Form form, Period period)
    {
        var due = form.DueFor(period).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        (string Label, string Text)[] lines =
        [
            (FormIdentity.ReturnLabel, form.Return.ToString()),
            (FormIdentity.PeriodLabel, period.ToString()),
            (FormIdentity.VersionLabel, form.Version.ToString(CultureInfo.InvariantCulture)),
            ("From", catalogue.NameOf(form.Return.Agency)),
            ("For", period.Label),
            ("Due by", due),
            ("Filling it in", "Fill in the coloured cells on the other sheets. Enter 0 where there was none: a blank means that the figure was not supplied."),
            ("Not available", "Enter [x] where a figure is not available, and [z] where it does not apply."),
            ("Estimates", "Write an estimate as, for example, 37 approx."),
            ("Small numbers", "Enter them as they are. They are hidden before anything is published."),
            ("No people", "Figures only: no names, dates of birth, addresses or numbers that belong to one person."),
            .. form.Guidance is { } guidance ? [("About these figures", guidance)] : Array.Empty<(string, string)>(),
        ];
        return
        [
            Line(1, Text(form.Title, Style.Title)),
            .. lines.Select((line, i) => Line((uint)i + 3, Text(line.Label, Style.Heading), Text(line.Text, Style.Wrapped))),
        ];
    }

    private static List<Row> Table(FormTable table, Period period)
    {
        var rows = new List<Row>
        {
            Line(1, Text(table.Title, Style.Title)),
            Line(2, Text(period.Label, Style.Plain)),
            Line(
                FirstRow - 1,
                [
                    Text(string.Empty, Style.ColumnHeading),
                    .. table.Columns.Select(column => Text(column.Label, Style.ColumnHeading)),
                    Text("Notes", Style.ColumnHeading),
                    Text("What to count", Style.ColumnHeading),
                ]),
        };
        for (var row = 0; row < table.Rows.Length; row++)
        {
            var at = row;
            rows.Add(Line(
                (uint)(FirstRow + row),
                [
                    Text(table.Rows[row].Label, table.Rows[row].IsTotal ? Style.ColumnHeading : Style.Label),
                    .. table.Columns.Select((_, column) => table[at, column] is { } asked ? Input(asked) : Sum(table, at, column)),
                    Text(string.Empty, Style.Notes),
                    Text(row > 0 && Guidance(table, row) == Guidance(table, row - 1) ? string.Empty : Guidance(table, row), Style.Label),
                ]));
        }

        return rows;
    }

    /// <summary>What to count in a row; where its columns count different things, each with its column's label.</summary>
    private static string Guidance(FormTable table, int row)
    {
        var given = table.Columns.Select((column, i) => (column.Label, Text: table[row, i]?.Measure.Guidance)).Where(item => item.Text is not null).ToList();
        return given.DistinctBy(item => item.Text).Count() < 2
            ? given.Select(item => item.Text).FirstOrDefault() ?? string.Empty
            : string.Join(' ', given.Select(item => $"{item.Label}: {item.Text}"));
    }

    private static Cell Input(FormCell asked) => new()
    {
        StyleIndex = (uint)(asked.Measure.Quantity == Quantity.Percent ? Style.InputPercent : Style.Input),
    };

    /// <summary>A total row adds its column, a total column its row; where they meet, the column.</summary>
    private static Cell Sum(FormTable table, int row, int column)
    {
        var isRow = table.Rows[row].IsTotal;
        var parts = isRow
            ? Enumerable.Range(0, table.Rows.Length).Where(other => !table.Rows[other].IsTotal).Select(other => (Row: FirstRow + other, Column: column + 2))
            : Enumerable.Range(0, table.Columns.Length).Where(other => !table.Columns[other].IsTotal).Select(other => (Row: FirstRow + row, Column: other + 2));
        var addresses = parts.Select(part => new CellRef(null, part.Row, part.Column).Address);
        return new Cell { StyleIndex = (uint)Style.Total, CellFormula = new CellFormula($"SUM({string.Join(',', addresses)})") };
    }

    private static Row Line(uint number, params IEnumerable<Cell> cells)
    {
        var row = new Row { RowIndex = number };
        var column = 0;
        foreach (var cell in cells)
        {
            cell.CellReference = new CellRef(null, (int)number, ++column).Address;
            row.Append(cell);
        }

        return row;
    }

    private static Cell Text(string text, Style style) => text.Length == 0
        ? new Cell { StyleIndex = (uint)style }
        : new Cell { StyleIndex = (uint)style, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    private static void AddSheet(WorkbookPart book, string name, List<Row> rows, IReadOnlyList<double> widths)
    {
        var part = book.AddNewPart<WorksheetPart>();
        rows.ForEach(row => SetHeight(row, widths));
        var columns = new Columns(widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true }));
        part.Worksheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            columns,
            new SheetData(rows),
            new SheetProtection { Sheet = true, FormatColumns = false, FormatRows = false },
            new PageSetup { PaperSize = A4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        var sheets = book.Workbook!.Sheets!;
        sheets.Append(new DocumentFormat.OpenXml.Spreadsheet.Sheet
        {
            Id = book.GetIdOfPart(part),
            SheetId = (uint)sheets.ChildElements.Count + 1,
            Name = name,
        });
    }

    /// <summary>Programs that open a workbook do not all make room for the lines that a wrapped text takes.</summary>
    private static void SetHeight(Row row, IReadOnlyList<double> widths)
    {
        var cells = row.Elements<Cell>().ToList();
        var isTitle = cells.Exists(cell => cell.StyleIndex?.Value == (uint)Style.Title);
        var lines = cells.Select((cell, column) => (Text: cell.InlineString?.InnerText ?? string.Empty, Width: widths[column]))
            .Max(cell => Math.Ceiling(cell.Text.Length / (cell.Width * LettersPerWidth)));
        row.Height = isTitle ? TitleHeight : LineHeight * Math.Max(lines, 1);
        row.CustomHeight = true;
    }

    /// <summary>A name that a workbook can have: 31 characters, none of <c>: \ / ? * [ ]</c>, none twice.</summary>
    private static string SheetName(string title, HashSet<string> taken)
    {
        var clean = string.Join(' ', title.Split([':', '\\', '/', '?', '*', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var name = clean[..Math.Min(clean.Length, LongestSheetName)];
        for (var i = 2; !taken.Add(name); i++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $" {i}");
            name = clean[..Math.Min(clean.Length, LongestSheetName - ending.Length)] + ending;
        }

        return name;
    }
}

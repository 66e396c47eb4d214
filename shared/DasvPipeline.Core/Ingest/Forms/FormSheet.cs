using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>A sheet of a form: its cells, validation rules, links and table.</summary>
/// <param name="Widths">The widths of the columns, in digits of the normal font.</param>
internal sealed record FormSheet(string Name, IReadOnlyList<Row> Rows, IReadOnlyList<double> Widths)
{
    private const uint A4 = 9;

    // Heights are in points. A digit is wider than most letters.
    private const double LineHeight = 18;
    private const double TitleHeight = 24;
    private const double LettersPerWidth = 1.1;
    private const double BoldLettersPerWidth = 0.8; // short lines break early

    /// <summary>The cells that are marked up as a table, or null on a sheet without one.</summary>
    public FormGrid? Grid { get; init; }

    /// <summary>True if people can only change the cells to fill in.</summary>
    public bool IsProtected { get; init; } = true;

    public IReadOnlyList<DataValidation> Validations { get; init; } = [];

    /// <summary>The cells that link to another sheet of the form.</summary>
    public IReadOnlyList<(string Cell, string Sheet)> Links { get; init; } = [];

    public static Row CreateRow(int number, params IEnumerable<Cell> cells)
    {
        var row = new Row { RowIndex = (uint)number };
        var column = 0;
        foreach (var cell in cells)
        {
            cell.CellReference = new CellRef(null, number, ++column).Address;
            row.Append(cell);
        }

        return row;
    }

    public static Cell CreateTextCell(string text, FormStyle style) => text.Length == 0
        ? new Cell { StyleIndex = (uint)style }
        : new Cell { StyleIndex = (uint)style, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    public static Cell CreateNumberCell(decimal value, FormStyle style) => new() { StyleIndex = (uint)style, CellValue = new CellValue(value) };

    /// <summary>Adds the sheet at the end of a workbook.</summary>
    public void AddTo(WorkbookPart book)
    {
        var sheets = book.Workbook!.Sheets!;
        var number = (uint)sheets.ChildElements.Count + 1;
        var part = book.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"sheet{number}"));
        foreach (var row in Rows)
        {
            SetHeight(row);
        }

        part.Worksheet = new Worksheet(new OpenXmlElement?[]
        {
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(View(isFirst: number == 1)),
            new Columns(Widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })),
            new SheetData(Rows),
            !IsProtected ? null : new SheetProtection { Sheet = true, FormatColumns = false, FormatRows = false },
            Validations.Count == 0 ? null : new DataValidations(Validations) { Count = (uint)Validations.Count },
            Links.Count == 0 ? null : new Hyperlinks(Links.Select(link => new Hyperlink { Reference = link.Cell, Location = $"{QuoteName(link.Sheet)}!A1", Display = link.Sheet })),
            new PageSetup { PaperSize = A4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 },
            Grid is null ? null : new TableParts(new TablePart { Id = Grid.AddTo(part, number) }) { Count = 1 },
        }.OfType<OpenXmlElement>());
        sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = number, Name = Name });
    }

    public static string QuoteName(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Freezes the headings of a table. The form opens at the start of its first sheet.</summary>
    private SheetView View(bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, TabSelected = isFirst ? true : null };
        if (Grid is not null)
        {
            view.Append(new Pane
            {
                VerticalSplit = Grid.FirstRow,
                TopLeftCell = new CellRef(null, Grid.FirstRow + 1, 1).Address,
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        view.Append(new Selection { Pane = Grid is null ? null : PaneValues.BottomLeft, ActiveCell = "A1", SequenceOfReferences = new ListValue<StringValue> { InnerText = "A1" } });
        return view;
    }

    /// <summary>Sets the height of a row, because some programs do not adapt it to wrapped text.</summary>
    private void SetHeight(Row row)
    {
        var cells = row.Elements<Cell>().ToList();
        var isTitle = cells.Exists(cell => cell.StyleIndex?.Value == (uint)FormStyle.Title);
        var lines = cells.Select((cell, column) => Lines(cell, Widths[column])).Max();
        row.Height = isTitle ? TitleHeight : LineHeight * Math.Max(lines, 1);
        row.CustomHeight = true;
    }

    private static double Lines(Cell cell, double width) => (FormStyle?)cell.StyleIndex?.Value is null or FormStyle.Plain or FormStyle.Link
        ? 1
        : Math.Ceiling((cell.InlineString?.InnerText.Length ?? 0) / (width * (cell.StyleIndex!.Value == (uint)FormStyle.ColumnHeading ? BoldLettersPerWidth : LettersPerWidth)));
}

/// <summary>The cells of a sheet that are marked up as a table, for screen readers.</summary>
/// <param name="Name">The name of the table: letters, digits, dots and underscores.</param>
/// <param name="FirstRow">The row of the headings. The table starts in the first column.</param>
internal sealed record FormGrid(string Name, int FirstRow, int LastRow, IReadOnlyList<string> Headings)
{
    /// <summary>Adds the table to a sheet.</summary>
    /// <returns>The id of the part.</returns>
    public string AddTo(WorksheetPart sheet, uint number)
    {
        var part = sheet.AddNewPart<TableDefinitionPart>("table");
        part.Table = new Table(
            new TableColumns(Headings.Select((heading, i) => new TableColumn { Id = (uint)i + 1, Name = heading })) { Count = (uint)Headings.Count },
            new TableStyleInfo { ShowFirstColumn = true, ShowLastColumn = false, ShowRowStripes = false, ShowColumnStripes = false })
        {
            Id = number,
            Name = Name,
            DisplayName = Name,
            Reference = string.Create(CultureInfo.InvariantCulture, $"A{FirstRow}:{new CellRef(null, LastRow, Headings.Count).Address}"),
            TotalsRowShown = false,
        };
        return sheet.GetIdOfPart(part);
    }
}

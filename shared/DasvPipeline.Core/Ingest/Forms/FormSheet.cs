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
    private const double LineHeight = 17;
    private const double Padding = 8;
    private const double TitleHeight = 32;
    private const double PeriodHeight = 36;
    private const double SectionHeight = 40; // separates it from the table above
    private const double LettersPerWidth = 1.12;
    private const double BoldLettersPerWidth = 0.95;
    private const double PointsPerWidth = 6.7;

    // The printed part of an A4 page, in points, and the margins, in inches.
    private const double ShortSide = 538;
    private const double LongSide = 750;
    private const double PageMargin = 0.4;

    // A sheet that is too long for one page in readable size goes on to another page, with its headings.
    private const double MinScale = 0.5;

    /// <summary>The cells that are marked up as tables.</summary>
    public IReadOnlyList<FormGrid> Grids { get; init; } = [];

    /// <summary>The number of rows that stay visible and are printed on each page. Those above the figures of a table, if it is the only one.</summary>
    public int? FrozenRows { get; init; }

    /// <summary>The cells of live checks. Those that show a problem are bold.</summary>
    public IReadOnlyList<string> CheckRanges { get; init; } = [];

    /// <summary>The text at the foot of each printed page; null for none.</summary>
    public string? Footer { get; init; }

    private int HeadRows => FrozenRows ?? (Grids is [var only, ..] ? only.FirstRow : 0);

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
        var tables = (uint)book.WorksheetParts.Sum(sheet => sheet.TableDefinitionParts.Count());
        var part = book.AddNewPart<WorksheetPart>(string.Create(CultureInfo.InvariantCulture, $"sheet{number}"));
        foreach (var row in Rows)
        {
            SetHeight(row);
        }

        var (orientation, isOnePage) = ChoosePage();
        part.Worksheet = new Worksheet(new OpenXmlElement?[]
        {
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(View(isFirst: number == 1)),
            new Columns(Widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })),
            new SheetData(Rows),
            !IsProtected ? null : new SheetProtection { Sheet = true, FormatColumns = false, FormatRows = false },
            CheckRanges.Count == 0 ? null : CreateCheckFormat(),
            Validations.Count == 0 ? null : new DataValidations(Validations) { Count = (uint)Validations.Count },
            Links.Count == 0 ? null : new Hyperlinks(Links.Select(link => new Hyperlink { Reference = link.Cell, Location = $"{QuoteName(link.Sheet)}!A1", Display = link.Sheet })),
            new PageMargins { Left = PageMargin, Right = PageMargin, Top = PageMargin, Bottom = PageMargin * 2, Header = PageMargin, Footer = PageMargin },
            new PageSetup { PaperSize = A4, Orientation = orientation, FitToWidth = 1, FitToHeight = isOnePage ? 1u : 0u },
            Footer is null ? null : new HeaderFooter(new OddFooter($"&L{Footer.Replace("&", "&&", StringComparison.Ordinal)}&RPage &P of &N")),
            Grids.Count == 0 ? null : new TableParts(Grids.Select((grid, i) => new TablePart { Id = grid.AddTo(part, tables + (uint)i + 1) })) { Count = (uint)Grids.Count },
        }.OfType<OpenXmlElement>());
        sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = number, Name = Name });
        if (HeadRows > 0)
        {
            AddPrintTitles(book.Workbook, number - 1);
        }
    }

    /// <summary>Chooses the page on which the sheet is printed in larger letters, and whether it fits on one.</summary>
    private (OrientationValues Orientation, bool IsOnePage) ChoosePage()
    {
        var (width, height) = (Widths.Sum() * PointsPerWidth, Rows.Sum(row => row.Height!.Value));
        var (landscape, portrait) = (Math.Min(LongSide / width, ShortSide / height), Math.Min(ShortSide / width, LongSide / height));
        return Math.Max(landscape, portrait) < MinScale ? (OrientationValues.Landscape, false) : (portrait > landscape ? OrientationValues.Portrait : OrientationValues.Landscape, true);
    }

    /// <summary>Repeats the first rows on each printed page.</summary>
    private void AddPrintTitles(DocumentFormat.OpenXml.Spreadsheet.Workbook workbook, uint index)
    {
        var names = workbook.GetFirstChild<DefinedNames>();
        if (names is null)
        {
            names = new DefinedNames();
            workbook.InsertAfter(names, workbook.Sheets);
        }

        names.Append(new DefinedName(string.Create(CultureInfo.InvariantCulture, $"{QuoteName(Name)}!$1:${HeadRows}")) { Name = "_xlnm.Print_Titles", LocalSheetId = index });
    }

    private ConditionalFormatting CreateCheckFormat()
    {
        var first = CheckRanges[0].Split(':')[0];
        return new ConditionalFormatting(
            new ConditionalFormattingRule(new Formula($"AND(LEN({first})>0,{first}<>\"OK\")")) { Type = ConditionalFormatValues.Expression, FormatId = 0, Priority = 1 })
        {
            SequenceOfReferences = new ListValue<StringValue> { InnerText = string.Join(' ', CheckRanges) },
        };
    }

    public static string QuoteName(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Freezes the headings of a table. The form opens at the start of its first sheet.</summary>
    private SheetView View(bool isFirst)
    {
        var view = new SheetView { WorkbookViewId = 0, TabSelected = isFirst ? true : null };
        if (HeadRows > 0)
        {
            view.Append(new Pane
            {
                VerticalSplit = HeadRows,
                TopLeftCell = new CellRef(null, HeadRows + 1, 1).Address,
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        view.Append(new Selection { Pane = HeadRows == 0 ? null : PaneValues.BottomLeft, ActiveCell = "A1", SequenceOfReferences = new ListValue<StringValue> { InnerText = "A1" } });
        return view;
    }

    /// <summary>Sets the height of a row, because some programs do not adapt it to wrapped text.</summary>
    private void SetHeight(Row row)
    {
        var cells = row.Elements<Cell>().ToList();
        row.Height = cells.Select((cell, column) => (FormStyle?)cell.StyleIndex?.Value switch
        {
            FormStyle.Title => TitleHeight,
            FormStyle.Period => PeriodHeight,
            FormStyle.Section => SectionHeight,
            FormStyle.Plain or FormStyle.Link or null => LineHeight + 2,
            var style => Padding + (LineHeight * Wrap(cell.InlineString?.InnerText ?? string.Empty, (Widths[column] - 1) * (style is FormStyle.ColumnHeading or FormStyle.TotalLabel ? BoldLettersPerWidth : LettersPerWidth)).Count),
        }).Max();
        row.CustomHeight = true;
    }

    /// <summary>Breaks a text between words into lines of at most some letters.</summary>
    public static IReadOnlyList<string> Wrap(string text, double letters)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= letters)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}

/// <summary>The cells of a sheet that are marked up as a table, for screen readers.</summary>
/// <param name="Name">The name of the table: letters, digits, dots and underscores.</param>
/// <param name="FirstRow">The row of the headings. The table starts in the first column.</param>
internal sealed record FormGrid(string Name, int FirstRow, int LastRow, IReadOnlyList<string> Headings)
{
    /// <summary>Adds the table to a sheet.</summary>
    /// <param name="number">A number that no other table of the workbook has.</param>
    /// <returns>The id of the part.</returns>
    public string AddTo(WorksheetPart sheet, uint number)
    {
        var part = sheet.AddNewPart<TableDefinitionPart>(string.Create(CultureInfo.InvariantCulture, $"table{number}"));
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

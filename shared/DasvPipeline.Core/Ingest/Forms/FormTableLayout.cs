using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>What a column of a form's table has.</summary>
internal enum FormColumnKind
{
    Label,
    Figure,

    /// <summary>The accepted figures of an earlier period, for comparison.</summary>
    Earlier,

    /// <summary>The live checks of a row.</summary>
    Check,
    Notes,
    Guidance,
}

/// <summary>A column of a form's table.</summary>
/// <param name="TableColumn">The index of the table's column, for a figure.</param>
/// <param name="Earlier">The earlier figures, in a column of them.</param>
internal sealed record FormColumn(FormColumnKind Kind, string Heading, double Width, int TableColumn = -1, PreviousFigures? Earlier = null);

/// <summary>Where a table is in a form: its sheet, rows and columns. Formulas of other tables need its addresses before its cells are written.</summary>
internal sealed class FormTableLayout
{
    public const string CheckHeading = "Check";

    private const double FigureWidth = 14;
    private const string GuidanceHeading = "What to count";

    private FormTableLayout(FormTable table, string sheet, int rowAbove, bool hasTitle, IReadOnlyList<string> lines, IReadOnlyList<FormColumn> columns)
    {
        (Table, Sheet, Lines, Columns) = (table, sheet, lines, columns);
        TitleRow = hasTitle ? rowAbove + 1 : 0;
        FirstLine = rowAbove + (hasTitle ? 2 : 1);
    }

    public FormTable Table { get; }

    public string Sheet { get; }

    /// <summary>The row of the table's title; 0 if the title of the sheet is its title.</summary>
    public int TitleRow { get; }

    /// <summary>The row of the first of the lines above the headings.</summary>
    public int FirstLine { get; }

    /// <summary>The texts between the title and the headings.</summary>
    public IReadOnlyList<string> Lines { get; }

    public int HeadingRow => FirstLine + Lines.Count;

    public int FirstRow => HeadingRow + 1;

    public int LastRow => HeadingRow + Table.Rows.Length;

    public IReadOnlyList<FormColumn> Columns { get; }

    /// <summary>Creates the layout of a table.</summary>
    /// <param name="rowAbove">The last row above it.</param>
    /// <param name="hasTitle">True if its title is not that of the sheet.</param>
    /// <param name="earlier">The earlier figures that are shown, nearest first.</param>
    public static FormTableLayout Create(PartnershipCatalogue catalogue, FormTable table, Period period, IReadOnlyList<PreviousFigures> earlier, string sheet, int rowAbove, bool hasTitle)
    {
        var shared = FindSharedGuidance(table);
        List<FormColumn> columns = [new(FormColumnKind.Label, RowHeading(catalogue, table), 34)];
        for (var i = 0; i < table.Columns.Length; i++)
        {
            // The column of a list states its period, as the columns of earlier figures do.
            columns.Add(new FormColumn(FormColumnKind.Figure, table.IsList ? period.Label : table.Columns[i].Label, FigureWidth, i));
            if (!table.Columns[i].IsTotal)
            {
                columns.AddRange(earlier.Select(figures => new FormColumn(
                    FormColumnKind.Earlier, table.IsList ? figures.Period.Label : $"{table.Columns[i].Label}, {figures.Period.Label}", FigureWidth, i, figures)));
            }
        }

        columns.AddRange([new(FormColumnKind.Check, CheckHeading, 26), new(FormColumnKind.Notes, "Notes", 28)]);
        if (shared.Count == 0)
        {
            columns.Add(new FormColumn(FormColumnKind.Guidance, GuidanceHeading, 44));
        }

        string[] lines =
        [
            .. table.Scale == 1 ? Array.Empty<string>() : [$"Enter these figures in units of {table.Scale.ToString("#,0", CultureInfo.InvariantCulture)}."],
            .. table.Guidance is { } guidance ? [guidance] : Array.Empty<string>(),
            .. shared,
        ];
        var letters = columns.Sum(column => column.Width) * 1.1;
        return new FormTableLayout(table, sheet, rowAbove, hasTitle, [.. lines.SelectMany(line => FormSheet.Wrap(line, letters))], columns);
    }

    /// <summary>Returns the number of a column on the sheet; 0 if the table has no such column.</summary>
    public int ColumnOf(FormColumnKind kind, int tableColumn = -1, Period? earlier = null)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Kind == kind && (tableColumn < 0 || Columns[i].TableColumn == tableColumn) && (earlier is null || Columns[i].Earlier?.Period == earlier))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>Returns the address of a figure or total, for a formula on a sheet.</summary>
    public string AddressOf(int row, int tableColumn, string fromSheet)
    {
        var address = new CellRef(null, FirstRow + row, ColumnOf(FormColumnKind.Figure, tableColumn)).Address;
        return fromSheet == Sheet ? address : $"{FormSheet.QuoteName(Sheet)}!{address}";
    }

    /// <summary>Returns the guidance for a row. If its columns count different things, each is listed with its label.</summary>
    public string GuidanceOf(int row) => Table.Rows[row].IsTotal ? "The sum of the figures." : string.Join(' ', FindGuidance(Table, row));

    private static List<string> FindGuidance(FormTable table, int row)
    {
        var guidances = table.Columns.Select((column, i) => (column.Label, Text: table[row, i]?.Measure.Guidance)).Where(item => item.Text is not null).ToList();
        return guidances.DistinctBy(item => item.Text).Count() < 2 ? [.. guidances.Select(item => item.Text!).Take(1)] : guidances.ConvertAll(item => $"{item.Label}: {item.Text}");
    }

    /// <summary>Returns the guidance that is the same for all rows. It is written once above the table, and not in each row.</summary>
    private static List<string> FindSharedGuidance(FormTable table)
    {
        var rows = Enumerable.Range(0, table.Rows.Length).Where(row => !table.Rows[row].IsTotal).Select(row => FindGuidance(table, row)).ToList();
        return rows.Count == 1 || rows[0].Count == 0 || !rows.TrueForAll(row => row.SequenceEqual(rows[0])) ? []
            : rows[0].Count == 1 ? [$"{GuidanceHeading}: {rows[0][0]}"]
            : rows[0];
    }

    /// <summary>Returns the heading of the row labels: the title of their dimension, or "What is counted" if they are not all from one dimension.</summary>
    private static string RowHeading(PartnershipCatalogue catalogue, FormTable table)
    {
        var kinds = table.Rows.Where(row => !row.IsTotal)
            .Select(row => row.Coordinates is { Measure: null, Codes.Count: 1 } coordinates ? coordinates.Codes.First().Key : string.Empty).Distinct().ToList();
        return kinds is [{ Length: > 0 } dimension] ? catalogue.Dimensions[dimension].Title : "What is counted";
    }
}

using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds what the texts around a table say about the unit of its figures.</summary>
internal static class TableUnits
{
    /// <summary>The number of rows above the labels that are searched.</summary>
    private const int RowsAbove = ColumnHeadings.MaxRows + TableCaption.TitleRows;

    /// <summary>The number of rows below the table that are searched for a note.</summary>
    private const int RowsBelow = 4;

    /// <summary>The number of columns before the labels that are searched.</summary>
    private const int ColumnsBefore = 6;

    /// <summary>The number of columns after the table that are searched for a note.</summary>
    private const int ColumnsAfter = 3;

    /// <summary>Returns the first heading of a column that states a unit which the form does not ask for, or null.</summary>
    /// <param name="member">The index of the table's column, or null for a list.</param>
    public static UnitStatement? FindOtherUnit(FormLabels labels, FormTable table, int? member, List<Heading> headings) =>
        headings.Where(heading => !labels.IsKnown(table, heading.Name)).Select(heading => UnitStatement.FindInLabel(heading.Text, heading.At))
            .FirstOrDefault(unit => unit is not null && !Agrees(unit, table, member));

    /// <summary>Returns what the texts around a table say about the unit of all its figures.</summary>
    /// <param name="firstHeading">The highest row of column labels, in the view's coordinates.</param>
    /// <param name="lastColumn">The last column of the table, in the view's coordinates.</param>
    public static List<UnitStatement> FindAround(FormLabels labels, FormTable table, SheetView view, int labelColumn, int firstHeading, int firstRow, int lastRow, int lastColumn)
    {
        var left = Math.Max(1, labelColumn - ColumnsBefore);
        var found = new List<UnitStatement>();
        for (var row = firstRow - 1; row >= Math.Max(1, firstRow - RowsAbove); row--)
        {
            var name = view.LabelAt(row, labelColumn);
            if (labels.IsAnyRow(name) && !FormLabels.IsTotal(name))
            {
                break; // a table above
            }

            // The headings of columns are judged for each column. The other cells of their rows are a title.
            var isHeading = row >= firstHeading && firstHeading > 0;
            Search(row, left, isHeading ? labelColumn : lastColumn + ColumnsAfter, isNote: false);
            if (isHeading)
            {
                Search(row, lastColumn + 1, lastColumn + ColumnsAfter, isNote: true);
            }
        }

        // Above labels that run across a sheet, the title is left of them in the transposed view.
        for (var column = labelColumn - 1; view.IsTransposed && column >= left && !Enumerable.Range(firstRow, lastRow - firstRow + 1).Any(row => labels.IsAnyRow(view.LabelAt(row, column))); column--)
        {
            for (var row = firstRow; row <= lastRow; row++)
            {
                Search(row, column, column, isNote: false);
            }
        }

        for (var row = lastRow + 1; row <= Math.Min(view.Rows, lastRow + RowsBelow) && !labels.IsAnyRow(view.LabelAt(row, labelColumn)); row++)
        {
            Search(row, left, lastColumn, isNote: true);
        }

        // Tables for single rows have only the title of the sheet above them.
        if (!labels.Form.Tables.Contains(table) && view.FirstText is { Length: > 0 } title && !labels.IsAnyTitle(view.NameOf(title)) && !labels.IsAnyRow(view.NameOf(title)) && UnitStatement.FindInLabel(title, view.FirstAddress) is { } first)
        {
            found.Add(first);
        }

        if (view.Sheet.Name is { } sheetName && UnitStatement.FindInLabel(sheetName, view.AddressOf(firstRow, labelColumn)) is { } named)
        {
            found.Add(named);
        }

        return found;

        void Search(int row, int first, int last, bool isNote)
        {
            for (var column = first; column <= Math.Min(view.Columns, last); column++)
            {
                if (view[row, column] is { Kind: CellKind.Text, Text.Length: <= Label.MaxLength } cell && !labels.IsKnown(table, view.LabelAt(row, column))
                    && (isNote ? UnitStatement.FindInNote(cell.Text, view.AddressOf(row, column)) : UnitStatement.FindInLabel(cell.Text, view.AddressOf(row, column))) is { } unit)
                {
                    found.Add(unit);
                }
            }
        }
    }

    /// <summary>Returns true if all figures of a table, or of one of its columns, can be given in this unit.</summary>
    public static bool Agrees(UnitStatement unit, FormTable table, int? member) =>
        table.Cells.Where(cell => member is null || cell.Column == member).All(cell => unit.Agrees(cell.Measure, table));
}

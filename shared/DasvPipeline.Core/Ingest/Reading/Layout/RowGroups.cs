using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Tells rows with the same label apart by the heading of their group: "Not stated" below "Baton, of which" and "Not
/// stated" below "Irritant spray, of which".
/// </summary>
internal sealed class RowGroups(FormTable table, SheetView view)
{
    /// <summary>The maximum number of rows in a group.</summary>
    private const int RowsAbove = 100;

    /// <summary>The number of columns to the left of the labels that may have the heading.</summary>
    private const int ColumnsBefore = 3;

    private readonly HashSet<string> _headings = table.Rows.SelectMany(row => row.Under).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns true if a label at a cell can be that of the row: it is in the row's group, or no other row has the label.</summary>
    public bool Contains(Member row, string name, int labelRow, int column)
    {
        if (_headings.Count == 0 || !table.Rows.Any(other => other != row && other.Names.Contains(name, StringComparer.Ordinal)))
        {
            return true;
        }

        var heading = HeadingOf(labelRow, column);
        return row.Under.IsEmpty ? heading is null : heading is not null && row.Under.Contains(heading, StringComparer.Ordinal);
    }

    /// <summary>Returns the nearest heading of a group above a label, or to its left.</summary>
    private string? HeadingOf(int labelRow, int column)
    {
        for (var row = labelRow; row >= Math.Max(1, labelRow - RowsAbove); row--)
        {
            for (var at = row == labelRow ? column - 1 : column; at >= Math.Max(1, column - ColumnsBefore); at--)
            {
                if (view.LabelAt(row, at) is { Length: > 0 } name && _headings.Contains(name))
                {
                    return name;
                }
            }
        }

        return null;
    }
}

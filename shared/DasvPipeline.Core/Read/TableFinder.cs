using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Finds where the tables of a form stand on a sheet, by their labels alone: a run of row labels one below the other, and
/// beside it the columns of numbers, each known by what stands above it.
/// </summary>
internal sealed class TableFinder(FormLabels labels, Period period)
{
    /// <summary>Rows above a table in which its column labels are looked for.</summary>
    private const int HeaderRows = 4;

    /// <summary>Rows above that in which its title is looked for.</summary>
    private const int TitleRows = 6;

    /// <summary>Blank columns there may be between labels and numbers (labels merged over several columns).</summary>
    private const int LeadingBlanks = 3;

    public IEnumerable<TableSpot> Find(FormTable table, SheetView view, ILookup<string, (int Row, int Column)> places)
    {
        var needed = (table.Rows.Count(row => !row.IsTotal) + 1) / 2;
        var hits = table.Rows
            .SelectMany((row, member) => row.Names.SelectMany(name => places[name]).Select(place => (place.Column, place.Row, Member: member)))
            .Distinct()
            .GroupBy(hit => hit.Column);
        foreach (var column in hits)
        {
            foreach (var run in Runs(table, view, column.Key, [.. column.OrderBy(hit => hit.Row).Select(hit => (hit.Row, hit.Member))]))
            {
                if (run.Where(hit => !table.Rows[hit.Member].IsTotal).DistinctBy(hit => hit.Member).Count() >= needed
                    && Describe(table, view, column.Key, run) is { HasValues: true } spot)
                {
                    yield return spot;
                }
            }
        }
    }

    /// <summary>Labels of one table that stand together: a title, a blank row or another table between two of them parts them.</summary>
    private IEnumerable<List<(int Row, int Member)>> Runs(FormTable table, SheetView view, int column, List<(int Row, int Member)> hits)
    {
        var run = new List<(int Row, int Member)>();
        foreach (var hit in hits)
        {
            if (run.Count > 0 && IsBreak(table, view, column, run, hit))
            {
                yield return run;
                run = [];
            }

            run.Add(hit);
        }

        yield return run;
    }

    private bool IsBreak(FormTable table, SheetView view, int column, List<(int Row, int Member)> run, (int Row, int Member) next)
    {
        var between = Enumerable.Range(run[^1].Row + 1, next.Row - run[^1].Row - 1).ToList();
        if (between.Any(row => labels.IsTitleOf(table, view.NameAt(row, column)) || labels.IsTitleOfAnother(table, view.NameAt(row, column))))
        {
            return true;
        }

        var blanks = between.Count(row => view[row, column].IsBlank);
        return blanks > 2 || (blanks > 0 && run.Any(hit => hit.Member == next.Member));
    }

    private TableSpot? Describe(FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run)
    {
        var headers = HeaderRowsAbove(view, labelColumn, run[0].Row);
        var columns = new List<SpotColumn>();
        var blanks = 0;
        for (var column = labelColumn + 1; column <= view.Columns; column++)
        {
            var names = NamesAbove(view, labelColumn, column, headers);
            var hasFigures = run.Any(hit => LooksLikeFigure(view[hit.Row, column]));
            if (run.Count(hit => labels.IsAnyRow(view.NameAt(hit.Row, column))) * 2 > run.Count)
            {
                break; // the labels of the next table
            }

            if (!hasFigures && names.Count == 0)
            {
                if (columns.Count > 0 || ++blanks > LeadingBlanks)
                {
                    break;
                }

                continue;
            }

            if (RoleOf(table, column, names, hasFigures) is { } described)
            {
                columns.Add(described);
            }
        }

        columns = table.IsList ? KeepStrongest(columns) : columns;
        var isNamed = columns.Any(column => column is { Role: ColumnRole.Value, Strength: NamedByTitle });
        var rank = isNamed ? 2 : TitleRank(table, view, labelColumn, run, columns);
        return new TableSpot(table, view, labelColumn, run, columns, rank);
    }

    private const int NamedByTitle = 4;
    private const int NamedByColumn = 4;
    private const int NamedByPeriod = 3;
    private const int NamedAsNumber = 2;
    private const int Unnamed = 1;
    private const int NamedOtherwise = 0;

    private SpotColumn? RoleOf(FormTable table, int column, List<string> names, bool hasFigures)
    {
        if (names.Any(FormLabels.IsNoteWord))
        {
            return new SpotColumn(column, ColumnRole.Notes, 0, null, 0);
        }

        var isNamed = names.Any(name => labels.IsTitleOf(table, name));
        var member = names.Select(name => labels.ColumnOf(table, name)).FirstOrDefault(found => found is not null);
        if (!isNamed && member is null && names.Any(name => labels.IsTitleOfAnother(table, name)))
        {
            return null; // a column of a table that shares these rows
        }

        var isTotal = names.Any(FormLabels.IsTotal) || (member is { } m && table.Columns[m].IsTotal);
        if (isTotal)
        {
            return new SpotColumn(column, ColumnRole.Total, 0, null, 0);
        }

        var when = PeriodOf(names);
        if (when is { } other && other != period)
        {
            return new SpotColumn(column, ColumnRole.OtherPeriod, member ?? 0, other, 0);
        }

        if (!table.IsList)
        {
            return member is { } known ? new SpotColumn(column, ColumnRole.Value, known, null, NamedByColumn) : null;
        }

        var strength = isNamed ? NamedByTitle
            : when is not null ? NamedByPeriod
            : names.Any(FormLabels.IsNumberWord) ? NamedAsNumber
            : names.Count == 0 ? Unnamed
            : NamedOtherwise;
        return hasFigures || strength > Unnamed ? new SpotColumn(column, ColumnRole.Value, 0, null, strength) : null;
    }

    /// <summary>A list has one column of figures: the one that says so best. A lone "Total" column is that one.</summary>
    private static List<SpotColumn> KeepStrongest(List<SpotColumn> columns)
    {
        var values = columns.Where(column => column.Role == ColumnRole.Value).ToList();
        if (values.Count == 0 && !columns.Exists(column => column.Role == ColumnRole.OtherPeriod))
        {
            return [.. columns.Select(column => column.Role == ColumnRole.Total ? column with { Role = ColumnRole.Value } : column)];
        }

        var strongest = values.Count == 0 ? 0 : values.Max(column => column.Strength);
        var first = values.Find(column => column.Strength == strongest);
        return [.. columns.Where(column => column.Role != ColumnRole.Value || column == first)];
    }

    /// <summary>The period that the labels above a column speak of, read together: "2019-20" over "Q1".</summary>
    private Period? PeriodOf(List<string> names)
    {
        int? year = null, quarter = null;
        foreach (var name in names)
        {
            if (Label.ReadPeriod(name) is { } read)
            {
                year = read.FirstYear ?? year;
                quarter = read.Quarter ?? quarter;
            }
        }

        if (year is null && quarter is null)
        {
            return null;
        }

        var whole = Period.OfYear(year ?? period.FirstYear);
        if (quarter is { } q)
        {
            return whole.InQuarter(q);
        }

        // A year above a single column of a quarterly return only says which year the quarter is in.
        return whole == period.Year ? period : whole;
    }

    private List<int> HeaderRowsAbove(SheetView view, int labelColumn, int firstRow)
    {
        var rows = new List<int>();
        for (var row = firstRow - 1; row >= 1 && rows.Count < HeaderRows; row--)
        {
            if (labels.IsAnyRow(view.NameAt(row, labelColumn)))
            {
                break;
            }

            var isBlank = true;
            for (var column = labelColumn; column <= view.Columns && isBlank; column++)
            {
                isBlank = view[row, column].IsBlank;
            }

            if (isBlank)
            {
                if (row < firstRow - 1 || rows.Count > 0)
                {
                    break;
                }

                continue;
            }

            rows.Insert(0, row);
        }

        return rows;
    }

    /// <summary>The labels above a column from top to bottom; a label merged over several columns counts for each of them.</summary>
    private static List<string> NamesAbove(SheetView view, int labelColumn, int column, List<int> headers)
    {
        var names = new List<string>();
        for (var i = 0; i < headers.Count; i++)
        {
            var at = column;
            while (i < headers.Count - 1 && at > labelColumn + 1 && view[headers[i], at].IsBlank)
            {
                at--;
            }

            if (view.NameAt(headers[i], at) is { Length: > 0 } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Looks above the table, as it lies on the sheet, for the nearest title.</summary>
    private int TitleRank(FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run, List<SpotColumn> columns)
    {
        var last = columns.Count == 0 ? labelColumn : columns.Max(column => column.Column);
        var (top, left, right) = view.Turned ? (labelColumn, Math.Max(1, run[0].Row - 1), run[^1].Row) : (run[0].Row, labelColumn, last);
        for (var row = top - 1; row >= Math.Max(1, top - HeaderRows - TitleRows); row--)
        {
            for (var column = left; column <= right; column++)
            {
                if (view.Sheet[row, column] is { Kind: CellKind.Text, Text: { } text })
                {
                    var name = Label.Normalise(text);
                    if (labels.IsTitleOf(table, name))
                    {
                        return 2;
                    }

                    if (labels.IsTitleOfAnother(table, name) || labels.IsAnyRow(name))
                    {
                        return 0;
                    }
                }
            }
        }

        var sheetName = Label.Normalise(view.Sheet.Name ?? string.Empty);
        return labels.IsTitleOf(table, sheetName) ? 2 : labels.IsTitleOfAnother(table, sheetName) ? 0 : 1;
    }

    /// <summary>A number, or what people write for one.</summary>
    internal static bool LooksLikeFigure(Cell cell) => cell.Kind switch
    {
        CellKind.Blank => cell.IsFormula,
        CellKind.Text => cell.Text is { } text && text.AsSpan().Trim() is { Length: > 0 and <= 40 } trimmed
            && (char.IsDigit(trimmed[0]) || trimmed[0] is '[' or '<' or '£' or '-' or '~'
                || trimmed.StartsWith("over ", StringComparison.OrdinalIgnoreCase)
                || trimmed.Equals("unknown", StringComparison.OrdinalIgnoreCase)
                || trimmed.Equals("n/a", StringComparison.OrdinalIgnoreCase)),
        _ => true,
    };
}

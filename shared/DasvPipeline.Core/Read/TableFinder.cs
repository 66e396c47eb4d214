using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Finds where the tables of a form stand on a sheet, by their labels alone: a run of row labels one below the other, and
/// beside it the columns of numbers, each known by what stands above it.
/// </summary>
internal sealed class TableFinder(FormLabels labels, Period period)
{
    /// <summary>Rows above a table's column labels in which its title is looked for.</summary>
    private const int TitleRows = 6;

    /// <summary>Blank columns there may be between labels and numbers (labels merged over several columns).</summary>
    private const int LeadingBlanks = 3;

    /// <summary>Blank columns there may be between columns of numbers.</summary>
    private const int BlanksBetween = 1;

    public IEnumerable<TableSpot> Find(FormTable table, SheetView view, ILookup<string, (int Row, int Column)> places)
    {
        var needed = (table.Rows.Count(row => !row.IsTotal) + 1) / 2;
        foreach (var column in Hits(table, places))
        {
            foreach (var run in Runs(table, view, column.Key, [.. column.Value.OrderBy(hit => hit.Row)]))
            {
                if (run.Where(hit => !table.Rows[hit.Member].IsTotal).DistinctBy(hit => hit.Member).Count() >= needed
                    && Describe(table, view, column.Key, run) is var spot && (spot.HasValues || spot.HasOnlyOtherPeriods))
                {
                    yield return spot;
                }
            }
        }
    }

    /// <summary>Where labels of the table stand, column by column.</summary>
    private static Dictionary<int, List<(int Row, int Member)>> Hits(FormTable table, ILookup<string, (int Row, int Column)> places)
    {
        var hits = new Dictionary<int, List<(int Row, int Member)>>();
        for (var member = 0; member < table.Rows.Length; member++)
        {
            foreach (var place in table.Rows[member].Names.Distinct().SelectMany(name => places[name]))
            {
                if (!hits.TryGetValue(place.Column, out var column))
                {
                    hits.Add(place.Column, column = []);
                }

                column.Add((place.Row, member));
            }
        }

        return hits;
    }

    /// <summary>Labels of one table that stand together: a title, a figure, blank rows or another table between two of them part them.</summary>
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
        if (next.Row == run[^1].Row + 1)
        {
            return false;
        }

        var between = Enumerable.Range(run[^1].Row + 1, next.Row - run[^1].Row - 1).ToList();
        if (between.Exists(row => WrittenFigure.IsLike(view[row, column])
            || labels.IsTitleOf(table, view.NameAt(row, column)) || labels.IsTitleOfAnother(table, view.NameAt(row, column))))
        {
            return true;
        }

        var blanks = between.Count(row => view[row, column].IsBlank);
        return blanks > 2 || (blanks > 0 && (run.Exists(hit => hit.Member == next.Member) || run.TrueForAll(hit => table.Rows[hit.Member].IsTotal)));
    }

    private TableSpot Describe(FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run)
    {
        var headings = new Headings(labels, view, labelColumn, run[0].Row);
        var columns = new List<SpotColumn>();
        int blanks = 0, besides = 0;
        for (var column = labelColumn + 1; column <= view.Columns; column++)
        {
            if (run.Count(hit => labels.IsAnyRow(view.NameAt(hit.Row, column))) * 2 >= run.Count
                || (blanks > 0 && headings.Own(column).Exists(name => labels.BelongsElsewhere(table, name))))
            {
                break; // the next table
            }

            var hasFigures = run.Any(hit => WrittenFigure.IsLike(view[hit.Row, column]));
            if (!hasFigures && !headings.HasOwn(column))
            {
                besides = besides == 0 && run.Any(hit => !view[hit.Row, column].IsBlank) ? column : besides;
                if (++blanks > (columns.Count > 0 ? BlanksBetween : LeadingBlanks))
                {
                    break;
                }

                continue;
            }

            blanks = 0;
            besides = besides == 0 && run.Any(hit => view[hit.Row, column].Kind == CellKind.Text) ? column : besides;
            if (RoleOf(table, column, headings, hasFigures) is { } described)
            {
                columns.Add(described);
            }
        }

        columns = table.IsList ? KeepStrongest(columns) : columns;

        // What stands beside a label is wrong rather than not there.
        var isGuess = table.IsList && besides > 0 && !columns.Exists(column => column.Role != ColumnRole.Notes);
        if (isGuess)
        {
            columns.Add(new SpotColumn(besides, ColumnRole.Value));
        }

        var isNamed = columns.Any(column => column is { Role: ColumnRole.Value, Strength: NamedByTitle });
        var rank = isNamed ? 2 : TitleRank(table, view, labelColumn, run, columns);
        return new TableSpot(table, view, labelColumn, run, columns, headings.LowestRow, rank, isGuess);
    }

    private const int NamedByTitle = 6;
    private const int NamedByColumn = 5;
    private const int NamedByQuarter = 4;
    private const int NamedByYear = 3;
    private const int NamedAsNumber = 2;
    private const int Unnamed = 1;
    private const int NamedOtherwise = 0;

    private SpotColumn? RoleOf(FormTable table, int column, Headings above, bool hasFigures)
    {
        var headings = above.Over(column);
        var names = headings.ConvertAll(heading => heading.Name);
        if (names.Exists(FormLabels.IsNoteWord))
        {
            return new SpotColumn(column, ColumnRole.Notes);
        }

        var isNamed = names.Exists(name => labels.IsTitleOf(table, name));
        var member = names.Select(name => labels.ColumnOf(table, name)).FirstOrDefault(found => found is not null);
        if (!isNamed && member is null && names.Exists(name => labels.IsTitleOfAnother(table, name)))
        {
            return null; // a column of a table that shares these rows
        }

        var isTotal = names.Exists(FormLabels.IsTotal) || (member is { } m && table.Columns[m].IsTotal);
        if (isTotal)
        {
            return new SpotColumn(column, ColumnRole.Total);
        }

        var when = Headings.PeriodOf(headings, period);
        if (when is { } other && other.Period != period)
        {
            return new SpotColumn(column, ColumnRole.OtherPeriod, member ?? 0, other.Period);
        }

        if (!table.IsList)
        {
            return member is { } known ? new SpotColumn(column, ColumnRole.Value, known, null, NamedByColumn)
                : hasFigures && above.HasOwn(column) ? new SpotColumn(column, ColumnRole.Stranger)
                : null;
        }

        var strength = isNamed ? NamedByTitle
            : when is { } said ? said.NamesQuarter ? NamedByQuarter : NamedByYear
            : names.Exists(FormLabels.IsNumberWord) ? NamedAsNumber
            : names.Count == 0 ? Unnamed
            : NamedOtherwise;
        return hasFigures || strength > Unnamed ? new SpotColumn(column, ColumnRole.Value, 0, when?.Period, strength) : null;
    }

    /// <summary>
    /// A list has one column of figures: the one that says so best. Where none does, a "Total" is that one, alone or, for a
    /// whole year, beside its quarters. A column that names only the year, beside its quarters, is their total.
    /// </summary>
    private List<SpotColumn> KeepStrongest(List<SpotColumn> columns)
    {
        if (columns.Exists(column => column.Strength == NamedByQuarter || column is { Role: ColumnRole.OtherPeriod, Period.IsYear: false }))
        {
            columns = columns.ConvertAll(column => column.Strength == NamedByYear ? new SpotColumn(column.Column, ColumnRole.Total) : column);
        }

        var values = columns.Where(column => column.Role == ColumnRole.Value).ToList();
        if (values.Count == 0 && columns.TrueForAll(column => column.Role != ColumnRole.OtherPeriod || (period.IsYear && column.Period?.Year == period)))
        {
            return columns.ConvertAll(column => column.Role == ColumnRole.Total ? column with { Role = ColumnRole.Value } : column);
        }

        var first = values.OrderByDescending(column => column.Strength).FirstOrDefault();
        return columns.FindAll(column => column.Role != ColumnRole.Value || column == first);
    }

    /// <summary>Looks above the table, as it lies on the sheet, for the nearest title.</summary>
    private int TitleRank(FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run, List<SpotColumn> columns)
    {
        var last = columns.Count == 0 ? labelColumn : columns.Max(column => column.Column);
        var (top, left, right) = view.Turned ? (labelColumn, Math.Max(1, run[0].Row - 1), run[^1].Row) : (run[0].Row, labelColumn, last);
        var isDone = false;
        for (var row = top - 1; row >= Math.Max(1, top - Headings.Most - TitleRows) && !isDone; row--)
        {
            if (left > 1 && !view.Turned && labels.IsTitleOf(table, Label.Normalise(view.Sheet[row, left - 1].Text ?? string.Empty)))
            {
                return 2; // a title that stands out to the left
            }

            for (var column = left; column <= right; column++)
            {
                if (view.Sheet[row, column] is { Kind: CellKind.Text, Text: { } text })
                {
                    var name = Label.Normalise(text);
                    if (labels.IsTitleOf(table, name))
                    {
                        return 2;
                    }

                    if (labels.IsTitleOfAnother(table, name))
                    {
                        return 0;
                    }

                    // The labels of a table above: what stands higher is that table's.
                    isDone |= labels.IsAnyRow(name) && !FormLabels.IsTotal(name) && (view.Turned || column == labelColumn);
                }
            }
        }

        var sheetName = Label.Normalise(view.Sheet.Name ?? string.Empty);
        return labels.IsTitleOf(table, sheetName) ? 2 : labels.IsTitleOfAnother(table, sheetName) ? 0 : 1;
    }
}

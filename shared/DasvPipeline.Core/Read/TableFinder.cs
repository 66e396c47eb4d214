using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Finds where the tables of a form stand on a sheet, by their labels alone: a run of row labels one below the other, and
/// beside it the columns of numbers, each known by what stands above it.
/// </summary>
internal sealed class TableFinder(FormLabels labels, Period period)
{
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
                    && Describe(table, view, column.Key, run, view.Columns) is var spot && (spot.HasValues || spot.HasOnlyOthers))
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

    /// <summary>Labels of one table that stand together: a title, a figure, a period, blank rows or another table between two of them part them.</summary>
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
        if (view.Turned && IsTitleAbove(table, view, column, run[^1].Row, next.Row))
        {
            return true;
        }

        if (next.Row == run[^1].Row + 1)
        {
            return false;
        }

        var between = Enumerable.Range(run[^1].Row + 1, next.Row - run[^1].Row - 1).ToList();
        if (between.Exists(row => WrittenFigure.IsLike(view[row, column]) || When.Of(view.NameAt(row, column)).IsSaid
            || labels.IsTitleOf(table, view.NameAt(row, column)) || labels.IsTitleOfAnother(table, view.NameAt(row, column))))
        {
            return true;
        }

        var blanks = between.Count(row => view[row, column].IsBlank);
        return blanks > 2 || (blanks > 0 && (run.Exists(hit => hit.Member == next.Member) || run.TrueForAll(hit => table.Rows[hit.Member].IsTotal)));
    }

    /// <summary>Labels that lie across: a title that stands above one of them, and not above those before it, begins a table.</summary>
    private bool IsTitleAbove(FormTable table, SheetView view, int labelColumn, int last, int next)
    {
        for (var above = labelColumn - 1; above >= Math.Max(1, labelColumn - TableCaption.TitleRows); above--)
        {
            for (var row = last + 1; row <= next; row++)
            {
                if (view.NameAt(row, above) is { Length: > 0 } name && (labels.IsTitleOf(table, name) || labels.IsTitleOfAnother(table, name)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <param name="run">Its rows: where they are, and which.</param>
    /// <param name="lastColumn">It reaches no further.</param>
    public TableSpot Describe(FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run, int lastColumn)
    {
        var headings = new Headings(labels, view, labelColumn, run);
        var columns = new List<SpotColumn>();
        int blanks = 0, besides = 0;
        for (var column = labelColumn + 1; column <= lastColumn; column++)
        {
            var labelled = run.Count(hit => labels.IsAnyRow(view.NameAt(hit.Row, column)));
            if (labelled * 2 >= run.Count
                || (blanks > 0 && (labelled > 0 || headings.Own(column).Exists(name => labels.BelongsElsewhere(table, name)))))
            {
                break; // the next table
            }

            var hasFigures = run.Any(hit => WrittenFigure.IsLike(view[hit.Row, column]));
            if (!hasFigures && !headings.HasOwn(column))
            {
                if (run.Exists(hit => When.Of(view.NameAt(hit.Row, column)).IsSaid))
                {
                    break; // not figures but the labels of some: this label is their title
                }

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

        var rivals = new List<SpotColumn>();
        columns = table.IsList ? new ListColumn(labels, period).KeepStrongest(table, view, run, columns, rivals) : columns;

        // What stands beside a label is wrong rather than not there.
        var isGuess = table.IsList && besides > 0 && !columns.Exists(column => column.Role != ColumnRole.Notes);
        if (isGuess)
        {
            columns.Add(new SpotColumn(besides, ColumnRole.Value));
        }

        var caption = TableCaption.Of(labels, table, view, labelColumn, run, headings.HighestRow, columns.Count == 0 ? labelColumn : columns.Max(column => column.Column));
        var isNamed = columns.Exists(column => column is { Role: ColumnRole.Value, Strength: Strength.NamedByTitle });
        columns = [.. columns.Select(column => Dated(column, Headings.WhenOf(headings.Over(column.Column)), caption.When)).OfType<SpotColumn>()];
        return new TableSpot(table, view, labelColumn, run, columns, headings.LowestRow, isNamed ? 2 : caption.Rank, isGuess)
        {
            Rivals = columns.Exists(column => column.Role == ColumnRole.Value) ? rivals : [],
        };
    }

    /// <summary>A column whose own labels leave open when its figures are of has them of when the table's title or sheet says.</summary>
    private SpotColumn? Dated(SpotColumn column, When said, When around)
    {
        if (column.Role is not (ColumnRole.Value or ColumnRole.OtherPeriod or ColumnRole.Stranger))
        {
            return column;
        }

        // The sheet of a year's return may say in which quarter it was written.
        var when = said.Else(period.IsYear ? around with { Quarter = null } : around);
        return !when.IsSaid || when.For(period) is var of && of == period ? column
            : column.Role == ColumnRole.Stranger ? null
            : column with { Role = ColumnRole.OtherPeriod, Period = of };
    }

    private SpotColumn? RoleOf(FormTable table, int column, Headings above, bool hasFigures)
    {
        var headings = above.Over(column);
        var names = headings.ConvertAll(heading => heading.Name);
        if (names.Exists(FormLabels.IsNoteWord))
        {
            return new SpotColumn(column, ColumnRole.Notes);
        }

        if (names.Exists(name => labels.IsOfAnotherArea(table, name)))
        {
            return new SpotColumn(column, ColumnRole.OtherArea);
        }

        var isNamed = names.Exists(name => labels.IsTitleOf(table, name));
        var member = names.Select(name => labels.ColumnOf(table, name)).FirstOrDefault(found => found is not null);
        if (!isNamed && member is null && names.Exists(name => labels.IsTitleOfAnother(table, name) || labels.IsRowOfAnother(table, name)))
        {
            return null; // a column of a table that shares these rows, or has them for its columns
        }

        var isTotal = names.Exists(FormLabels.IsTotal) || (member is { } m && table.Columns[m].IsTotal);
        if (isTotal)
        {
            return new SpotColumn(column, ColumnRole.Total);
        }

        var when = Headings.WhenOf(headings);
        Period? of = when.IsSaid ? when.For(period) : null;
        var role = of is { } other && other != period ? ColumnRole.OtherPeriod : ColumnRole.Value;
        if (!table.IsList)
        {
            return member is { } known ? new SpotColumn(column, role, known, of, Strength.NamedByColumn)
                : hasFigures && role == ColumnRole.Value && above.HasOwn(column) ? new SpotColumn(column, ColumnRole.Stranger)
                : null;
        }

        var strength = isNamed ? Strength.NamedByTitle
            : when.IsSaid ? when.Quarter is null && !period.IsYear ? Strength.NamedByYear : Strength.NamedByQuarter
            : names.Exists(FormLabels.IsNumberWord) ? Strength.NamedAsNumber
            : names.Count == 0 ? Strength.Unnamed
            : Strength.NamedOtherwise;
        return role == ColumnRole.OtherPeriod || hasFigures || strength > Strength.Unnamed
            ? new SpotColumn(column, role, 0, of, role == ColumnRole.Value ? strength : Strength.NamedOtherwise)
            : null;
    }
}

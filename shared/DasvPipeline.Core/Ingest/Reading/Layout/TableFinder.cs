using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Finds the tables of a form on a sheet by their labels: a run of row labels in one column and, next to it, the columns
/// of numbers, which are identified by the labels above them.
/// </summary>
internal sealed class TableFinder(FormLabels labels, Period period)
{
    private readonly ColumnRoles _roles = new(labels, period);

    /// <summary>The maximum number of blank columns between labels and numbers, as with labels merged over several columns.</summary>
    private const int LeadingBlanks = 3;

    /// <summary>The maximum number of blank columns between columns of numbers.</summary>
    private const int BlanksBetween = 1;

    [Flags]
    private enum TitledColumns
    {
        None = 0,
        Own = 1,
        Another = 2,
    }

    public IEnumerable<TableCandidate> Find(FormTable table, SheetView view, ILookup<string, (int Row, int Column)> labelCells)
    {
        var needed = (table.Rows.Count(row => !row.IsTotal) + 1) / 2;
        var isStock = ColumnRoles.IsStock(table);
        var merged = new MergedLabels(labels, period, view);
        foreach (var column in Hits(table, view, labelCells))
        {
            foreach (var run in Runs(table, merged, view, column.Key, [.. column.Value.OrderBy(hit => hit.Row)]))
            {
                if (CountRows(table, run) < needed || merged.Find(table, column.Key, run) is not { } rows)
                {
                    continue;
                }

                foreach (var group in RowPeriods.Split(view, column.Key, rows.Rows, period, isStock).Where(group => CountRows(table, group.Rows) >= needed))
                {
                    if (Describe(table, view, column.Key, rows, view.Columns, group) is var candidate && (candidate.HasValues || candidate.HasOnlyOthers))
                    {
                        yield return candidate;
                    }
                }
            }
        }
    }

    /// <summary>Returns the number of different rows of the table among the labels found.</summary>
    private static int CountRows(FormTable table, List<(int Row, int Member)> run) => run.Where(hit => !table.Rows[hit.Member].IsTotal).DistinctBy(hit => hit.Member).Count();

    /// <summary>Returns the labels of the table that were found, by column.</summary>
    private static Dictionary<int, List<(int Row, int Member)>> Hits(FormTable table, SheetView view, ILookup<string, (int Row, int Column)> labelCells)
    {
        var groups = new RowGroups(table, view);
        var hits = new Dictionary<int, List<(int Row, int Member)>>();
        for (var member = 0; member < table.Rows.Length; member++)
        {
            foreach (var labelCell in table.Rows[member].Names.Distinct().SelectMany(name => labelCells[name].Where(cell => groups.Contains(table.Rows[member], name, cell.Row, cell.Column))))
            {
                if (!hits.TryGetValue(labelCell.Column, out var column))
                {
                    hits.Add(labelCell.Column, column = []);
                }

                column.Add((labelCell.Row, member));
            }
        }

        return hits;
    }

    /// <summary>Splits the labels in a column into runs. A title, a figure, a period, blank rows or another table separates two runs.</summary>
    private IEnumerable<List<(int Row, int Member)>> Runs(FormTable table, MergedLabels merged, SheetView view, int column, List<(int Row, int Member)> hits)
    {
        var run = new List<(int Row, int Member)>();
        foreach (var hit in hits)
        {
            if (run.Count > 0 && IsBreak(table, merged, view, column, run, hit))
            {
                yield return run;
                run = [];
            }

            run.Add(hit);
        }

        yield return run;
    }

    private bool IsBreak(FormTable table, MergedLabels merged, SheetView view, int column, List<(int Row, int Member)> run, (int Row, int Member) next)
    {
        if (view.IsTransposed && !merged.HasTitlesBefore(column, run, next.Row) && IsTitleAbove(table, view, column, run[^1].Row, next.Row))
        {
            return true;
        }

        if (next.Row == run[^1].Row + 1)
        {
            return false;
        }

        var between = Enumerable.Range(run[^1].Row + 1, next.Row - run[^1].Row - 1).ToList();
        if (between.Exists(row => FigureSyntax.IsLikeFigure(view[row, column]) || view.IsTimeLabel(row, column)
            || labels.IsTitleOf(table, view.LabelAt(row, column)) || labels.IsTitleOfAnother(table, view.LabelAt(row, column))))
        {
            return true;
        }

        var blanks = between.Count(row => view[row, column].IsBlank && !merged.IsMergedOver(column, run[^1].Row, row));
        return blanks > 2 || (blanks > 0 && (run.Exists(hit => hit.Member == next.Member) || run.TrueForAll(hit => table.Rows[hit.Member].IsTotal)));
    }

    /// <summary>Returns true if labels run across and a title above the next label starts another table.</summary>
    private bool IsTitleAbove(FormTable table, SheetView view, int labelColumn, int last, int next)
    {
        for (var above = labelColumn - 1; above >= Math.Max(1, labelColumn - TableCaption.TitleRows); above--)
        {
            for (var row = last + 1; row <= next; row++)
            {
                if (view.LabelAt(row, above) is { Length: > 0 } name && (labels.IsTitleOf(table, name) || labels.IsTitleOfAnother(table, name)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Describes a candidate: the role of each column, the title and the period.</summary>
    /// <param name="labelled">The rows with labels, with the index of each in the table.</param>
    /// <param name="lastColumn">The last column to search.</param>
    /// <param name="group">The rows of the candidate, if a column states the time of each row. Null for all.</param>
    public TableCandidate Describe(FormTable table, SheetView view, int labelColumn, LabelledRows labelled, int lastColumn, RowPeriodGroup? group = null)
    {
        var run = group?.Rows ?? labelled.Rows;
        var headings = new ColumnHeadings(labels, view, labelColumn, labelled.All);
        var columns = new List<CandidateColumn>();
        int blanks = 0, firstTextColumn = 0;
        var titled = TitledColumns.None;
        for (var column = labelColumn + 1; column <= lastColumn; column++)
        {
            if (column == labelled.MeasureColumn)
            {
                continue;
            }

            var labelledHere = run.Count(hit => labels.IsAnyRow(view.LabelAt(hit.Row, column)));
            if (labelledHere * 2 >= run.Count
                || (blanks > 0 && (labelledHere > 0 || headings.OwnLabels(column).Exists(name => labels.BelongsToOtherTable(table, name)))))
            {
                break; // the next table
            }

            var hasFigures = run.Any(hit => FigureSyntax.IsLikeFigure(view[hit.Row, column]) && !FlagColumns.IsSign(view, hit.Row, column));
            if (!hasFigures && !headings.HasOwnLabel(column))
            {
                if (column != group?.Column && run.Exists(hit => view.IsTimeLabel(hit.Row, column)))
                {
                    break; // these are labels of other figures, and this label is their title
                }

                firstTextColumn = firstTextColumn == 0 && run.Any(hit => !view[hit.Row, column].IsBlank) ? column : firstTextColumn;
                if (++blanks > (columns.Count > 0 ? BlanksBetween : LeadingBlanks))
                {
                    break;
                }

                continue;
            }

            blanks = 0;
            firstTextColumn = firstTextColumn == 0 && run.Any(hit => view[hit.Row, column].Kind == CellKind.Text) ? column : firstTextColumn;
            titled |= headings.LabelsAbove(column) is var above && above.Exists(heading => labels.IsTitleOf(table, heading.Name)) ? TitledColumns.Own
                : above.Exists(heading => labels.IsTitleOfAnother(table, heading.Name)) ? TitledColumns.Another : TitledColumns.None;
            if (column != group?.Column && _roles.RoleOf(table, column, headings, hasFigures) is { } described)
            {
                columns.Add(described);
            }
        }

        var ambiguous = new List<CandidateColumn>();
        columns = table.IsList ? new ListColumnChooser(labels, period).KeepBestMatch(table, view, run, columns, ambiguous) : columns;

        // A text next to a label is treated as a wrong figure and not as a missing one.
        var isGuess = table.IsList && firstTextColumn > 0 && !columns.Exists(column => column.Role != ColumnRole.Notes);
        if (isGuess)
        {
            columns.Add(new CandidateColumn(firstTextColumn, ColumnRole.Value));
        }

        var caption = TableCaption.Read(labels, period, table, view, labelColumn, labelled.All, headings.HighestRow, columns.Count == 0 ? labelColumn : columns.Max(column => column.Column), ColumnRoles.IsStock(table));
        var isNamed = labelled.MeasureColumn > 0 || columns.Exists(column => column is { Role: ColumnRole.Value, HeadingMatch: HeadingMatch.NamedByTitle });

        // Next to a column with another table's title, the figures need a title of their own.
        var isUntitled = titled.HasFlag(TitledColumns.Another) && !isNamed && (titled.HasFlag(TitledColumns.Own) || caption.TitleMatch != TitleMatch.Own)
            && columns.Exists(column => column.Role == ColumnRole.Value && !headings.LabelsAbove(column.Column).Exists(heading => FormLabels.IsNumberWord(heading.Name) || FormLabels.IsTotal(heading.Name)));
        columns = [.. columns.Select(column => ColumnRoles.WithRowPeriod(column, group?.Statement))
            .Select(column => _roles.WithPeriod(column, (group?.Stated ?? PartialPeriod.None).FillFrom(ColumnHeadings.StatedPeriod(headings.LabelsAbove(column.Column))), caption.Period)).OfType<CandidateColumn>()
            .Select(column => ColumnRoles.WithCaption(column, caption.Statements))];
        var units = TableUnits.FindAround(labels, table, view, labelColumn, headings.HighestRow, labelled.All[0].Row, labelled.All[^1].Row, columns.Count == 0 ? labelColumn : columns.Max(column => column.Column));
        if (units.Find(unit => !TableUnits.Agrees(unit, table, null)) is { } otherUnit)
        {
            columns = columns.ConvertAll(column => column.Role is ColumnRole.Value or ColumnRole.Month ? column with { Role = ColumnRole.OtherUnit, Unit = otherUnit } : column);
        }

        columns = FlagColumns.Assign(view, run, columns, headings);
        var subtotals = Subtotals.Find(view, run, columns);

        // Several quarters such as "Q1 2019" and "Q2 2019" can all be calendar quarters, so none of them is certain.
        if (columns.Count(column => column.Statement?.Comparison.Outcome == PeriodOutcome.Ambiguous) > 1 && columns.Select(column => column.Statement?.Text).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1)
        {
            columns = columns.ConvertAll(column => column.Statement?.Meaning == StatementMeaning.Unclear && column.Role == ColumnRole.Value ? column with { Role = ColumnRole.OtherKind } : column);
        }

        return new TableCandidate(table, view, labelColumn, subtotals.Count == 0 ? run : run.FindAll(hit => !subtotals.Contains(hit.Row)), columns, headings.LowestRow, isNamed ? TitleMatch.Own : isUntitled ? TitleMatch.OtherTable : caption.TitleMatch, isGuess)
        {
            AmbiguousColumns = columns.Exists(column => column.Role == ColumnRole.Value) ? ambiguous : [],
            HeadingRows = headings.Rows,
            Rounding = units.Find(unit => unit.Kind == UnitKind.Rounded),
            PeriodColumn = group?.Column ?? 0,
            HasMergedLabels = labelled.AreMerged,
            OtherRows = [.. labelled.All.Except(run).Select(hit => hit.Row)],
            Subtotals = subtotals,
            Statements = [.. columns.Where(column => column is { Role: ColumnRole.Value, Statement.Meaning: StatementMeaning.Unclear }).Select(column => column.Statement!)
                .Concat(caption.Statements.Where(statement => statement.Meaning != StatementMeaning.Month && !(statement.IsFrequency && columns.TrueForAll(column => column.StatesPeriod || column.Role != ColumnRole.Value)))).DistinctBy(statement => (statement.At, statement.Text))],
        };
    }
}

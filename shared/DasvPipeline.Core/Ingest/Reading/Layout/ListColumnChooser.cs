using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>How well a heading shows that a column contains the figures asked for. A higher value is better.</summary>
internal enum HeadingMatch
{
    NamedOtherwise,
    Unnamed,
    NamedAsNumber,
    NamedByYear,
    NamedByQuarter,
    NamedByColumn,
    NamedByTitle,
}

/// <summary>Chooses the column of figures of a list.</summary>
internal sealed class ListColumnChooser(FormLabels labels, Period period)
{
    /// <summary>
    /// Keeps the column with the best heading, because a list has one column of figures. Without one, a "Total" is used:
    /// alone or, for a whole year, next to its quarters. A column that names only the year, next to its quarters, is their total.
    /// </summary>
    /// <param name="ambiguous">Receives the columns of figures that are equally likely.</param>
    public List<CandidateColumn> KeepBestMatch(
        FormTable table, SheetView view, List<(int Row, int Member)> run, List<CandidateColumn> columns, List<CandidateColumn> ambiguous)
    {
        if (columns.Exists(column => column.HeadingMatch == HeadingMatch.NamedByQuarter || column is { Role: ColumnRole.OtherPeriod, Period.IsYear: false }))
        {
            columns = columns.ConvertAll(column => column.HeadingMatch == HeadingMatch.NamedByYear ? new CandidateColumn(column.Column, ColumnRole.Total) : column);
        }

        var values = columns.FindAll(column => column.Role == ColumnRole.Value);
        var isOwnTotal = columns.TrueForAll(column => column.Role switch
        {
            ColumnRole.OtherPeriod => period.IsYear && column.Period?.Year == period,
            ColumnRole.OtherArea => labels.CoversWholeArea(table),
            _ => true,
        });
        if (values.Count == 0 && isOwnTotal)
        {
            return columns.ConvertAll(column => column.Role == ColumnRole.Total && IsTotalOfPeriod(column) ? column with { Role = ColumnRole.Value } : column);
        }

        // A column of numbers may be followed by a column of percentages.
        var asksForShares = table.Cells.Any(cell => cell.Measure.Quantity == Quantity.Percent);
        var first = values.OrderByDescending(column => column.HeadingMatch).ThenBy(column => !asksForShares && IsOfShares(column)).FirstOrDefault();

        // In a text file without headings, a surplus number comes from a comma inside a number. It is reported for all rows together.
        var mayBeSlip = view.Sheet.Name is null && first?.HeadingMatch == HeadingMatch.Unnamed;
        ambiguous.AddRange(values.Where(column => !mayBeSlip && column.HeadingMatch == first!.HeadingMatch && run.Exists(hit => FigureSyntax.IsLikeFigure(view[hit.Row, column.Column]))
            && (asksForShares || !IsOfShares(column))));
        // Next to a target or a year to date, a heading must say that its figures are those asked for.
        var others = columns.FindAll(column => column.Role == ColumnRole.OtherKind && column.Statement is { Comparison.StatesPeriod: false } && run.Exists(hit => FigureSyntax.IsLikeFigure(view[hit.Row, column.Column])));
        if (first?.HeadingMatch == HeadingMatch.Unnamed)
        {
            others.AddRange(columns.Where(column => column is { Role: ColumnRole.OtherPeriod, Period.IsYear: false } && run.Exists(hit => FigureSyntax.IsLikeFigure(view[hit.Row, column.Column]))));
        }

        if (first is { HeadingMatch: < HeadingMatch.NamedAsNumber } && others.Count > 0)
        {
            ambiguous.Clear();
            ambiguous.AddRange(others.Append(first).OrderBy(column => column.Column));
        }

        // Other columns with a heading are reported by it. Those without are reported as numbers that were not used.
        return [.. columns.Select(column => column.Role != ColumnRole.Value || column == first ? column
            : column.Text.Length > 0 && first?.HeadingMatch != HeadingMatch.Unnamed && !ambiguous.Contains(column) && run.Exists(hit => FigureSyntax.IsLikeFigure(view[hit.Row, column.Column])) ? column with { Role = ColumnRole.Unrecognised } : null).OfType<CandidateColumn>()];

        // The year to date is the figure of the year only if all its quarters are there.
        bool IsTotalOfPeriod(CandidateColumn total) =>
            total.Statement is not { Comparison.Outcome: PeriodOutcome.NotThisKind } and not { Meaning: StatementMeaning.OtherPeriod } and not { Meaning: StatementMeaning.OtherKind, Comparison.Outcome: not PeriodOutcome.Ambiguous }
            || (period.IsYear && columns.Where(column => column.Role == ColumnRole.OtherPeriod).Select(column => column.Period).Distinct().Count() == 4);

        bool IsOfShares(CandidateColumn column) => run.TrueForAll(hit => view[hit.Row, column.Column] is var cell
            && (cell.IsBlank || cell.IsPercent || cell.Text?.TrimEnd() is [.., '%']));
    }
}

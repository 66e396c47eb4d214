using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Decides what a column of a table has, by the labels above it: the figures asked for, those of another period or unit,
/// totals or notes. Then a column of periods, the title and the sheet's name can say more.
/// </summary>
internal sealed class ColumnRoles(FormLabels labels, Period period)
{
    /// <summary>Returns true if all figures of a table are stocks, which are for the end of a period.</summary>
    public static bool IsStock(FormTable table) => table.Cells.All(cell => cell.Measure.Aggregation == Aggregation.Stock);

    /// <summary>Returns the role of a column, or null if it is no column of the table.</summary>
    /// <param name="above">The labels above the table.</param>
    /// <param name="hasFigures">True if a cell of the column looks like a figure.</param>
    public CandidateColumn? RoleOf(FormTable table, int column, ColumnHeadings above, bool hasFigures)
    {
        var headings = above.LabelsAbove(column);
        return RoleOf(table, column, above, headings, hasFigures) is not { } role ? null : role with
        {
            Text = above.OwnText(column),
            IsPercent = headings.Exists(heading => UnitStatement.FindInLabel(heading.Text, heading.At) is { Kind: UnitKind.Percentage }),
        };
    }

    private CandidateColumn? RoleOf(FormTable table, int column, ColumnHeadings above, List<Heading> headings, bool hasFigures)
    {
        var names = headings.ConvertAll(heading => heading.Name);
        if (names.Exists(FormLabels.IsNoteWord))
        {
            return new CandidateColumn(column, ColumnRole.Notes);
        }

        if (names.Exists(name => labels.IsOtherArea(table, name)))
        {
            return new CandidateColumn(column, ColumnRole.OtherArea);
        }

        var isNamed = names.Exists(name => labels.IsTitleOf(table, name));
        var member = names.Select(name => labels.ColumnOf(table, name)).FirstOrDefault(found => found is not null);
        if (!isNamed && member is null && names.Exists(name => labels.IsTitleOfAnother(table, name) || labels.IsRowOfAnother(table, name)))
        {
            return null; // a column of another table that has the same rows, or uses them as its columns
        }

        if (hasFigures && TableUnits.FindOtherUnit(labels, table, table.IsList ? null : member, headings) is { } unit && (table.IsList || member is not null))
        {
            return new CandidateColumn(column, ColumnRole.OtherUnit, member ?? 0) { Unit = unit };
        }

        var isStock = IsStock(table);
        var statement = above.StatementBelow(column, period, isStock) ?? above.Statement(headings, period, isStock);
        if (names.Exists(FormLabels.IsTotal) || (member is { } m && table.Columns[m].IsTotal))
        {
            return new CandidateColumn(column, ColumnRole.Total, member ?? 0) { Statement = statement };
        }

        if (statement is { Meaning: StatementMeaning.Month or StatementMeaning.OtherKind } && (table.IsList || member is not null))
        {
            return new CandidateColumn(column, statement.Meaning == StatementMeaning.Month ? ColumnRole.Month : ColumnRole.OtherKind, member ?? 0) { Statement = statement };
        }

        var statedPeriod = ColumnHeadings.StatedPeriod(headings);
        if (statement is { Meaning: StatementMeaning.OtherPeriod })
        {
            var months = statement.Comparison.Months!.Value.Period!.Value;
            statedPeriod = new PartialPeriod(months.FirstYear, months.IsYear ? null : months.Quarter);
        }

        var statesPeriod = statement is { Comparison: { Outcome: PeriodOutcome.Matches, StatesPeriod: true } };
        Period? columnPeriod = statedPeriod.HasValue ? statedPeriod.Resolve(period) : null;
        var role = columnPeriod is { } other && other != period ? ColumnRole.OtherPeriod : ColumnRole.Value;
        if (!table.IsList)
        {
            return member is { } known ? new CandidateColumn(column, role, known, columnPeriod, HeadingMatch.NamedByColumn) { Statement = statement, StatesPeriod = statesPeriod }
                : hasFigures && role == ColumnRole.Value && above.HasOwnLabel(column) ? new CandidateColumn(column, ColumnRole.Unrecognised)
                : null;
        }

        var strength = isNamed ? HeadingMatch.NamedByTitle
            : member is not null ? HeadingMatch.NamedByColumn
            : statesPeriod || statement is { Meaning: StatementMeaning.Unclear, Comparison.Kind: null } ? HeadingMatch.NamedByQuarter
            : statedPeriod.HasValue ? statedPeriod.Quarter is null && !period.IsYear ? HeadingMatch.NamedByYear : HeadingMatch.NamedByQuarter
            : names.Exists(FormLabels.IsNumberWord) ? HeadingMatch.NamedAsNumber
            : names.Count == 0 ? HeadingMatch.Unnamed
            : HeadingMatch.NamedOtherwise;
        return role == ColumnRole.OtherPeriod || hasFigures || strength > HeadingMatch.Unnamed
            ? new CandidateColumn(column, role, 0, columnPeriod, role == ColumnRole.Value ? strength : HeadingMatch.NamedOtherwise) { Statement = statement, StatesPeriod = statesPeriod }
            : null;
    }

    /// <summary>Assigns the period of a column from its labels or, if they do not state one, from the table's title or sheet.</summary>
    public CandidateColumn? WithPeriod(CandidateColumn column, PartialPeriod own, PartialPeriod caption)
    {
        if (column.Role is not (ColumnRole.Value or ColumnRole.OtherPeriod or ColumnRole.Unrecognised))
        {
            return column;
        }

        // The sheet of an annual return may state the quarter in which it was written.
        var statedPeriod = own.FillFrom(period.IsYear ? caption with { Quarter = null } : caption);
        return !statedPeriod.HasValue || statedPeriod.Resolve(period) is var columnPeriod && columnPeriod == period ? column
            : column.Role == ColumnRole.Unrecognised ? null
            : column with { Role = ColumnRole.OtherPeriod, Period = columnPeriod };
    }

    /// <summary>Assigns the time that a column of periods states for the rows to a column of figures.</summary>
    public static CandidateColumn WithRowPeriod(CandidateColumn column, PeriodStatement? statement) =>
        statement is null || column.Role != ColumnRole.Value ? column : statement.Meaning switch
        {
            StatementMeaning.OtherPeriod => column with { Role = ColumnRole.OtherPeriod, Period = statement.Comparison.Months!.Value.Period, Statement = statement },
            StatementMeaning.Month => column with { Role = ColumnRole.Month, Statement = statement },
            StatementMeaning.OtherKind => column with { Role = ColumnRole.OtherKind, Statement = statement },
            StatementMeaning.Unclear => column with { Statement = statement },
            _ => column with { StatesPeriod = column.StatesPeriod || statement.Comparison is { Outcome: PeriodOutcome.Matches, StatesPeriod: true } },
        };

    /// <summary>
    /// Assigns what the title, the sheet's name or a cell such as "Period: April" says to a column whose own labels do not
    /// state the period.
    /// </summary>
    public static CandidateColumn WithCaption(CandidateColumn column, IReadOnlyList<PeriodStatement> statements) =>
        column is not { Role: ColumnRole.Value, StatesPeriod: false } || column.Statement is { Comparison.StatesPeriod: true } ? column
        : statements.FirstOrDefault(statement => statement.Meaning == StatementMeaning.OtherKind) is { } other ? column with { Role = ColumnRole.OtherKind, Statement = other }
        : statements.FirstOrDefault(statement => statement.Meaning == StatementMeaning.Month) is { } month ? column with { Role = ColumnRole.Month, Statement = month }
        : column;
}

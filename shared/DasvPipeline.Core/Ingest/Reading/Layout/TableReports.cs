using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Reports what a chosen table says or has besides the figures: unclear times, unknown headings, subtotals, other units and kinds.</summary>
internal sealed class TableReports(FigureCollector collector, Period period)
{
    private const int Listed = 8;

    /// <summary>Reports columns that are equally likely to have the figures. Returns true, because the figures are then unclear.</summary>
    public bool AddAmbiguousColumns(TableCandidate candidate)
    {
        collector.MarkUsed(candidate.AmbiguousColumns.SelectMany(column => candidate.LabelRows.Select(hit => candidate.View.AddressOf(hit.Row, column.Column))));
        collector.Add(Finding.Error(
            Codes.AmbiguousColumns,
            candidate.View.AddressOf(candidate.FirstRow, candidate.AmbiguousColumns[0].Column),
            $"The table \"{candidate.Table.Title}\" has more than one figure for each label, at {FindingText.JoinWithAnd(candidate.AmbiguousColumns.Take(Listed).Select(column => candidate.View.AddressOf(candidate.FirstRow, column.Column).Address), candidate.AmbiguousColumns.Count - Listed)}. "
            + "Write \"Number\" as the heading of the figures we should use. Give the other figures a heading too: a period, or \"Notes\"."));
        return true;
    }

    /// <summary>Reports texts that can mean the period asked for and also another one.</summary>
    public void AddStatements(TableCandidate candidate)
    {
        if (candidate is { HasValues: true, Rounding: { } rounding })
        {
            collector.Add(rounding.CreateFinding(candidate.Table));
        }

        if (candidate.Table.IsList && candidate.AmbiguousColumns.Count < 2 && candidate.Columns.FirstOrDefault(column => column is { Role: ColumnRole.Value, HeadingMatch: HeadingMatch.NamedOtherwise }) is { } column
            && !collector.Labels.IsOwnArea(candidate.Table, candidate.View.NameOf(column.Text)) && HeadingWords.FindUnknown(candidate.Table, column.Text) is { } heading)
        {
            collector.Add(Finding.Query(
                Codes.UnknownHeading,
                candidate.View.AddressOf(candidate.LabelRow, column.Column),
                $"{FindingText.Quote(heading)} is not a heading that we know. We used the figures under it for \"{candidate.Table.Title}\". If they are other figures, correct them."));
        }

        foreach (var statement in candidate.Statements.Where(_ => candidate.HasValues))
        {
            collector.Add(statement.CreateQuery(statement.At ?? candidate.Address, period));
        }
    }

    /// <summary>Reports rows that are the sum of other rows and have the label of one of them.</summary>
    public void AddSubtotals(TableCandidate candidate)
    {
        if (candidate.Subtotals.Count == 0)
        {
            return;
        }

        collector.MarkUsed(candidate.Subtotals.SelectMany(row => candidate.Columns.Select(column => candidate.View.AddressOf(row, column.Column))));
        var labelled = candidate.Subtotals.Select(row => FindingText.Quote(candidate.View[row, candidate.LabelColumn].DisplayText) + " at " + candidate.LabelAddress(row).Address).ToList();
        collector.Add(Finding.Query(
            Codes.FigureNotRead,
            candidate.LabelAddress(candidate.Subtotals[0]),
            $"We did not use {FindingText.JoinWithAnd(labelled.Take(Listed), labelled.Count - Listed)}. Another row has the same label, and this one is the sum of rows next to it. If that is right, you do not need to do anything."));
    }

    /// <summary>Reports the columns in another unit: an error if the form asks for their figures, a query next to the right ones.</summary>
    public void AddOtherUnits(TableCandidate candidate)
    {
        var columns = candidate.Columns.Where(column => column.Role == ColumnRole.OtherUnit).ToList();
        collector.MarkUsed(columns.SelectMany(column => candidate.LabelRows.Select(hit => candidate.View.AddressOf(hit.Row, column.Column))));
        foreach (var column in columns.Where(column => !candidate.Table.IsList && !candidate.Columns.Any(other => other.Role == ColumnRole.Value && other.MemberIndex == column.MemberIndex)))
        {
            collector.Add(column.Unit!.CreateFinding(candidate.Table));
            collector.MarkReported(candidate.Table.Cells.Where(cell => cell.Column == column.MemberIndex));
        }

        if (candidate.Table.IsList && columns.Count > 0 && candidate.HasValues)
        {
            collector.Add(Finding.Query(
                Codes.FigureNotRead,
                candidate.View.AddressOf(candidate.FirstRow, columns[0].Column),
                $"We did not use the figures under {FindingText.JoinWithAnd(columns.Take(Listed).Select(column => FindingText.Quote(column.Unit!.Text)), columns.Count - Listed)}. We ask for another unit. If that is right, you do not need to do anything."));
        }
    }

    /// <summary>Reports the columns of another kind, such as a target, next to the figures.</summary>
    public void AddOtherKinds(TableCandidate candidate)
    {
        var columns = candidate.Columns.Where(column => column.Role == ColumnRole.OtherKind && candidate.LabelRows.Any(hit => FigureSyntax.IsLikeFigure(candidate.View[hit.Row, column.Column]))).ToList();
        collector.MarkUsed(columns.SelectMany(column => candidate.LabelRows.Select(hit => candidate.View.AddressOf(hit.Row, column.Column))));
        if (columns.Count > 0)
        {
            collector.Add(Finding.Query(
                Codes.FigureNotRead,
                candidate.View.AddressOf(candidate.FirstRow, columns[0].Column),
                $"We did not use the figures under {FindingText.JoinWithAnd(columns.Take(Listed).Select(column => column.Statement!.Describe()), columns.Count - Listed)}. We only ask for {period.Label}. If they are right, you do not need to do anything."));
        }
    }
}

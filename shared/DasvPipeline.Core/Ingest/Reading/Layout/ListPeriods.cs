using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The time of a row of a long list.</summary>
/// <param name="Period">The period of the row, or null if it is for a month or for another time.</param>
/// <param name="Month">The month of the quarter, if the row is for one month of it.</param>
/// <param name="Problem">The reason why the row cannot be read, or null.</param>
internal readonly record struct RowPeriod(Period? Period, MonthRange? Month = null, Finding? Problem = null);

/// <summary>Reads the period of each row of a long list from its period columns.</summary>
internal sealed class ListPeriods
{
    private readonly Period _reportPeriod;
    private readonly Sheet _sheet;
    private readonly IReadOnlyList<int> _columns;
    private readonly TextCache<PeriodStatement> _read = new();
    private readonly bool _namesQuarters;

    public ListPeriods(Period reportPeriod, Sheet sheet, IReadOnlyList<int> columns, int firstRow)
    {
        (_reportPeriod, _sheet, _columns) = (reportPeriod, sheet, columns);
        for (var row = firstRow; row <= sheet.RowCount && !reportPeriod.IsYear && !_namesQuarters; row++)
        {
            _namesQuarters = Read(row) is { Comparison.Months: { Count: <= 3 } };
        }
    }

    /// <summary>Returns the period of a row. A row without a period belongs to the period of the submission.</summary>
    public RowPeriod GetPeriod(int row)
    {
        if (Read(row) is not { } statement)
        {
            return new RowPeriod(_reportPeriod);
        }

        var months = statement.Comparison.Months;
        switch (statement.Meaning)
        {
            case StatementMeaning.Month:
                return new RowPeriod(null, months);
            case StatementMeaning.OtherPeriod:
                return new RowPeriod(months!.Value.Period);
            case StatementMeaning.Nothing when statement.Comparison.Outcome == PeriodOutcome.Contains:
                // If other rows are for quarters, a row for the year is their total.
                return new RowPeriod(_namesQuarters ? _reportPeriod.Year : _reportPeriod);
            case StatementMeaning.Nothing when statement.Comparison.Outcome == PeriodOutcome.Matches:
                return new RowPeriod(_reportPeriod);
            case StatementMeaning.OtherKind when statement.Comparison is { Outcome: PeriodOutcome.Other, Months: not null }:
                return new RowPeriod(null); // a month or half of another time
            default:
                var at = new CellRef(_sheet.Name, row, _columns.First(column => !_sheet[row, column].IsBlank));
                return new RowPeriod(null, Problem: Finding.Error(
                    Codes.UnknownLabel,
                    at,
                    statement.Comparison.Outcome == PeriodOutcome.Silent
                        ? $"{FindingText.Quote(statement.Text)} is not a period we understand. If this row is for {_reportPeriod}, write {_reportPeriod} or leave the cell empty."
                        : $"{statement.Describe()} is not clearly {_reportPeriod.Label}. If this row is for {_reportPeriod}, write {_reportPeriod}. If not, delete the row."));
        }
    }

    /// <summary>Returns what the period columns of a row say together, or null if they are blank.</summary>
    private PeriodStatement? Read(int row)
    {
        var text = string.Join(' ', _columns.Select(column => Text(_sheet[row, column])).Where(part => part.Length > 0));
        if (text.Length == 0)
        {
            return null;
        }

        if (!_read.TryGetValue(text, out var statement))
        {
            _read.Add(text, statement = PeriodStatement.Create(text, null, PeriodExpressionParser.Parse(text), _reportPeriod));
        }

        return statement;
    }

    private static string Text(Cell cell) => cell.DisplayText.Trim() is var text && text is ['1' or '2' or '3' or '4'] ? "Q" + text : text;
}

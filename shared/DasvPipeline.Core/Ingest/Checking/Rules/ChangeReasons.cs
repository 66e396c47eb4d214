using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>
/// Looks for the reason why a figure is far from an earlier one. Figures change between periods, so a reason can only fit
/// roughly, and each is a question.
/// </summary>
internal sealed class ChangeReasons(Form form, Period period, FormChecks checks, IReadOnlyList<ValidFigure> figures)
{
    /// <summary>A figure fits an expected one if it is within this share of it.</summary>
    private const decimal Closeness = 0.3m;

    /// <summary>A percentage fits an expected one if it is within this many points.</summary>
    private const decimal PointsCloseness = 10;

    /// <summary>The minimum number of rows for which a table's first rows are added up.</summary>
    private const int MinRows = 3;

    /// <summary>Returns a question about the most specific reason, or null if none fits.</summary>
    /// <param name="earlier">The accepted figures of the earlier period.</param>
    public string? Find(ValidFigure valid, decimal value, decimal before, IReadOnlyDictionary<FigureKey, Figure> earlier, Period earlierPeriod)
    {
        var cell = valid.Source.FormCell;
        var quantity = cell.Measure.Quantity;
        return quantity == Quantity.Percent ? null
            : FindSwappedRows(cell, value, before, earlier)
            ?? FindTotal(cell, value, earlier, earlierPeriod.Label)
            ?? FindPercentage(cell, value, earlier)
            ?? FindSumSinceApril(cell, value, before, earlierPeriod)
            ?? FindFactor(value, before)
            ?? FindSwappedDigits(value, before, quantity);
    }

    /// <summary>Asks whether 2 rows of the table were exchanged: each figure is close to the last one of the other.</summary>
    private string? FindSwappedRows(FormCell cell, decimal value, decimal before, IReadOnlyDictionary<FigureKey, Figure> earlier)
    {
        var other = form.Cells.FirstOrDefault(other => other != cell && other.Table == cell.Table && other.Column == cell.Column && !IsClose(before, ValueOf(earlier, other.Key) ?? before)
            && NowOf(other) is { } now && IsClose(now, before) && ValueOf(earlier, other.Key) is { } otherBefore && IsClose(value, otherBefore));
        return other is null ? null : $"Were this figure and the one for \"{other.Name}\" swapped?";
    }

    /// <summary>Asks whether the figure counts everything since April, and not only the quarter.</summary>
    private string? FindSumSinceApril(FormCell cell, decimal value, decimal before, Period earlierPeriod) =>
        cell.Measure.Aggregation == Aggregation.Flow && period.Quarter > 1 && earlierPeriod == period.Previous && IsClose(value, before * period.Quarter, Closeness / 2)
            ? "Does it count everything since April?"
            : null;

    /// <summary>Asks whether a total of the table was entered in one of its rows.</summary>
    private string? FindTotal(FormCell cell, decimal value, IReadOnlyDictionary<FigureKey, Figure> earlier, string earlierLabel)
    {
        var column = form.Cells.Where(other => other.Table == cell.Table && other.Column == cell.Column && other.Measure == cell.Measure)
            .Select(other => (Cell: other, Before: ValueOf(earlier, other.Key), Now: NowOf(other))).ToList();
        if (column.Count < 2 || column.Exists(item => item.Before is null || (item.Now is null && item.Cell != cell)))
        {
            return null;
        }

        // The other rows of this file say what the total should be, if this row had not changed.
        var expected = column.Sum(item => item.Cell == cell ? item.Before!.Value : item.Now!.Value);
        if (IsClose(value, expected))
        {
            return $"The whole table \"{cell.Table.Title}\" added up to {Format(column.Sum(item => item.Before!.Value))} in {earlierLabel}. Was a total entered?";
        }

        for (var rows = MinRows; rows < column.Count; rows++)
        {
            var part = column.Take(rows).ToList();
            if (part.Exists(item => item.Cell == cell) && IsClose(value, part.Sum(item => item.Cell == cell ? item.Before!.Value : item.Now!.Value), 0.05m))
            {
                return $"\"{part[0].Cell.Name}\" to \"{part[^1].Cell.Name}\" added up to {Format(part.Sum(item => item.Before!.Value))} in {earlierLabel}. Was a total entered?";
            }
        }

        return null;
    }

    /// <summary>Asks whether a percentage was entered instead of a count.</summary>
    private string? FindPercentage(FormCell cell, decimal value, IReadOnlyDictionary<FigureKey, Figure> earlier)
    {
        foreach (var check in checks.Comparisons.Where(check => check.CanBeLess && value is > 0 and <= 100
            && check.LeftOperands.Any(terms => terms is [var term] && term.Includes(cell.Key))))
        {
            var whole = form.Cells.Where(other => check.RightOperand.Any(term => term.Includes(other.Key))
                && check.SeparateDimensions.All(dimension => Dimension.CodeOf(other.Key, dimension) == Dimension.CodeOf(cell.Key, dimension))).ToList();
            var (wholeBefore, part) = (whole.Sum(other => ValueOf(earlier, other.Key) ?? 0), ValueOf(earlier, cell.Key));
            var wholeNow = whole.Sum(other => NowOf(other) ?? 0);
            if (wholeBefore > 0 && wholeNow > 0 && Math.Abs(value - 100 * part!.Value / wholeBefore) <= PointsCloseness)
            {
                return $"{Format(value)}% of {Format(wholeNow)} is {Format(decimal.Round(value * wholeNow / 100))}. Was a percentage entered?";
            }
        }

        return null;
    }

    private static string? FindFactor(decimal value, decimal before)
    {
        foreach (var factor in new[] { 1000, 100, 10 })
        {
            if (value > before ? IsClose(value, before * factor) : value * factor > 0 && IsClose(value * factor, before))
            {
                return factor == 1000 ? "Was it entered in thousands?"
                    : value > before ? $"It is about {factor} times as many. Was a digit typed twice, or a 0 added?"
                    : "Was a digit left out?";
            }
        }

        return null;
    }

    private static string? FindSwappedDigits(decimal value, decimal before, Quantity quantity)
    {
        if (value < 10 || value != decimal.Truncate(value))
        {
            return null;
        }

        var digits = FormattableString.Invariant($"{value:0}").ToCharArray();
        var swapped = Enumerable.Range(0, digits.Length - 1).Where(i => digits[i] != digits[i + 1] && !(i == 0 && digits[1] == '0')).Select(i =>
        {
            var other = (char[])digits.Clone();
            (other[i], other[i + 1]) = (other[i + 1], other[i]);
            return decimal.Parse(new string(other), System.Globalization.CultureInfo.InvariantCulture);
        }).Where(other => IsClose(other, before, Closeness / 2)).ToList();
        return swapped is [var only] ? $"{FigureFormatter.FormatValue(only, quantity)} would be close. Were 2 digits swapped?" : null;
    }

    private decimal? NowOf(FormCell cell) => figures.Where(valid => valid.Source.FormCell == cell).Select(valid => valid.Figure.Value).FirstOrDefault();

    private static decimal? ValueOf(IReadOnlyDictionary<FigureKey, Figure> figures, FigureKey key) => figures.TryGetValue(key, out var figure) ? figure.Value : null;

    private static bool IsClose(decimal value, decimal expected, decimal closeness = Closeness) => Math.Abs(value - expected) <= closeness * expected;

    private static string Format(decimal value) => FigureFormatter.FormatValue(value, Quantity.Count);
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>The reported figures behind one number of the annual report.</summary>
/// <param name="selectors">The row and the column.</param>
/// <param name="returns">The returns of the table; null if it does not matter which are missing.</param>
/// <param name="forms">The forms that report the table.</param>
internal sealed class ReportSelection(YearFigures year, Measure measure, IReadOnlyList<ReportSelector> selectors, SourceReturns? returns, IReadOnlyList<Form> forms)
{
    /// <summary>The forms that report the number.</summary>
    private readonly List<Form> _reporting = [.. forms.Where(form => form.Cells.Any(cell => cell.Measure.Id == measure.Id && selectors.All(selector => selector.Includes(form.Return, cell.Key))))];

    private readonly Period _period = selectors.Select(selector => selector.Period).OfType<Period>().DefaultIfEmpty(year.Year).First();

    public Amount Calculate()
    {
        // A figure that is reported once a year has no quarters.
        if (returns is not null && !_reporting.Exists(form => _period.IsYear ? form.GetPeriodsDueIn(year.Year).Any() : form.IsDueFor(_period)))
        {
            return new Amount(null, Markers.NotApplicable);
        }

        var gaps = year.Gaps.Where(gap => gap.Cell.Measure.Id == measure.Id && Includes(gap.Key.Return, gap.Cell.Key) && IsIn(gap.Key.Period)).ToList();
        var figures = Find(measure.Id);
        if (measure.Aggregation == Catalogue.Aggregation.Distinct && _period.IsYear)
        {
            // A person who was seen in two quarters is one person.
            figures.RemoveAll(item => !item.Observation.Period.IsYear);
        }

        if (measure.Aggregation == Catalogue.Aggregation.Stock)
        {
            figures = [.. figures.GroupBy(item => (item.Return, item.Observation.Key)).Select(group => group.MaxBy(item => item.Observation.Period))];
            gaps.RemoveAll(gap => figures.Any(item => item.Return == gap.Key.Return && item.Observation.Key == gap.Cell.Key && item.Observation.Period > gap.Key.Period));
        }

        var isMissing = returns?.Missing.Any(key => IsIn(key.Period) && _reporting.Exists(form => form.Return == key.Return)) == true || (_period.IsYear && year.IsInProgress);
        var markers = isMissing || gaps.Count > 0 ? Markers.Provisional : Markers.None;
        return (measure.Quantity == Quantity.Percent ? Average(figures, markers) : HeadlineCalculator.Add(figures, markers)) with { HasGap = gaps.Count > 0 };
    }

    /// <summary>Returns the people of whom a percentage is given; null if the number is not a percentage of people.</summary>
    /// <param name="counted">The measure that counts them; null for the weight of the percentage.</param>
    public ReportBase? FindBase(Measure? counted)
    {
        if (measure.Quantity != Quantity.Percent || (counted?.Id ?? measure.Weight) is not { } id)
        {
            return null;
        }

        var known = Find(id).FindAll(item => item.Observation.Figure.Value is not null);
        return new ReportBase(known.Count == 0 ? null : (long)HeadlineCalculator.Sum(known));
    }

    private List<SourcedObservation> Find(MeasureId id) => [.. year.GetObservations([id]).Where(item => Includes(item.Return, item.Observation.Key) && IsIn(item.Observation.Period))];

    private bool Includes(ReturnId source, FigureKey key) => selectors.All(selector => selector.Includes(source, key));

    private bool IsIn(Period period) => _period.IsYear || period == _period;

    /// <summary>
    /// Combines percentages: weighted by the counts of the same return, place and period. Without these counts, only equal percentages
    /// can be combined exactly. The mean of others is an estimate.
    /// </summary>
    private Amount Average(List<SourcedObservation> figures, Markers markers)
    {
        var known = figures.FindAll(item => item.Observation.Figure.Value is not null);
        if (known.Count == 0 || known.Count < figures.Count)
        {
            return new Amount(known.Count == 1 && figures.Count == 1 ? known[0].Observation.Figure.Value : null, Markers.NotAvailable);
        }

        markers |= known.Exists(item => (item.Observation.Figure.Markers & Markers.Estimated) != 0) ? Markers.Estimated : Markers.None;
        var values = known.ConvertAll(item => item.Observation.Figure.Value!.Value);
        if (values.Distinct().Count() == 1)
        {
            return new Amount(values[0], markers);
        }

        var weights = measure.Weight is { } weight ? known.ConvertAll(item => FindWeight(weight, item)) : [];
        return weights.Count > 0 && weights.TrueForAll(value => value is not null) && weights.Sum() > 0
            ? new Amount(Round(values, known.Select((item, i) => item.Observation.Figure.Value!.Value * weights[i]!.Value).Sum() / weights.Sum()!.Value), markers)
            : new Amount(Round(values, values.Average()), markers | Markers.Estimated);
    }

    /// <summary>Rounds to the decimals of the most precise percentage.</summary>
    private static decimal Round(List<decimal> values, decimal value) => decimal.Round(value, values.Max(item => item.Scale), MidpointRounding.AwayFromZero);

    private decimal? FindWeight(MeasureId weight, SourcedObservation figure)
    {
        var (area, breakdown) = (figure.Observation.Key.Area, figure.Observation.Key.Breakdown);
        return year.GetObservations([weight]).Where(item => item.Return == figure.Return && item.Observation.Period == figure.Observation.Period
            && item.Observation.Key.Area == area && item.Observation.Key.Breakdown == breakdown).Select(item => item.Observation.Figure.Value).FirstOrDefault();
    }
}

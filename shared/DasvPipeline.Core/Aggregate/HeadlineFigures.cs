using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Aggregate;

/// <summary>A worked-out number with its markers. Two are equal when they say the same, whatever they were made of.</summary>
public sealed record Amount(decimal? Value, Markers Markers)
{
    /// <summary>The reported figures it is the sum of; of a ratio, those above the line.</summary>
    internal IReadOnlyList<Reported> Of { get; init; } = [];

    /// <summary>Of a ratio, the figures below the line; null of a sum.</summary>
    internal IReadOnlyList<Reported>? Over { get; init; }

    public bool Equals(Amount? other) => other is not null && Value == other.Value && Markers == other.Markers;

    public override int GetHashCode() => HashCode.Combine(Value, Markers);
}

public sealed record SeriesPoint(Period Period, Amount Amount);

public sealed record BreakdownItem(Code Code, Amount Amount);

public sealed record BreakdownFigures(Dimension Dimension, IReadOnlyList<BreakdownItem> Items);

/// <summary>One headline for one year, before anything is hidden.</summary>
/// <param name="Missing">Returns it needs that are not in.</param>
/// <param name="HasGaps">Some of its figures were sent as not available or kept back, and are not in it.</param>
public sealed record HeadlineFigures(
    Headline Headline,
    Amount Total,
    IReadOnlyList<SeriesPoint> Series,
    IReadOnlyList<BreakdownFigures> Breakdowns,
    IReadOnlyList<ReturnKey> Owed,
    IReadOnlyList<ReturnKey> Missing,
    bool HasGaps)
{
    /// <summary>Everything it needs is in: it can be held beside another year's.</summary>
    public bool IsComplete => Owed.Count > 0 && Missing.Count == 0 && !HasGaps && Total.Value is not null;
}

/// <summary>Works headlines out of a year's observations.</summary>
public static class HeadlineArithmetic
{
    private const int RateDecimals = 3;

    public static IReadOnlyList<HeadlineFigures> WorkOut(PartnershipCatalogue catalogue, YearFigures year) => WorkOut(catalogue, catalogue.Headlines, year);

    public static IReadOnlyList<HeadlineFigures> WorkOut(PartnershipCatalogue catalogue, IEnumerable<Headline> headlines, YearFigures year) =>
        [.. headlines.Select(headline => WorkOut(catalogue, headline, year))];

    private static HeadlineFigures WorkOut(PartnershipCatalogue catalogue, Headline headline, YearFigures year)
    {
        var forms = catalogue.Forms.Where(form => form.Cells.Any(cell => headline.Measures.Contains(cell.Measure.Id))).ToList();
        var owed = forms.SelectMany(form => form.OwedIn(year.Year).Select(period => new ReturnKey(form.Return, period))).ToList();
        var missing = owed.Where(key => !year.IsLive(key)).ToList();
        var observations = year.Of(headline.Measures).ToList();
        var total = owed.Count == 0 ? new Amount(null, Markers.NotApplicable) : AmountOf(headline, observations, missing.Count > 0);
        return new HeadlineFigures(
            headline,
            total,
            SeriesOf(headline, forms, year, observations, missing),
            [.. headline.Breakdowns.Select(dimension => BreakdownOf(catalogue, headline, dimension, forms, observations, missing.Count > 0))],
            owed,
            missing,
            observations.Exists(item => item.Observation.Figure.Value is null));
    }

    private static List<SeriesPoint> SeriesOf(
        Headline headline, List<Form> forms, YearFigures year, List<Reported> observations, List<ReturnKey> missing)
    {
        // A figure that some agency reports once a year has no quarters.
        var periods = forms.Exists(form => form.Every == Every.Year) ? [year.Year] : year.Year.Quarters();
        return [.. periods.Select(period => new SeriesPoint(
            period,
            AmountOf(
                headline,
                [.. observations.Where(item => period.IsYear || item.Observation.Period == period)],
                missing.Exists(key => period.IsYear || key.Period == period))))];
    }

    private static BreakdownFigures BreakdownOf(
        PartnershipCatalogue catalogue, Headline headline, string dimension, List<Form> forms, List<Reported> observations, bool isPartial)
    {
        var list = catalogue.Dimensions[dimension];
        var asked = forms.SelectMany(form => form.Cells).Where(cell => headline.Measures.Contains(cell.Measure.Id))
            .Select(cell => CodeOf(cell.Key, dimension)).ToHashSet();
        var byCode = observations.ToLookup(item => CodeOf(item.Observation.Key, dimension));
        return new BreakdownFigures(
            list,
            [.. list.Codes.Where(code => asked.Contains(code.Id))
                .Select(code => new BreakdownItem(code, AmountOf(headline, [.. byCode[code.Id]], isPartial)))]);
    }

    /// <summary>The code in a dimension; the whole area is not one area among others.</summary>
    private static string? CodeOf(FigureKey key, string dimension) =>
        dimension != Dimension.Area ? key.Breakdown[dimension] : key.Area == AreaId.All ? null : key.Area.Value;

    private static Amount AmountOf(Headline headline, List<Reported> observations, bool isPartial)
    {
        var used = headline.Operation == Operation.Latest ? Latest(observations) : observations;
        var markers = isPartial ? Markers.Provisional : Markers.None;
        if (headline.Operation == Operation.Ratio)
        {
            return RatioOf(headline, used, markers);
        }

        return Add(used, markers);
    }

    /// <summary>What is known of figures, added up.</summary>
    internal static Amount Add(IReadOnlyList<Reported> figures, Markers markers)
    {
        var known = figures.Where(item => item.Observation.Figure.Value is not null).ToList();
        return known.Count == 0
            ? new Amount(null, Markers.NotAvailable)
            : new Amount(Sum(known), markers | EstimatedIn(known)) { Of = known };
    }

    private static Markers EstimatedIn(IEnumerable<Reported> figures) =>
        figures.Any(item => (item.Observation.Figure.Markers & Markers.Estimated) != 0) ? Markers.Estimated : Markers.None;

    /// <summary>
    /// Counts over counts, of those periods in which both were given: a quarter without its numerator must not make the
    /// year's share look smaller.
    /// </summary>
    private static Amount RatioOf(Headline headline, List<Reported> observations, Markers markers)
    {
        List<Reported> of = [], over = [];
        foreach (var period in observations.GroupBy(item => item.Observation.Period))
        {
            var above = period.Where(item => headline.Of.Contains(item.Observation.Key.Measure)).ToList();
            var below = period.Where(item => headline.Over.Contains(item.Observation.Key.Measure)).ToList();
            if (above.Count > 0 && below.Count > 0 && above.Concat(below).All(item => item.Observation.Figure.Value is not null))
            {
                of.AddRange(above);
                over.AddRange(below);
            }
        }

        return over.Count == 0 ? new Amount(null, Markers.NotAvailable)
            : Sum(over) == 0 ? new Amount(null, Markers.NotApplicable)
            : new Amount(Ratio(Sum(of), Sum(over)), markers | EstimatedIn(of.Concat(over))) { Of = of, Over = over };
    }

    /// <summary>A share as it is published.</summary>
    internal static decimal Ratio(decimal of, decimal over) => decimal.Round(of / over, RateDecimals, MidpointRounding.AwayFromZero);

    internal static decimal Sum(IEnumerable<Reported> figures) => figures.Sum(item => item.Observation.Figure.Value ?? 0);

    /// <summary>Of each figure that a return reports the last period's.</summary>
    private static List<Reported> Latest(List<Reported> observations) =>
        [.. observations.GroupBy(item => (item.Return, item.Observation.Key)).Select(group => group.MaxBy(item => item.Observation.Period))];
}

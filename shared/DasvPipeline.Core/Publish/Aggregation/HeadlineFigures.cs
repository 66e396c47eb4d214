using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>A calculated number with its markers. Two amounts are equal when value and markers are equal.</summary>
public sealed record Amount(decimal? Value, Markers Markers)
{
    /// <summary>The reported figures that the amount adds up; for a ratio, its numerator.</summary>
    internal IReadOnlyList<SourcedObservation> Numerator { get; init; } = [];

    /// <summary>True if a figure that a form asks for was not reported, so that the true number may be different.</summary>
    public bool HasGap { get; init; }

    /// <summary>The denominator of a ratio; null for a sum.</summary>
    internal IReadOnlyList<SourcedObservation>? Denominator { get; init; }

    public bool Equals(Amount? other) => other is not null && Value == other.Value && Markers == other.Markers;

    public override int GetHashCode() => HashCode.Combine(Value, Markers);
}

public sealed record SeriesPoint(Period Period, Amount Amount);

public sealed record BreakdownItem(Code Code, Amount Amount);

public sealed record BreakdownFigures(Dimension Dimension, IReadOnlyList<BreakdownItem> Items);

/// <summary>One headline for one year, before disclosure control.</summary>
/// <param name="MissingReturns">Returns that the headline needs and that have not been accepted.</param>
/// <param name="HasGaps">True if some figures were sent as not available or suppressed, and are not included.</param>
public sealed record HeadlineFigures(
    Headline Headline,
    Amount Total,
    IReadOnlyList<SeriesPoint> Series,
    IReadOnlyList<BreakdownFigures> Breakdowns,
    IReadOnlyList<ReturnKey> DueReturns,
    IReadOnlyList<ReturnKey> MissingReturns,
    bool HasGaps)
{
    /// <summary>The figures that the accepted returns should contain and do not.</summary>
    public IReadOnlyList<FigureGap> MissingFigures { get; init; } = [];

    /// <summary>In a year in progress: the returns of later quarters whose due date has passed, and that have not been accepted.</summary>
    public IReadOnlyList<ReturnKey> OverdueReturns { get; init; } = [];

    /// <summary>The returns that have its figures, due or not.</summary>
    public IReadOnlyList<ReturnId> Sources { get; init; } = [];

    /// <summary>True if any return for the year has its figures.</summary>
    public bool IsCollected { get; init; } = true;

    /// <summary>True until the year has ended: the figure covers the months so far.</summary>
    public bool IsInProgress { get; init; }

    /// <summary>In a year in progress, the last quarter that the figure covers; otherwise null.</summary>
    public Period? LastQuarter { get; init; }

    /// <summary>True if every figure of the whole year is included, so that it can be compared with another year.</summary>
    public bool IsComplete => !IsInProgress && IsCompleteSoFar;

    /// <summary>True if every figure of the months that it covers is included.</summary>
    public bool IsCompleteSoFar => DueReturns.Count > 0 && MissingReturns.Count == 0 && MissingFigures.Count == 0 && !HasGaps && Total.Value is not null;
}

/// <summary>Calculates headlines from a year's observations.</summary>
public static class HeadlineCalculator
{
    private const int RateDecimals = 3;

    /// <summary>The figure of a period for which no return is due.</summary>
    private static readonly Amount NotApplicable = new(null, Markers.NotApplicable);

    public static IReadOnlyList<HeadlineFigures> Calculate(PartnershipCatalogue catalogue, YearFigures year) => Calculate(catalogue, catalogue.GetHeadlines(year.Year), year);

    public static IReadOnlyList<HeadlineFigures> Calculate(PartnershipCatalogue catalogue, IEnumerable<Headline> headlines, YearFigures year) =>
        [.. headlines.Select(headline => Calculate(catalogue, headline, year))];

    private static HeadlineFigures Calculate(PartnershipCatalogue catalogue, Headline headline, YearFigures year)
    {
        var forms = FormSelector.Select(catalogue, year.Year, cell => headline.Measures.Contains(cell.Measure.Id));
        var returns = SourceReturns.Find(year, forms);
        var isPartial = returns.Missing.Count > 0 || year.IsInProgress;
        var observations = year.GetObservations(headline.Measures).ToList();
        var allGaps = year.Gaps.Where(gap => headline.Measures.Contains(gap.Cell.Measure.Id)).ToList();
        var gaps = RelevantGaps(headline, observations, allGaps);
        var total = returns.IsCollected ? AmountOf(headline, observations, gaps, isPartial) : NotApplicable;
        return new HeadlineFigures(
            headline,
            total,
            SeriesOf(headline, forms, year, observations, allGaps, returns),
            [.. headline.Breakdowns.Select(dimension => BreakdownOf(catalogue, headline, dimension, forms, observations, gaps, isPartial, returns.IsCollected))],
            returns.Due,
            returns.Missing,
            observations.Exists(item => item.Observation.Figure.Value is null))
        {
            MissingFigures = gaps,
            Sources = [.. forms.Where(form => form.GetPeriodsDueIn(year.Year).Any()).Select(form => form.Return)],
            OverdueReturns = returns.Overdue,
            IsCollected = returns.IsCollected,
            IsInProgress = year.IsInProgress,
            LastQuarter = returns.LastQuarter,
        };
    }

    private static List<SeriesPoint> SeriesOf(
        Headline headline, List<Form> forms, YearFigures year, List<SourcedObservation> observations, List<FigureGap> gaps, SourceReturns returns)
    {
        // A figure that any agency reports once a year has no quarterly series. A year in progress has no quarters to come.
        var periods = forms.Exists(form => form.Frequency == Frequency.Year) ? [year.Year]
            : year.Year.Quarters().Where(quarter => !year.IsInProgress || quarter <= returns.LastQuarter);
        return [.. periods.Select(period => new SeriesPoint(
            period,
            !forms.Exists(form => form.GetPeriodsDueIn(period).Any()) ? NotApplicable : AmountOf(
                headline,
                [.. observations.Where(item => period.IsYear || item.Observation.Period == period)],
                [.. gaps.Where(gap => period.IsYear || gap.Key.Period == period)],
                returns.Missing.Any(key => period.IsYear || key.Period == period) || (period.IsYear && year.IsInProgress))))];
    }

    private static BreakdownFigures BreakdownOf(
        PartnershipCatalogue catalogue, Headline headline, string dimension, List<Form> forms, List<SourcedObservation> observations, List<FigureGap> gaps, bool isPartial, bool isCollected)
    {
        var list = catalogue.Dimensions[dimension];
        var requested = forms.SelectMany(form => form.Cells).Where(cell => headline.Measures.Contains(cell.Measure.Id))
            .Select(cell => CodeOf(cell.Key, dimension)).ToHashSet();
        var byCode = observations.ToLookup(item => CodeOf(item.Observation.Key, dimension));
        return new BreakdownFigures(
            list,
            [.. list.Codes.Where(code => requested.Contains(code.Id))
                .Select(code => new BreakdownItem(
                    code, !isCollected ? NotApplicable : AmountOf(headline, [.. byCode[code.Id]], [.. gaps.Where(gap => CodeOf(gap.Cell.Key, dimension) == code.Id)], isPartial)))]);
    }

    /// <summary>Returns the code in a dimension, or null for the whole partnership area.</summary>
    private static string? CodeOf(FigureKey key, string dimension) =>
        dimension != Dimension.Area ? key.Breakdown[dimension] : key.Area == AreaId.All ? null : key.Area.Value;

    /// <summary>Removes the gaps that do not matter: for a stock, those that a later figure of the same return replaces.</summary>
    private static List<FigureGap> RelevantGaps(Headline headline, List<SourcedObservation> observations, List<FigureGap> gaps) =>
        headline.Operation != Operation.Latest ? gaps : gaps.FindAll(gap => !observations.Exists(item =>
            item.Return == gap.Key.Return && item.Observation.Key == gap.Cell.Key && item.Observation.Period > gap.Key.Period));

    private static Amount AmountOf(Headline headline, List<SourcedObservation> observations, List<FigureGap> allGaps, bool isPartial)
    {
        var gaps = RelevantGaps(headline, observations, allGaps);
        var used = headline.Operation == Operation.Latest ? Latest(observations) : observations;
        var markers = isPartial || gaps.Count > 0 ? Markers.Provisional : Markers.None;
        var amount = headline.Operation == Operation.Ratio
            ? RatioOf(headline, used, UnbalancedPeriods(headline, gaps), markers)
            : Add(used, markers);
        return amount with { HasGap = gaps.Count > 0 };
    }

    /// <summary>Returns the periods in which a figure is missing from the numerator and not from the denominator, or the other way round.</summary>
    private static HashSet<Period> UnbalancedPeriods(Headline headline, List<FigureGap> gaps) =>
    [
        .. gaps.GroupBy(gap => gap.Key.Period).Where(period => !Missing(period, headline.Numerators).SetEquals(Missing(period, headline.Denominators))).Select(period => period.Key),
    ];

    private static HashSet<(ReturnId Return, AreaId Area, Breakdown Breakdown)> Missing(IEnumerable<FigureGap> gaps, IEnumerable<MeasureId> measures) =>
        [.. gaps.Where(gap => measures.Contains(gap.Cell.Measure.Id)).Select(gap => (gap.Key.Return, gap.Cell.Key.Area, gap.Cell.Key.Breakdown))];

    /// <summary>Adds up the figures that have a value.</summary>
    internal static Amount Add(IReadOnlyList<SourcedObservation> figures, Markers markers)
    {
        var known = figures.Where(item => item.Observation.Figure.Value is not null).ToList();
        return known.Count == 0
            ? new Amount(null, Markers.NotAvailable)
            : new Amount(Sum(known), markers | EstimatedIn(known)) { Numerator = known };
    }

    private static Markers EstimatedIn(IEnumerable<SourcedObservation> figures) =>
        figures.Any(item => (item.Observation.Figure.Markers & Markers.Estimated) != 0) ? Markers.Estimated : Markers.None;

    /// <summary>
    /// Divides counts by counts, using only the periods that have both. A quarter without a numerator must not make the
    /// year's ratio smaller.
    /// </summary>
    private static Amount RatioOf(Headline headline, List<SourcedObservation> observations, HashSet<Period> periodsWithGaps, Markers markers)
    {
        List<SourcedObservation> of = [], over = [];
        foreach (var period in observations.GroupBy(item => item.Observation.Period).Where(group => !periodsWithGaps.Contains(group.Key)))
        {
            var numerator = period.Where(item => headline.Numerators.Contains(item.Observation.Key.Measure)).ToList();
            var denominator = period.Where(item => headline.Denominators.Contains(item.Observation.Key.Measure)).ToList();
            if (numerator.Count > 0 && denominator.Count > 0 && numerator.Concat(denominator).All(item => item.Observation.Figure.Value is not null))
            {
                of.AddRange(numerator);
                over.AddRange(denominator);
            }
        }

        return over.Count == 0 ? new Amount(null, Markers.NotAvailable)
            : Sum(over) == 0 ? new Amount(null, Markers.NotApplicable)
            : new Amount(Ratio(Sum(of), Sum(over)), markers | EstimatedIn(of.Concat(over))) { Numerator = of, Denominator = over };
    }

    /// <summary>Returns a ratio rounded as it is published.</summary>
    internal static decimal Ratio(decimal of, decimal over) => decimal.Round(of / over, RateDecimals, MidpointRounding.AwayFromZero);

    internal static decimal Sum(IEnumerable<SourcedObservation> figures) => figures.Sum(item => item.Observation.Figure.Value ?? 0);

    /// <summary>Keeps, for each figure of each return, the observation of the latest period.</summary>
    private static List<SourcedObservation> Latest(List<SourcedObservation> observations) =>
        [.. observations.GroupBy(item => (item.Return, item.Observation.Key)).Select(group => group.MaxBy(item => item.Observation.Period))];
}

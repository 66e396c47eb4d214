using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>The live version of a return, with its observations.</summary>
public sealed record LiveReturn(ReturnKey Key, int Version, IReadOnlyList<Observation> Observations)
{
    /// <summary>The figures that the form asks for and the version lacks. Null if <see cref="Observations"/> are all of its figures, so that they show it.</summary>
    public IReadOnlySet<FigureKey>? Missing { get; init; }
}

/// <summary>An observation with the return that reported it. Two returns may each report a part of the same figure.</summary>
internal readonly record struct SourcedObservation(ReturnId Return, Observation Observation);

/// <summary>A figure that a form asks for and that the live version of the return does not contain: no number and no marker.</summary>
public sealed record FigureGap(ReturnKey Key, FormCell Cell);

/// <summary>The live figures of one financial year, and the returns and figures that are missing.</summary>
public sealed class YearFigures
{
    private readonly ILookup<MeasureId, SourcedObservation> _byMeasure;
    private readonly HashSet<ReturnKey> _live;
    private readonly PartnershipCatalogue _catalogue;

    /// <param name="arrangements">What was arranged about returns of the year; null for nothing. A waived return is not due.</param>
    /// <param name="asOf">The day on which the year is looked at: returns that are not due on that day are not missing. Null for a day on which all are due.</param>
    public YearFigures(PartnershipCatalogue catalogue, Period year, IReadOnlyList<LiveReturn> live, DateOnly? asOf = null, IReadOnlyDictionary<ReturnKey, Arrangement>? arrangements = null)
    {
        (_catalogue, Year, AsOf, LiveReturns) = (catalogue, year, asOf, [.. live.OrderBy(item => item.Key.ToString(), StringComparer.Ordinal)]);
        _live = [.. live.Select(item => item.Key)];
        Arrangements = arrangements ?? new Dictionary<ReturnKey, Arrangement>();
        _byMeasure = LiveReturns.SelectMany(item => item.Observations, (item, observation) => new SourcedObservation(item.Key.Return, observation))
            .ToLookup(reported => reported.Observation.Key.Measure);
        var all = catalogue.GetReturnsDueIn(year).ToList();
        DueReturns = [.. all.Where(item => _live.Contains(item.Key) || IsOverdue(item.Form, item.Key.Period)).Select(item => item.Key)];
        IsComplete = all.Count > 0 && all.TrueForAll(item => _live.Contains(item.Key) || IsWaived(item.Key));
        MissingReturns = [.. DueReturns.Where(key => !_live.Contains(key))];
        Gaps = [.. LiveReturns.SelectMany(item => FindGaps(catalogue, item))];
    }

    public Period Year { get; }

    /// <summary>The live returns, sorted by key so that the same returns give the same bytes.</summary>
    public IReadOnlyList<LiveReturn> LiveReturns { get; }

    /// <summary>The day on which the year is looked at; null for a day on which all of its returns are due.</summary>
    public DateOnly? AsOf { get; }

    /// <summary>True until the last day of the year has passed. The figures are then those of the months so far.</summary>
    public bool IsInProgress => AsOf is { } day && day <= Year.End;

    /// <summary>What was arranged about the returns of the year.</summary>
    public IReadOnlyDictionary<ReturnKey, Arrangement> Arrangements { get; }

    /// <summary>True if every return of the year has been received or waived, due or not.</summary>
    public bool IsComplete { get; }

    /// <summary>The returns whose due date has passed, and those that came before it.</summary>
    public IReadOnlyList<ReturnKey> DueReturns { get; }

    public IReadOnlyList<ReturnKey> MissingReturns { get; }

    /// <summary>The figures that are missing from the live returns, in the order of <see cref="LiveReturns"/>.</summary>
    public IReadOnlyList<FigureGap> Gaps { get; }

    /// <summary>Returns a copy in which one return is added or replaced.</summary>
    public YearFigures WithReturn(LiveReturn liveReturn) => new(_catalogue, Year, [.. LiveReturns.Where(live => live.Key != liveReturn.Key), liveReturn], AsOf, Arrangements);

    public bool IsLive(ReturnKey key) => _live.Contains(key);

    public bool IsWaived(ReturnKey key) => ArrangementOf(key).IsWaived;

    /// <summary>Returns true if the due date of a return has passed, and it is not waived.</summary>
    public bool IsOverdue(Form form, Period period) => ArrangementOf(new ReturnKey(form.Return, period)) is { IsWaived: false } arrangement && (AsOf is not { } day || day > arrangement.GetDueDate(form, period));

    private Arrangement ArrangementOf(ReturnKey key) => Arrangements.GetValueOrDefault(key, Arrangement.None);

    private static IEnumerable<FigureGap> FindGaps(PartnershipCatalogue catalogue, LiveReturn live)
    {
        var reported = live.Observations.Select(observation => observation.Key).ToHashSet();
        return catalogue.FindForm(live.Key)?.GetRequestedCells(live.Key.Period)
            .Where(cell => live.Missing?.Contains(cell.Key) ?? !reported.Contains(cell.Key)).Select(cell => new FigureGap(live.Key, cell)) ?? [];
    }

    /// <summary>Returns the observations of these measures. Repeated measures are counted once.</summary>
    internal IEnumerable<SourcedObservation> GetObservations(IEnumerable<MeasureId> measures) => measures.Distinct().SelectMany(measure => _byMeasure[measure]);
}

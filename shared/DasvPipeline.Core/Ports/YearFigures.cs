using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>The live version of a return, with its observations.</summary>
public sealed record LiveReturn(ReturnKey Key, int Version, IReadOnlyList<Observation> Observations);

/// <summary>An observation with the return that reported it. Two returns may each report a part of the same figure.</summary>
internal readonly record struct SourcedObservation(ReturnId Return, Observation Observation);

/// <summary>The live figures of one financial year, and the returns that are missing.</summary>
public sealed class YearFigures
{
    private readonly ILookup<MeasureId, SourcedObservation> _byMeasure;
    private readonly HashSet<ReturnKey> _live;
    private readonly PartnershipCatalogue _catalogue;

    public YearFigures(PartnershipCatalogue catalogue, Period year, IReadOnlyList<LiveReturn> live)
    {
        (_catalogue, Year, LiveReturns) = (catalogue, year, [.. live.OrderBy(item => item.Key.ToString(), StringComparer.Ordinal)]);
        _live = [.. live.Select(item => item.Key)];
        _byMeasure = LiveReturns.SelectMany(item => item.Observations, (item, observation) => new SourcedObservation(item.Key.Return, observation))
            .ToLookup(reported => reported.Observation.Key.Measure);
        DueReturns = [.. catalogue.GetReturnsDueIn(year).Select(item => item.Key)];
        MissingReturns = [.. DueReturns.Where(key => !_live.Contains(key))];
    }

    public Period Year { get; }

    /// <summary>The live returns, sorted by key so that the same returns give the same bytes.</summary>
    public IReadOnlyList<LiveReturn> LiveReturns { get; }

    public IReadOnlyList<ReturnKey> DueReturns { get; }

    public IReadOnlyList<ReturnKey> MissingReturns { get; }

    /// <summary>Returns a copy in which one return is added or replaced.</summary>
    public YearFigures WithReturn(LiveReturn liveReturn) => new(_catalogue, Year, [.. LiveReturns.Where(live => live.Key != liveReturn.Key), liveReturn]);

    public bool IsLive(ReturnKey key) => _live.Contains(key);

    /// <summary>Returns the observations of these measures. Repeated measures are counted once.</summary>
    internal IEnumerable<SourcedObservation> GetObservations(IEnumerable<MeasureId> measures) => measures.Distinct().SelectMany(measure => _byMeasure[measure]);
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

/// <summary>An accepted return whose figures count.</summary>
public sealed record LiveReturn(ReturnKey Key, int Version, IReadOnlyList<Observation> Observations);

/// <summary>An observation and the return that reported it: two returns may report one figure, each a part of it.</summary>
internal readonly record struct Reported(ReturnId Return, Observation Observation);

/// <summary>All that counts of one financial year, and what of it is still missing.</summary>
public sealed class YearFigures
{
    private readonly ILookup<MeasureId, Reported> _byMeasure;
    private readonly HashSet<ReturnKey> _live;
    private readonly PartnershipCatalogue _catalogue;

    public YearFigures(PartnershipCatalogue catalogue, Period year, IReadOnlyList<LiveReturn> live)
    {
        (_catalogue, Year, Live) = (catalogue, year, [.. live.OrderBy(item => item.Key.ToString(), StringComparer.Ordinal)]);
        _live = [.. live.Select(item => item.Key)];
        _byMeasure = Live.SelectMany(item => item.Observations, (item, observation) => new Reported(item.Key.Return, observation))
            .ToLookup(reported => reported.Observation.Key.Measure);
        Owed = [.. catalogue.OwedIn(year).Select(owed => owed.Key)];
        Missing = [.. Owed.Where(key => !_live.Contains(key))];
    }

    public Period Year { get; }

    /// <summary>In the order of their keys, so that the same returns give the same bytes.</summary>
    public IReadOnlyList<LiveReturn> Live { get; }

    public IReadOnlyList<ReturnKey> Owed { get; }

    public IReadOnlyList<ReturnKey> Missing { get; }

    /// <summary>The same with one return in another version, or in at all.</summary>
    public YearFigures With(LiveReturn one) => new(_catalogue, Year, [.. Live.Where(live => live.Key != one.Key), one]);

    public bool IsLive(ReturnKey key) => _live.Contains(key);

    /// <summary>Each once, however often its measure is named.</summary>
    internal IEnumerable<Reported> Of(IEnumerable<MeasureId> measures) => measures.Distinct().SelectMany(measure => _byMeasure[measure]);
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>Returns the accepted figures of another period of the return, or null if there are none.</summary>
public delegate Task<IReadOnlyDictionary<FigureKey, Figure>?> AcceptedFigures(Period period, CancellationToken ct);

public static class ReturnStoreExtensions
{
    /// <summary>The number of partitions that are read in parallel.</summary>
    private const int MaxParallelReads = 8;

    /// <summary>Reads a year's live versions and their figures.</summary>
    /// <param name="wanted">A filter of the returns to read; null for all. Other returns are treated as missing.</param>
    public static async Task<YearFigures> ReadYearAsync(
        this IReturnStore store, PartnershipCatalogue catalogue, Period year, Func<ReturnId, bool>? wanted, CancellationToken ct)
    {
        var versions = await store.ReadLiveVersionsAsync(year, ct);
        return await store.ReadVersionsAsync(
            catalogue, year, wanted is null ? versions : versions.Where(version => wanted(version.Key.Return)).ToDictionary(), recorded: null, ct);
    }

    /// <summary>Reads the live version of each return of a year.</summary>
    public static async Task<IReadOnlyDictionary<ReturnKey, int>> ReadLiveVersionsAsync(this IReturnStore store, Period year, CancellationToken ct) =>
        (await store.ReadLedgerAsync(year, ct)).GetLiveVersions();

    /// <summary>Returns what was arranged about returns, from the rows of a year.</summary>
    public static IReadOnlyDictionary<ReturnKey, Arrangement> GetArrangements(this IEnumerable<LedgerRow> rows) =>
        rows.Where(row => row.Arrangement != Arrangement.None).ToDictionary(row => row.Key, row => row.Arrangement);

    /// <summary>Returns the live version of each return, from the rows of a year.</summary>
    public static IReadOnlyDictionary<ReturnKey, int> GetLiveVersions(this IEnumerable<LedgerRow> rows) =>
        rows.Where(row => row.LiveVersion is not null).ToDictionary(row => row.Key, row => row.LiveVersion!.Value);

    /// <summary>Reads the figures of a return's live version; null if no version is live.</summary>
    public static async Task<IReadOnlyDictionary<FigureKey, Figure>?> ReadLiveFiguresAsync(this IReturnStore store, ReturnKey key, CancellationToken ct) =>
        await store.ReadLedgerRowAsync(key, ct) is { LiveVersion: { } version }
            ? (await store.ReadObservationsAsync(key, version, ct)).ToDictionary(observation => observation.Key, observation => observation.Figure)
            : null;

    /// <summary>Returns a reader of the accepted figures of the same return for other periods, in the versions that were live when the return was read.</summary>
    public static AcceptedFigures AcceptedFiguresOf(this IReturnStore store, ReturnKey key, ReturnHistory history) => async (period, ct) => history.GetLiveVersion(period) is { } version
        ? (await store.ReadObservationsAsync(key with { Period = period }, version, ct)).ToDictionary(observation => observation.Key, observation => observation.Figure)
        : null;

    /// <summary>Returns a reader of the accepted figures of the same return for other periods.</summary>
    public static AcceptedFigures AcceptedFiguresOf(this IReturnStore store, ReturnKey key) => (period, ct) => store.ReadLiveFiguresAsync(key with { Period = period }, ct);

    /// <summary>Reads a year from given versions of its returns, whichever versions are live.</summary>
    /// <param name="recorded">Returns the figures of a version if they are known, so that its observations are not read; otherwise null.</param>
    public static async Task<YearFigures> ReadVersionsAsync(
        this IReturnStore store,
        PartnershipCatalogue catalogue,
        Period year,
        IReadOnlyDictionary<ReturnKey, int> versions,
        Func<ReturnKey, int, LiveReturn?>? recorded,
        CancellationToken ct,
        DateOnly? asOf = null,
        IReadOnlyDictionary<ReturnKey, Arrangement>? arrangements = null)
    {
        var known = versions.Where(version => catalogue.FindForm(version.Key) is not null).ToList();
        var live = new LiveReturn[known.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, known.Count),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = ct },
            async (i, token) =>
            {
                var (key, version) = known[i];
                live[i] = recorded?.Invoke(key, version) ?? new LiveReturn(key, version, await store.ReadObservationsAsync(key, version, token));
            });
        return new YearFigures(catalogue, year, live, asOf, arrangements);
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

public static class YearReading
{
    /// <summary>Partitions read at once.</summary>
    private const int Readers = 8;

    /// <summary>What counts of a year: the ledger's live versions, and the figures of each.</summary>
    /// <param name="wanted">Which returns to read; null for all. Those left out are as if they were not in.</param>
    public static async Task<YearFigures> ReadYearAsync(
        this IReturnStore store, PartnershipCatalogue catalogue, Period year, Func<ReturnId, bool>? wanted, CancellationToken ct)
    {
        var rows = (await store.ReadLedgerAsync(year, ct))
            .Where(row => row.LiveVersion is not null && wanted?.Invoke(row.Key.Return) != false)
            .ToDictionary(row => row.Key, row => row.LiveVersion!.Value);
        return await store.ReadVersionsAsync(catalogue, year, rows, ct);
    }

    /// <summary>The figures of a return that count; null where none do.</summary>
    public static async Task<IReadOnlyDictionary<FigureKey, Figure>?> ReadAcceptedAsync(this IReturnStore store, ReturnKey key, CancellationToken ct) =>
        await store.ReadLedgerRowAsync(key, ct) is { LiveVersion: { } version }
            ? (await store.ReadObservationsAsync(key, version, ct)).ToDictionary(observation => observation.Key, observation => observation.Figure)
            : null;

    /// <summary>A year as these versions of its returns make it, whatever counts now.</summary>
    public static async Task<YearFigures> ReadVersionsAsync(
        this IReturnStore store, PartnershipCatalogue catalogue, Period year, IReadOnlyDictionary<ReturnKey, int> versions, CancellationToken ct)
    {
        var known = versions.Where(version => catalogue.FindForm(version.Key.Return) is not null).ToList();
        var live = new LiveReturn[known.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, known.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = ct },
            async (i, token) =>
            {
                var (key, version) = known[i];
                live[i] = new LiveReturn(key, version, await store.ReadObservationsAsync(key, version, token));
            });
        return new YearFigures(catalogue, year, live);
    }
}

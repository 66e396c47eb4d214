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
            .Where(row => row.LiveVersion is not null && catalogue.FindForm(row.Key.Return) is not null && wanted?.Invoke(row.Key.Return) != false)
            .ToList();
        var live = new LiveReturn[rows.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, rows.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = ct },
            async (i, token) =>
            {
                var version = rows[i].LiveVersion!.Value;
                live[i] = new LiveReturn(rows[i].Key, version, await store.ReadObservationsAsync(rows[i].Key, version, token));
            });
        return new YearFigures(catalogue, year, live);
    }
}

using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>
/// Writes into the ledger which returns are due and which are overdue, so that the day on which one became overdue is on
/// record. Looks at the year that today is in and the one before; older ones have long been chased. Measures for how many
/// days the release that the feed announces has been overdue.
/// </summary>
public sealed class ChaseReturns(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <returns>How many returns are owed and not in.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var thisYear = Period.YearOf(today);
        var owing = 0;
        foreach (var year in new[] { thisYear.PreviousYear, thisYear })
        {
            var rows = (await store.ReadLedgerAsync(year, ct)).ToDictionary(row => row.Key);
            foreach (var (form, key) in catalogue.OwedIn(year))
            {
                var row = rows.GetValueOrDefault(key);
                if (row is { LatestVersion: > 0 } || BoardRow.Owed(form, key.Period, today) is not { } state)
                {
                    continue;
                }

                owing++;
                if (row?.State != state)
                {
                    await store.MarkOwedAsync(key, state, form.DueFor(key.Period), ct);
                }
            }
        }

        Gauges.DaysOverdue.Record(await DaysOverdueAsync(today, ct));
        return owing;
    }

    private async Task<int> DaysOverdueAsync(DateOnly today, CancellationToken ct)
    {
        if (await feed.ReadAsync(FeedPaths.Index, ct) is not { } index)
        {
            return 0;
        }

        var announced = JsonSerializer.Deserialize(index.Content.Span, FeedJson.Plain.IndexDocument)?.NextRelease ?? today;
        return Math.Max(0, today.DayNumber - announced.DayNumber);
    }
}

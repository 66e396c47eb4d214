using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <summary>
/// Writes into the ledger which returns are due and which are overdue, so that the day on which one became overdue is on
/// record. Looks at the year that today is in and the one before; older ones have long been chased. Measures for how many
/// days the release that the feed announces has been overdue.
/// </summary>
public sealed partial class ChaseReturns(
    PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock, ILogger<ChaseReturns> logger)
{
    /// <returns>How many returns are owed and not in.</returns>
    public Task<int> RunAsync(CancellationToken ct) => Telemetry.WithinAsync(Telemetry.Spans.Chase, logger, async span =>
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var owing = await MarkOwedAsync(today, ct);
        var overdue = await DaysOverdueAsync(today, ct);
        span?.SetTag(Telemetry.Tags.Count, owing);
        Measurements.DaysOverdue.Record(overdue);
        Log.Chased(logger, owing, overdue);
        return owing;
    });

    private async Task<int> MarkOwedAsync(DateOnly today, CancellationToken ct)
    {
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

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Information, "Chased: {Count} returns are owed; the next release has been overdue for {Days} days.")]
        public static partial void Chased(ILogger logger, int count, int days);
    }
}

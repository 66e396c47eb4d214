using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Records in the ledger which returns are due or overdue, for the current and the previous year. What is recorded once stays on the chase list
/// of later years. Also updates the public calendar, measures the number of days that an announced release is overdue, and the number of files
/// with personal data that are still stored, and compares the figures if they have changed.
/// </summary>
public sealed partial class ChaseReturns(
    PartnershipCatalogue catalogue, IReturnStore store, AnnounceReleases announce, DescribeStatus status, CompareFigures compare, TimeProvider clock, ILogger<ChaseReturns> logger)
{
    /// <returns>The number of returns that are due or overdue.</returns>
    public Task<int> RunAsync(CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.Chase, logger, async span =>
    {
        var today = clock.Today();
        var dueCount = await MarkDueReturnsAsync(today, ct);
        var overdue = await announce.RunAsync(ct);
        span?.SetTag(PipelineTelemetry.Tags.Count, dueCount);
        Metrics.DaysOverdue.Record(overdue);
        Metrics.FilesWithPeople.Record((await store.ReadFilesWithPeopleAsync(ct)).Count);
        var thisYear = Period.YearContaining(today);
        await compare.RunIfChangedAsync([.. (await status.GetRecentReturnsAsync(ct)).Where(row => BoardYear.Of(row) >= thisYear.PreviousYear)], ct);
        Log.Chased(logger, dueCount, overdue);
        return dueCount;
    });

    private async Task<int> MarkDueReturnsAsync(DateOnly today, CancellationToken ct)
    {
        var thisYear = Period.YearContaining(today);
        var dueCount = 0;
        foreach (var year in new[] { thisYear.PreviousYear, thisYear })
        {
            var rows = (await store.ReadLedgerAsync(year, ct)).ToDictionary(row => row.Key);
            foreach (var (form, key) in catalogue.GetReturnsDueIn(year))
            {
                var row = rows.GetValueOrDefault(key);
                if (row is { LatestVersion: > 0 } or { Arrangement.IsWaived: true } || BoardRow.GetUnsentState(form, key.Period, row, today) is not { } state)
                {
                    continue;
                }

                dueCount++;
                if (row?.State != state)
                {
                    await store.MarkDueAsync(key, state, (row?.Arrangement ?? Arrangement.None).GetDueDate(form, key.Period), ct);
                }
            }
        }

        return dueCount;
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Information, "{Count} returns are due or overdue. The next release is {Days} days overdue.")]
        public static partial void Chased(ILogger logger, int count, int days);
    }
}

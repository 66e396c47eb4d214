using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Reconcile;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>Tells the partnership manager where every return of a year stands, and where their figures disagree.</summary>
public sealed class DescribeStatus(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <summary>Reads one partition of the ledger.</summary>
    /// <param name="year">Null for the latest year that is published, or the one that today is in.</param>
    public async Task<Board> RunAsync(Period? year, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var current = await feed.ReadCurrentAsync(ct);
        var shown = year ?? Latest(current, today);
        var rows = (await store.ReadLedgerAsync(shown, ct)).ToDictionary(row => row.Key);
        var returns = catalogue.OwedIn(shown)
            .Select(owed => BoardRow.Of(catalogue, owed.Form, owed.Key, rows.GetValueOrDefault(owed.Key), today))
            .OrderBy(row => row.Agency, StringComparer.Ordinal).ThenBy(row => row.Return, StringComparer.Ordinal).ThenBy(row => row.Period, StringComparer.Ordinal)
            .ToList();
        return new Board(shown.ToString(), shown.Label, current?.Number ?? 0, returns);
    }

    /// <summary>Where one return stands. Reads one row of the ledger.</summary>
    public async Task<BoardRow> RowAsync(Form form, ReturnKey key, CancellationToken ct) => BoardRow.Of(
        catalogue, form, key, await store.ReadLedgerRowAsync(key, ct), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

    /// <summary>Reads the live figures of the year, its explanations, and the reports of returns that have queries.</summary>
    /// <param name="year">Null for the latest year that is published, or the one that today is in.</param>
    public async Task<Disagreements> DiscrepanciesAsync(Period? year, CancellationToken ct)
    {
        var shown = year ?? Latest(await feed.ReadCurrentAsync(ct), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var found = Reconciliation.Find(catalogue, await store.ReadYearAsync(catalogue, shown, null, ct));
        var explanations = await store.ReadExplanationsAsync(shown, ct);
        var queries = new List<AskedQuery>();
        foreach (var row in (await store.ReadLedgerAsync(shown, ct)).Where(row => row.Counts is not { Queries: 0, Explained: 0 }).OrderBy(row => row.Key.ToString(), StringComparer.Ordinal))
        {
            if (await store.ReadReportAsync(row.Key, row.LatestVersion, SubmissionReport.FileName, ct) is { } report)
            {
                queries.AddRange(AskedQuery.In(row.Key, SubmissionReport.Parse(report)));
            }
        }

        return new Disagreements(shown.ToString(), shown.Label, [.. found.Select(discrepancy => Disagreement.Of(discrepancy, explanations))], queries);
    }

    private static Period Latest(CurrentRelease? current, DateOnly today) =>
        current is { Years.Count: > 0 } ? current.Years.Keys.Max() : Period.YearOf(today);
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Compares the figures of the current and the previous year, and keeps which disagreements question the value of a headline. The start page
/// shows what is kept, and says if returns have changed since. Comparing reads every figure, so a page cannot do it each time.
/// </summary>
public sealed class CompareFigures(PartnershipCatalogue catalogue, IReturnStore store, TimeProvider clock)
{
    public async Task<StoredComparison> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var current = Period.YearContaining(UkTime.DateOf(now));
        var (thisYear, lastYear, before) = (
            await store.ReadYearAsync(catalogue, current, null, ct),
            await store.ReadYearAsync(catalogue, current.PreviousYear, null, ct),
            await store.ReadYearAsync(catalogue, current.PreviousYear.PreviousYear, null, ct));
        var comparison = StoredComparison.Create(catalogue, now, [thisYear, lastYear], [.. Find(thisYear, lastYear), .. Find(lastYear, before)]);
        await store.WriteComparisonAsync(comparison.ToJson(), ct);
        return comparison;
    }

    /// <summary>Compares the figures if a return or the catalogue has changed since the last time.</summary>
    /// <param name="rows">The returns of the current and the previous year.</param>
    internal async Task RunIfChangedAsync(IReadOnlyList<BoardRow> rows, CancellationToken ct)
    {
        if (await ReadAsync(ct) is not { } last || last.Catalogue != catalogue.Hash || last.CountChanged(rows) > 0)
        {
            await RunAsync(ct);
        }
    }

    /// <summary>Reads the last comparison; null before the first. Makes one storage call.</summary>
    public async Task<StoredComparison?> ReadAsync(CancellationToken ct) => await store.ReadComparisonAsync(ct) is { } stored ? StoredComparison.Parse(stored.Span) : null;

    private IEnumerable<StoredDisagreement> Find(YearFigures year, YearFigures before) => Reconciler.Find(catalogue, year, before)
        .Where(discrepancy => discrepancy.Effect == HeadlineEffect.Value)
        .Select(discrepancy => new StoredDisagreement(year.Year.ToString(), discrepancy.Id, discrepancy.Question, discrepancy.Sentence, [.. discrepancy.Headlines.Select(headline => headline.Value)]));
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Receive;
using DasvPipeline.Core.Reconcile;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>Tells the partnership manager where every return of a year stands, and where their figures disagree.</summary>
public sealed class DescribeStatus(PartnershipCatalogue catalogue, IUploads uploads, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <summary>How the paths of everybody's uploads begin.</summary>
    private const string Everybody = "";

    /// <summary>Reads one partition of the ledger, the listing of uploads, and which of them have ended.</summary>
    /// <param name="year">Null for the latest year that is published, or the one that today is in.</param>
    public async Task<Board> RunAsync(Period? year, CancellationToken ct)
    {
        var today = Today();
        var current = await feed.ReadCurrentAsync(ct);
        var shown = year ?? Latest(current, today);
        return new Board(shown.ToString(), shown.Label, current?.Number ?? 0, await ReadReturnsAsync([shown], Everybody, today, ct));
    }

    /// <summary>Where the returns of one agency stand.</summary>
    /// <param name="year">Null for the year that today is in and the one before.</param>
    public async Task<IReadOnlyList<BoardRow>> OwedByAsync(AgencyId agency, Period? year, CancellationToken ct)
    {
        var today = Today();
        return [.. (await ReadReturnsAsync(Recent(year, today), $"{agency}/", today, ct)).Where(row => row.Agency == agency.Value)];
    }

    /// <summary>Where one return stands.</summary>
    public async Task<BoardRow> RowAsync(Form form, ReturnKey key, CancellationToken ct)
    {
        var today = Today();
        return BoardRow.Of(catalogue, form, key, await store.ReadLedgerRowAsync(key, ct), At(await FindUnreadAsync([key.Period.Year], $"{key}/", today, ct), key), today);
    }

    /// <summary>Reads the live figures of the year, its explanations, and the reports of returns that have queries.</summary>
    /// <param name="year">Null for the latest year that is published, or the one that today is in.</param>
    public async Task<Disagreements> DiscrepanciesAsync(Period? year, CancellationToken ct)
    {
        var shown = year ?? Latest(await feed.ReadCurrentAsync(ct), Today());
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

    /// <summary>Who owes what, with the e-mail that asks for it.</summary>
    /// <param name="year">Null for the year that today is in and the one before.</param>
    /// <param name="pageOf">Where an agency finds its forms and sends its returns.</param>
    public async Task<ChaseList> ChaseAsync(Period? year, Func<AgencyId, Uri> pageOf, CancellationToken ct)
    {
        var today = Today();
        return ChaseList.Of(catalogue, await ReadReturnsAsync(Recent(year, today), Everybody, today, ct), today, pageOf);
    }

    /// <summary>The days on which the returns that are not in were or will be due, as an iCalendar file.</summary>
    /// <param name="year">Null for the year that today is in and the one before.</param>
    /// <param name="agency">Null for all.</param>
    /// <param name="pageOf">Where an agency finds its forms and sends its returns.</param>
    public async Task<byte[]> CalendarAsync(Period? year, AgencyId? agency, Func<AgencyId, Uri> pageOf, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var returns = await ReadReturnsAsync(Recent(year, today), Everybody, today, ct);
        return DueCalendar.Write(catalogue, [.. returns.Where(row => agency is null || row.Agency == agency.Value.Value)], now, pageOf);
    }

    private static Period Latest(CurrentRelease? current, DateOnly today) =>
        current is { Years.Count: > 0 } ? current.Years.Keys.Max() : Period.YearOf(today);

    private static IReadOnlyList<Period> Recent(Period? year, DateOnly today) =>
        year is { } asked ? [asked] : [Period.YearOf(today).PreviousYear, Period.YearOf(today)];

    private static DateTimeOffset? At(Dictionary<ReturnKey, DateTimeOffset> unread, ReturnKey key) => unread.TryGetValue(key, out var at) ? at : null;

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <param name="under">How the paths of the uploads begin that matter.</param>
    private async Task<IReadOnlyList<BoardRow>> ReadReturnsAsync(IReadOnlyList<Period> years, string under, DateOnly today, CancellationToken ct)
    {
        var rows = new Dictionary<ReturnKey, LedgerRow>();
        foreach (var year in years)
        {
            foreach (var row in await store.ReadLedgerAsync(year, ct))
            {
                rows.Add(row.Key, row);
            }
        }

        var unread = await FindUnreadAsync(years, under, today, ct);
        return
        [
            .. years.SelectMany(catalogue.OwedIn)
                .Select(owed => BoardRow.Of(catalogue, owed.Form, owed.Key, rows.GetValueOrDefault(owed.Key), At(unread, owed.Key), today))
                .OrderBy(row => row.Agency, StringComparer.Ordinal).ThenBy(row => row.Return, StringComparer.Ordinal).ThenBy(row => row.Period, StringComparer.Ordinal),
        ];
    }

    /// <summary>When the newest file of each return was uploaded that no ingest has ended.</summary>
    private async Task<Dictionary<ReturnKey, DateTimeOffset>> FindUnreadAsync(IReadOnlyList<Period> years, string under, DateOnly today, CancellationToken ct)
    {
        var unread = new Dictionary<ReturnKey, DateTimeOffset>();
        await foreach (var upload in store.FindUnhandledAsync(uploads.ListAsync(under, ct).Where(upload => KeyOf(upload) is { } key && years.Contains(key.Period.Year)), ct))
        {
            var key = KeyOf(upload)!.Value;
            if (!unread.TryGetValue(key, out var at) || at < upload.UploadedAt)
            {
                unread[key] = upload.UploadedAt;
            }
        }

        return unread;

        ReturnKey? KeyOf(Upload upload) => UploadPath.Resolve(catalogue, upload.Path, today) is { Form: not null } placed ? placed.Key : null;
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight;

/// <summary>Describes the state of every return of a year, and the disagreements between figures, for the manager.</summary>
public sealed class DescribeStatus(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <summary>
    /// Reads the current release, the board of one year, and the uploads in progress with the files with personal data: 3 storage calls. The
    /// board also has what agencies still have to send for earlier years.
    /// </summary>
    /// <param name="year">Null for the newest year in which something is to be done (<see cref="BoardYear"/>).</param>
    /// <param name="withLastYear">True to read the year before too. It needs no further call for up to 1,000 rows.</param>
    public async Task<StatusBoard> GetBoardAsync(Period? year, CancellationToken ct, bool withLastYear = false)
    {
        var today = Today();
        var current = await feed.ReadCurrentAsync(ct);
        var inProgress = await store.ReadUploadsInProgressAsync(ct);
        var recent = Recent(year, today);
        var returns = await ReadReturnsAsync(withLastYear ? [recent.Min().PreviousYear, .. recent] : recent, inProgress, today, ct);
        var shown = year ?? BoardYear.Choose(returns, today);
        return new StatusBoard(shown.ToString(), shown.Label, current?.Number ?? 0, [.. returns.Where(row => BoardYear.Of(row) == shown)])
        {
            FilesWithPeople = [.. inProgress.FilesWithPeople.Select(file => BoardFile.Create(catalogue, file))],
            LastYear = withLastYear ? [.. returns.Where(row => BoardYear.Of(row) == shown.PreviousYear)] : [],
            Earlier = [.. returns.Where(row => BoardYear.Of(row) < shown && ChasedReturn.IsChased(row))],
        };
    }

    /// <summary>
    /// Reads the returns of the current and the previous year, and what agencies still have to send for earlier years: 2 storage calls. What
    /// was asked for once stays until it is sent, waived or not asked for any more.
    /// </summary>
    public async Task<IReadOnlyList<BoardRow>> GetRecentReturnsAsync(CancellationToken ct) => (await ReadRecentAsync(ct)).Rows;

    /// <inheritdoc cref="GetRecentReturnsAsync" />
    internal async Task<(IReadOnlyList<BoardRow> Rows, UploadsInProgress InProgress)> ReadRecentAsync(CancellationToken ct)
    {
        var today = Today();
        var inProgress = await store.ReadUploadsInProgressAsync(ct);
        return (await ReadReturnsAsync(Recent(null, today), inProgress, today, ct), inProgress);
    }

    /// <summary>Reads the returns of a year, or without a year those of <see cref="GetRecentReturnsAsync"/>.</summary>
    public async Task<IReadOnlyList<BoardRow>> GetAskedReturnsAsync(Period? year, CancellationToken ct) =>
        year is { } asked ? await GetReturnsAsync(asked, asked, ct) : await GetRecentReturnsAsync(ct);

    /// <summary>Reads the returns of the years from one to another: 2 storage calls for up to 1,000 rows.</summary>
    public async Task<IReadOnlyList<BoardRow>> GetReturnsAsync(Period first, Period last, CancellationToken ct)
    {
        var years = new List<Period>();
        for (var year = last; year >= first; year = year.PreviousYear)
        {
            years.Add(year);
        }

        return [.. (await ReadReturnsAsync(years, await store.ReadUploadsInProgressAsync(ct), Today(), ct)).Where(row => BoardYear.Of(row) >= first)];
    }

    /// <summary>Returns the state of the returns of one agency.</summary>
    /// <param name="year">Null for the current and the previous year, and what is still to be sent for earlier years.</param>
    public async Task<IReadOnlyList<BoardRow>> GetAgencyReturnsAsync(AgencyId agency, Period? year, CancellationToken ct)
    {
        var today = Today();
        var years = Recent(year, today);
        var (rows, waiting) = await store.ReadAgencyAsync(agency, years.Min(), ct);
        return Describe(years, year is null ? rows : [.. rows.Where(row => row.Key.Period.Year == year)], waiting, today, key => key.Return.Agency == agency);
    }

    /// <summary>Returns the state of one return.</summary>
    public async Task<BoardRow> GetReturnAsync(Form form, ReturnKey key, CancellationToken ct)
    {
        var today = Today();
        return BoardRow.Create(catalogue, form, key, await store.ReadLedgerRowAsync(key, ct), FindUnread((await store.ReadUploadsInProgressAsync(ct)).Uploads, today).GetValueOrDefault(key), today);
    }

    /// <summary>Reads the live figures of the year, its explanations, and the reports of returns with queries.</summary>
    /// <param name="year">Null for the latest published year, or the current year if none is published.</param>
    public async Task<Disagreements> GetDisagreementsAsync(Period? year, CancellationToken ct)
    {
        var shown = year ?? Latest(await feed.ReadCurrentAsync(ct), Today());
        var found = Reconciler.Find(catalogue, await store.ReadYearAsync(catalogue, shown, null, ct), await store.ReadYearAsync(catalogue, shown.PreviousYear, null, ct));
        var explanations = await store.ReadExplanationsAsync(shown, ct);
        var queries = new List<ReturnQuery>();
        foreach (var row in (await store.ReadLedgerAsync(shown, ct)).Where(row => row.Counts is not { Queries: 0, Explained: 0 }).OrderBy(row => row.Key.ToString(), StringComparer.Ordinal))
        {
            if (await store.ReadReportAsync(row.Key, row.LatestVersion, SubmissionReport.FileName, ct) is { } report)
            {
                queries.AddRange(ReturnQuery.FromReport(row.Key, SubmissionReport.Parse(report)));
            }
        }

        return new Disagreements(shown.ToString(), shown.Label, [.. found.Select(discrepancy => Disagreement.Create(discrepancy, explanations))], queries);
    }

    /// <summary>Lists what each agency still has to send, with a reminder email.</summary>
    /// <param name="year">Null for the current and the previous year, and what is still to be sent for earlier years.</param>
    /// <param name="pageOf">Returns the address of an agency's page.</param>
    public async Task<ChaseList> GetChaseListAsync(Period? year, Func<AgencyId, Uri> pageOf, CancellationToken ct)
    {
        var today = Today();
        return ChaseList.Create(catalogue, await GetAskedReturnsAsync(year, ct), today, pageOf);
    }

    /// <summary>Writes the due dates of returns that have not been accepted as an iCalendar file.</summary>
    /// <param name="year">Null for the current and the previous year, and what is still to be sent for earlier years.</param>
    /// <param name="agency">Null for all agencies.</param>
    /// <param name="pageOf">Returns the address of an agency's page.</param>
    public async Task<byte[]> GetCalendarAsync(Period? year, AgencyId? agency, Func<AgencyId, Uri> pageOf, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = UkTime.DateOf(now);
        var returns = await GetAskedReturnsAsync(year, ct);
        return DueCalendar.Write(catalogue, [.. returns.Where(row => agency is null || row.Agency == agency.Value.Value)], now, pageOf);
    }

    private static Period Latest(CurrentRelease? current, DateOnly today) =>
        current is { Years.Count: > 0 } ? current.Years.Keys.Max() : Period.YearContaining(today);

    private static IReadOnlyList<Period> Recent(Period? year, DateOnly today) =>
        year is { } asked ? [asked] : [Period.YearContaining(today).PreviousYear, Period.YearContaining(today)];

    private DateOnly Today() => clock.Today();

    private async Task<IReadOnlyList<BoardRow>> ReadReturnsAsync(IReadOnlyList<Period> years, UploadsInProgress inProgress, DateOnly today, CancellationToken ct)
    {
        var rows = await store.ReadLedgerAsync(years.Min(), years.Max(), ct);
        return Describe(years, rows, inProgress.Uploads, today, _ => true);
    }

    private IReadOnlyList<BoardRow> Describe(
        IReadOnlyList<Period> years, IReadOnlyList<LedgerRow> ledger, IEnumerable<WaitingUpload> waiting, DateOnly today, Func<ReturnKey, bool> isShown)
    {
        var rows = ledger.ToDictionary(row => row.Key);
        var unread = FindUnread(waiting, today);
        var earlier = from row in ledger
                      where row.Key.Period.Year < years.Min()
                      let form = catalogue.FindForm(row.Key)
                      where form is not null
                      select BoardRow.Create(catalogue, form, row.Key, row, unread.GetValueOrDefault(row.Key), today);
        return
        [
            .. years.SelectMany(catalogue.GetReturnsDueIn).Where(item => isShown(item.Key))
                .Select(item => BoardRow.Create(catalogue, item.Form, item.Key, rows.GetValueOrDefault(item.Key), unread.GetValueOrDefault(item.Key), today))
                .Concat(earlier.Where(ChasedReturn.IsChased))
                .OrderBy(row => row.Agency, StringComparer.Ordinal).ThenBy(row => row.Return, StringComparer.Ordinal).ThenBy(row => row.Period, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns, for each return, its newest unprocessed file. A file that came too early is not shown before the day from which it can be sent.</summary>
    private Dictionary<ReturnKey, WaitingUpload> FindUnread(IEnumerable<WaitingUpload> waiting, DateOnly today) => waiting
        .Where(upload => UploadPath.Resolve(catalogue, upload.Path, today).Form is not null)
        .GroupBy(upload => upload.Key).ToDictionary(uploads => uploads.Key, uploads => uploads.MaxBy(upload => upload.Version)!);
}

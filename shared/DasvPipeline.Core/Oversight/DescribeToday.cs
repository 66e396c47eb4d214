using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Describes what the manager has to do today. Makes at most 6 storage calls, however many agencies, returns and years there are: the publish
/// queue, the uploads in progress, the ledger, the last comparison, and the explanations of 2 years.
/// </summary>
public sealed class DescribeToday(PartnershipCatalogue catalogue, DescribeStatus status, CompareFigures compare, IReturnStore store, IFeedStore feed, PublishOptions options, TimeProvider clock)
{
    /// <summary>A file is checked within seconds, and a lost event is found by the next sweep. One that waits longer is stuck.</summary>
    private static readonly TimeSpan LongestCheck = TimeSpan.FromMinutes(15);

    public async Task<TodaysWork> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = UkTime.DateOf(now);
        var queue = await feed.ReadPublishQueueAsync(ct);
        var (rows, inProgress) = await status.ReadRecentAsync(ct);
        var hold = queue.Decisions.Hold;
        return new TodaysWork(
            today,
            [.. inProgress.FilesWithPeople.Select(file => BoardFile.Create(catalogue, file))],
            hold is null ? null : new PreviewHold(hold.By.Name, UkTime.From(hold.At), hold.Reason),
            [.. inProgress.Uploads.Where(upload => IsStuck(upload, now)).Select(CreateStuck)],
            [.. rows.Where(row => row.State == BoardStates.Undecided)],
            FindOverdue(rows, today),
            await ReadDisagreementsAsync(rows, queue.Decisions, ct),
            FindYears(rows, queue.Decisions, today),
            FindRelease(queue, now),
            FindNext(rows, today))
        {
            IsContinuous = options.IsContinuous(catalogue),
        };
    }

    private static bool IsStuck(WaitingUpload upload, DateTimeOffset now) =>
        upload.Until is null && !(upload.NotBefore > now) && now - upload.UploadedAt > LongestCheck;

    private StuckFile CreateStuck(WaitingUpload upload) => new(
        upload.Key.Return.ToString(),
        catalogue.FindFormOrNewest(upload.Key)?.Title ?? upload.Key.Return.Name,
        catalogue.GetAgencyName(upload.Key.Return.Agency),
        upload.Key.Period.ToString(),
        upload.Version,
        upload.UploadedAt);

    private IReadOnlyList<OverdueAgency> FindOverdue(IEnumerable<BoardRow> rows, DateOnly today) =>
    [
        .. rows.Where(row => row.State is BoardStates.Overdue or BoardStates.Rejected or BoardStates.Withdrawn && row.Due < today)
            .GroupBy(row => (row.Agency, row.AgencyName))
            .Select(group => new OverdueAgency(group.Key.Agency, group.Key.AgencyName, [.. group.OrderBy(row => row.Due)], catalogue.CountHeadlines(group.Select(row => ReturnId.TryParse(row.Return)!.Value))))
            .OrderBy(agency => agency.IsExpected(today)).ThenByDescending(agency => agency.Headlines).ThenBy(agency => agency.Returns[0].Due).ThenBy(agency => agency.Agency, StringComparer.Ordinal),
    ];

    private async Task<KeptDisagreements> ReadDisagreementsAsync(IReadOnlyList<BoardRow> rows, Decisions decisions, CancellationToken ct)
    {
        var last = Period.YearContaining(clock.Today()).PreviousYear;
        var recent = rows.Where(row => BoardYear.Of(row) >= last).ToList();
        if (await compare.ReadAsync(ct) is not { } compared)
        {
            return new KeptDisagreements(null, recent.Count(row => row.LiveVersion is not null), IsCatalogueChanged: false, []);
        }

        var open = new List<StoredDisagreement>();
        foreach (var year in compared.Disagreements.GroupBy(disagreement => disagreement.Year).Where(year => Period.Parse(year.Key) >= last && decisions.GetYear(Period.Parse(year.Key)) is not { IsSignedOff: true }))
        {
            var explained = await store.ReadExplanationsAsync(Period.Parse(year.Key), ct);
            open.AddRange(year.Where(disagreement => !explained.ContainsKey(disagreement.Question)));
        }

        return new KeptDisagreements(UkTime.From(compared.At), compared.CountChanged(recent), compared.Catalogue != catalogue.Hash, open);
    }

    private static IReadOnlyList<YearTask> FindYears(IReadOnlyList<BoardRow> rows, Decisions decisions, DateOnly today)
    {
        var current = Period.YearContaining(today);
        return
        [
            .. new[] { current.PreviousYear, current }.Concat(decisions.Years.Where(year => year.Value.IsUnderReview).Select(year => year.Key)).Distinct().Order()
                .Select(year => FindYear(year, [.. rows.Where(row => BoardYear.Of(row) == year)], decisions.GetYear(year), today)).OfType<YearTask>(),
        ];
    }

    private static YearTask? FindYear(Period year, IReadOnlyList<BoardRow> rows, YearDecision? decision, DateOnly today)
    {
        if (decision is { IsUnderReview: true })
        {
            return new YearTask(year.ToString(), year.Label, YearTaskKind.IsUnderReview, 0);
        }

        if (decision is { IsSignedOff: true, SignedOffVersions: { } signed })
        {
            var changed = rows.Count(row => row.LiveVersion != FindSigned(signed, row));
            return changed > 0 ? new YearTask(year.ToString(), year.Label, YearTaskKind.HasChanged, changed) : null;
        }

        var isWhole = rows.Any(row => row.LiveVersion is not null) && rows.All(row => row.State is BoardStates.Accepted or BoardStates.Explained or BoardStates.Waived);
        return year.HasEnded(today) && isWhole ? new YearTask(year.ToString(), year.Label, YearTaskKind.CanBeSignedOff, 0) : null;
    }

    private static int? FindSigned(IReadOnlyDictionary<ReturnKey, int> signed, BoardRow row) =>
        signed.TryGetValue(new ReturnKey(ReturnId.TryParse(row.Return)!.Value, Period.Parse(row.Period)), out var version) ? version : null;

    private ReleaseTask? FindRelease(PublishQueue queue, DateTimeOffset now)
    {
        if (options.IsContinuous(catalogue) || NextRelease.Find(catalogue, queue.Current, now) is not { } next)
        {
            return null;
        }

        var days = catalogue.Calendar.WorkingDays.CountBetween(UkTime.DateOf(now), UkTime.DateOf(next.Announced.At));
        return new ReleaseTask(
            UkTime.From(next.Announced.At),
            next.Announced.Title,
            next.IsLate,
            next.IsLate || days <= (catalogue.Publisher.ReleaseWorkingDays ?? 0),
            queue.Pending.Select(pending => pending.Key).Distinct().Count(),
            queue.Approval is { } approval ? PreviewApproval.Create(approval) : null);
    }

    private NextDueDate? FindNext(IReadOnlyList<BoardRow> rows, DateOnly today)
    {
        var open = rows.Where(row => row.State is BoardStates.NotDue or BoardStates.Due && row.Due >= today).Select(row => row.Due).ToList();
        var dates = open.Count > 0 ? open : [.. catalogue.GetReturnsDueIn(Period.YearContaining(today).NextYear).Select(item => item.Form.GetDueDate(item.Key.Period))];
        return dates.Count == 0 ? null : new NextDueDate(dates.Min(), dates.Count(date => date == dates.Min()));
    }
}

using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>A return and period as it was read: its ledger entry and its submissions, in order.</summary>
/// <param name="Entry">Null for a return without a head.</param>
internal sealed record StoredPeriod(LedgerEntry? Entry, IReadOnlyList<(Submission Submission, ETag ETag)> Rows)
{
    /// <summary>The submissions. A file that was replaced at its path before it was processed is gone.</summary>
    public IReadOnlyList<Submission> Submissions
    {
        get
        {
            var lastAtPath = Rows.ToLookup(row => row.Submission.PathId, row => row.Submission.Version);
            return [.. Rows.Select(row => row.Submission.State == SubmissionState.Receiving && lastAtPath[row.Submission.PathId].Max() > row.Submission.Version
                ? row.Submission with { IsGone = true }
                : row.Submission)];
        }
    }

    /// <summary>Returns the period with submissions added or replaced.</summary>
    public StoredPeriod With(IReadOnlyCollection<Submission> changed) => this with
    {
        Rows =
        [
            .. Rows.Where(row => changed.All(other => other.Version != row.Submission.Version)).Concat(changed.Select(submission => (submission, default(ETag))))
                .OrderBy(row => row.Item1.Version),
        ],
    };
}

/// <summary>A return as it was read, in all its periods.</summary>
internal sealed class StoredReturn(ReturnId id, IReadOnlyDictionary<Period, StoredPeriod> periods) : ReturnHistory
{
    public StoredPeriod Get(Period period) => periods.GetValueOrDefault(period) ?? new StoredPeriod(null, []);

    /// <summary>Returns the same return with submissions that were inserted or changed since it was read.</summary>
    public StoredReturn With(Period period, IReadOnlyCollection<Submission> changed) => new(id, new Dictionary<Period, StoredPeriod>(periods) { [period] = Get(period).With(changed) });

    public override int? GetLiveVersion(Period period) => Get(period).Entry?.Row.LiveVersion;

    public override IReadOnlyList<Submission> GetSubmissions(Period period) => Get(period).Submissions;

    public override Period? FindIdenticalPeriod(Period period, string contentHash) => periods
        .Where(other => other.Key != period && other.Value.Entry?.Row.LiveVersion is { } live
            && other.Value.Rows.Any(row => row.Submission.Version == live && row.Submission.ContentHash == contentHash))
        .Select(other => (Period?)other.Key).Max();
}

/// <summary>Stores the submissions: a row for each version, next to the head of its return and period.</summary>
internal sealed class SubmissionTable(Table table)
{
    private const string RepeatOf = "RepeatOf";
    private const string WithdrawnThrough = "WithdrawnThrough";
    private const string IsGone = "IsGone";
    private const string IsWaiting = "IsWaiting";
    private const string HasPeople = "HasPeople";

    /// <summary>An insert of a submission can need two rows.</summary>
    private const int MaxInserts = Limits.MaxBatchSize / 2;

    /// <summary>Reads a return in all its periods.</summary>
    public async Task<StoredReturn> ReadAsync(ReturnId id, CancellationToken ct) => new(id, await ReadRangeAsync(Keys.ReturnRange(id), null, ct).ToDictionaryAsync(item => item.Key.Period, item => item.Period, cancellationToken: ct));

    /// <summary>Reads a return and period.</summary>
    public async Task<StoredPeriod> ReadAsync(ReturnKey key, CancellationToken ct) =>
        await ReadRangeAsync(Keys.ReturnRange(key), null, ct).Select(item => item.Period).FirstOrDefaultAsync(ct) ?? new StoredPeriod(null, []);

    /// <summary>Reads the returns of an agency, from a year on.</summary>
    public IAsyncEnumerable<(ReturnKey Key, StoredPeriod Period)> ReadAsync(AgencyId agency, Period fromYear, CancellationToken ct) =>
        ReadRangeAsync(Keys.ReturnRange(agency), $"{TableClient.CreateQueryFilter($"Year ge {Keys.Year(fromYear)}")} or State eq '{nameof(SubmissionState.Receiving)}' or {LedgerTable.IsOpen}", ct);

    /// <summary>Reads every return and period.</summary>
    public IAsyncEnumerable<StoredPeriod> ReadAllAsync(CancellationToken ct) => ReadRangeAsync(Keys.AllReturns, null, ct).Select(item => item.Period);

    /// <summary>Inserts versions of a return, all or none. Those that wait for their ingest become uploads in progress. Returns false if one of them exists.</summary>
    /// <param name="notBefore">The time from which the sweep may ingest them; null for any time.</param>
    public async Task<bool> TryAddAsync(IReadOnlyList<Submission> submissions, DateTimeOffset? notBefore, CancellationToken ct)
    {
        foreach (var batch in submissions.Chunk(MaxInserts))
        {
            var actions = batch.Select(submission => new TableTransactionAction(TableTransactionActionType.Add, FullEntity(submission)))
                .Concat(batch.Where(submission => submission.IsWaiting).Select(submission => new TableTransactionAction(TableTransactionActionType.UpsertReplace, WaitingUploads.Entity(submission, notBefore))))
                .ToList();
            if (await table.TrySubmitAsync(actions, ct) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives a reserved version its upload. Returns false if another run was faster.</summary>
    public async Task<bool> TryBindAsync(Submission submission, ETag asRead, CancellationToken ct) => await table.TrySubmitAsync(
        [
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, FullEntity(submission), asRead),
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, WaitingUploads.Entity(submission, notBefore: null)),
        ],
        ct) is not null;

    /// <summary>Creates the action that writes what can change of a version. Its upload does not change.</summary>
    public static TableTransactionAction Update(Submission submission) => new(
        TableTransactionActionType.UpsertMerge,
        Entity(submission)
            .SetEnum("State", submission.State)
            .SetValue("ContentHash", submission.ContentHash)
            .SetValue(RepeatOf, submission.RepeatOf)
            .SetValue(WithdrawnThrough, submission.WithdrawnThrough == 0 ? null : submission.WithdrawnThrough)
            .SetValue(IsGone, submission.IsGone ? true : null)
            .SetValue(IsWaiting, submission.IsWaiting)
            .SetValue(HasPeople, submission.HasPeople)
            .SetValue(submission.Counts));

    /// <summary>
    /// Removes the path of a version, and records that its file is gone. It is then no upload in progress, and not among the files with
    /// personal data.
    /// </summary>
    public async Task EraseAsync(Submission submission, CancellationToken ct)
    {
        while (true)
        {
            var period = await ReadAsync(submission.Key, ct);
            var stored = period.Rows.Select(row => row.Submission).First(row => row.Version == submission.Version);
            var actions = new List<TableTransactionAction>
            {
                new(
                    TableTransactionActionType.UpdateMerge,
                    Entity(stored).SetValue("Path", $"{stored.Key}/").SetValue(IsGone, true).SetValue(IsWaiting, false).SetValue(HasPeople, false),
                    ETag.All),
            };
            if (stored.IsWaiting)
            {
                actions.Add(WaitingUploads.Delete(stored));
            }

            if (stored.HasPeople)
            {
                actions.Add(PeopleTable.Delete(stored));
            }

            if (period.Entry is { } entry)
            {
                // The head stays the same, but a run that has read the return before must read it again.
                actions.AddRange(LedgerTable.Write(entry, isOnBoard: false));
            }

            if (await table.TrySubmitAsync(actions, ct) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Groups the rows of a range, which are in the order of their keys.</summary>
    private async IAsyncEnumerable<(ReturnKey Key, StoredPeriod Period)> ReadRangeAsync(
        (string From, string Before) range, string? condition, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (key, entry, rows) = (default(ReturnKey?), default(LedgerEntry), new List<(Submission Submission, ETag ETag)>());
        await foreach (var entity in table.ReadRangeAsync(Keys.Ledger, range, condition, ct))
        {
            var next = Keys.ParseReturnRow(entity.RowKey);
            if (key is { } previous && previous != next)
            {
                yield return (previous, Create());
                (entry, rows) = (null, []);
            }

            key = next;
            if (Keys.IsHead(entity.RowKey))
            {
                entry = LedgerTable.Read(entity, next);
            }
            else
            {
                rows.Add((Read(entity, next), entity.ETag));
            }
        }

        if (key is { } last)
        {
            yield return (last, Create());
        }

        StoredPeriod Create() => new(entry, rows);
    }

    private static Submission Read(TableEntity entity, ReturnKey key) => new(
        key,
        Keys.ParseSubmissionVersion(entity.RowKey),
        entity.GetEnum<SubmissionState>("State"),
        entity.GetRequiredString("UploadId"),
        entity.GetRequiredString("PathId"),
        entity.GetRequiredString("Path"),
        entity.GetRequiredString("ContentHash"),
        entity.GetRequiredTime("UploadedAt"),
        entity.GetCounts())
    {
        RepeatOf = entity.GetInt32(RepeatOf),
        TiedFrom = entity.GetInt32("TiedFrom"),
        WithdrawnThrough = entity.GetInt32(WithdrawnThrough) ?? 0,
        IsGone = entity.GetBoolean(IsGone) ?? false,
        IsWaiting = entity.GetBoolean(IsWaiting) ?? false,
        HasPeople = entity.GetBoolean(HasPeople) ?? false,
    };

    private static TableEntity FullEntity(Submission submission) => Entity(submission)
        .SetEnum("State", submission.State)
        .SetValue("UploadId", submission.UploadId)
        .SetValue("PathId", submission.PathId)
        .SetValue("Path", submission.Path)
        .SetValue("ContentHash", submission.ContentHash)
        .SetValue("UploadedAt", submission.UploadedAt)
        .SetValue(RepeatOf, submission.RepeatOf)
        .SetValue("TiedFrom", submission.TiedFrom)
        .SetValue(WithdrawnThrough, submission.WithdrawnThrough == 0 ? null : submission.WithdrawnThrough)
        .SetValue(IsGone, submission.IsGone ? true : null)
        .SetValue(IsWaiting, submission.IsWaiting)
        .SetValue("Year", Keys.Year(submission.Key.Period))
        .SetValue(HasPeople, submission.HasPeople ? true : null)
        .SetValue(submission.Counts);

    private static TableEntity Entity(Submission submission) => new(Keys.Ledger, Keys.Submission(submission.Key, submission.Version));
}

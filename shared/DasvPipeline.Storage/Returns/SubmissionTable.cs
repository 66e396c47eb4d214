using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the submissions: a partition for each return and period, and a row for each version. A partition for each return lists
/// the contents that were accepted, and for which period.
/// </summary>
internal sealed class SubmissionTable(Table table)
{
    private const string RepeatOf = "RepeatOf";
    private const string WithdrawnThrough = "WithdrawnThrough";
    private const string IsGone = "IsGone";
    private const string HasPeople = "HasPeople";

    /// <summary>Reads every version, in order.</summary>
    public async Task<IReadOnlyList<Submission>> ReadAsync(ReturnKey key, CancellationToken ct) => [.. (await ReadStoredAsync(key, ct)).Select(stored => stored.Submission)];

    /// <summary>
    /// Reads every version, in order, with the ETag of its row. A file that was replaced at its path before it was processed is gone.
    /// </summary>
    public async Task<IReadOnlyList<(Submission Submission, ETag ETag)>> ReadStoredAsync(ReturnKey key, CancellationToken ct)
    {
        var submissions = new List<(Submission, ETag)>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.Return(key), null, ct))
        {
            var submission = new Submission(
                key,
                Keys.ParseVersion(entity.RowKey),
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
                HasPeople = entity.GetBoolean(HasPeople) ?? false,
            };
            submissions.Add((submission, entity.ETag));
        }

        var lastAtPath = submissions.ToLookup(row => row.Item1.PathId, row => row.Item1.Version);
        return [.. submissions.Select(row => row.Item1.State == SubmissionState.Receiving && lastAtPath[row.Item1.PathId].Last() > row.Item1.Version
            ? (row.Item1 with { IsGone = true }, row.Item2)
            : row)];
    }

    /// <summary>Inserts versions of a return, all or none. Returns false if one of them exists.</summary>
    public async Task<bool> TryAddAsync(IReadOnlyList<Submission> submissions, CancellationToken ct) => submissions is [var single]
        ? await table.TryAddAsync(FullEntity(single), ct)
        : await table.TrySubmitAsync([.. submissions.Select(submission => new TableTransactionAction(TableTransactionActionType.Add, FullEntity(submission)))], ct) is not null;

    /// <summary>Gives a reserved version its upload. Returns false if another run was faster.</summary>
    public Task<bool> TryBindAsync(Submission submission, ETag asRead, CancellationToken ct) => table.TryUpdateAsync(FullEntity(submission), asRead, TableUpdateMode.Replace, ct);

    /// <summary>Sets the state, hash and counts of a version. Its upload does not change.</summary>
    public Task CompleteAsync(Submission submission, SubmissionState state, CancellationToken ct) => table.MergeAsync(
        Entity(submission).SetEnum("State", state).SetValue("ContentHash", submission.ContentHash).SetValue(RepeatOf, submission.RepeatOf)
            .SetValue(HasPeople, submission.HasPeople ? true : null).SetValue(submission.Counts),
        ct);

    /// <summary>Sets the last version that a withdrawal of this one takes out.</summary>
    public Task SetWithdrawnAsync(Submission submission, int through, CancellationToken ct) =>
        table.MergeAsync(Entity(submission).SetValue(WithdrawnThrough, through), ct);

    /// <summary>Records that the file of a version was deleted or replaced.</summary>
    public Task SetGoneAsync(Submission submission, CancellationToken ct) => table.MergeAsync(Entity(submission).SetValue(IsGone, true), ct);

    /// <summary>Removes the path of a version, and records that its file is gone.</summary>
    public Task EraseAsync(Submission submission, CancellationToken ct) => table.MergeAsync(
        Entity(submission).SetValue("Path", $"{submission.Key}/").SetValue(IsGone, true).SetValue(HasPeople, false), ct);

    /// <summary>Records that these bytes were accepted for this period. Later submissions for other periods are compared with it.</summary>
    public Task AddAcceptedContentAsync(ReturnKey key, string contentHash, CancellationToken ct) =>
        table.UpsertAsync(new TableEntity(Keys.AcceptedContents(key.Return), Keys.AcceptedContent(contentHash, key.Period)), TableUpdateMode.Replace, ct);

    /// <summary>Returns the periods for which these bytes were ever accepted. Their live versions may be others now.</summary>
    public async Task<IReadOnlyList<Period>> ReadPeriodsOfContentAsync(ReturnId id, string contentHash, CancellationToken ct)
    {
        var (from, before) = Keys.AcceptedContentRange(contentHash);
        return await table.ReadRowKeysAsync(Keys.AcceptedContents(id), from, before, ct).Select(Keys.ParseAcceptedContent).ToListAsync(ct);
    }

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
        .SetValue(HasPeople, submission.HasPeople ? true : null)
        .SetValue(submission.Counts);

    private static TableEntity Entity(Submission submission) => new(Keys.Return(submission.Key), Keys.Version(submission.Version));
}

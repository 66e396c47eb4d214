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
    /// <summary>Reads every version, in order.</summary>
    public async Task<IReadOnlyList<Submission>> ReadAsync(ReturnKey key, CancellationToken ct)
    {
        var submissions = new List<Submission>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.Return(key), null, ct))
        {
            submissions.Add(new Submission(
                key,
                Keys.ParseVersion(entity.RowKey),
                entity.GetEnum<SubmissionState>("State"),
                entity.GetRequiredString("UploadId"),
                entity.GetRequiredString("PathId"),
                entity.GetRequiredString("Path"),
                entity.GetRequiredString("ContentHash"),
                entity.GetRequiredTime("UploadedAt"),
                entity.GetCounts()));
        }

        return submissions;
    }

    /// <summary>Claims a version. Returns false if another upload has claimed it.</summary>
    public Task<bool> TryAddAsync(Submission submission, CancellationToken ct) => table.TryAddAsync(
        Entity(submission)
            .SetEnum("State", submission.State)
            .SetValue("UploadId", submission.UploadId)
            .SetValue("PathId", submission.PathId)
            .SetValue("Path", submission.Path)
            .SetValue("ContentHash", submission.ContentHash)
            .SetValue("UploadedAt", submission.UploadedAt)
            .SetValue(submission.Counts),
        ct);

    /// <summary>Sets the state and counts of a version. Its upload does not change.</summary>
    public Task CompleteAsync(Submission submission, SubmissionState state, CancellationToken ct) =>
        table.MergeAsync(Entity(submission).SetEnum("State", state).SetValue(submission.Counts), ct);

    /// <summary>Records that these bytes were accepted for this period. Later submissions for other periods are compared with it.</summary>
    public Task AddAcceptedContentAsync(ReturnKey key, string contentHash, CancellationToken ct) =>
        table.UpsertAsync(new TableEntity(Keys.AcceptedContents(key.Return), Keys.AcceptedContent(contentHash, key.Period)), TableUpdateMode.Replace, ct);

    /// <summary>Returns the periods for which these bytes were ever accepted. Their live versions may be others now.</summary>
    public async Task<IReadOnlyList<Period>> ReadPeriodsOfContentAsync(ReturnId id, string contentHash, CancellationToken ct)
    {
        var (from, before) = Keys.AcceptedContentRange(contentHash);
        return await table.ReadRowKeysAsync(Keys.AcceptedContents(id), from, before, ct).Select(Keys.ParseAcceptedContent).ToListAsync(ct);
    }

    private static TableEntity Entity(Submission submission) => new(Keys.Return(submission.Key), Keys.Version(submission.Version));
}

using Azure.Data.Tables;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the uploads in progress: those with a number whose ingest has not completed. A row is inserted and deleted in the
/// transaction that inserts or completes its submission, so the sweep and the board read these rows instead of the container.
/// </summary>
internal sealed class WaitingUploads(Table table)
{
    public async Task<UploadsInProgress> ReadAsync(CancellationToken ct)
    {
        var (uploads, people, compared) = (new List<WaitingUpload>(), new List<FileWithPeople>(), default(DateOnly?));
        await foreach (var entity in table.ReadRangeAsync(Keys.Ledger, Keys.WaitingRange, condition: null, ct))
        {
            if (entity.RowKey == Keys.Compared)
            {
                compared = entity.GetRequiredDay("ComparedOn");
                continue;
            }

            if (Keys.IsPeople(entity.RowKey))
            {
                people.Add(PeopleTable.Read(entity));
                continue;
            }

            uploads.Add(new WaitingUpload(
                Keys.ParseWaiting(entity.RowKey),
                Keys.ParseSubmissionVersion(entity.RowKey),
                entity.GetRequiredString("Path"),
                entity.GetRequiredTime("UploadedAt"),
                entity.GetDateTimeOffset("NotBefore"),
                entity.GetString("Until") is null ? null : entity.GetRequiredDay("Until")));
        }

        return new UploadsInProgress(uploads, people, compared);
    }

    public Task MarkComparedAsync(DateOnly day, CancellationToken ct) =>
        table.UpsertAsync(new TableEntity(Keys.Ledger, Keys.Compared).SetDay("ComparedOn", day), TableUpdateMode.Replace, ct);

    /// <summary>Keeps the sweep from ingesting an upload before a day.</summary>
    public Task PostponeAsync(Submission submission, DateOnly until, CancellationToken ct) =>
        table.UpsertAsync(Entity(submission, notBefore: null).SetDay("Until", until), TableUpdateMode.Replace, ct);

    public static TableEntity Entity(Submission submission, DateTimeOffset? notBefore) => new TableEntity(Keys.Ledger, Keys.Waiting(submission.Key, submission.Version))
        .SetValue("Path", submission.Path)
        .SetValue("UploadedAt", submission.UploadedAt)
        .SetValue("NotBefore", notBefore);

    public static TableTransactionAction Delete(Submission submission) => new(
        TableTransactionActionType.Delete, new TableEntity(Keys.Ledger, Keys.Waiting(submission.Key, submission.Version)), Azure.ETag.All);
}

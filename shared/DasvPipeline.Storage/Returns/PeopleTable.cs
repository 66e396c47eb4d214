using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores which files with personal data are not deleted yet. A row is inserted and deleted in the transaction that completes or erases
/// its submission.
/// </summary>
internal sealed class PeopleTable(Table table)
{
    public static TableEntity Entity(Submission submission) => new(Keys.Ledger, Keys.People(submission.Key, submission.Version));

    public static TableTransactionAction Add(Submission submission) => new(TableTransactionActionType.UpsertReplace, Entity(submission));

    public static TableTransactionAction Delete(Submission submission) => new(TableTransactionActionType.Delete, Entity(submission), ETag.All);

    public async Task<IReadOnlyList<FileWithPeople>> ReadAsync(CancellationToken ct) =>
        await table.ReadRangeAsync(Keys.Ledger, Keys.PeopleRange, condition: null, ct)
            .Select(Read).ToListAsync(ct);

    public static FileWithPeople Read(TableEntity entity) => new(Keys.ParsePeople(entity.RowKey), Keys.ParseSubmissionVersion(entity.RowKey));
}

using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>Stores which files with personal data are not deleted yet: a partition of the submissions, and a row for each file.</summary>
internal sealed class PeopleTable(Table table)
{
    public Task AddAsync(ReturnKey key, int version, CancellationToken ct) =>
        table.UpsertAsync(new TableEntity(Keys.FilesWithPeople, Keys.ReturnVersion(key, version)), TableUpdateMode.Replace, ct);

    public Task RemoveAsync(ReturnKey key, int version, CancellationToken ct) =>
        table.DeleteAsync(Keys.FilesWithPeople, Keys.ReturnVersion(key, version), ETag.All, ct);

    public async Task<IReadOnlyList<FileWithPeople>> ReadAsync(CancellationToken ct)
    {
        var files = new List<FileWithPeople>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.FilesWithPeople, ["RowKey"], ct))
        {
            files.Add(new FileWithPeople(Keys.ParseReturn(entity.RowKey), Keys.ParseVersion(entity.RowKey[(entity.RowKey.LastIndexOf('|') + 1)..])));
        }

        return files;
    }
}

using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the explanations, one row for each question. There is a partition for each return and period (all versions), and
/// one for the disagreements of each year.
/// </summary>
internal sealed class ExplanationTable(Table table)
{
    public async Task<IReadOnlyDictionary<string, Explanation>> ReadAsync(string partition, CancellationToken ct)
    {
        var explanations = new Dictionary<string, Explanation>(StringComparer.Ordinal);
        await foreach (var entity in table.ReadPartitionAsync(partition, null, ct))
        {
            explanations.Add(entity.RowKey, new Explanation(
                entity.RowKey,
                entity.GetRequiredString("Code"),
                entity.GetString("Figure") is { } figure ? FigureKey.Parse(figure) : null,
                entity.GetRequiredString("Text"),
                entity.GetPerson(),
                entity.GetRequiredInt32("Version")));
        }

        return explanations;
    }

    /// <summary>Deletes the explanations from the notes of a version.</summary>
    public async Task RemoveAsync(ReturnKey key, int version, CancellationToken ct)
    {
        await foreach (var entity in table.ReadPartitionAsync(Keys.Return(key), null, ct))
        {
            if (entity.GetString("By") is null && entity.GetRequiredInt32("Version") == version)
            {
                await table.DeleteAsync(entity.PartitionKey, entity.RowKey, entity.ETag, ct);
            }
        }
    }

    public Task WriteAsync(string partition, Explanation explanation, CancellationToken ct) => table.UpsertAsync(
        new TableEntity(partition, Keys.Question(explanation.Question))
            .SetValue("Code", explanation.Code)
            .SetValue("Figure", explanation.Figure is { } figure ? Keys.Figure(figure) : null)
            .SetValue("Text", explanation.Text)
            .SetPerson(explanation.By)
            .SetValue("Version", explanation.Version),
        TableUpdateMode.Replace,
        ct);
}

using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

/// <summary>Stores the manager's decisions in the partition of the publish queue, so that one call reads both.</summary>
internal sealed class DecisionTable(Table table)
{
    public static bool Holds(TableEntity entity) => entity.RowKey == Keys.Hold || entity.RowKey.StartsWith(Keys.DecisionPrefix, StringComparison.Ordinal);

    public static Decisions Read(IEnumerable<TableEntity> entities)
    {
        var years = new Dictionary<Period, YearDecision>();
        Hold? hold = null;
        foreach (var entity in entities.Where(Holds))
        {
            if (entity.RowKey == Keys.Hold)
            {
                hold = new Hold(entity.Text("By"), entity.Time("At"), entity.Text("Reason"));
                continue;
            }

            var year = Period.Parse(entity.RowKey[Keys.DecisionPrefix.Length..]);
            years[year] = new YearDecision(
                year, ReadVersions(entity.GetString("Approved")), entity.Int("Finals"), entity.Text("By"), entity.Time("At"), entity.GetString("Reason"))
            {
                IsPublished = entity.GetBoolean("IsPublished") == true,
                Token = entity.ETag.ToString(),
            };
        }

        return new Decisions(years, hold);
    }

    public Task WriteAsync(YearDecision decision, CancellationToken ct) => table.UpsertAsync(
        new TableEntity(Keys.Pending, Keys.Decision(decision.Year))
            .With("Approved", decision.Approved is null ? null : WriteVersions(decision.Approved))
            .With("Finals", decision.Finals)
            .With("By", decision.By)
            .With("At", decision.At)
            .With("Reason", decision.Reason)
            .With("IsPublished", decision.IsPublished),
        TableUpdateMode.Replace,
        ct);

    /// <summary>Marks a decision as published. A newer decision does not change.</summary>
    public Task MarkPublishedAsync(YearDecision decision, CancellationToken ct) => table.TryUpdateAsync(
        new TableEntity(Keys.Pending, Keys.Decision(decision.Year)).With("IsPublished", true), new ETag(decision.Token), TableUpdateMode.Merge, ct);

    public Task HoldAsync(Hold hold, CancellationToken ct) => table.UpsertAsync(
        new TableEntity(Keys.Pending, Keys.Hold).With("By", hold.By).With("At", hold.At).With("Reason", hold.Reason), TableUpdateMode.Replace, ct);

    public Task ReleaseHoldAsync(CancellationToken ct) => table.DeleteAsync(Keys.Pending, Keys.Hold, ETag.All, ct);

    private static string WriteVersions(IReadOnlyDictionary<ReturnKey, int> versions) => JsonSerializer.Serialize(
        versions.OrderBy(version => version.Key.ToString(), StringComparer.Ordinal).ToDictionary(version => Keys.Return(version.Key), version => version.Value));

    private static Dictionary<ReturnKey, int>? ReadVersions(string? text) => text is null
        ? null
        : JsonSerializer.Deserialize<Dictionary<string, int>>(text)!.ToDictionary(version => Keys.ParseReturn(version.Key), version => version.Value);
}

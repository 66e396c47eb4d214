using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

/// <summary>Stores the manager's decisions in the partition of the publish queue, so that one call reads both.</summary>
internal sealed class DecisionTable(Table table)
{
    public static bool IsDecision(TableEntity entity) => entity.RowKey == Keys.Hold || entity.RowKey.StartsWith(Keys.DecisionPrefix, StringComparison.Ordinal);

    public static Decisions Read(IEnumerable<TableEntity> entities)
    {
        var years = new Dictionary<Period, YearDecision>();
        Hold? hold = null;
        foreach (var entity in entities.Where(IsDecision))
        {
            if (entity.RowKey == Keys.Hold)
            {
                hold = new Hold(GetPerson(entity), entity.GetRequiredTime("At"), entity.GetRequiredString("Reason"));
                continue;
            }

            var year = Period.Parse(entity.RowKey[Keys.DecisionPrefix.Length..]);
            years[year] = new YearDecision(
                year, ReadVersions(entity.GetString("Approved")), entity.GetRequiredInt32("Finals"), GetPerson(entity), entity.GetRequiredTime("At"), entity.GetString("Reason"))
            {
                IsPublished = entity.GetBoolean("IsPublished") == true,
                IsUnderReview = entity.GetBoolean("UnderReview") == true,
                SignedContent = entity.GetString("Signed"),
                Token = entity.ETag.ToString(),
            };
        }

        return new Decisions(years, hold);
    }

    public Task WriteAsync(YearDecision decision, CancellationToken ct) => table.UpsertAsync(
        new TableEntity(Keys.Ledger, Keys.Decision(decision.Year))
            .SetValue("Approved", decision.SignedOffVersions is null ? null : WriteVersions(decision.SignedOffVersions))
            .SetValue("Finals", decision.SignOffCount)
            .SetPerson(decision.By)
            .SetValue("At", decision.At)
            .SetValue("Reason", decision.Reason)
            .SetValue("UnderReview", decision.IsUnderReview)
            .SetValue("Signed", decision.SignedContent)
            .SetValue("IsPublished", decision.IsPublished),
        TableUpdateMode.Replace,
        ct);

    /// <summary>Creates the action that marks a decision as published. It fails if the decision has changed since.</summary>
    public static TableTransactionAction MarkPublished(YearDecision decision) => new(
        TableTransactionActionType.UpdateMerge,
        new TableEntity(Keys.Ledger, Keys.Decision(decision.Year)).SetValue("IsPublished", true),
        new ETag(decision.Token));

    public static ReleaseApproval? ReadApproval(IEnumerable<TableEntity> entities) => entities.FirstOrDefault(entity => entity.RowKey == Keys.Approval) is { } entity
        ? new ReleaseApproval(
            entity.GetRequiredTime("For"), GetPerson(entity), entity.GetRequiredTime("At"), entity.GetString("Note"), entity.GetRequiredString("Content"))
        {
            Token = entity.ETag.ToString(),
        }
        : null;

    public Task ApproveAsync(ReleaseApproval approval, CancellationToken ct) => table.UpsertAsync(
        new TableEntity(Keys.Ledger, Keys.Approval)
            .SetValue("For", approval.For)
            .SetPerson(approval.By)
            .SetValue("At", approval.At)
            .SetValue("Note", approval.Note)
            .SetValue("Content", approval.Content),
        TableUpdateMode.Replace,
        ct);

    /// <summary>Creates the action that removes an approval. It fails if the approval has changed since.</summary>
    public static TableTransactionAction RemoveApproval(ReleaseApproval approval) => new(
        TableTransactionActionType.Delete, new TableEntity(Keys.Ledger, Keys.Approval), new ETag(approval.Token));

    public Task WithdrawAsync(ReleaseApproval approval, CancellationToken ct) => table.TrySubmitAsync([RemoveApproval(approval)], ct);

    public Task HoldAsync(Hold hold, CancellationToken ct) => table.UpsertAsync(
        new TableEntity(Keys.Ledger, Keys.Hold).SetPerson(hold.By).SetValue("At", hold.At).SetValue("Reason", hold.Reason), TableUpdateMode.Replace, ct);

    public Task ReleaseHoldAsync(CancellationToken ct) => table.DeleteAsync(Keys.Ledger, Keys.Hold, ETag.All, ct);

    private static Person GetPerson(TableEntity entity) => entity.GetPerson() ?? throw new InvalidDataException("A stored decision has no person.");

    private static string WriteVersions(IReadOnlyDictionary<ReturnKey, int> versions) => JsonSerializer.Serialize(
        versions.OrderBy(version => version.Key.ToString(), StringComparer.Ordinal).ToDictionary(version => Keys.Return(version.Key), version => version.Value));

    private static Dictionary<ReturnKey, int>? ReadVersions(string? text) => text is null
        ? null
        : JsonSerializer.Deserialize<Dictionary<string, int>>(text)!.ToDictionary(version => Keys.ParseReturn(version.Key), version => version.Value);
}

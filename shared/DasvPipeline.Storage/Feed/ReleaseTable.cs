using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

/// <summary>
/// Stores the current release as a row next to the publish queue, so that one call reads both, and one transaction completes a
/// publish.
/// </summary>
internal sealed class ReleaseTable(Table table, Table earlier)
{
    /// <summary>A text in a property can have 32,768 characters. The pointers of the oldest years are left out before that.</summary>
    private const int MaxFileCharacters = 30_000;

    /// <summary>Reads the current release from the rows of the publish queue.</summary>
    public static CurrentRelease? Read(IEnumerable<TableEntity> entities) => entities.FirstOrDefault(entity => entity.RowKey == Keys.CurrentRelease) is { } entity ? Read(entity) : null;

    public async Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct) => await table.FindAsync(Keys.Ledger, Keys.CurrentRelease, ct) is { } entity ? Read(entity) : null;

    /// <summary>Throws if the releases of this store were made by a version of the pipeline that kept them in another place.</summary>
    public async Task EnsureNoEarlierFormatAsync(CancellationToken ct)
    {
        if (await earlier.FindAsync(Keys.Releases, "current", ct) is not null)
        {
            throw new InvalidOperationException("An earlier version of the pipeline published from this store. This version cannot continue its releases. Use a new store, or that version.");
        }
    }

    /// <summary>Makes the draft current. Returns null if another publish was faster.</summary>
    public async Task<CurrentRelease?> TryReleaseAsync(
        DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct)
    {
        if (draft.Number <= current?.Number)
        {
            return null;
        }

        var released = new CurrentRelease(
            draft.Number, draft.ContentHash, catalogueHash, false, years, draft.Published, current?.Files ?? new Dictionary<string, WrittenFile>(), string.Empty)
        {
            Scheduled = draft.Scheduled,
        };
        var etags = await table.TrySubmitAsync(
            [
                current is null
                    ? new TableTransactionAction(TableTransactionActionType.Add, Entity(released))
                    : new TableTransactionAction(TableTransactionActionType.UpdateReplace, Entity(released), new ETag(current.ETag)),
            ],
            ct);
        return etags is [{ } etag, ..] ? released with { ETag = etag.ToString() } : null;
    }

    /// <summary>Completes a publish in one transaction, or row by row if one of the rows has changed since it was read.</summary>
    /// <param name="current">The current release to write; null if its row does not change.</param>
    /// <returns>The new ETag of the current release's row; null if it was not written.</returns>
    public async Task<ETag?> CompleteAsync(CurrentRelease? current, PublishQueue published, CancellationToken ct)
    {
        var actions = new List<TableTransactionAction>();
        if (current is not null)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, Entity(current), new ETag(current.ETag)));
        }

        actions.AddRange(published.Decisions.Years.Values.Where(decision => !decision.IsPublished).Select(DecisionTable.MarkPublished));
        actions.AddRange(published.Pending.Select(PublishQueueTable.Clear));
        if (published.Approval is { } approval)
        {
            actions.Add(DecisionTable.RemoveApproval(approval));
        }

        ETag? etag = null;
        foreach (var batch in actions.Chunk(Limits.MaxBatchSize))
        {
            if (await table.TrySubmitAsync(batch, ct) is { } etags)
            {
                etag ??= current is null ? null : etags[0];
                continue;
            }

            foreach (var action in batch)
            {
                var written = await table.TrySubmitAsync([action], ct);
                if (current is not null && action == actions[0])
                {
                    etag = written?[0];
                }
            }
        }

        return etag;
    }

    private static CurrentRelease Read(TableEntity entity) => new(
        entity.GetRequiredInt32("Number"),
        entity.GetRequiredString("ContentHash"),
        entity.GetRequiredString("CatalogueHash"),
        entity.GetBoolean("Announced") == true,
        ReadYears(entity.GetRequiredString("Years")),
        entity.GetRequiredTime("Published"),
        JsonSerializer.Deserialize<Dictionary<string, WrittenFile>>(entity.GetRequiredString("Files"))!,
        entity.ETag.ToString())
    {
        Scheduled = entity.GetDateTimeOffset("Scheduled"),
    };

    private static TableEntity Entity(CurrentRelease release) => new TableEntity(Keys.Ledger, Keys.CurrentRelease)
        .SetValue("Number", release.Number)
        .SetValue("ContentHash", release.ContentHash)
        .SetValue("CatalogueHash", release.CatalogueHash)
        .SetValue("Years", WriteYears(release.Years))
        .SetValue("Published", release.Published)
        .SetValue("Scheduled", release.Scheduled)
        .SetValue("Announced", release.IsAnnounced)
        .SetValue("Files", WriteFiles(release.Files));

    /// <summary>Writes the pointers of the root first, then those of the newest years.</summary>
    private static string WriteFiles(IReadOnlyDictionary<string, WrittenFile> files)
    {
        var (written, length) = (new Dictionary<string, WrittenFile>(StringComparer.Ordinal), 0);
        foreach (var (path, file) in files.OrderByDescending(file => !file.Key.Contains('/', StringComparison.Ordinal)).ThenByDescending(file => file.Key, StringComparer.Ordinal))
        {
            length += JsonSerializer.Serialize(new Dictionary<string, WrittenFile> { [path] = file }).Length;
            if (length > MaxFileCharacters)
            {
                break;
            }

            written.Add(path, file);
        }

        return JsonSerializer.Serialize(written);
    }

    private static string WriteYears(IReadOnlyDictionary<Period, int> years) => JsonSerializer.Serialize(
        years.OrderBy(year => year.Key).ToDictionary(year => Keys.Year(year.Key), year => year.Value));

    private static Dictionary<Period, int> ReadYears(string text) => JsonSerializer.Deserialize<Dictionary<string, int>>(text)!
        .ToDictionary(year => Period.Parse(year.Key), year => year.Value);
}

using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

/// <summary>The releases: one partition, with a row per number and one that says which is current.</summary>
internal sealed class ReleaseTable(Table table)
{
    public async Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct)
    {
        if (await table.FindAsync(Keys.Releases, Keys.CurrentRelease, ct) is not { } entity)
        {
            return null;
        }

        return new CurrentRelease(
            entity.Int("Number"),
            entity.Text("ContentHash"),
            entity.Text("CatalogueHash"),
            entity.GetBoolean("Announced") == true,
            ReadYears(entity.Text("Years")),
            entity.GetDateTimeOffset("Published"),
            entity.ETag.ToString());
    }

    public async Task<DraftRelease> DraftAsync(int number, string contentHash, DateTimeOffset now, CancellationToken ct)
    {
        while (true)
        {
            await table.TryAddAsync(
                Row(number).With("ContentHash", contentHash).With("Published", now.ToUniversalTime()).With("IsReleased", false), ct);

            // Read whether it was added or not: the time is then the one that is stored, for this run and for the next.
            var stored = await table.FindAsync(Keys.Releases, Keys.Release(number), ct);
            if (stored?.Text("ContentHash") == contentHash)
            {
                return new DraftRelease(number, contentHash, stored.Time("Published"), stored.ETag.ToString());
            }

            number++;
        }
    }

    /// <summary>In one transaction: the draft is released, and current. Null when another publish came first.</summary>
    public async Task<CurrentRelease?> TryReleaseAsync(
        DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct)
    {
        var pointer = new TableEntity(Keys.Releases, Keys.CurrentRelease)
            .With("Number", draft.Number)
            .With("ContentHash", draft.ContentHash)
            .With("CatalogueHash", catalogueHash)
            .With("Years", WriteYears(years))
            .With("Published", draft.Published)
            .With("Announced", false);
        var row = Row(draft.Number)
            .With("CatalogueHash", catalogueHash)
            .With("Years", WriteYears(years))
            .With("IsReleased", true);
        var etags = await table.TrySubmitAsync(
        [
            current is null
                ? new TableTransactionAction(TableTransactionActionType.Add, pointer)
                : new TableTransactionAction(TableTransactionActionType.UpdateReplace, pointer, new ETag(current.ETag)),
            new TableTransactionAction(TableTransactionActionType.UpdateMerge, row, new ETag(draft.ETag)),
        ],
            ct);
        return etags is [{ } etag, ..]
            ? new CurrentRelease(draft.Number, draft.ContentHash, catalogueHash, false, years, draft.Published, etag.ToString())
            : null;
    }

    /// <summary>Leaves a row alone that has changed since: a later release is current, or this one is announced.</summary>
    public Task MarkAnnouncedAsync(CurrentRelease current, string catalogueHash, CancellationToken ct) => table.TryUpdateAsync(
        new TableEntity(Keys.Releases, Keys.CurrentRelease).With("Announced", true).With("CatalogueHash", catalogueHash),
        new ETag(current.ETag),
        TableUpdateMode.Merge,
        ct);

    private static TableEntity Row(int number) => new(Keys.Releases, Keys.Release(number));

    private static string WriteYears(IReadOnlyDictionary<Period, int> years) => JsonSerializer.Serialize(
        years.OrderBy(year => year.Key).ToDictionary(year => Keys.Year(year.Key), year => year.Value));

    private static Dictionary<Period, int> ReadYears(string text) => JsonSerializer.Deserialize<Dictionary<string, int>>(text)!
        .ToDictionary(year => Period.Parse(year.Key), year => year.Value);
}

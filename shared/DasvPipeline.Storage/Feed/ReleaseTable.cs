using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

/// <summary>Stores the releases in one partition: a row for each number, and a row for the current release.</summary>
internal sealed class ReleaseTable(Table table)
{
    public async Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct)
    {
        if (await table.FindAsync(Keys.Releases, Keys.CurrentRelease, ct) is not { } entity)
        {
            return null;
        }

        return new CurrentRelease(
            entity.GetRequiredInt32("Number"),
            entity.GetRequiredString("ContentHash"),
            entity.GetRequiredString("CatalogueHash"),
            entity.GetBoolean("Announced") == true,
            ReadYears(entity.GetRequiredString("Years")),
            entity.GetDateTimeOffset("Published"),
            entity.ETag.ToString());
    }

    public async Task<DraftRelease> DraftAsync(int number, string contentHash, DateTimeOffset now, CancellationToken ct)
    {
        while (true)
        {
            await table.TryAddAsync(
                Row(number).SetValue("ContentHash", contentHash).SetValue("Published", now.ToUniversalTime()).SetValue("IsReleased", false), ct);

            // Always read the row, so that this run and the next use the stored time.
            var stored = await table.FindAsync(Keys.Releases, Keys.Release(number), ct);
            if (stored?.GetRequiredString("ContentHash") == contentHash)
            {
                return new DraftRelease(number, contentHash, stored.GetRequiredTime("Published"), stored.ETag.ToString());
            }

            number++;
        }
    }

    /// <summary>Releases the draft and makes it current, in one transaction. Returns null if another publish was faster.</summary>
    public async Task<CurrentRelease?> TryReleaseAsync(
        DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct)
    {
        var pointer = new TableEntity(Keys.Releases, Keys.CurrentRelease)
            .SetValue("Number", draft.Number)
            .SetValue("ContentHash", draft.ContentHash)
            .SetValue("CatalogueHash", catalogueHash)
            .SetValue("Years", WriteYears(years))
            .SetValue("Published", draft.Published)
            .SetValue("Announced", false);
        var row = Row(draft.Number)
            .SetValue("CatalogueHash", catalogueHash)
            .SetValue("Years", WriteYears(years))
            .SetValue("IsReleased", true);
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

    /// <summary>Marks the release as announced. Does nothing if the row has changed in the meantime.</summary>
    public Task MarkAnnouncedAsync(CurrentRelease current, string catalogueHash, CancellationToken ct) => table.TryUpdateAsync(
        new TableEntity(Keys.Releases, Keys.CurrentRelease).SetValue("Announced", true).SetValue("CatalogueHash", catalogueHash),
        new ETag(current.ETag),
        TableUpdateMode.Merge,
        ct);

    private static TableEntity Row(int number) => new(Keys.Releases, Keys.Release(number));

    private static string WriteYears(IReadOnlyDictionary<Period, int> years) => JsonSerializer.Serialize(
        years.OrderBy(year => year.Key).ToDictionary(year => Keys.Year(year.Key), year => year.Value));

    private static Dictionary<Period, int> ReadYears(string text) => JsonSerializer.Deserialize<Dictionary<string, int>>(text)!
        .ToDictionary(year => Period.Parse(year.Key), year => year.Value);
}

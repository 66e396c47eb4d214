using System.Globalization;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>
/// A run that crashes before or after any call to storage and starts again must leave the same data as a run without a
/// crash.
/// </summary>
public sealed class CrashTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private static readonly DateTimeOffset Now = new(2020, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private delegate Task Step(TestStore store);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_first_submission_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        _ => Task.CompletedTask,
        store => IngestAsync(store.Returns, UploadAt(1), "x", figures: 101));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_correction_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        store => IngestAsync(store.Returns, UploadAt(1), "x"),
        store => IngestAsync(store.Returns, UploadAt(2), "yy", LedgerState.AcceptedWithQueries));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_rejected_submission_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        store => IngestAsync(store.Returns, UploadAt(1), "x"),
        store => IngestAsync(store.Returns, UploadAt(2), "bad", LedgerState.Rejected));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_same_bytes_again_converge_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        store => IngestAsync(store.Returns, UploadAt(1), "x"),
        store => IngestAsync(store.Returns, UploadAt(2), "x"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_withdrawal_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        store => IngestAsync(store.Returns, UploadAt(1), "x"),
        store => RemoveAsync(store.Returns, "figures.xlsx"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_file_whose_path_names_no_return_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        _ => Task.CompletedTask,
        async store =>
        {
            var upload = new Upload("some/where", "1", Now, 1);
            await store.Returns.WriteUnroutedAsync(upload, "{}"u8.ToArray(), Ct);
            await store.Returns.MarkUnroutedProcessedAsync(upload, Ct);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_first_release_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        store => IngestAsync(store.Returns, UploadAt(1), "x"),
        PublishAsync);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_later_release_converges_after_a_crash(bool afterResponse) => ConvergesAsync(
        afterResponse,
        async store =>
        {
            await IngestAsync(store.Returns, UploadAt(1), "x");
            await PublishAsync(store);
            await IngestAsync(store.Returns, UploadAt(2), "y");
        },
        PublishAsync);

    private async Task ConvergesAsync(bool afterResponse, Step before, Step run)
    {
        var undisturbed = await NewStoreAsync();
        await before(undisturbed);
        var counter = new CrashAtCall(0, false);
        await run(undisturbed.Through(counter));
        var expected = await undisturbed.DumpAsync(Ct);
        Assert.True(counter.Calls > 2);

        foreach (var call in TestShare.CrashPoints(counter.Calls))
        {
            var store = await NewStoreAsync();
            await before(store);
            await Assert.ThrowsAsync<CrashException>(() => run(store.Through(new CrashAtCall(call, afterResponse))));

            await run(store);

            var actual = await store.DumpAsync(Ct);
            Assert.True(expected == actual, $"After a crash at call {call}:\n{actual}\ninstead of:\n{expected}\n{TestShare.Repeat()}");
        }
    }

    // Follows the order of the use case. The content comes from the ledger.
    private static async Task PublishAsync(TestStore store)
    {
        var feed = store.Feed;
        var queue = await feed.ReadPublishQueueAsync(Ct);
        var current = queue.Current;
        if (queue.Pending.Count == 0 && current is null or { IsAnnounced: true })
        {
            return;
        }

        var row = await RowAsync(store);
        var content = string.Create(CultureInfo.InvariantCulture, $"live {row.LiveVersion}");
        var hash = HashOf(content);
        if (current?.ContentHash != hash)
        {
            var draft = new DraftRelease((current?.Number ?? 0) + 1, hash, Now);
            var edition = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{draft.Number} {draft.Published:O} {content}"));
            if (!await feed.TryAddRecordAsync(draft.Number, edition, Ct))
            {
                Assert.Equal(edition, (await feed.ReadRecordAsync(draft.Number, Ct))!.Value.ToArray());
            }

            await feed.WriteAsync(
                new(string.Create(CultureInfo.InvariantCulture, $"releases/{draft.Number}/headlines.json"), edition, "application/json", true), draft.Number, null, Ct);
            current = await feed.MakeCurrentAsync(draft, current, "catalogue", new Dictionary<Period, int> { [Key.Period.Year] = draft.Number }, Ct);
        }

        if (!current.IsAnnounced)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"releases/{current.Number}/headlines.json");
            var edition = await feed.ReadAsync(path, Ct);
            var written = await feed.WriteAsync(
                new("headlines.json", edition!.Value.Content, "application/json", false), current.Number, current.Files.GetValueOrDefault("headlines.json"), Ct);
            current = current with { IsAnnounced = true, Files = new Dictionary<string, WrittenFile> { ["headlines.json"] = written! } };
        }

        await feed.CompleteAsync(current, queue, Ct);
    }
}

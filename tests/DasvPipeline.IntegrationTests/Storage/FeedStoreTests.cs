using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Returns;

namespace DasvPipeline.IntegrationTests.Storage;

public sealed class FeedStoreTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private static readonly DateTimeOffset Now = new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.FromHours(1)).AddTicks(1234567);
    private static readonly Dictionary<Period, int> Years = new() { [Period.Parse("2018-19")] = 1, [Period.Parse("2019-20")] = 1 };

    [Fact]
    public async Task A_release_is_current_and_read_back()
    {
        var store = await NewStoreAsync();
        Assert.Null(await store.Feed.ReadCurrentAsync(Ct));

        var draft = await store.Feed.GetOrCreateDraftAsync(null, "hash", Now, Ct);
        var released = await store.Feed.MakeCurrentAsync(draft, null, "catalogue", Years, Ct);
        var read = await store.Feed.ReadCurrentAsync(Ct);

        Assert.Equal((1, "hash", Now.ToUniversalTime()), (draft.Number, draft.ContentHash, draft.Published));
        Assert.Equal(released with { Years = read!.Years }, read);
        Assert.Equal(Years, read.Years);
        Assert.False(read.IsAnnounced);
        await store.Feed.MarkAnnouncedAsync(released, released.CatalogueHash, Ct);
        Assert.True((await store.Feed.ReadCurrentAsync(Ct))!.IsAnnounced);
    }

    [Fact]
    public async Task A_leftover_draft_keeps_its_number_and_time_and_one_with_other_content_keeps_its_number()
    {
        var store = await NewStoreAsync();
        var first = await store.Feed.GetOrCreateDraftAsync(null, "one", Now, Ct);
        var other = await store.Feed.GetOrCreateDraftAsync(null, "two", Now.AddHours(1), Ct);

        Assert.Equal(first, await store.Feed.GetOrCreateDraftAsync(null, "one", Now.AddHours(2), Ct));
        Assert.Equal(other, await store.Feed.GetOrCreateDraftAsync(null, "two", Now.AddHours(3), Ct));
        Assert.Equal((1, 2), (first.Number, other.Number));

        var current = await store.Feed.MakeCurrentAsync(other, null, "c", Years, Ct);
        Assert.Equal(3, (await store.Feed.GetOrCreateDraftAsync(current, "one", Now, Ct)).Number);
    }

    [Fact]
    public async Task One_of_two_concurrent_publishes_has_a_conflict()
    {
        var store = await NewStoreAsync();
        var (one, two) = (await store.Feed.GetOrCreateDraftAsync(null, "one", Now, Ct), await store.Feed.GetOrCreateDraftAsync(null, "two", Now, Ct));
        var current = await store.Feed.MakeCurrentAsync(one, null, "c", Years, Ct);

        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(two, null, "c", Years, Ct));
        var third = await store.Feed.MakeCurrentAsync(two, current, "c", Years, Ct);
        await Assert.ThrowsAsync<PublishConflictException>(async () =>
            await store.Feed.MakeCurrentAsync(await store.Feed.GetOrCreateDraftAsync(current, "three", Now, Ct), current, "c", Years, Ct));
        Assert.Equal(third.Number, (await store.Feed.ReadCurrentAsync(Ct))!.Number);
    }

    [Fact]
    public async Task Making_a_release_from_a_draft_that_another_run_has_taken_is_a_conflict()
    {
        var store = await NewStoreAsync();
        await store.Feed.MakeCurrentAsync(await store.Feed.GetOrCreateDraftAsync(null, "one", Now, Ct), null, "c", Years, Ct);

        var stale = await store.Feed.GetOrCreateDraftAsync(null, "one", Now, Ct);

        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(stale, null, "c", Years, Ct));
    }

    [Fact]
    public async Task A_draft_is_released_only_once_even_after_its_own_release()
    {
        var store = await NewStoreAsync();
        var draft = await store.Feed.GetOrCreateDraftAsync(null, "one", Now, Ct);
        var current = await store.Feed.MakeCurrentAsync(draft, null, "c", Years, Ct);

        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(draft, current, "c", Years, Ct));
    }

    [Fact]
    public async Task Announcing_a_superseded_release_changes_nothing()
    {
        var store = await NewStoreAsync();
        var one = await store.Feed.MakeCurrentAsync(await store.Feed.GetOrCreateDraftAsync(null, "one", Now, Ct), null, "c", Years, Ct);
        await store.Feed.MakeCurrentAsync(await store.Feed.GetOrCreateDraftAsync(one, "two", Now, Ct), one, "c", Years, Ct);

        await store.Feed.MarkAnnouncedAsync(one, one.CatalogueHash, Ct);

        var current = await store.Feed.ReadCurrentAsync(Ct);
        Assert.Equal((2, false), (current!.Number, current.IsAnnounced));
    }

    [Fact]
    public async Task A_return_marked_during_a_publish_stays_marked()
    {
        var store = await NewStoreAsync();
        var submission = await IngestAsync(store.Returns, UploadAt(1), "x");
        await store.Returns.ClaimAsync(Key, UploadAt(2), [], Ct);
        var read = await store.Feed.ReadPendingAsync(Ct);
        await IngestAsync(store.Returns, UploadAt(2), "y");
        await IngestAsync(store.Returns, UploadAt(3), "z");
        var all = await store.Feed.ReadPendingAsync(Ct);

        // Marked again since it was read: the newest change is completed a second time.
        var newest = (await store.Returns.ReadSubmissionsAsync(Key, Ct))[^1];
        await store.Returns.CompleteAsync(newest, LedgerState.Accepted, Due, Ct);
        await store.Feed.ClearPendingAsync(all, Ct);
        await store.Feed.ClearPendingAsync(read, Ct);

        Assert.Equal(1, submission!.Version);
        Assert.Equal([3], (await store.Feed.ReadPendingAsync(Ct)).Select(one => one.Version));
    }

    [Fact]
    public async Task A_started_change_is_published_when_it_ends_and_hides_no_finished_change()
    {
        var store = await NewStoreAsync();
        var pending = new PublishQueueTable(store.Clients.Releases);
        await pending.BeginAsync(Key, 1, Ct);
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
        await pending.CompleteAsync(Key, 1, Ct);
        var read = await store.Feed.ReadPendingAsync(Ct);

        // Another run for the same event, which may crash here.
        await pending.BeginAsync(Key, 1, Ct);

        Assert.Single(await store.Feed.ReadPendingAsync(Ct));
        await store.Feed.ClearPendingAsync(read, Ct);
        Assert.Single(await store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task A_hundred_and_five_markings_are_read_in_one_call_and_cleared_in_two()
    {
        var store = await NewStoreAsync();
        var returns = Enumerable.Range(0, 105).Select(i => new ReturnKey(new(new("agency"), $"r{i}"), Key.Period)).ToList();
        await Parallel.ForEachAsync(returns, Ct, async (key, ct) =>
        {
            var claim = await store.Returns.ClaimAsync(key, UploadAt(1, key.Return.Name), [], ct);
            await store.Returns.CompleteAsync(claim.Submission with { ContentHash = HashOf("x") }, LedgerState.Accepted, Due, ct);
        });
        var calls = new CrashAtCall(0, false);
        var counted = store.Through(calls).Feed;

        await counted.ClearPendingAsync(await counted.ReadPendingAsync(Ct), Ct);

        Assert.Equal(3, calls.Calls);
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task A_public_file_never_goes_back_to_an_older_release()
    {
        var store = await NewStoreAsync();
        await Parallel.ForEachAsync(Enumerable.Range(1, 20).Reverse(), Ct, async (release, ct) =>
            await store.Feed.WriteAsync(Pointer($"release {release}"), release, ct));
        var before = await store.Feed.ReadAsync("headlines.json", Ct);

        await store.Feed.WriteAsync(Pointer("release 3"), 3, Ct);

        var after = await store.Feed.ReadAsync("headlines.json", Ct);
        Assert.Equal("release 20", Encoding.UTF8.GetString(after!.Value.Content.Span));
        Assert.Equal((before!.Value.ETag, "application/json"), (after.Value.ETag, after.Value.ContentType));
    }

    [Fact]
    public async Task The_same_bytes_keep_their_ETag_and_an_immutable_file_is_written_once()
    {
        var store = await NewStoreAsync();
        await store.Feed.WriteAsync(Pointer("same"), 1, Ct);
        var before = await store.Feed.ReadAsync("headlines.json", Ct);
        await store.Feed.WriteAsync(Pointer("same"), 2, Ct);
        Assert.Equal(before!.Value.ETag, (await store.Feed.ReadAsync("headlines.json", Ct))!.Value.ETag);

        await store.Feed.WriteAsync(Edition("first"), 1, Ct);
        await store.Feed.WriteAsync(Edition("second"), 2, Ct);
        Assert.Equal("first", Encoding.UTF8.GetString((await store.Feed.ReadAsync("releases/1/headlines.json", Ct))!.Value.Content.Span));

        Assert.Equal(["headlines.json", "releases/1/headlines.json"], await store.Feed.ListPublicAsync(Ct).ToListAsync(Ct));
        var dump = await store.DumpAsync(Ct);
        Assert.Contains("headlines.json application/json public, max-age=60, must-revalidate", dump, StringComparison.Ordinal);
        Assert.Contains("releases/1/headlines.json application/json public, max-age=31536000, immutable", dump, StringComparison.Ordinal);
        Assert.Null(await store.Feed.ReadAsync("releases/../headlines.json", Ct));
    }

    [Fact]
    public async Task The_lineage_of_a_release_is_read_back()
    {
        var store = await NewStoreAsync();
        Assert.Null(await store.Feed.ReadRecordAsync(1, "lineage.json", Ct));
        await store.Feed.WriteRecordAsync(1, "lineage.json", "{}"u8.ToArray(), Ct);
        Assert.Equal("{}"u8.ToArray(), (await store.Feed.ReadRecordAsync(1, "lineage.json", Ct))!.Value.ToArray());
    }

    private static PublicFile Pointer(string content) => new("headlines.json", Encoding.UTF8.GetBytes(content), "application/json", false);

    private static PublicFile Edition(string content) => new("releases/1/headlines.json", Encoding.UTF8.GetBytes(content), "application/json", true);
}

using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

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

        var released = await store.Feed.MakeCurrentAsync(Draft(1, "hash"), null, "catalogue", Years, Ct);
        var read = await store.Feed.ReadCurrentAsync(Ct);

        Assert.Equal(released with { Years = read!.Years, Files = read.Files }, read);
        Assert.Equal(Years, read.Years);
        Assert.Equal(Now.ToUniversalTime(), read.Published);
        Assert.False(read.IsAnnounced);
        var files = new Dictionary<string, WrittenFile> { ["headlines.json"] = new("hash", "0x1") };
        var announced = await store.Feed.CompleteAsync(read with { IsAnnounced = true, Files = files }, new PublishQueue([], Decisions.Empty, read), Ct);

        var queue = await store.Feed.ReadPublishQueueAsync(Ct);
        Assert.True(queue.Current!.IsAnnounced);
        Assert.Equal(announced!.ETag, queue.Current.ETag);
        Assert.Equal(files, queue.Current.Files);
    }

    [Fact]
    public async Task A_number_is_reserved_once_by_the_record_of_its_draft()
    {
        var store = await NewStoreAsync();
        Assert.Null(await store.Feed.ReadRecordAsync(1, Ct));

        Assert.True(await store.Feed.TryAddRecordAsync(1, "one"u8.ToArray(), Ct));
        Assert.False(await store.Feed.TryAddRecordAsync(1, "two"u8.ToArray(), Ct));

        Assert.Equal("one"u8.ToArray(), (await store.Feed.ReadRecordAsync(1, Ct))!.Value.ToArray());
        await store.Feed.WriteRecordAsync(1, "three"u8.ToArray(), Ct);
        Assert.Equal("three"u8.ToArray(), (await store.Feed.ReadRecordAsync(1, Ct))!.Value.ToArray());
    }

    [Fact]
    public async Task The_record_of_a_year_is_extended_by_one_of_two_concurrent_publishes()
    {
        var store = await NewStoreAsync();
        var year = Period.Parse("2019-20");
        Assert.Null(await store.Feed.ReadYearRecordAsync(year, Ct));

        await store.Feed.WriteYearRecordAsync(year, "one"u8.ToArray(), etag: null, Ct);
        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.WriteYearRecordAsync(year, "two"u8.ToArray(), etag: null, Ct));
        var read = (await store.Feed.ReadYearRecordAsync(year, Ct))!;
        await store.Feed.WriteYearRecordAsync(year, "three"u8.ToArray(), read.ETag, Ct);
        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.WriteYearRecordAsync(year, "four"u8.ToArray(), read.ETag, Ct));

        Assert.Equal("three"u8.ToArray(), (await store.Feed.ReadYearRecordAsync(year, Ct))!.Content.ToArray());
    }

    [Fact]
    public async Task One_of_two_concurrent_publishes_has_a_conflict()
    {
        var store = await NewStoreAsync();
        var current = await store.Feed.MakeCurrentAsync(Draft(1, "one"), null, "c", Years, Ct);

        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(Draft(2, "two"), null, "c", Years, Ct));
        var third = await store.Feed.MakeCurrentAsync(Draft(2, "two"), current, "c", Years, Ct);
        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(Draft(3, "three"), current, "c", Years, Ct));
        Assert.Equal(third.Number, (await store.Feed.ReadCurrentAsync(Ct))!.Number);
    }

    [Fact]
    public async Task A_draft_is_released_only_once_even_after_its_own_release()
    {
        var store = await NewStoreAsync();
        var current = await store.Feed.MakeCurrentAsync(Draft(1, "one"), null, "c", Years, Ct);

        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(Draft(1, "one"), null, "c", Years, Ct));
        await Assert.ThrowsAsync<PublishConflictException>(() => store.Feed.MakeCurrentAsync(Draft(1, "one"), current, "c", Years, Ct));
    }

    [Fact]
    public async Task Announcing_a_superseded_release_changes_nothing()
    {
        var store = await NewStoreAsync();
        var one = await store.Feed.MakeCurrentAsync(Draft(1, "one"), null, "c", Years, Ct);
        await store.Feed.MakeCurrentAsync(Draft(2, "two"), one, "c", Years, Ct);

        var completed = await store.Feed.CompleteAsync(one with { IsAnnounced = true }, new PublishQueue([], Decisions.Empty, one), Ct);

        var current = await store.Feed.ReadCurrentAsync(Ct);
        Assert.Equal((2, false), (current!.Number, current.IsAnnounced));
        Assert.Equal(current.ETag, completed!.ETag);
    }

    [Fact]
    public async Task The_releases_of_an_earlier_version_of_the_pipeline_are_refused()
    {
        var store = await NewStoreAsync();
        await store.RawTable("Releases").CreateAsync(Ct);
        await store.RawTable("Releases").AddEntityAsync(new Azure.Data.Tables.TableEntity("releases", "current") { ["Number"] = 7 }, Ct);

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Feed.ReadPublishQueueAsync(Ct));
    }

    [Fact]
    public async Task The_pointers_of_the_oldest_years_are_forgotten_before_the_row_is_too_large()
    {
        var store = await NewStoreAsync();
        var files = Enumerable.Range(1900, 100).SelectMany(year => Enumerable.Range(0, 4).Select(file => $"{year}-{(year + 1) % 100:00}/file{file}.json")).Append("headlines.json")
            .ToDictionary(path => path, _ => new WrittenFile(HashOf("x"), "0x8DD0000000000000"));
        var one = await store.Feed.MakeCurrentAsync(Draft(1, "one"), null, "c", Years, Ct);

        await store.Feed.CompleteAsync(one with { IsAnnounced = true, Files = files }, new PublishQueue([], Decisions.Empty, one), Ct);

        var kept = (await store.Feed.ReadCurrentAsync(Ct))!.Files;
        Assert.InRange(kept.Count, 150, files.Count - 1);
        Assert.Contains("headlines.json", kept.Keys);
        Assert.Contains("1999-00/file0.json", kept.Keys);
        Assert.DoesNotContain("1900-01/file0.json", kept.Keys);
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

        var queue = await counted.ReadPublishQueueAsync(Ct);
        var before = calls.Calls;
        await counted.CompleteAsync(null, queue, Ct);

        Assert.Equal(2, calls.Calls - before);
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task A_public_file_never_goes_back_to_an_older_release()
    {
        var store = await NewStoreAsync();
        await Parallel.ForEachAsync(Enumerable.Range(1, 20).Reverse(), Ct, async (release, ct) =>
            await store.Feed.WriteAsync(Pointer($"release {release}"), release, null, ct));
        var before = await store.Feed.ReadAsync("headlines.json", Ct);

        Assert.Null(await store.Feed.WriteAsync(Pointer("release 3"), 3, new WrittenFile(HashOf("release 2"), "0x1"), Ct));
        await store.Feed.WriteAsync(Pointer("release 3"), 3, null, Ct);

        var after = await store.Feed.ReadAsync("headlines.json", Ct);
        Assert.Equal("release 20", Encoding.UTF8.GetString(after!.Value.Content.Span));
        Assert.Equal((before!.Value.ETag, "application/json"), (after.Value.ETag, after.Value.ContentType));
    }

    [Fact]
    public async Task The_same_bytes_keep_their_ETag_and_an_immutable_file_is_written_once()
    {
        var store = await NewStoreAsync();
        await store.Feed.WriteAsync(Pointer("same"), 1, null, Ct);
        var before = await store.Feed.ReadAsync("headlines.json", Ct);
        await store.Feed.WriteAsync(Pointer("same"), 2, null, Ct);
        Assert.Equal(before!.Value.ETag, (await store.Feed.ReadAsync("headlines.json", Ct))!.Value.ETag);

        await store.Feed.WriteAsync(Edition("first"), 1, null, Ct);
        await store.Feed.WriteAsync(Edition("second"), 2, null, Ct);
        Assert.Equal("first", Encoding.UTF8.GetString((await store.Feed.ReadAsync("releases/1/headlines.json", Ct))!.Value.Content.Span));

        Assert.Equal(["headlines.json", "releases/1/headlines.json"], await store.Feed.ListPublicAsync(Ct).ToListAsync(Ct));
        var dump = await store.DumpAsync(Ct);
        Assert.Contains("headlines.json application/json public, max-age=60, must-revalidate", dump, StringComparison.Ordinal);
        Assert.Contains("releases/1/headlines.json application/json public, max-age=31536000, immutable", dump, StringComparison.Ordinal);
        Assert.Null(await store.Feed.ReadAsync("releases/../headlines.json", Ct));
    }

    [Fact]
    public async Task A_pointer_that_is_as_it_was_written_is_replaced_in_one_call_and_one_without_changes_in_none()
    {
        var store = await NewStoreAsync();
        var calls = new CrashAtCall(0, false);
        var counted = store.Through(calls).Feed;
        var first = await counted.WriteAsync(Pointer("one"), 1, null, Ct);
        Assert.Equal(2, calls.Calls);

        var second = await counted.WriteAsync(Pointer("two"), 2, first, Ct);
        Assert.Equal(3, calls.Calls);
        Assert.Equal(second, await counted.WriteAsync(Pointer("two") with { Content = "two at noon"u8.ToArray(), ComparedContent = "two"u8.ToArray() }, 3, second, Ct));
        Assert.Equal(3, calls.Calls);

        // Somebody has restored an earlier copy.
        await store.Clients.Public.GetBlobClient("headlines.json").UploadAsync(BinaryData.FromString("other"), overwrite: true, Ct);
        await counted.WriteAsync(Pointer("three"), 3, second, Ct);
        Assert.Equal("three", Encoding.UTF8.GetString((await store.Feed.ReadAsync("headlines.json", Ct))!.Value.Content.Span));
    }

    private static DraftRelease Draft(int number, string hash) => new(number, hash, Now.ToUniversalTime());

    private static PublicFile Pointer(string content) => new("headlines.json", Encoding.UTF8.GetBytes(content), "application/json", false);

    private static PublicFile Edition(string content) => new("releases/1/headlines.json", Encoding.UTF8.GetBytes(content), "application/json", true);
}

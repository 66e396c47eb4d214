using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>Which number an upload gets, and when.</summary>
public sealed class NumberTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private static readonly DateTimeOffset At = new(2019, 7, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Uploads_that_are_seen_together_get_their_numbers_in_the_order_of_their_times()
    {
        var store = await NewStoreAsync();
        Upload[] stored = [NewUpload(30, "a.csv"), NewUpload(10, "c.csv"), NewUpload(20, "b.csv")];

        var claims = await Task.WhenAll(stored.Select(upload => store.Returns.ClaimAsync(Key, upload, stored, Ct)));

        Assert.Equal([3, 1, 2], claims.Select(claim => claim.Own.Version));
        Assert.All(claims, claim => Assert.Null(claim.Own.TiedFrom));
    }

    [Fact]
    public async Task An_upload_that_is_seen_later_is_newer_whatever_its_time()
    {
        var store = await NewStoreAsync();
        await store.Returns.ClaimAsync(Key, NewUpload(100), [], Ct);

        var later = await store.Returns.ClaimAsync(Key, NewUpload(-1_000_000, "later.csv"), [], Ct);

        Assert.Equal(2, later.Own.Version);
    }

    [Fact]
    public async Task An_upload_link_has_the_number_of_its_issue_although_its_file_comes_later()
    {
        var store = await NewStoreAsync();
        var link = await store.Returns.ReserveAsync(Key, _ => $"{Key}/link.csv", At, new Reservation(IsLink: true), [], Ct);
        await IngestAsync(store.Returns, UploadAt(2, "page.csv"), "page");

        var claim = await store.Returns.ClaimAsync(Key, NewUpload(50, "link.csv") with { Mark = new UploadMark(7_000, At) }, [], Ct);
        await EndAsync(store.Returns, claim.Submission, "link");

        Assert.Equal((1, 1), (link.Version, claim.Own.Version));
        Assert.Equal(2, (await RowAsync(store)).LiveVersion);
        var replaced = await store.Returns.ClaimAsync(Key, NewUpload(60, "link.csv", tag: 1), [], Ct);
        Assert.Equal(3, replaced.Own.Version);
    }

    [Fact]
    public async Task No_number_of_a_stored_file_is_given_again_while_the_tables_are_rebuilt()
    {
        var store = await NewStoreAsync();
        Upload[] stored = [UploadAt(4), UploadAt(6, "b.csv")];

        var reserved = await store.Returns.ReserveAsync(Key, number => $"{Key}/{number}.csv", At, new Reservation(), stored, Ct);
        var direct = await store.Returns.ClaimAsync(Key, NewUpload(1, "direct.csv"), stored, Ct);

        Assert.Equal((7, 8), (reserved.Version, direct.Own.Version));
        Assert.Equal(4, (await store.Returns.ClaimAsync(Key, stored[0], [], Ct)).Own.Version);
    }

    [Fact]
    public async Task A_copy_of_a_file_with_its_metadata_at_another_path_gets_a_number_of_its_own()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");

        var copied = await store.Returns.ClaimAsync(Key, UploadAt(1, "copy.csv"), [UploadAt(1)], Ct);

        Assert.Equal(2, copied.Own.Version);
    }

    [Fact]
    public async Task Different_uploads_of_the_same_moment_leave_the_live_version_until_one_is_chosen_or_deleted()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        Upload[] stored = [NewUpload(20, "a.csv"), NewUpload(20, "b.csv")];
        foreach (var upload in stored)
        {
            await EndAsync(store.Returns, (await store.Returns.ClaimAsync(Key, upload, stored, Ct)).Submission, upload.Path);
        }

        Assert.Equal((LedgerState.Undecided, 1, 3), ((await RowAsync(store)).State, (await RowAsync(store)).LiveVersion, (await RowAsync(store)).LatestVersion));

        await RemoveAsync(store.Returns, "b.csv");
        Assert.Equal((LedgerState.Accepted, 2), ((await RowAsync(store)).State, (await RowAsync(store)).LiveVersion));

        await IngestAsync(store.Returns, UploadAt(4, "chosen.csv"), "chosen");
        Assert.Equal((LedgerState.Accepted, 4), ((await RowAsync(store)).State, (await RowAsync(store)).LiveVersion));
    }

    [Fact]
    public async Task Equal_uploads_of_the_same_moment_are_one_version()
    {
        var store = await NewStoreAsync();
        Upload[] stored = [NewUpload(20, "a.csv"), NewUpload(20, "b.csv")];
        foreach (var upload in stored.Reverse())
        {
            await EndAsync(store.Returns, (await store.Returns.ClaimAsync(Key, upload, stored, Ct)).Submission, "x");
        }

        Assert.Equal((LedgerState.Accepted, 1), ((await RowAsync(store)).State, (await RowAsync(store)).LiveVersion));
    }

    [Fact]
    public async Task A_number_belongs_to_the_bytes_and_not_to_what_replaces_them_with_the_same_metadata()
    {
        var store = await NewStoreAsync();
        var path = $"{Key}/a.csv";
        await store.Uploads.WriteAsync(path, "one"u8.ToArray(), new UploadMark(5, At) { TiedFrom = 4, WithdrawnThrough = 3, Inbox = "in" }, Ct);
        var upload = (await store.Uploads.FindAsync(path, Ct))!;
        Assert.Equal(new UploadMark(5, At) { TiedFrom = 4, WithdrawnThrough = 3, Inbox = "in" }, upload.Mark);
        var marked = await store.Uploads.MarkAsync(upload, new UploadMark(5, At) { RepeatOf = 2 }, Ct);
        Assert.Equal(marked, await store.Uploads.FindAsync(path, Ct));
        Assert.Null(await store.Uploads.MarkAsync(upload, new UploadMark(6, At), Ct));

        var blob = store.Clients.Returns.GetBlobClient(path);
        var metadata = (await blob.GetPropertiesAsync(cancellationToken: Ct)).Value.Metadata;
        await blob.UploadAsync(BinaryData.FromString("two"), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = metadata }, Ct);

        Assert.Null((await store.Uploads.FindAsync(path, Ct))!.Mark);
    }
}

using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.Storage;

public sealed class WithdrawalTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    [Fact]
    public async Task A_return_whose_live_file_is_deleted_is_withdrawn()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");

        await RemoveAsync(store.Returns, "figures.xlsx");

        var row = await RowAsync(store);
        Assert.Equal((LedgerState.Withdrawn, (int?)null), (row.State, row.LiveVersion));
        Assert.Equal([0, 1], (await store.Feed.ReadPendingAsync(Ct)).Select(one => one.Version));
    }

    [Fact]
    public async Task A_file_that_is_not_live_may_be_deleted()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1, "first.xlsx"), "x");
        await IngestAsync(store.Returns, UploadAt(2, "second.xlsx"), "y");
        var before = await RowAsync(store);
        await store.Feed.ClearPendingAsync(await store.Feed.ReadPendingAsync(Ct), Ct);

        Assert.Null(await RemoveAsync(store.Returns, "first.xlsx"));
        Assert.Null(await RemoveAsync(store.Returns, "never-there.xlsx"));

        Assert.Equal(before, await RowAsync(store));
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task A_rejected_file_may_be_deleted_from_a_return_that_has_no_live_version()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "bad", LedgerState.Rejected);
        var before = await RowAsync(store);

        await RemoveAsync(store.Returns, "figures.xlsx");

        Assert.Equal(before, await RowAsync(store));
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task A_repeated_withdrawal_event_after_publication_changes_nothing()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        await RemoveAsync(store.Returns, "figures.xlsx");
        await store.Feed.ClearPendingAsync(await store.Feed.ReadPendingAsync(Ct), Ct);
        var before = await store.DumpAsync(Ct);

        await RemoveAsync(store.Returns, "figures.xlsx");

        Assert.Equal(before, await store.DumpAsync(Ct));
    }

    [Fact]
    public async Task Neither_an_older_upload_nor_the_same_event_brings_a_withdrawn_return_back()
    {
        var store = await NewStoreAsync();
        var withdrawn = await IngestAsync(store.Returns, UploadAt(5), "x");
        await RemoveAsync(store.Returns, "figures.xlsx");

        await IngestAsync(store.Returns, UploadAt(1, "older.xlsx"), "y");
        await EndAsync(store.Returns, withdrawn!, "x");

        var row = await RowAsync(store);
        Assert.Equal((LedgerState.Withdrawn, (int?)null), (row.State, row.LiveVersion));
    }

    [Fact]
    public async Task A_return_is_withdrawn_also_if_its_deleted_file_was_replaced_more_often_than_one_transaction_can_record()
    {
        var store = await NewStoreAsync();
        const string Replaced = "replaced.csv";
        var claim = await store.Returns.ClaimAsync(Key, NewUpload(500, "x.csv"), [.. Enumerable.Range(1, 130).Select(second => NewUpload(second, Replaced, tag: second))], Ct);
        Assert.Equal(131, claim.Own.Version);
        await IngestAsync(store.Returns, NewUpload(600, Replaced), "x");
        Assert.Equal(132, (await RowAsync(store)).LiveVersion);

        Assert.Equal(132, await RemoveAsync(store.Returns, Replaced));

        Assert.Equal((LedgerState.Withdrawn, (int?)null), ((await RowAsync(store)).State, (await RowAsync(store)).LiveVersion));
        Assert.Equal(["x.csv"], (await store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads.Select(upload => upload.Path.Split('/')[^1]));
        var submissions = await store.Returns.ReadSubmissionsAsync(Key, Ct);
        Assert.All(submissions, submission => Assert.Equal(submission.Version != claim.Own.Version, submission.IsGone));
    }

    [Fact]
    public async Task The_bytes_of_a_withdrawn_return_sent_again_are_a_new_version()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        await RemoveAsync(store.Returns, "figures.xlsx");

        await IngestAsync(store.Returns, UploadAt(2), "x");

        var row = await RowAsync(store);
        Assert.Equal((LedgerState.Accepted, 2), (row.State, row.LiveVersion));
    }

    [Fact]
    public async Task Bytes_sent_to_two_paths_are_withdrawn_with_the_newer_one()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1, "first.xlsx"), "x");
        await IngestAsync(store.Returns, UploadAt(2, "second.xlsx"), "x");

        await RemoveAsync(store.Returns, "first.xlsx");
        Assert.Equal(1, (await RowAsync(store)).LiveVersion);

        await RemoveAsync(store.Returns, "second.xlsx");
        Assert.Null((await RowAsync(store)).LiveVersion);
    }
}

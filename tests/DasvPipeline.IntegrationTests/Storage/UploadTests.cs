using System.Text;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.Storage;

public sealed class UploadTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    [Fact]
    public async Task A_found_upload_equals_the_listed_one()
    {
        var store = await NewStoreAsync();
        string[] names = ["a/b", "a//b", "a/b/", "/a/b", "a%2fb", "a/%2e%2e/c", "a/<script>", "a/é ü?x=1#y.xlsx", "a/...", "a/\u202Excel.xlsx"];
        foreach (var name in names)
        {
            await store.Clients.Returns.GetBlobClient(name).UploadAsync(BinaryData.FromString(name), Ct);
        }

        var listed = await store.Uploads.ListAsync(string.Empty, Ct).ToListAsync(Ct);

        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Select(upload => upload.Path).Order(StringComparer.Ordinal));
        foreach (var upload in listed)
        {
            Assert.Equal(upload, await store.Uploads.FindAsync(upload.Path, Ct));
            Assert.Equal(upload.Path, Encoding.UTF8.GetString((await store.Uploads.ReadAsync(upload, Ct))!.Value.Span));
        }
    }

    [Theory]
    [InlineData("a/x/../b")]
    [InlineData("a/./b")]
    [InlineData("./a/b")]
    [InlineData("a\\b")]
    [InlineData("a/b/")]
    [InlineData("/a/b")]
    [InlineData("a%2Fb")]
    [InlineData("../{returns}/a/b")]
    [InlineData("")]
    public async Task A_name_that_would_reach_another_blob_finds_none(string name)
    {
        var store = await NewStoreAsync();
        await store.Clients.Returns.GetBlobClient("a/b").UploadAsync(BinaryData.FromString("x"), Ct);
        var found = await store.Uploads.FindAsync("a/b", Ct);
        var path = name.Replace("{returns}", store.Clients.Returns.Name, StringComparison.Ordinal);

        Assert.Null(await store.Uploads.FindAsync(path, Ct));
        Assert.Null(await store.Uploads.ReadAsync(found! with { Path = path }, Ct));
    }

    [Fact]
    public async Task An_upload_that_was_replaced_or_deleted_is_not_read()
    {
        var store = await NewStoreAsync();
        var blob = store.Clients.Returns.GetBlobClient("a/b");
        await blob.UploadAsync(BinaryData.FromString("first"), Ct);
        var upload = await store.Uploads.FindAsync("a/b", Ct);

        await blob.UploadAsync(BinaryData.FromString("second"), overwrite: true, Ct);
        Assert.Null(await store.Uploads.ReadAsync(upload!, Ct));

        await blob.DeleteAsync(cancellationToken: Ct);
        Assert.Null(await store.Uploads.ReadAsync(upload!, Ct));
        Assert.Null(await store.Uploads.FindAsync("a/b", Ct));
    }

    [Fact]
    public async Task An_upload_is_processed_only_in_the_store_that_marked_it()
    {
        var (store, other) = (await NewStoreAsync(), await NewStoreAsync());
        var path = $"{Key}/one";
        await store.Clients.Returns.GetBlobClient(path).UploadAsync(BinaryData.FromString(path), Ct);
        var upload = (await store.Uploads.FindAsync(path, Ct))!;
        Assert.False(await store.Returns.IsProcessedAsync(upload, Today, Ct));

        upload = (await store.Uploads.MarkAsync(upload, new UploadMark(1, upload.UploadedAt) { ProcessedToken = await store.Returns.CreateProcessedTokenAsync(path, Ct) }, Ct))!;

        Assert.Equal(upload, await store.Uploads.FindAsync(path, Ct));
        Assert.Equal((true, false), (await store.Returns.IsProcessedAsync(upload, Today, Ct), await other.Returns.IsProcessedAsync(upload, Today, Ct)));
        Assert.False(await store.Returns.IsProcessedAsync(upload with { Path = $"{Key}/copy" }, Today, Ct));
    }

    [Fact]
    public async Task An_upload_is_found_and_read_in_one_call_and_not_read_if_nobody_wants_it()
    {
        var store = await NewStoreAsync();
        await store.Clients.Returns.GetBlobClient("a/b").UploadAsync(BinaryData.FromString("content"), Ct);
        var calls = new CrashAtCall(0, false);
        var uploads = store.Through(calls).Uploads;

        var read = (await uploads.OpenAsync("a/b", _ => true, Ct))!.Value;
        var unread = (await uploads.OpenAsync("a/b", _ => false, Ct))!.Value;

        Assert.Equal(2, calls.Calls);
        Assert.Equal(("content", (ReadOnlyMemory<byte>?)null), (System.Text.Encoding.UTF8.GetString(read.Content!.Value.Span), unread.Content));
        Assert.Equal(await store.Uploads.FindAsync("a/b", Ct), read.Upload);
        Assert.Null(await uploads.OpenAsync("a/c", _ => true, Ct));
    }

    [Fact]
    public async Task A_postponed_upload_counts_as_processed_until_its_day()
    {
        var store = await NewStoreAsync();
        var path = $"{Key}/early";
        await store.Clients.Returns.GetBlobClient(path).UploadAsync(BinaryData.FromString(path), Ct);
        var upload = (await store.Uploads.FindAsync(path, Ct))!;
        var claim = await store.Returns.ClaimAsync(Key, upload, [], Ct);
        var until = Today.AddDays(1);
        await store.Returns.PostponeAsync(claim.Own, until, Ct);
        upload = (await store.Uploads.MarkAsync(upload, claim.Own.CreateMark() with { ProcessedToken = await store.Returns.CreateProcessedTokenAsync(path, Ct), PostponedUntil = until }, Ct))!;

        Assert.Equal((true, false), (await store.Returns.IsProcessedAsync(upload, Today, Ct), await store.Returns.IsProcessedAsync(upload, until, Ct)));
        var waiting = Assert.Single((await store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
        Assert.Equal((Key, 1, path, until), (waiting.Key, waiting.Version, waiting.Path, waiting.Until));

        await EndAsync(store.Returns, claim.Submission, "x");
        Assert.Empty((await store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
    }

    [Fact]
    public async Task Typed_text_is_in_no_key_and_in_no_report_name()
    {
        const string Typed = "CANARY someone@example.org";
        var store = await NewStoreAsync();
        var upload = UploadAt(1, Typed);
        await IngestAsync(store.Returns, upload, "x");
        await RemoveAsync(store.Returns, Typed);
        await store.Returns.WriteUnroutedAsync(new Upload(Typed, "1", upload.UploadedAt, 1), "{}"u8.ToArray(), Ct);

        foreach (var table in new[] { "Ledger", "Observations", "Audit" })
        {
            await foreach (var entity in store.RawTable(table).QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Ct))
            {
                Assert.DoesNotContain("CANARY", entity.PartitionKey + entity.RowKey, StringComparison.Ordinal);
            }
        }

        await foreach (var blob in store.Clients.Reports.GetBlobsAsync(cancellationToken: Ct))
        {
            Assert.DoesNotContain("CANARY", blob.Name, StringComparison.Ordinal);
        }

        Assert.Contains($"Path={Typed}", await store.DumpAsync(Ct), StringComparison.Ordinal);
    }
}

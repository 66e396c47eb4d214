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
    public async Task Uploads_without_a_finished_ingest_are_found()
    {
        var store = await NewStoreAsync();
        string[] paths = ["a/r/2019-20-Q1/one", "a/r/2019-20/two", "a/r/2018-19-Q4/three", "nowhere", "a/r/2019-20-Q1/not-due", "left", "a/r/2019-20-Q2/left"];
        foreach (var path in paths)
        {
            await store.Clients.Returns.GetBlobClient(path).UploadAsync(BinaryData.FromString(path), Ct);
        }

        foreach (var path in paths[..5])
        {
            // Marks the upload from a search. The list must recognise it.
            var upload = (await store.Uploads.FindAsync(path, Ct))!;
            Assert.False(await store.Returns.IsProcessedAsync(upload, Today, Ct));
            Core.Domain.Period? period = path is "nowhere" or "a/r/2019-20-Q1/not-due" ? null : Core.Domain.Period.Parse(path.Split('/')[2]);
            upload = period is null ? upload : (await store.Uploads.MarkAsync(upload, new UploadMark(1, upload.UploadedAt), Ct))!;
            await store.Returns.MarkProcessedAsync(upload, period, Ct);
            Assert.True(await store.Returns.IsProcessedAsync(upload, Today, Ct));
        }

        var unhandled = await store.Returns.FindUnprocessedAsync(store.Uploads.ListAsync(string.Empty, Ct), Today, Ct).Select(upload => upload.Path).ToListAsync(Ct);

        Assert.Equal(["a/r/2019-20-Q2/left", "left"], unhandled);
    }

    [Fact]
    public async Task A_postponed_upload_counts_as_processed_until_its_day()
    {
        var store = await NewStoreAsync();
        var path = $"{Key}/early";
        await store.Clients.Returns.GetBlobClient(path).UploadAsync(BinaryData.FromString(path), Ct);
        var upload = (await store.Uploads.FindAsync(path, Ct))!;
        upload = (await store.Uploads.MarkAsync(upload, new UploadMark(1, upload.UploadedAt), Ct))!;
        await store.Returns.PostponeAsync(upload, Key.Period, Today.AddDays(1), Ct);

        Assert.Equal((true, 0), await StateAsync(Today));
        Assert.Equal((false, 1), await StateAsync(Today.AddDays(1)));

        await store.Returns.MarkProcessedAsync(upload, Key.Period, Ct);
        await store.Returns.PostponeAsync(upload, Key.Period, Today.AddDays(1), Ct);
        Assert.Equal((true, 0), await StateAsync(Today.AddDays(1)));

        async Task<(bool IsProcessed, int Unprocessed)> StateAsync(DateOnly today) => (
            await store.Returns.IsProcessedAsync(upload, today, Ct),
            await store.Returns.FindUnprocessedAsync(store.Uploads.ListAsync(string.Empty, Ct), today, Ct).CountAsync(Ct));
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

        foreach (var table in new[] { "Ledger", "Submissions", "Observations", "Releases", "Audit" })
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

using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Ingest;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Storage.Backups;
using DasvPipeline.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>The daily copy of the tables, and a rehearsed restore.</summary>
public sealed class TableBackupTests(AzuriteFixture azurite)
{
    private static readonly string[] Tables = ["Ledger", "Observations", "Explanations", "Audit", "Members", "Messages"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_is_restored_with_its_types_and_the_pipeline_goes_on_as_before()
    {
        var pipeline = await StartAsync();
        var before = await DumpAsync(pipeline);
        var published = await pipeline.PublicAsync();
        var backup = new TableBackup(pipeline.Store.Clients);
        var rows = await new BackUpTables(backup, pipeline.Clock, NullLogger<BackUpTables>.Instance).RunAsync(Ct);
        Assert.Equal(before.Count, rows);

        await EmptyAsync(pipeline);
        Assert.Empty(await DumpAsync(pipeline));
        Assert.Equal(rows, await backup.RestoreAsync(pipeline.Clock.Today(), Ct));
        Assert.Equal(before, await DumpAsync(pipeline));
        Assert.Equal(rows, await backup.RestoreAsync(pipeline.Clock.Today(), Ct));
        Assert.Equal(before, await DumpAsync(pipeline));

        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        await pipeline.PublishAsync();
        Assert.Equal(before, await DumpAsync(pipeline));
        Assert.Equal(published, await pipeline.PublicAsync());
        Assert.Equal(360, Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(1)))).Figure.Value);
    }

    [Fact]
    public async Task Files_that_were_processed_after_the_copy_are_processed_again_after_the_restore()
    {
        var pipeline = await StartAsync();
        await pipeline.UploadAsync(MaracPath(4), Marac(374));
        await pipeline.ClaimAsync(MaracPath(4));
        await new TableBackup(pipeline.Store.Clients).WriteAsync(pipeline.Clock.Today(), Ct);
        await pipeline.EventAsync(MaracPath(4));
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        await pipeline.SendAsync(MaracPath(3), Marac(373));
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        await EmptyAsync(pipeline);
        await new TableBackup(pipeline.Store.Clients).RestoreAsync(pipeline.Clock.Today(), Ct);

        Assert.Equal(3, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal([361m, 373m, 374m], await new[] { 1, 3, 4 }.ToAsyncEnumerable().Select(async (int quarter, CancellationToken token) => Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(quarter)))).Figure.Value).ToListAsync(Ct));
        Assert.Equal(3, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(1)))).LiveVersion);
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
    }

    /// <summary>A copy is read page by page. What belongs together can be from different moments.</summary>
    [LongFact]
    public async Task A_copy_of_a_ledger_that_changed_in_between_can_be_continued()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(MaracPath(1), Marac(371));
        await pipeline.ClaimAsync(MaracPath(1));
        await pipeline.SendAsync(MaracPath(2), "MARAC cases heard,12\r\n\r\nClient name,Mobile\r\nMary Canarybird,07700 900123\r\n");
        var ledger = pipeline.Store.RawTable("Ledger");
        await foreach (var entity in ledger.QueryAsync<TableEntity>(entity => entity.RowKey.CompareTo("waiting") > 0, cancellationToken: Ct))
        {
            await ledger.DeleteEntityAsync(entity, cancellationToken: Ct);
        }

        await new TableBackup(pipeline.Store.Clients).WriteAsync(pipeline.Clock.Today(), Ct);
        await EmptyAsync(pipeline);
        await new TableBackup(pipeline.Store.Clients).RestoreAsync(pipeline.Clock.Today(), Ct);

        Assert.Single((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
        var file = Assert.Single(await pipeline.Store.Returns.ReadFilesWithPeopleAsync(Ct));
        await pipeline.Sweep.RunAsync(Ct);
        Assert.Equal(371, Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(1)))).Figure.Value);
        Assert.True((await DeleteFileTests.Delete(pipeline).RunAsync(file.Key, file.Version, new Person("0000-1", "manager"), Ct)).IsDone);
        Assert.Empty(await pipeline.Store.Returns.ReadFilesWithPeopleAsync(Ct));
    }

    /// <summary>A region move: the containers are copied as azcopy does, with their metadata, and the tables from the daily copy.</summary>
    [Fact]
    public async Task Copied_containers_and_a_restored_copy_have_the_same_live_versions_and_explanations()
    {
        var pipeline = await StartAsync();
        var before = await DumpAsync(pipeline);
        await new TableBackup(pipeline.Store.Clients).WriteAsync(pipeline.Clock.Today(), Ct);
        var moved = await Pipeline.NewAsync(azurite);
        foreach (var (from, to) in pipeline.Store.Clients.Containers.Zip(moved.Store.Clients.Containers))
        {
            await foreach (var blob in from.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.Metadata, Azure.Storage.Blobs.Models.BlobStates.None, null, Ct))
            {
                var content = (await from.GetBlobClient(blob.Name).DownloadContentAsync(Ct)).Value;
                await to.GetBlobClient(Rename(pipeline, moved, blob.Name)).UploadAsync(
                    content.Content,
                    new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = blob.Metadata, HttpHeaders = new() { ContentType = blob.Properties.ContentType, CacheControl = blob.Properties.CacheControl, ContentHash = blob.Properties.ContentHash } },
                    Ct);
            }
        }

        await new TableBackup(moved.Store.Clients).RestoreAsync(pipeline.Clock.Today(), Ct);
        Assert.Equal(before, await DumpAsync(moved));
        await moved.Sweep.RunAsync(Ct);
        foreach (var path in new[] { MaracPath(1), MaracPath(2), SarcPath("2019-20", 1) })
        {
            Assert.Equal((await pipeline.RowAsync(Pipeline.KeyOf(path))).LiveVersion, (await moved.RowAsync(Pipeline.KeyOf(path))).LiveVersion);
        }

        Assert.Single(await moved.Store.Returns.ReadExplanationsAsync(Pipeline.KeyOf(SarcPath("2019-20", 1)), Ct));
        await moved.PublishAsync();
        Assert.Equal((await pipeline.PublicAsync()).Select(file => (file.Key, file.Value.Text)), (await moved.PublicAsync()).Select(file => (file.Key, file.Value.Text)));
    }

    [Fact]
    public async Task A_copy_that_was_interrupted_is_not_restored()
    {
        var pipeline = await StartAsync();
        var day = pipeline.Clock.Today();
        await Assert.ThrowsAnyAsync<Exception>(() => new TableBackup(pipeline.Through(new CrashAtCall(8, afterResponse: false)).Store.Clients).WriteAsync(day, Ct));
        Assert.Null(await new TableBackup(pipeline.Store.Clients).RestoreAsync(day, Ct));
        Assert.Null(await new TableBackup(pipeline.Store.Clients).RestoreAsync(day.AddDays(-1), Ct));
    }

    [Fact]
    public void Every_type_of_a_property_survives()
    {
        var entity = new TableEntity("p", "r/\u00e9\n\"")
        {
            ["Text"] = "=1+1 \u2028",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = 0.1,
            ["Flag"] = true,
            ["Time"] = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(7),
            ["Id"] = Guid.AllBitsSet,
            ["Bytes"] = new byte[] { 0, 255 },
        };
        var parsed = EntityLine.Parse(EntityLine.Format(entity));
        Assert.Equal(entity.OrderBy(property => property.Key, StringComparer.Ordinal), parsed.OrderBy(property => property.Key, StringComparer.Ordinal));
        Assert.Throws<NotSupportedException>(() => EntityLine.Format(new TableEntity("p", "r") { ["X"] = new Uri("https://example.org") }));
    }

    private static string Rename(Pipeline from, Pipeline to, string name) => name.Replace(from.Store.Clients.Ledger.Name[..^"Ledger".Length], to.Store.Clients.Ledger.Name[..^"Ledger".Length], StringComparison.Ordinal);

    private static async Task EmptyAsync(Pipeline pipeline)
    {
        foreach (var name in Tables)
        {
            var table = pipeline.Store.RawTable(name);
            await foreach (var entity in table.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"], cancellationToken: Ct))
            {
                await table.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, cancellationToken: Ct);
            }
        }
    }

    /// <summary>Returns every row of every table with the types of its values, without the day of the last comparison.</summary>
    private static async Task<IReadOnlyList<string>> DumpAsync(Pipeline pipeline)
    {
        var lines = new List<string>();
        foreach (var name in Tables)
        {
            await foreach (var entity in pipeline.Store.RawTable(name).QueryAsync<TableEntity>(cancellationToken: Ct).Where(entity => entity.RowKey != "waiting|compared"))
            {
                lines.Add($"{name} {string.Join(", ", entity.Where(property => property.Key is not ("odata.etag" or "Timestamp")).OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => FormattableString.Invariant($"{property.Key}:{property.Value?.GetType().Name}={property.Value}")))}");
            }
        }

        return lines;
    }

    private async Task<Pipeline> StartAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(1), Marac(360));
        await pipeline.SendAsync(MaracPath(2), Marac(372));
        await pipeline.SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        await pipeline.Versions.WithdrawAsync(Pipeline.KeyOf(MaracPath(2)), null, "The file was wrong.", new Person("0000-1", "manager"), Ct);
        var key = Pipeline.KeyOf(SarcPath("2019-20", 1));
        var question = (await pipeline.Store.Returns.ReadReportAsync(key, 1, SubmissionReport.FileName, Ct)) is { } report
            ? System.Text.Json.JsonDocument.Parse(report).RootElement.GetProperty("findings")[0].GetProperty("question").GetString()! : throw new InvalidOperationException("The return has no report.");
        await new ExplainQuery(Pipeline.Catalogue, pipeline.Store.Returns).RunAsync(key, question, "The clinic was closed.", new Person("manager", "manager"), Ct);
        await pipeline.PublishAsync();
        return pipeline;
    }
}

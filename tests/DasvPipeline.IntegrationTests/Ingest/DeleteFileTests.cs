using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Uploads;
using DasvPipeline.Tests.Ingest;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>The file of a version is deleted with everything made from it (promise 27).</summary>
public sealed class DeleteFileTests(AzuriteFixture azurite)
{
    private const string People = "MARAC cases heard,12\r\n\r\nClient name,Mobile\r\nMary Canarybird,07700 900123\r\n";
    private const string NamedPath = "idva-service/marac/2019-20-Q1/Mary Canarybird 07700 900123.csv";

    private static readonly Person Officer = new("account-7", "jo");

    private static readonly ReturnKey Key = Pipeline.KeyOf(MaracPath(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_with_people_is_listed_until_it_is_deleted_and_is_then_found_nowhere()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var rejected = await pipeline.SendAsync(NamedPath, People);
        Assert.Equal(IngestResult.Rejected, rejected.Result);
        var file = Assert.Single((await pipeline.Status.GetBoardAsync(Period.FromYear(2019), Ct)).FilesWithPeople);
        Assert.Equal(("idva-service/marac", "2019-20-Q1", rejected.Version), (file.Return, file.Period, file.Version));
        Assert.Contains("Canarybird", await pipeline.Store.DumpAsync(Ct), StringComparison.Ordinal);

        var outcome = await Delete(pipeline).RunAsync(Key, rejected.Version, Officer, Ct);

        Assert.Equal((OutcomeStatus.Done, "The file of version 2 is deleted, with its report. Nothing of it can be restored."), (outcome.Status, outcome.Message));
        Assert.Empty((await pipeline.Status.GetBoardAsync(Period.FromYear(2019), Ct)).FilesWithPeople);
        var stored = await pipeline.Store.DumpAsync(Ct);
        Assert.DoesNotContain("Canarybird", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("900123", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("/v00000002/", stored, StringComparison.Ordinal);
        Assert.Equal(1, (await pipeline.RowAsync(Key)).LiveVersion);
        Assert.Equal(371, Assert.Single(await pipeline.LiveAsync(Key)).Figure.Value);

        var events = (await pipeline.Store.Returns.ReadAuditAsync(Key, Ct)).Where(audited => audited.Name.StartsWith("delet", StringComparison.Ordinal)).ToList();
        Assert.Equal([("deleted", 2, "jo"), ("deletion-asked", 2, "jo")], events.Select(audited => (audited.Name, audited.Version, audited.By)).OrderBy(audited => audited.Name, StringComparer.Ordinal));
        Assert.Contains("ById=account-7", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_deletion_an_event_and_the_sweep_change_nothing()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var rejected = await pipeline.SendAsync(NamedPath, People);
        await Delete(pipeline).RunAsync(Key, rejected.Version, Officer, Ct);
        var before = await pipeline.Store.DumpAsync(Ct);

        Assert.Equal("The file of version 2 is already deleted.", (await Delete(pipeline).RunAsync(Key, rejected.Version, new Person("other", "al"), Ct)).Message);
        await pipeline.EventAsync(NamedPath);
        await pipeline.Sweep.RunAsync(Ct);

        Assert.Equal(before, await pipeline.Store.DumpAsync(Ct));
        Assert.Equal(OutcomeStatus.Refused, (await pipeline.Versions.ChooseAsync(Key, 2, "It was right.", Officer, Ct)).Status);
        Assert.Equal(OutcomeStatus.NotFound, (await Delete(pipeline).RunAsync(Key, 9, Officer, Ct)).Status);
    }

    [Fact]
    public async Task The_same_file_sent_twice_is_deleted_twice_and_its_figures_are_taken_out()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var noted = Encoding.UTF8.GetBytes("measure,value,note\r\nmarac.cases,12,Canarybird asked for these\r\n");
        var first = await pipeline.Send.RunAsync(Key, "marac.csv", noted, new Person("jo", "jo"), Ct);
        await pipeline.Send.RunAsync(Key, "marac again.csv", noted, new Person("jo", "jo"), Ct);
        Assert.Equal(first.Version, (await pipeline.RowAsync(Key)).LiveVersion);

        var outcome = await Delete(pipeline).RunAsync(Key, first.Version, Officer, Ct);

        Assert.StartsWith("The files of versions 1 and 2 are the same. All are deleted", outcome.Message, StringComparison.Ordinal);
        Assert.Null((await pipeline.RowAsync(Key)).LiveVersion);
        Assert.DoesNotContain("Canarybird", await pipeline.Store.DumpAsync(Ct), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(12, Assert.Single(await pipeline.Store.Returns.ReadObservationsAsync(Key, 1, Ct)).Figure.Value);
    }

    [Fact]
    public async Task On_an_account_with_versions_only_the_copies_of_the_file_are_deleted_and_the_remaining_days_are_stated()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = MaracPath(1);
        await pipeline.SendAsync(path, Marac(371));
        await pipeline.SendAsync(path, People);
        var blobs = new VersionedBlobs();
        blobs.Write(CopyContainer.Uploads, path, number: null, "first");
        blobs.Write(CopyContainer.Uploads, path, number: 1, "first");
        blobs.Write(CopyContainer.Uploads, path, number: null, "second");
        blobs.Write(CopyContainer.Uploads, path, number: 2, "second");
        blobs.Write(CopyContainer.Reports, $"{Key}/v00000001/report.json");
        blobs.Write(CopyContainer.Reports, $"{Key}/v00000002/report.json");

        var outcome = await Delete(pipeline, blobs).RunAsync(Key, 2, Officer, Ct);

        Assert.Equal("The file of version 2 is deleted, with its report. An administrator can still restore 3 deleted copies, for 30 days at most. Nobody else can.", outcome.Message);
        Assert.Equal([(CopyContainer.Uploads, "first"), (CopyContainer.Uploads, "first"), (CopyContainer.Reports, null)], blobs.Copies.Where(copy => !copy.IsDeleted).Select(copy => (copy.Container, copy.Checksum)));
        Assert.Contains((await pipeline.Store.Returns.ReadAuditAsync(Key, Ct)), audited => audited.Name == "deleted" && audited.Text!.Contains("30 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_whose_ingest_was_interrupted_is_deleted_although_its_blob_has_no_number()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var uploaded = await pipeline.UploadAsync(NamedPath, People);
        await pipeline.ClaimAsync(NamedPath);
        Assert.Null((await pipeline.Store.Uploads.FindAsync(NamedPath, Ct))!.Mark);
        Assert.Equal(OutcomeStatus.Refused, (await Delete(pipeline).RunAsync(Key, 1, Officer, Ct)).Status);

        // The clock is fixed, and the upload has the time of the store.
        pipeline.Clock.SetUtcNow(uploaded.AddMinutes(11));
        Assert.True((await Delete(pipeline).RunAsync(Key, 1, Officer, Ct)).IsDone);

        Assert.DoesNotContain("Canarybird", await pipeline.Store.DumpAsync(Ct), StringComparison.Ordinal);
        Assert.Empty((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
    }

    [Fact]
    public async Task A_file_that_came_too_early_is_deleted_with_its_path()
    {
        const string Path = "idva-service/marac/2020-21-Q1/Mary Canarybird.csv";
        var pipeline = await Pipeline.NewAsync(azurite);
        var uploaded = await pipeline.UploadAsync(Path, Marac(371));
        await pipeline.EventAsync(Path);
        Assert.Single((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);

        pipeline.Clock.SetUtcNow(uploaded.AddMinutes(11));
        Assert.True((await Delete(pipeline).RunAsync(Pipeline.KeyOf(Path), 1, Officer, Ct)).IsDone);

        Assert.DoesNotContain("Canarybird", await pipeline.Store.DumpAsync(Ct), StringComparison.Ordinal);
        Assert.Empty((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
    }

    [Fact]
    public async Task The_path_of_a_deleted_version_does_not_hide_the_path_of_a_later_one()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(1), Marac(372));
        await Delete(pipeline).RunAsync(Key, 1, Officer, Ct);
        Assert.Equal(2, (await pipeline.RowAsync(Key)).LiveVersion);

        await pipeline.DeleteAsync(MaracPath(1));
        await pipeline.Sweep.RunAsync(Ct);
        Assert.Null((await pipeline.RowAsync(Key)).LiveVersion);
    }

    [Fact]
    public async Task An_interrupted_deletion_can_be_repeated_from_every_call()
    {
        var undisturbed = await Pipeline.NewAsync(azurite);
        var counter = new CrashAtCall(0, afterResponse: false);
        await Delete(undisturbed.Through(counter)).RunAsync(Key, (await undisturbed.SendAsync(NamedPath, People)).Version, Officer, Ct);
        Assert.True(counter.Calls > 8, "Too few calls for a deletion.");
        for (var call = 1; call <= counter.Calls; call++)
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            var rejected = await pipeline.SendAsync(NamedPath, People);
            var crash = new CrashAtCall(call, afterResponse: call % 2 == 0);
            await Assert.ThrowsAsync<CrashException>(() => Delete(pipeline.Through(crash)).RunAsync(Key, rejected.Version, Officer, Ct));

            Assert.True((await Delete(pipeline).RunAsync(Key, rejected.Version, Officer, Ct)).IsDone);
            var stored = await pipeline.Store.DumpAsync(Ct);
            Assert.DoesNotContain("Canarybird", stored, StringComparison.Ordinal);
            Assert.Contains("Event=deleted", stored, StringComparison.Ordinal);
        }
    }

    internal static DeleteFile Delete(Pipeline pipeline, IBlobCopies? copies = null) => new(
        Pipeline.Catalogue, pipeline.Store.Uploads, pipeline.Store.Returns, copies ?? new BlobCopies(pipeline.Store.Clients), new DeletionRecords(pipeline.Store.Clients), pipeline.Clock);
}

using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

public sealed class SweepReturnsTests(AzuriteFixture azurite)
{
    /// <summary>The path of a file for a quarter that ends 30 days after the pipeline's time.</summary>
    private const string EarlyPath = "idva-service/marac/2020-21-Q1/marac.csv";

    /// <summary>The first moment of 30 June 2020 in London, which is an hour before midnight UTC.</summary>
    private static readonly DateTimeOffset LastDay = new(2020, 6, 29, 23, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_that_no_event_announced_is_found_once_and_a_second_sweep_does_nothing()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var samples = Pipeline.SampleFiles.Where(sample => sample.Path.StartsWith("rape-crisis/", StringComparison.Ordinal)).ToList();
        foreach (var (path, file) in samples)
        {
            await pipeline.UploadAsync(path, await File.ReadAllBytesAsync(file, Ct));
        }

        await pipeline.UploadAsync(MaracPath(1), BadMarac);
        await pipeline.UploadAsync("somewhere/else.csv", Marac(1));
        await pipeline.UploadAsync("idva-service/marac/2019-20-Q2\\marac.csv", Marac(1));
        await pipeline.SendAsync(MaracPath(3), Marac(400));

        var found = await pipeline.Sweep.RunAsync(Ct);
        var after = await pipeline.DumpAsync();

        Assert.Equal(samples.Count + 3, found);
        foreach (var (path, _) in samples)
        {
            var submission = Assert.Single(await pipeline.Store.Returns.ReadSubmissionsAsync(Pipeline.KeyOf(path), Ct));
            Assert.Equal((1, SubmissionState.Accepted), (submission.Version, submission.State));
        }

        Assert.Equal(LedgerState.Rejected, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(1)))).State);
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal(after, await pipeline.DumpAsync());
    }

    [Fact]
    public async Task A_sweep_makes_one_call_at_rest_whatever_is_stored_and_compares_the_container_once_a_day()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.Sweep.RunAsync(Ct);
        var few = await CountAsync();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(100 + quarter));
        }

        Assert.Equal((0, 1), few);
        Assert.Equal((0, 1), await CountAsync());

        // No event announces these: one is uploaded, and one is deleted.
        await pipeline.UploadAsync(SarcPath("2019-20", 1), Sarc(50, 20));
        await pipeline.DeleteAsync(MaracPath(4));
        Assert.Equal((0, 1), await CountAsync());
        pipeline.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal((0, 1), await CountAsync());
        Assert.Equal(LedgerState.Withdrawn, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(4)))).State);

        async Task<(int Found, int Calls)> CountAsync()
        {
            var counter = new CrashAtCall(0, false);
            return (await pipeline.Through(counter).Sweep.RunAsync(Ct), counter.Calls);
        }
    }

    [Fact]
    public async Task An_interrupted_ingest_is_finished_by_the_next_sweep_without_a_comparison()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.Sweep.RunAsync(Ct);
        await pipeline.UploadAsync(MaracPath(1), Marac(101));
        await Assert.ThrowsAsync<CrashException>(() => pipeline.Through(new CrashAtCall(6, afterResponse: true)).EventAsync(MaracPath(1)));

        Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));

        Assert.Equal(1, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(1)))).LiveVersion);
        Assert.Empty((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
    }

    [Fact]
    public async Task An_upload_that_was_replaced_or_whose_page_stored_no_file_does_not_wait_for_ever()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.Sweep.RunAsync(Ct);
        await pipeline.UploadAsync(MaracPath(1), Marac(101));
        await pipeline.ClaimAsync(MaracPath(1));
        await pipeline.SendAsync(MaracPath(1), Marac(102));
        Assert.Empty((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
        await pipeline.Store.Returns.ReserveAsync(Pipeline.KeyOf(MaracPath(2)), number => $"idva-service/marac/2019-20-Q2/{number}.csv", pipeline.Clock.GetUtcNow(), new Reservation(), [], Ct);

        // A page may still store its file.
        await pipeline.Sweep.RunAsync(Ct);
        Assert.Single((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
        pipeline.Clock.Advance(TimeSpan.FromMinutes(16));
        await pipeline.Sweep.RunAsync(Ct);
        Assert.Empty((await pipeline.Store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads);
        Assert.Equal(2, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(1)))).LiveVersion);
    }

    /// <summary>A file that does not wait for the one before it has nothing to be compared with.</summary>
    [Fact]
    public async Task The_files_of_one_return_are_processed_in_the_order_of_their_periods_even_if_an_early_one_is_slow()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var (quarter, cases) in new[] { (4, 401), (3, 101), (2, 400), (1, 100) })
        {
            await pipeline.UploadAsync(MaracPath(quarter), Marac(cases));
        }

        Assert.Equal(4, await pipeline.Through(new SlowAddress(MaracPath(1), TimeSpan.FromMilliseconds(500))).Sweep.RunAsync(Ct));

        Assert.Empty(await QueriesAsync(1));
        Assert.Contains("is far from 100 in April to June 2019.", Assert.Single(await QueriesAsync(2)), StringComparison.Ordinal);
        Assert.Contains("is far from 400 in July to September 2019.", Assert.Single(await QueriesAsync(3)), StringComparison.Ordinal);
        Assert.Contains("is far from 101 in October to December 2019.", Assert.Single(await QueriesAsync(4)), StringComparison.Ordinal);

        async Task<IEnumerable<string>> QueriesAsync(int quarter) =>
            (await pipeline.ReportAsync(Pipeline.KeyOf(MaracPath(quarter)), 1)).Where(finding => finding.Severity == "query").Select(finding => finding.Message);
    }

    [Theory]
    [InlineData("its event was delivered")]
    [InlineData("a sweep found it")]
    public async Task A_file_sent_too_early_is_ingested_once_on_the_last_day_of_its_period(string when)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(EarlyPath, Marac(371));
        if (when == "a sweep found it")
        {
            Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));
        }
        else
        {
            await pipeline.EventAsync(EarlyPath);
        }

        var rejected = await pipeline.DumpAsync();
        pipeline.Clock.SetUtcNow(LastDay.AddTicks(-1));
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal(rejected, await pipeline.DumpAsync());

        pipeline.Clock.SetUtcNow(LastDay);
        Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));

        var submission = Assert.Single(await pipeline.Store.Returns.ReadSubmissionsAsync(Pipeline.KeyOf(EarlyPath), Ct));
        Assert.Equal((1, SubmissionState.Accepted), (submission.Version, submission.State));
        Assert.Equal(371, Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(EarlyPath))).Figure.Value);
        var accepted = await pipeline.DumpAsync();
        pipeline.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal(IngestResult.AlreadyHandled, (await pipeline.EventAsync(EarlyPath)).Result);
        Assert.Equal(accepted, await pipeline.DumpAsync());
    }

    [Fact]
    public async Task An_event_and_2_sweeps_at_once_ingest_a_file_sent_too_early_once()
    {
        var one = await Pipeline.NewAsync(azurite);
        var many = await Pipeline.NewAsync(azurite);
        foreach (var pipeline in new[] { one, many })
        {
            await pipeline.SendAsync(EarlyPath, Marac(371));
            pipeline.Clock.SetUtcNow(LastDay);
        }

        await one.Sweep.RunAsync(Ct);
        await Task.WhenAll(many.Sweep.RunAsync(Ct), many.Sweep.RunAsync(Ct), many.EventAsync(EarlyPath));

        Assert.Equal(await one.DumpAsync(), await many.DumpAsync());
    }

    [Fact]
    public async Task Only_the_newest_file_at_a_path_is_ingested_when_its_period_ends()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(EarlyPath, Marac(371));
        await pipeline.SendAsync(EarlyPath, Marac(380));
        await pipeline.SendAsync("idva-service/marac/2020-21-Q1/deleted.csv", Marac(390));
        await pipeline.DeleteAsync("idva-service/marac/2020-21-Q1/deleted.csv");
        await pipeline.EventAsync("idva-service/marac/2020-21-Q1/deleted.csv");

        pipeline.Clock.SetUtcNow(LastDay);

        Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal(380, Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(EarlyPath))).Figure.Value);
        Assert.Equal(2, (await pipeline.RowAsync(Pipeline.KeyOf(EarlyPath))).LatestVersion);
    }

    [Fact]
    public async Task Two_concurrent_sweeps_end_like_one()
    {
        var one = await Pipeline.NewAsync(azurite);
        var two = await Pipeline.NewAsync(azurite);
        foreach (var pipeline in new[] { one, two })
        {
            // The figures are close enough that no query depends on which file is processed first.
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                await pipeline.UploadAsync(MaracPath(quarter), Marac(100 + quarter));
            }
        }

        await one.Sweep.RunAsync(Ct);
        await Task.WhenAll(two.Sweep.RunAsync(Ct), two.Sweep.RunAsync(Ct));

        Assert.Equal(await one.DumpAsync(), await two.DumpAsync());
    }

    [Fact]
    public async Task An_upload_that_cannot_be_ingested_is_reported_and_does_not_block_others()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(MaracPath(1), Marac(100));
        foreach (var (path, file) in Pipeline.SampleFiles.Where(sample => sample.Path.StartsWith("rape-crisis/", StringComparison.Ordinal)))
        {
            await pipeline.UploadAsync(path, await File.ReadAllBytesAsync(file, Ct));
        }

        var fault = await Assert.ThrowsAsync<AggregateException>(() => pipeline.Through(new CrashAtAddress(MaracPath(1))).Sweep.RunAsync(Ct));

        Assert.IsType<CrashException>(Assert.Single(fault.InnerExceptions));
        Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));
    }

    [Fact]
    public async Task A_sweep_stops_when_every_upload_fails_and_reports_all_failures()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        for (var i = 0; i < 40; i++)
        {
            await pipeline.UploadAsync(MaracPath(1, FormattableString.Invariant($"marac {i}.csv")), Marac(100 + i));
        }

        var policy = new CrashAtAddress("idva-service/marac/");
        var failure = await Assert.ThrowsAsync<AggregateException>(() => pipeline.Through(policy).Sweep.RunAsync(Ct));

        Assert.InRange(policy.Crashes, 10, 20);
        Assert.InRange(failure.InnerExceptions.Count, 11, 20);
        Assert.All(failure.InnerExceptions, inner => Assert.IsType<CrashException>(inner));
    }

    [Fact]
    public async Task A_sweep_that_crashes_is_finished_by_the_next()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await pipeline.UploadAsync(MaracPath(quarter), Marac(100 * quarter));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => pipeline.Through(new CrashAtCall(30, afterResponse: true)).Sweep.RunAsync(Ct));
        await pipeline.Sweep.RunAsync(Ct);

        var rows = await pipeline.Store.Returns.ReadLedgerAsync(Period.Parse("2019-20"), Ct);
        Assert.Equal([1, 1, 1, 1], rows.Select(row => row.LiveVersion!.Value));
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
    }
}

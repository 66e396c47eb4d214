using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.UseCases;

public sealed class SweepReturnsTests(AzuriteFixture azurite)
{
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

    /// <summary>A file that does not wait for the one before it has nothing to be compared with.</summary>
    [Fact]
    public async Task The_files_of_one_return_are_processed_in_the_order_of_their_periods_even_if_an_early_one_is_slow()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var (quarter, cases) in new[] { (4, 400), (3, 100), (2, 400), (1, 100) })
        {
            await pipeline.UploadAsync(MaracPath(quarter), Marac(cases));
        }

        Assert.Equal(4, await pipeline.Through(new SlowAddress(MaracPath(1), TimeSpan.FromMilliseconds(500))).Sweep.RunAsync(Ct));

        Assert.Empty(await QueriesAsync(1));
        Assert.Contains("is far from 100 in April to June 2019.", Assert.Single(await QueriesAsync(2)), StringComparison.Ordinal);
        Assert.Contains("is far from 400 in July to September 2019.", Assert.Single(await QueriesAsync(3)), StringComparison.Ordinal);
        Assert.Contains("is far from 100 in October to December 2019.", Assert.Single(await QueriesAsync(4)), StringComparison.Ordinal);

        async Task<IEnumerable<string>> QueriesAsync(int quarter) =>
            (await pipeline.ReportAsync(Pipeline.KeyOf(MaracPath(quarter)), 1)).Where(finding => finding.Severity == "query").Select(finding => finding.Message);
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

using System.Text;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>A publish reads only what changed, and gives the same bytes as one that reads everything.</summary>
public sealed class PublishCallTests(AzuriteFixture azurite)
{
    /// <summary>25, and the 3 files of the annual report of a changed year and of the next one.</summary>
    private const int MaxCalls = 25 + (2 * 3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_publish_after_one_correction_makes_the_same_calls_with_more_agencies_years_and_releases()
    {
        var small = await CountedCorrectionsAsync(agencies: 2, years: 3, releases: 1);
        var large = await CountedCorrectionsAsync(agencies: TestShare.Count(small: 4, ci: 16, all: 40), years: TestShare.Count(small: 5, ci: 8, all: 16), releases: TestShare.Count(small: 3, ci: 8, all: 16));

        Assert.Equal(small, large);
        Assert.All(small, calls => Assert.InRange(calls, 1, MaxCalls));
    }

    [LongTheory]
    [InlineData("2018-19")]
    [InlineData("2019-20")]
    [InlineData("2021-22")]
    public async Task A_publish_from_the_records_gives_the_same_files_as_one_from_the_observations(string year)
    {
        var (records, observations) = (await StartedAsync(), await StartedAsync());
        foreach (var pipeline in new[] { records, observations })
        {
            await pipeline.SendAsync(SarcPath(year, 2), Sarc(45, 3));
        }

        await ForgetFiguresAsync(observations);
        var (few, many) = (new CrashAtCall(0, false), new CrashAtCall(0, false));
        await records.Through(few).PublishAsync();
        await observations.Through(many).PublishAsync();

        Assert.True(few.Calls < many.Calls, $"{few.Calls} calls instead of {many.Calls}.");
        Assert.Equal(Texts(await observations.PublicAsync()), Texts(await records.PublicAsync()));
        Assert.True((await VerifyAsync(records)).IsDone);
    }

    [Fact]
    public async Task A_correction_without_a_release_is_recorded_so_that_it_is_not_read_again()
    {
        var pipeline = await StartedAsync();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await pipeline.SendAsync(SarcPath("2019-20", quarter), Sarc(50 + quarter, 20) + "\r\n");
            Assert.False((await pipeline.PublishAsync()).IsNew);
        }

        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(40, 20));
        var counter = new CrashAtCall(0, false);
        Assert.True((await pipeline.Through(counter).PublishAsync()).IsNew);
        Assert.InRange(counter.Calls, 1, MaxCalls);
    }

    [Fact]
    public async Task A_wrong_figure_in_a_record_is_found()
    {
        var pipeline = await StartedAsync();
        Assert.Equal("We compared the figures of 16 returns with their observations. They are the same.", (await VerifyAsync(pipeline)).Message);

        await ChangeRecordAsync(pipeline, "2019-20", record => record["returns"]!["elms-sarc/referrals/2019-20-Q3"]!["figures"]![0]!["value"] = 99);

        var found = await VerifyAsync(pipeline);
        Assert.Equal("The record of 2019-20 has other figures for elms-sarc/referrals/2019-20-Q3 than its observations.", Assert.Single(found.Obstacles));
    }

    [Fact]
    public async Task A_published_year_without_its_disclosure_history_is_not_published()
    {
        var pipeline = await StartedAsync();
        var before = await pipeline.PublicAsync();
        await pipeline.SendAsync(SarcPath("2019-20", 2), Sarc(45, 3));
        await pipeline.Store.Clients.Reports.GetBlobClient("years/2019-20.json").DeleteAsync(cancellationToken: Ct);

        await Assert.ThrowsAsync<InvalidOperationException>(pipeline.PublishAsync);

        Assert.Equal(before, await pipeline.PublicAsync());
        Assert.Contains("2019-20 has no record.", Assert.Single((await VerifyAsync(pipeline)).Obstacles), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task A_return_that_starts_later_makes_only_the_years_in_which_it_is_due_again()
    {
        var pipeline = await StartedAsync();
        var before = await pipeline.PublicAsync();
        var changed = pipeline.With(TestCatalogue.Shipped.With("returns/elms-sarc.visits.yaml", """
            agency: elms-sarc
            return: visits
            title: Visits
            every: year
            from: 2020-21
            tables:
              - id: visits
                title: Visits
                rows: [{ measure: marac.cases }]
            """).Load());

        await changed.PublishAsync();

        var after = await pipeline.PublicAsync();
        foreach (var year in new[] { "2018-19", "2019-20" })
        {
            Assert.Equal(before[$"{year}/headlines.json"], after[$"{year}/headlines.json"]);
        }

        Assert.NotEqual(before["2020-21/headlines.json"], after["2020-21/headlines.json"]);
        Assert.True((await VerifyAsync(changed, pipeline.Store)).IsDone);
    }

    /// <summary>Returns the calls of a publish after a correction of the latest year, of the year before, and of an old year.</summary>
    private async Task<IReadOnlyList<int>> CountedCorrectionsAsync(int agencies, int years, int releases)
    {
        var files = TestCatalogue.Shipped;
        var forms = new List<ReturnId> { ReturnId.TryParse("elms-sarc/referrals")!.Value };
        for (var i = 1; i < agencies; i++)
        {
            // More returns of the same measures, from other agencies.
            forms.Add(ReturnId.TryParse($"sarc-{i}/referrals")!.Value);
            files = files.Change("agencies.yaml", "agencies:", $"agencies:\n  - {{ id: sarc-{i}, name: Centre {i} }}")
                .With($"returns/sarc-{i}.referrals.yaml", TestCatalogue.Shipped.Single(file => file.Path == "returns/elms-sarc.referrals.yaml").Text.Replace("agency: elms-sarc", $"agency: sarc-{i}", StringComparison.Ordinal));
        }

        var pipeline = (await Pipeline.NewAsync(azurite)).With(files.Load());
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2040, 6, 1, 12, 0, 0, TimeSpan.Zero));
        var all = Enumerable.Range(2018, years).Select(year => $"{year}-{(year + 1) % 100:00}").ToList();
        await Parallel.ForEachAsync(forms.SelectMany(form => all.Select(year => $"{form}/{year}-Q1/sarc.csv")), Ct, async (path, _) => await pipeline.SendAsync(path, Sarc(60, 30)));
        await pipeline.PublishAsync();
        for (var release = 1; release < releases; release++)
        {
            await pipeline.SendAsync($"{forms[0]}/{all[release % years]}-Q1/sarc.csv", Sarc(60 + release, 30));
            await pipeline.PublishAsync();
        }

        var calls = new List<int>();
        foreach (var year in new[] { all[^1], all[^2], all[0] })
        {
            await pipeline.SendAsync($"{forms[^1]}/{year}-Q1/sarc.csv", Sarc(90, 31));
            var counter = new CrashAtCall(0, false);
            Assert.True((await pipeline.Through(counter).PublishAsync()).IsNew);
            calls.Add(counter.Calls);
        }

        return calls;
    }

    /// <summary>Publishes 4 complete years of one return.</summary>
    private async Task<Pipeline> StartedAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2022, 6, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (var year in new[] { "2018-19", "2019-20", "2020-21", "2021-22" })
        {
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                await pipeline.SendAsync(SarcPath(year, quarter), Sarc(50 + quarter, 20));
            }
        }

        await pipeline.PublishAsync();
        return pipeline;
    }

    /// <summary>Removes the figures from the records of all years, as if another catalogue had made them.</summary>
    private static async Task ForgetFiguresAsync(Pipeline pipeline)
    {
        foreach (var year in new[] { "2018-19", "2019-20", "2020-21", "2021-22" })
        {
            await ChangeRecordAsync(pipeline, year, record =>
            {
                record["catalogueHash"] = "another";
                record["returns"] = new JsonObject();
            });
        }
    }

    private static async Task ChangeRecordAsync(Pipeline pipeline, string year, Action<JsonNode> change)
    {
        var blob = pipeline.Store.Clients.Reports.GetBlobClient($"years/{year}.json");
        var record = JsonNode.Parse((await blob.DownloadContentAsync(Ct)).Value.Content.ToString())!;
        change(record);
        await blob.UploadAsync(BinaryData.FromBytes(Encoding.UTF8.GetBytes(record.ToJsonString())), overwrite: true, Ct);
    }

    private static Task<Outcome> VerifyAsync(Pipeline pipeline, TestStore? store = null) =>
        new VerifyFigures(pipeline.UsedCatalogue, (store ?? pipeline.Store).Returns, (store ?? pipeline.Store).Feed).RunAsync(Ct);

    private static IEnumerable<(string Path, string Text)> Texts(SortedDictionary<string, (string Text, string ETag)> files) => files.Select(file => (file.Key, file.Value.Text));
}

using System.Globalization;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The headlines of the samples.</summary>
public sealed class SampleHeadlineTests(AzuriteFixture azurite, PublishedSamples samples) : IClassFixture<PublishedSamples>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("idva-referrals", 1979)]
    [InlineData("marac-cases", 1471)]
    [InlineData("police-da-incidents", 14116)]
    [InlineData("victim-witness-supported", 1116)]
    [InlineData("refuge-women", 89)]
    [InlineData("refuge-children", 129)]
    [InlineData("outreach-supported", 1077)]
    [InlineData("isva-referrals", 315)]
    [InlineData("chisva-referrals", 150)]
    [InlineData("adult-safeguarding-da", 728)]
    [InlineData("adult-safeguarding-sv", 280)]
    [InlineData("vawg-young-people", 621)]
    public async Task The_headlines_of_2019_20_match_the_report_where_its_returns_add_up(string headline, int value)
    {
        Assert.Equal(value, Pipeline.Value(await samples.Pipeline.FeedAsync(), headline));
        Assert.Equal(value, Pipeline.Value(await samples.Pipeline.FeedAsync("2019-20/headlines.json"), headline));
    }

    [Fact]
    public async Task Disagreements_are_found_in_the_stored_figures()
    {
        var status = new DescribeStatus(Pipeline.Catalogue, samples.Pipeline.Store.Returns, samples.Pipeline.Store.Feed, samples.Pipeline.Clock);
        var latest = await status.GetDisagreementsAsync(null, Ct);
        Assert.Equal(("2019-20", 13), (latest.Year, latest.Discrepancies.Count));
        var found = latest.Discrepancies.Single(item => item.Id == "stated/adult-safeguarding-da");
        Assert.Equal(("stated-differs", 5, "adult-safeguarding-da", null), (found.Kind, found.Figures.Count, found.Headlines.Single(), found.Explanation));
        Assert.Empty((await status.GetDisagreementsAsync(Period.FromYear(2018), Ct)).Discrepancies);
    }

    [Fact]
    public async Task Every_headlines_file_is_valid_against_the_published_schema()
    {
        var files = await samples.Pipeline.PublicAsync();
        var headlines = files.Where(file => file.Key.EndsWith("headlines.json", StringComparison.Ordinal)).Select(file => file.Value.Text).ToList();

        Assert.Equal(6, headlines.Count);
        await SchemaValidator.AssertValidAsync(headlines);
        await SchemaValidator.AssertValidAsync([files["index.json"].Text], files["schema/index.v1.json"].Text);
    }

    [LongFact]
    public async Task The_schema_refuses_a_document_that_breaks_it()
    {
        var good = (await samples.Pipeline.PublicAsync())["headlines.json"].Text;
        Action<JsonNode>[] breakings =
        [
            feed => feed["release"]!["status"] = "draft",
            feed => feed["release"]!["published"] = "yesterday",
            feed => feed["period"]!["id"] = "2019",
            feed => feed["headlines"]![0]!["value"] = "1,979",
            feed => feed["headlines"]![0]!["markers"] = new JsonArray("q"),
            feed => feed["headlines"]![0]!.AsObject().Remove("sentence"),
            feed => feed["headlines"]![0]!["previous"]!.AsObject().Remove("value"),
        ];
        foreach (var breaking in breakings)
        {
            var feed = JsonNode.Parse(good)!;
            breaking(feed);
            Assert.NotEqual(string.Empty, await SchemaValidator.FaultsAsync([feed.ToJsonString()]));
        }
    }

    [Fact]
    public async Task A_publish_without_changes_makes_one_call_and_writes_no_file()
    {
        var before = await samples.Pipeline.PublicAsync();
        var counter = new CrashAtCall(0, afterResponse: false);

        var outcome = await samples.Pipeline.Through(counter).PublishAsync();

        Assert.Equal(new PublishOutcome(1, IsNew: false), outcome);
        Assert.Equal(1, counter.Calls);
        Assert.Equal(before, await samples.Pipeline.PublicAsync());
    }

    [LongTheory]
    [InlineData("tr-TR", ',', '.', "dd.MM.yyyy")]
    [InlineData("de-DE", ',', '.', "d. MMMM yyyy")]
    public async Task The_same_files_in_any_order_and_under_any_culture_give_the_same_bytes(string culture, char point, char group, string date)
    {
        // The product runs without culture data, so no culture can change a byte. The threads still get a culture.
        CultureInfo.CurrentCulture = CultureLike(culture, point, group, date);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
        Assert.NotEqual("1.5", 1.5m.ToString(CultureInfo.CurrentCulture));
        TestContext.Current.TestOutputHelper!.WriteLine(TestShare.Repeat());
        var shuffled = Pipeline.SampleFiles.ToArray();
        new Random(TestShare.Seed).Shuffle(shuffled);
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.Advance(TimeSpan.FromDays(400));

        await pipeline.SendSamplesAsync(shuffled);
        await pipeline.PublishAsync();

        Assert.Equal(await PublicTextAsync(samples.Pipeline), await PublicTextAsync(pipeline));
    }

    [LongFact]
    public async Task Files_withdrawn_and_sent_again_give_the_same_bytes()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var path in Pipeline.SampleFiles.Select(sample => sample.Path).Where((_, i) => i % 9 == 0))
        {
            await pipeline.SendAsync(path, "not a return at all");
            await pipeline.UploadAsync(path, await File.ReadAllBytesAsync(Pipeline.SampleFiles.Single(sample => sample.Path == path).File, Ct));
            await pipeline.EventAsync(path);
            await pipeline.DeleteAsync(path);
            await pipeline.EventAsync(path);
        }

        Assert.Equal(0, (await pipeline.PublishAsync()).Number);
        await pipeline.SendSamplesAsync(Pipeline.SampleFiles);
        await pipeline.PublishAsync();

        Assert.Equal(await PublicTextAsync(samples.Pipeline), await PublicTextAsync(pipeline));
    }

    /// <summary>Returns every public file, without publication times and values that depend on them, such as the coming releases.</summary>
    private static async Task<string> PublicTextAsync(Pipeline pipeline) => string.Join(
        '\n', (await pipeline.PublicAsync()).Where(file => !file.Key.StartsWith("calendar.", StringComparison.Ordinal)).Select(file => $"{file.Key}: {TimestampScrubber.Of(file.Value.Text)}"));

    private static CultureInfo CultureLike(string name, char point, char group, string date)
    {
        if (!IsInvariant())
        {
            return new CultureInfo(name);
        }

        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = culture.NumberFormat.PercentDecimalSeparator = point.ToString();
        culture.NumberFormat.NumberGroupSeparator = culture.NumberFormat.PercentGroupSeparator = group.ToString();
        culture.NumberFormat.NegativeSign = "−";
        culture.DateTimeFormat.ShortDatePattern = culture.DateTimeFormat.LongDatePattern = date;
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = ".";
        return culture;
    }

    private static bool IsInvariant() => AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant;
}

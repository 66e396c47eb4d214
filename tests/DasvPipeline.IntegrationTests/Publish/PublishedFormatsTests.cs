using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The other public files of a release, besides <c>headlines.json</c>.</summary>
public sealed class PublishedFormatsTests(AzuriteFixture azurite, PublishedSamples samples) : IClassFixture<PublishedSamples>
{
    private static readonly string[] OfAYear = ["headlines.json", "headlines.csv", "headlines.csv-metadata.json", "breakdowns.json"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pointer_is_a_copy_of_a_release_and_every_format_matches_its_headlines()
    {
        var files = await samples.Pipeline.PublicAsync();

        foreach (var at in new[] { "", "2018-19/", "2019-20/" })
        {
            Assert.All(
                YearFiles.CreateAll(Encoding.UTF8.GetBytes(files[$"releases/1/{at}headlines.json"].Text), FeedLinks.Relative, at), made => Assert.Equal(Encoding.UTF8.GetString(made.Content), files[at + made.Name].Text));
        }

        Assert.Equal(files["2019-20/headlines.csv"].Text, files["headlines.csv"].Text);
    }

    [Fact]
    public async Task The_index_lists_each_years_files_with_their_real_types()
    {
        var index = await samples.Pipeline.FeedAsync("index.json");
        Assert.Equal("2020-08-04", index.GetProperty("nextRelease").GetString());
        foreach (var year in index.GetProperty("years").EnumerateArray())
        {
            Assert.Equal([.. OfAYear, "annual-report.docx", "annual-report.xlsx", "annual-report.json"], year.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
            foreach (var file in year.GetProperty("files").EnumerateArray())
            {
                var (_, _, contentType, _) = (await samples.Pipeline.Store.Feed.ReadAsync(file.GetProperty("path").GetString()!, Ct))!.Value;
                Assert.Equal(file.GetProperty("mediaType").GetString(), contentType.Split(';')[0]);
            }
        }
    }

    [Fact]
    public async Task The_description_names_the_files_the_licence_and_the_coverage()
    {
        var files = await samples.Pipeline.PublicAsync();
        var dataset = await samples.Pipeline.FeedAsync("dataset.json");

        Assert.Equal(["Dataset", "dcat:Dataset"], dataset.GetProperty("@type").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", dataset.GetProperty("license").GetString());
        Assert.Equal("2018-04-01/2020-03-31", dataset.GetProperty("temporalCoverage").GetString());
        Assert.Equal("Cambridgeshire and Peterborough", dataset.GetProperty("spatialCoverage").GetProperty("name").GetString());
        Assert.EndsWith("/QUARTERLY", dataset.GetProperty("dct:accrualPeriodicity").GetProperty("@id").GetString(), StringComparison.Ordinal);
        Assert.InRange(dataset.GetProperty("description").GetString()!.Length, 50, 5000);
        var search = dataset.GetProperty("distribution").EnumerateArray().Select(file => file.GetProperty("contentUrl").GetString()!).ToList();
        Assert.Equal(12, search.Count);
        Assert.All(search, path => Assert.True(files.ContainsKey(path), path));
        Assert.Equal(search, dataset.GetProperty("dcat:distribution").EnumerateArray().Select(file => file.GetProperty("dcat:downloadURL").GetProperty("@id").GetString()));
        Assert.Equal(Pipeline.Catalogue.Headlines.Length, dataset.GetProperty("variableMeasured").GetArrayLength());
    }

    [Fact]
    public async Task A_correction_extends_the_log_and_the_index_and_leaves_the_other_year_unchanged()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.Advance(TimeSpan.FromDays(100));
        foreach (var year in new[] { "2017-18", "2018-19", "2019-20" })
        {
            await pipeline.SendAsync(SarcPath(year, 1), Sarc(50, 20));
        }

        await pipeline.SendAsync(SarcPath("2018-19", 2), Sarc(50, 20));
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        var before = await pipeline.PublicAsync();
        pipeline.Clock.Advance(TimeSpan.FromDays(100));
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        await pipeline.PublishAsync();
        var after = await pipeline.PublicAsync();

        var log = XDocument.Parse(after["changes.atom"].Text).Root!;
        var entries = log.Elements(log.Name.Namespace + "entry").Select(entry => entry.Element(log.Name.Namespace + "summary")!.Value).ToList();
        Assert.Equal(["from 371 to 361", "The first release."], [entries[0].Split(": ")[1].Split('.')[0], entries[1]]);
        Assert.All(OfAYear, name => Assert.Equal(before["2018-19/" + name], after["2018-19/" + name]));
        Assert.Contains("releases/2/2019-20/headlines.json", after.Keys);
        Assert.DoesNotContain(after.Keys, path => path.StartsWith("releases/2/2018-19/", StringComparison.Ordinal));
        var (then, now) = (JsonDocument.Parse(before["index.json"].Text).RootElement, JsonDocument.Parse(after["index.json"].Text).RootElement);
        Assert.Equal(
            then.GetProperty("years").EnumerateArray().Single(year => year.GetProperty("id").GetString() == "2018-19").GetRawText(),
            now.GetProperty("years").EnumerateArray().Single(year => year.GetProperty("id").GetString() == "2018-19").GetRawText());
        Assert.Equal(("2020-11-04", "2021-02-05"), (then.GetProperty("nextRelease").GetString(), now.GetProperty("nextRelease").GetString()));
    }
}

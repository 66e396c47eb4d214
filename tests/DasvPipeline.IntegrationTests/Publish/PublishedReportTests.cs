using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Samples;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The annual report of each release: in its folder, immutable, and without the board paper.</summary>
public sealed class PublishedReportTests(PublishedSamples samples, AzuriteFixture azurite) : IClassFixture<PublishedSamples>
{
    private const string Folder = "releases/1/2019-20/";
    private static readonly string[] Names = ["annual-report.docx", "annual-report.json", "annual-report.xlsx"];

    private static readonly Person Manager = new("account-7", "The manager") { TenantId = "tenant-1" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_has_the_report_of_each_year_and_the_manager_gets_the_same_bytes()
    {
        var files = await samples.Pipeline.PublicAsync();
        var created = await Report(samples.Pipeline).RunAsync(SampleReports.Year, Ct);
        Assert.Equal([.. Names.Select(name => "releases/1/2018-19/" + name), .. Names.Select(name => Folder + name)], files.Keys.Where(path => path.StartsWith("releases/", StringComparison.Ordinal) && path.Contains("annual-report", StringComparison.Ordinal)));
        foreach (var name in Names)
        {
            var content = (await samples.Pipeline.Store.Feed.ReadAsync(Folder + name, Ct))!.Value.Content;
            Assert.Equal(created!.Files.Single(file => file.Name == name).Content, content.ToArray());
        }

        Assert.Equal([.. Names.Order(StringComparer.Ordinal), CreateReport.KeyHeadlinesFile], created!.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(12, created.KeyHeadlines.Count);
        Assert.Contains("1,979 referrals", created.KeyHeadlines[0], StringComparison.Ordinal);
        Assert.Null(await Report(samples.Pipeline).RunAsync(Period.FromYear(2010), Ct));
    }

    [Fact]
    public async Task The_board_paper_has_hidden_figures_and_is_never_written_to_the_feed()
    {
        var before = (await samples.Pipeline.PublicAsync()).Keys.ToList();
        var paper = await Paper(samples.Pipeline).RunAsync(SampleReports.Year, Ct);
        var text = System.Text.Encoding.UTF8.GetString(paper!.Content);

        Assert.Contains("For the manager and the board only. It has figures that are not public.", text, StringComparison.Ordinal);
        foreach (var expected in new[] { "1,979", "1,831", "up 148", "Figures that disagree", "No return is overdue.", "Nothing that is published would change." })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await samples.Pipeline.PublicAsync()).Keys);
        Assert.DoesNotContain(before, path => path.Contains("board-paper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_year_that_is_signed_off_keeps_its_report_and_one_that_did_not_change_is_not_made_again()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 6, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (var path in new[] { SarcPath("2018-19", 1), SarcPath("2019-20", 1), SarcPath("2020-21", 1) })
        {
            await pipeline.SendAsync(path, Sarc(60, 30));
        }

        await pipeline.PublishAsync();
        Assert.True((await pipeline.Decide.SignOffAsync(SampleReports.Year, Manager, "Complete as far as it will be.", publishesNumbers: false, Ct)).IsDone);
        await pipeline.PublishAsync();
        var signed = await ReadAsync(pipeline, "releases/2/2019-20/");
        Assert.Contains("Final figures", (await Report(pipeline).RunAsync(SampleReports.Year, Ct))!.Stage, StringComparison.Ordinal);

        // Another title changes the report of the open years only.
        var other = pipeline.With(TestCatalogue.Shipped.Change("report.yaml", "title: Domestic Abuse and Sexual Violence Annual Report", "title: The Annual Report").Load());
        await other.PublishAsync();
        var paths = (await other.PublicAsync()).Keys.Where(path => path.StartsWith("releases/3/", StringComparison.Ordinal)).ToList();
        Assert.Contains("releases/3/2020-21/annual-report.docx", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("releases/3/2019-20/", StringComparison.Ordinal));
        Assert.Equal(signed, (await Report(other).RunAsync(SampleReports.Year, Ct))!.Files.Where(file => Names.Contains(file.Name)).Select(file => Convert.ToHexString(file.Content)));

        // While it is under review, the published report stays, and says so.
        Assert.True((await other.Decide.ReopenAsync(SampleReports.Year, Manager, "An agency has found a mistake.", publishesNumbers: false, Ct)).IsDone);
        await other.SendAsync(SarcPath("2019-20", 2), Sarc(70, 30));
        await other.PublishAsync();
        var review = System.Text.Encoding.UTF8.GetString((await other.Store.Feed.ReadAsync("releases/4/2019-20/annual-report.json", Ct))!.Value.Content.Span);
        Assert.Contains("\"stage\": \"under-review\"", review, StringComparison.Ordinal);
        Assert.Contains("\"title\": \"Domestic Abuse", review, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Pipeline pipeline, string folder)
    {
        var files = new List<string>();
        foreach (var name in new[] { "annual-report.json", "annual-report.docx", "annual-report.xlsx" })
        {
            files.Add(Convert.ToHexString((await pipeline.Store.Feed.ReadAsync(folder + name, Ct))!.Value.Content.Span));
        }

        return files;
    }

    private static CreateReport Report(Pipeline pipeline) => new(pipeline.UsedCatalogue, pipeline.Builder, pipeline.Store.Feed, new PublishOptions(null));

    private static CreateBoardPaper Paper(Pipeline pipeline) => new(
        pipeline.UsedCatalogue,
        Report(pipeline),
        new CompareHeadlines(pipeline.UsedCatalogue, pipeline.Builder, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock),
        pipeline.Preview,
        pipeline.Status,
        pipeline.Store.Feed,
        pipeline.Clock);
}

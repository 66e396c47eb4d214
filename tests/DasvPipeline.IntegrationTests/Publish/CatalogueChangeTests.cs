using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>What a change of the catalogue does to published years.</summary>
public sealed class CatalogueChangeTests(AzuriteFixture azurite)
{
    private const string Refuge = "refuge";

    private static readonly Period Year = Period.Parse("2019-20");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_service_keeps_its_past_and_nothing_is_due_after_its_end()
    {
        var pipeline = await PublishedAsync();
        Assert.Equal(89, Pipeline.Value(await pipeline.FeedAsync(), "refuge-women"));
        Assert.True((await pipeline.Decide.SignOffAsync(Year, new Person("1", "the manager"), "The others report next year.", publishesNumbers: false, Ct)).IsDone);
        await pipeline.PublishAsync();
        var signedOff = await pipeline.PublicAsync();

        var closed = pipeline.With(Closed("2019-20"));
        Assert.False((await closed.PublishAsync()).IsNew);
        Assert.Equal(signedOff, await closed.PublicAsync());
        Assert.Equal(4, (await closed.Status.GetBoardAsync(Year, Ct)).Returns.Count(row => row is { Agency: Refuge, Return: "refuge/services" }));
        Assert.DoesNotContain((await closed.Status.GetBoardAsync(Year.NextYear, Ct)).Returns, row => row.Agency == Refuge);
        Assert.DoesNotContain((await closed.Status.GetChaseListAsync(Year.NextYear, id => new Uri($"https://example.org/{id}"), Ct)).Agencies, agency => agency.Agency == Refuge);
    }

    [Fact]
    public async Task An_earlier_end_changes_an_open_year_with_the_true_reason()
    {
        var pipeline = await PublishedAsync();
        var closed = pipeline.With(Closed("2019-20-Q2"));
        Assert.True((await closed.PublishAsync()).IsNew);
        var feed = await closed.FeedAsync();
        Assert.True(Pipeline.Value(feed, "refuge-women") < 89);
        var reason = feed.GetProperty("release").GetProperty("changes").EnumerateArray().Single(change => change.GetProperty("headline").GetString() == "refuge-women").GetProperty("reason").GetString()!;
        Assert.Contains("Refuge does not report \"Outreach and refuges\" for October to December 2019 any more.", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("withdrew", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rule_for_the_featured_year_is_data_and_a_changed_rule_makes_a_release()
    {
        var files = TwoYearWalkTests.Files;
        var signedOffOnly = (await Pipeline.NewAsync(azurite)).With(files.Change("calendar.yaml", "publish: scheduled", "publish: scheduled\nfeaturedYear: signed-off").Load());
        signedOffOnly.Clock.SetUtcNow(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (var year in new[] { Period.FromYear(2024), Period.FromYear(2025) })
        {
            foreach (var quarter in year.Quarters())
            {
                await TwoYearWalkTests.SendAsync(signedOffOnly, $"calls/{quarter}", "calls", year.FirstYear + quarter.Quarter);
            }

            await TwoYearWalkTests.SendAsync(signedOffOnly, $"people/{year}", "people", year.FirstYear);
        }

        Assert.True((await signedOffOnly.Decide.SignOffAsync(Period.FromYear(2024), new Person("1", "the manager"), reason: null, publishesNumbers: false, Ct)).IsDone);
        await signedOffOnly.PublishAsync();
        Assert.Equal("2024-25", await TwoYearWalkTests.FeaturedAsync(signedOffOnly));
        Assert.False((await signedOffOnly.PublishAsync()).IsNew);

        var complete = signedOffOnly.With(files.Load());
        Assert.True((await complete.PublishAsync()).IsNew);
        Assert.Equal("2025-26", await TwoYearWalkTests.FeaturedAsync(complete));
        Assert.Equal("releases/2/headlines.json", (await complete.FeedAsync("index.json")).GetProperty("releases")[0].GetProperty("path").GetString());
        Assert.Contains("The year that is shown first changed.", (await complete.PublicAsync())["changes.atom"].Text, StringComparison.Ordinal);
        Assert.False((await complete.PublishAsync()).IsNew);
    }

    private static PartnershipCatalogue Closed(string until) =>
        TestCatalogue.Shipped.Change("agencies.yaml", "{ id: refuge, name: Refuge }", $"{{ id: refuge, name: Refuge, until: {until} }}").Load();

    private async Task<Pipeline> PublishedAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendSamplesAsync(Pipeline.SampleFiles.Where(file => file.Path.Contains("/services/2019-20", StringComparison.Ordinal)));
        await pipeline.PublishAsync();
        return pipeline;
    }
}

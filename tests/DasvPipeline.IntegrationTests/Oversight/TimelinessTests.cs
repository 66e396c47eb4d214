using System.Text;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>How late and how often agencies sent their returns.</summary>
public sealed class TimelinessTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_does_not_make_a_return_later_and_a_waived_return_is_not_asked_for()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var someone = new Person("account-1", "Someone");
        var key = Pipeline.KeyOf(MaracPath(1));
        await pipeline.Send.RunAsync(key, "marac.csv", Encoding.UTF8.GetBytes(Marac(371)), someone, Ct);
        var first = (await pipeline.RowAsync(key)).FirstReceived;
        Assert.NotNull(first);

        await pipeline.Send.RunAsync(key, "marac.csv", Encoding.UTF8.GetBytes(Marac(372)), someone, Ct);
        Assert.Equal((first, 2), ((await pipeline.RowAsync(key)).FirstReceived, (await pipeline.RowAsync(key)).LatestVersion));

        var before = await YearAsync(pipeline);
        Assert.Equal((1, 0, 2m), (before.Sent, before.InTime, before.Versions));
        Assert.True(before.DaysLate > 0);
        await new ArrangeReturn(Pipeline.Catalogue, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock).RunAsync(ArrangementKind.Waiver, Pipeline.KeyOf(MaracPath(2)), null, "Nothing was held.", someone, Ct);
        Assert.Equal(before.Asked - 1, (await YearAsync(pipeline)).Asked);
    }

    [Fact]
    public async Task A_year_without_a_due_return_has_no_average_and_the_file_has_all_years()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var found = await new DescribeTimeliness(Pipeline.Catalogue, pipeline.Status, pipeline.Clock).RunAsync(Ct);

        var now = found.Agencies.Single(agency => agency.Agency == "idva-service").Years[^1];
        Assert.Equal(("2020-21", 0, (decimal?)null, (decimal?)null), (now.Year, now.Asked, now.DaysLate, now.Versions));
        var lines = Encoding.UTF8.GetString(found.ToExport().ToCsv()).TrimEnd().Split("\r\n");
        Assert.Equal(1 + (found.Agencies.Count * found.Years.Count), lines.Length);
        Assert.Contains("IDVA Service,2020-21,0,0,0,,,,", lines);
    }

    private static async Task<AgencyYear> YearAsync(Pipeline pipeline) =>
        (await new DescribeTimeliness(Pipeline.Catalogue, pipeline.Status, pipeline.Clock).RunAsync(Ct)).Agencies.Single(agency => agency.Agency == "idva-service").Years.Single(year => year.Year == "2019-20");
}

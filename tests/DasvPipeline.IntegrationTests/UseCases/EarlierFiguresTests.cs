using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>A return is compared with the accepted figures of earlier periods in the store.</summary>
public sealed class EarlierFiguresTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_figure_far_from_the_previous_quarter_is_recorded_as_a_query()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        Assert.Empty((await pipeline.SendAsync(MaracPath(1), Marac(371))).Findings);

        var finding = Assert.Single((await pipeline.SendAsync(MaracPath(2), Marac(731))).Findings);

        Assert.Equal(
            "731 for \"MARAC cases heard\" is far from 371 in April to June 2019. If it is right, say why in the notes. If not, correct it.",
            finding.Message);
        Assert.Equal((Severity.Query, Codes.FarFromLastPeriod), (finding.Severity, finding.Code));
        Assert.Equal(LedgerState.AcceptedWithQueries, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(2)))).State);
    }

    [Fact]
    public async Task A_figure_is_compared_with_the_same_quarter_of_the_previous_year()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(SarcPath("2018-19", 3), Sarc(51, 24));

        var finding = Assert.Single((await pipeline.SendAsync(SarcPath("2019-20", 3), Sarc(51, 240))).Findings);

        Assert.Equal(Codes.FarFromLastYear, finding.Code);
        Assert.Contains("is far from 24 in October to December 2018.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_and_withdrawn_figures_are_not_compared()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.DeleteAsync(MaracPath(1));
        await pipeline.EventAsync(MaracPath(1));
        await pipeline.SendAsync(MaracPath(3), BadMarac);

        Assert.Empty((await pipeline.SendAsync(MaracPath(2), Marac(731))).Findings);
        Assert.Empty((await pipeline.SendAsync(MaracPath(4), Marac(1))).Findings);
    }
}

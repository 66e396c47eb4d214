using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>A return is compared with the accepted figures of earlier periods in the store.</summary>
public sealed class EarlierFiguresTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_figure_far_from_the_previous_quarter_is_recorded_as_a_query()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        Assert.Empty((await pipeline.SendAsync(MaracPath(1), Marac(371))).Findings);

        var finding = Assert.Single((await pipeline.SendAsync(MaracPath(2), Marac(731))).Findings);

        Assert.Equal(
            "731 for \"MARAC cases heard\" is far from 371 in April to June 2019. Does it count everything since April? If it is right, say why in the notes. If not, correct it.",
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
    public async Task A_file_that_was_accepted_for_another_period_is_a_query_whenever_it_is_sent_or_checked()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(2), Marac(380));
        await pipeline.SendAsync(MaracPath(3), Marac(375));

        var key = Pipeline.KeyOf(MaracPath(4));
        var send = new SendReturn(Pipeline.Catalogue, new CheckReturn(Pipeline.Catalogue), pipeline.Store.Uploads, pipeline.Store.Returns, pipeline.Ingest, pipeline.Clock);
        var report = await send.ExamineAsync(Pipeline.Catalogue.FindForm(key)!, key, "marac.csv", Encoding.UTF8.GetBytes(Marac(371)), Ct);
        var outcome = await pipeline.SendAsync(MaracPath(4), Marac(371));

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(
            (IngestResult.Accepted, Severity.Query, Codes.SameAsOtherPeriod, "This file is the same as the one for April to June 2019. Check that this is the right file."),
            (outcome.Result, finding.Severity, finding.Code, finding.Message));
        Assert.Equal(finding.Message, Assert.Single(report.Findings).Message);
    }

    [Theory]
    [InlineData("corrected")]
    [InlineData("withdrawn")]
    [InlineData("of another return")]
    public async Task A_file_is_compared_only_with_the_live_versions_of_its_own_return(string other)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = other == "of another return" ? "idva-service/idva/2019-20-Q1/marac.csv" : MaracPath(1);
        await pipeline.SendAsync(path, Marac(371));
        if (other == "withdrawn")
        {
            await pipeline.DeleteAsync(path);
            await pipeline.EventAsync(path);
        }
        else if (other == "corrected")
        {
            await pipeline.SendAsync(path, Marac(372));
        }

        Assert.Empty((await pipeline.SendAsync(MaracPath(2), Marac(371))).Findings);
    }

    [Fact]
    public async Task All_figures_of_the_last_period_in_another_file_are_a_query_that_can_be_explained_once()
    {
        const string Figures = "Number of calls to the helpline service,278\nNew callers,39\nOpening hours,152\nClients accessing emotional support and counselling,67\nActive volunteers,85\nVolunteer hours,2046\n";
        var pipeline = await Pipeline.NewAsync(azurite);
        Assert.Empty((await pipeline.SendAsync("rape-crisis/helpline/2019-20-Q1/helpline.csv", Figures)).Findings);

        const string Path = "rape-crisis/helpline/2019-20-Q2/helpline.csv";
        var finding = Assert.Single((await pipeline.SendAsync(Path, "Helpline\n\n" + Figures)).Findings, found => found.Code == Codes.SameAsOtherPeriod);

        Assert.Equal("All figures are the same as for April to June 2019. Check that this is the right file.", finding.Message);
        await pipeline.Store.Returns.WriteExplanationAsync(Pipeline.KeyOf(Path), new Explanation(finding.QuestionId, finding.Code, null, "They really are.", new Person("1", "Someone"), 1), Ct);
        Assert.Equal("They really are.", Assert.Single((await pipeline.SendAsync(Path, Figures + "\n")).Findings, found => found.Code == Codes.SameAsOtherPeriod).Explanation);
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

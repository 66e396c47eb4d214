using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>A query that a file's notes or the manager explained is not raised again while the figure is unchanged.</summary>
public sealed class ExplanationTests(AzuriteFixture azurite)
{
    private const string Blank = "measure,age,value,note\r\nsarc.referrals,18-and-over,51,\r\nsarc.referrals,under-18,,";
    private const string Why = "The clinic for children was closed.";

    private static readonly string Path = SarcPath("2019-20", 1);
    private static readonly ReturnKey Key = Pipeline.KeyOf(Path);

    private const string PolicePath = "constabulary/domestic-abuse/2019-20-Q1/police.csv";
    private static readonly ReturnKey PoliceKey = Pipeline.KeyOf(PolicePath);

    private static readonly Person AManager = new("1", "A manager");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_next_to_the_figure_answers_the_query_in_advance()
    {
        var pipeline = await Pipeline.NewAsync(azurite);

        var outcome = await pipeline.SendAsync(Path, $"{Blank}{Why}\r\n");

        Assert.Equal((0, 1), (outcome.Counts.Queries, outcome.Counts.Explained));
        Assert.Equal(Why, Assert.Single(outcome.Findings).Explanation);
        Assert.Equal(LedgerState.Explained, (await pipeline.RowAsync(Key)).State);
        Assert.Equal((Why, 1), Assert.Single((await pipeline.Store.Returns.ReadExplanationsAsync(Key, Ct)).Values) is var explanation ? (explanation.Text, explanation.Version) : default);
    }

    [Fact]
    public async Task A_query_explained_once_is_not_raised_again_for_a_later_file()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, $"{Blank}{Why}\r\n");

        var outcome = await pipeline.SendAsync(Path, $"{Blank.Replace("51", "52", StringComparison.Ordinal)}\r\n");

        Assert.Equal(Why, Assert.Single(outcome.Findings, finding => finding.Code == Codes.Blank).Explanation);
        Assert.Equal(LedgerState.Explained, (await pipeline.RowAsync(Key)).State);
    }

    [Fact]
    public async Task A_later_note_replaces_an_earlier_one_but_not_the_reverse()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, $"{Blank}{Why}\r\n");
        await pipeline.SendAsync(Path, $"{Blank}There were none in June.\r\n");
        Assert.Equal("There were none in June.", Assert.Single((await pipeline.Store.Returns.ReadExplanationsAsync(Key, Ct)).Values).Text);

        var question = Assert.Single((await ReportAsync(pipeline, 2)).Findings, finding => finding.Code == Codes.Blank).Question!;
        await Explain(pipeline).RunAsync(Key, question, "Asked by telephone: none.", AManager, Ct);
        await pipeline.SendAsync(Path, $"{Blank}Something else.\r\n");

        Assert.Equal("Asked by telephone: none.", Assert.Single((await pipeline.Store.Returns.ReadExplanationsAsync(Key, Ct)).Values).Text);
    }

    [Fact]
    public async Task The_manager_explains_a_query_and_the_return_is_explained()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, $"{Blank}\r\n");
        Assert.Equal(LedgerState.AcceptedWithQueries, (await pipeline.RowAsync(Key)).State);
        var question = Assert.Single((await ReportAsync(pipeline, 1)).Findings).Question!;

        Assert.True((await Explain(pipeline).RunAsync(Key, question, Why, AManager, Ct)).IsDone);

        var row = await pipeline.RowAsync(Key);
        Assert.Equal((LedgerState.Explained, 0, 1), (row.State, row.Counts.Queries, row.Counts.Explained));
        Assert.Equal(Why, Assert.Single((await ReportAsync(pipeline, 1)).Findings).Explanation);
        Assert.Contains("Event=explanation-given", await pipeline.DumpAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explaining_a_query_twice_has_no_further_effect()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, $"{Blank}\r\n");
        var question = Assert.Single((await ReportAsync(pipeline, 1)).Findings).Question!;
        await Explain(pipeline).RunAsync(Key, question, Why, AManager, Ct);
        var once = await pipeline.DumpAsync();

        await Explain(pipeline).RunAsync(Key, question, Why, AManager, Ct);

        Assert.Equal(once, await pipeline.DumpAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_explanation_converges_after_a_crash_at_any_call(bool afterResponse)
    {
        var undisturbed = await WithQueryAsync();
        var counter = new CrashAtCall(0, afterResponse: false);
        await Explain(undisturbed.Through(counter)).RunAsync(Key, await QuestionAsync(undisturbed), Why, AManager, Ct);
        Assert.True(counter.Calls > 4);
        var expected = await undisturbed.DumpAsync();
        foreach (var call in TestShare.CrashPoints(counter.Calls))
        {
            var pipeline = await WithQueryAsync();
            var question = await QuestionAsync(pipeline);
            await Assert.ThrowsAnyAsync<Exception>(() => Explain(pipeline.Through(new CrashAtCall(call, afterResponse))).RunAsync(Key, question, Why, AManager, Ct));
            await Explain(pipeline).RunAsync(Key, question, Why, AManager, Ct);
            var actual = await pipeline.DumpAsync();
            Assert.True(expected == actual, $"After a crash at call {call}:\n{actual}\ninstead of:\n{expected}\n{TestShare.Repeat()}");
        }
    }

    [Fact]
    public async Task Explanations_given_at_the_same_time_are_all_kept()
    {
        var alone = await WithTwoQueriesAsync();
        var counter = new BeforeCall(0, () => Task.CompletedTask);
        await Explain(alone.Pipeline.Through(counter)).RunAsync(PoliceKey, alone.Questions[0], Why, AManager, Ct);
        Assert.True(counter.Calls > 4);
        foreach (var call in TestShare.CrashPoints(counter.Calls))
        {
            var (pipeline, questions) = await WithTwoQueriesAsync();
            var other = new BeforeCall(call, async () => Assert.True((await Explain(pipeline).RunAsync(PoliceKey, questions[1], Why, new Person("2", "Another manager"), Ct)).IsDone));

            Assert.True((await Explain(pipeline.Through(other)).RunAsync(PoliceKey, questions[0], Why, AManager, Ct)).IsDone);

            var row = await pipeline.RowAsync(PoliceKey);
            Assert.True((LedgerState.Explained, 0, 2) == (row.State, row.Counts.Queries, row.Counts.Explained), $"At call {call}: {row.State} {row.Counts}. {TestShare.Repeat()}");
            Assert.All((await ReportAsync(pipeline, 1, PoliceKey)).Findings.Where(finding => finding.Severity == "query"), finding => Assert.Equal(Why, finding.Explanation));
        }

        async Task<(Pipeline Pipeline, IReadOnlyList<string> Questions)> WithTwoQueriesAsync()
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            await pipeline.SendAsync(
                PolicePath,
                "measure,area,value,note\r\npolice.da-incidents,cambridgeshire,2216,\r\npolice.da-incidents,peterborough,,\r\npolice.da-crime-rate,cambridgeshire,,\r\npolice.da-crime-rate,peterborough,0.85,\r\n");
            var questions = (await ReportAsync(pipeline, 1, PoliceKey)).Findings.Where(finding => finding.Severity == "query").Select(finding => finding.Question!).ToList();
            Assert.Equal(2, questions.Count);
            return (pipeline, questions);
        }
    }

    [Fact]
    public async Task Another_value_raises_a_new_query()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, $"{Blank}{Why}\r\n");

        var other = (await pipeline.SendAsync(SarcPath("2019-20", 2), $"{Blank}\r\n")).Findings;

        Assert.Null(Assert.Single(other).Explanation); // of another quarter
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", Why, OutcomeStatus.NotFound)]
    [InlineData("", Why, OutcomeStatus.NotFound)]
    [InlineData("0123456789abcdef0123456789abcdef", " ", OutcomeStatus.Incomplete)]
    public async Task Only_an_existing_query_can_be_explained(string question, string text, OutcomeStatus expected)
    {
        var pipeline = await WithQueryAsync();
        var before = await pipeline.DumpAsync();

        Assert.Equal(expected, (await Explain(pipeline).RunAsync(Key, question, text, AManager, Ct)).Status);
        Assert.Equal(before, await pipeline.DumpAsync());
    }

    [Fact]
    public async Task The_explanation_of_a_disagreement_holds_until_its_figures_change()
    {
        const string Mash = "adult-safeguarding-peterborough/mash";
        var pipeline = await Pipeline.NewAsync(azurite);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await pipeline.SendAsync(FormattableString.Invariant($"{Mash}/2019-20-Q{quarter}/mash.csv"), Cases(27 + quarter));
        }

        var before = await DisagreementsAsync(pipeline);
        var disagreement = Assert.Single(before.Discrepancies);
        Assert.Equal((4, null), (before.Queries.Count, disagreement.Explanation));

        Assert.True((await Explain(pipeline).RunAsync(Period.FromYear(2019), disagreement.Question, Why, AManager, Ct)).IsDone);

        Assert.Equal(Why, Assert.Single((await DisagreementsAsync(pipeline)).Discrepancies).Explanation);
        await pipeline.SendAsync($"{Mash}/2019-20-Q1/mash.csv", Cases(27));
        Assert.Null(Assert.Single((await DisagreementsAsync(pipeline)).Discrepancies).Explanation);
        Assert.Equal(OutcomeStatus.NotFound, (await Explain(pipeline).RunAsync(Period.FromYear(2019), disagreement.Question, Why, AManager, Ct)).Status);

        static string Cases(int met) =>
            FormattableString.Invariant($"DA cases,{met + 12}\r\nSV cases,11\r\n\r\nDA cases: Care Act criteria met\r\nYes,{met}\r\nNo,16\r\n\r\nSV cases: Care Act criteria met\r\nYes,8\r\nNo,3\r\n");
    }

    private static Task<Disagreements> DisagreementsAsync(Pipeline pipeline) =>
        new DescribeStatus(Pipeline.Catalogue, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock).GetDisagreementsAsync(Period.FromYear(2019), Ct);

    private static ExplainQuery Explain(Pipeline pipeline) => new(Pipeline.Catalogue, pipeline.Store.Returns);

    private async Task<Pipeline> WithQueryAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, $"{Blank}\r\n");
        return pipeline;
    }

    private static async Task<string> QuestionAsync(Pipeline pipeline) => Assert.Single((await ReportAsync(pipeline, 1)).Findings).Question!;

    private static async Task<SubmissionReport> ReportAsync(Pipeline pipeline, int version, ReturnKey? key = null) =>
        SubmissionReport.Parse((await pipeline.Store.Returns.ReadReportAsync(key ?? Key, version, SubmissionReport.FileName, Ct))!.Value);
}

using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>The report on a corrected file lists each changed figure and each changed headline.</summary>
public sealed class CorrectionTests(AzuriteFixture azurite)
{
    private static readonly string Path = MaracPath(1);
    private static readonly ReturnKey Key = Pipeline.KeyOf(Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_lists_what_changed_and_which_headline_moves()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(2), Marac(400));
        await pipeline.SendAsync(Path, Marac(1371));

        var outcome = await pipeline.SendAsync(Path, Marac(360));

        Assert.Equal(
            "1 figure changed since version 1: \"MARAC cases heard\" from 1,371 to 360. The headline \"Cases heard at Multi-Agency Risk Assessment Conferences\" changes from 1,771 to 760.",
            Corrected(outcome).Message);
        var correction = (await ReportAsync(pipeline, 2)).Correction!;
        Assert.Equal((1, "1,371", "360", "B2"), (correction.SinceVersion, correction.Figures[0].From, correction.Figures[0].To, correction.Figures[0].Cell));
        Assert.Equal(new ReportedHeadlineChange(MaracHeadline, "Cases heard at Multi-Agency Risk Assessment Conferences", "1,771", "760"), Assert.Single(correction.Headlines));
    }

    [Fact]
    public async Task The_first_file_and_a_rejected_one_are_not_corrections()
    {
        var pipeline = await Pipeline.NewAsync(azurite);

        Assert.DoesNotContain((await pipeline.SendAsync(Path, Marac(371))).Findings, IsCorrection);
        Assert.DoesNotContain((await pipeline.SendAsync(Path, BadMarac)).Findings, IsCorrection);
        Assert.Null((await ReportAsync(pipeline, 2)).Correction);
    }

    [Fact]
    public async Task A_correction_after_a_rejection_is_compared_with_the_accepted_version()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        await pipeline.SendAsync(Path, BadMarac);

        Assert.StartsWith("1 figure changed since version 1: \"MARAC cases heard\" from 371 to 372.", Corrected(await pipeline.SendAsync(Path, Marac(372))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_with_the_same_figures_is_reported_as_unchanged()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));

        Assert.Equal("Every figure is the same as in version 1.", Corrected(await pipeline.SendAsync(Path, Marac(371) + "\r\n")).Message);
    }

    [Fact]
    public async Task A_figure_that_is_now_missing_or_estimated_is_a_change()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = SarcPath("2019-20", 1);
        await pipeline.SendAsync(path, Sarc(51, 30));

        var note = Corrected(await pipeline.SendAsync(path, "Referrals to SARC over 18s,51 approx\r\nReferrals to SARC under 18s,\r\n"));

        Assert.Equal(
            "2 figures changed since version 1: \"18 and over\" from 51 to 51 [e]; \"Under 18\" from 30 to nothing. The headline \"Referrals to the Sexual Assault Referral Centre\" changes from 81 to 51.",
            note.Message);
    }

    /// <summary>A report must not disclose a hidden headline, because a headline includes figures of other agencies.</summary>
    [Fact]
    public async Task A_hidden_headline_is_not_shown_to_the_agency()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(3));

        Assert.EndsWith("changes from no published figure to 360.", Corrected(await pipeline.SendAsync(Path, Marac(360))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_event_does_not_change_the_report()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        await pipeline.SendAsync(Path, Marac(360));
        var before = await ReportAsync(pipeline, 2);

        await pipeline.EventAsync(Path);

        Assert.Equivalent(before, await ReportAsync(pipeline, 2));
    }

    private static Finding Corrected(IngestOutcome outcome)
    {
        Assert.Equal(IngestResult.Accepted, outcome.Result);
        return Assert.Single(outcome.Findings, IsCorrection);
    }

    private static bool IsCorrection(Finding finding) => finding.Code == Codes.Corrected;

    private static async Task<SubmissionReport> ReportAsync(Pipeline pipeline, int version) =>
        SubmissionReport.Parse((await pipeline.Store.Returns.ReadReportAsync(Key, version, SubmissionReport.FileName, Ct))!.Value);
}

using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>What the manager has to do today.</summary>
public sealed class TodayTests(AzuriteFixture azurite)
{
    private const string People = "MARAC cases heard,12\r\n\r\nClient name,Mobile\r\nMary Canarybird,07700 900123\r\n";
    private const string StatedPath = "partnership/stated-figures/2019-20/stated.csv";

    private static readonly Person Manager = new("account-7", "the manager");

    private static readonly Period Year = Period.FromYear(2019);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_with_people_holds_stuck_files_overdue_returns_disagreements_and_approvals_are_listed()
    {
        var pipeline = await StartedAsync();
        await pipeline.SendAsync("idva-service/marac/2020-21-Q1/early.csv", People);
        await pipeline.SendAsync(SarcPath("2019-20", 1), People.Replace("MARAC cases heard", "Referrals to SARC over 18s", StringComparison.Ordinal));
        await pipeline.UploadAsync(SarcPath("2019-20", 2), Sarc(50, 20));
        await pipeline.ClaimAsync(SarcPath("2019-20", 2));
        await pipeline.Decide.HoldAsync(Manager, "Something is looked at.", Ct);
        await pipeline.Compare.RunAsync(Ct);

        // The release of 4 August is approved by nobody, and the store's uploads are of today, so the clock of the test is after both.
        var work = await pipeline.Today.RunAsync(Ct);
        Assert.Contains(work.FilesWithPeople, file => file is { Return: "elms-sarc/referrals", Period: "2019-20-Q1" });
        Assert.Equal("Something is looked at.", work.Hold!.Reason);
        Assert.Contains(work.Overdue, agency => agency.Agency == "elms-sarc" && agency.Returns[0].Period == "2019-20-Q1");
        Assert.Equal(work.Overdue.Select(agency => agency.Headlines).OrderDescending(), work.Overdue.Select(agency => agency.Headlines));
        var moves = Assert.Single(work.Disagreements.Open, found => found.Headlines.Contains(MaracHeadline));
        Assert.Contains("1,471", moves.Sentence, StringComparison.Ordinal);
        Assert.False(work.Disagreements.IsOld);
        Assert.False(work.Release!.NeedsApproval);

        await new ExplainQuery(Pipeline.Catalogue, pipeline.Store.Returns).RunAsync(Year, moves.Question, "It is right.", Manager, Ct);
        Assert.DoesNotContain((await pipeline.Today.RunAsync(Ct)).Disagreements.Open, found => found.Question == moves.Question);
    }

    [Fact]
    public async Task A_file_that_waits_longer_than_a_check_takes_is_stuck_and_a_newer_or_postponed_one_is_not()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var at = await pipeline.UploadAsync(MaracPath(1), Marac(371));
        await pipeline.ClaimAsync(MaracPath(1));
        pipeline.Clock.SetUtcNow(at.AddMinutes(14));
        Assert.Empty((await pipeline.Today.RunAsync(Ct)).Stuck);

        pipeline.Clock.SetUtcNow(at.AddMinutes(16));
        var stuck = Assert.Single((await pipeline.Today.RunAsync(Ct)).Stuck);
        Assert.Equal(("idva-service/marac", "2019-20-Q1", at), (stuck.Return, stuck.Period, stuck.Received));

        await pipeline.EventAsync(MaracPath(1));
        await pipeline.SendAsync($"idva-service/marac/{Period.YearContaining(DateOnly.FromDateTime(at.AddYears(1).DateTime))}-Q4/early.csv", Marac(1));
        Assert.Empty((await pipeline.Today.RunAsync(Ct)).Stuck);
    }

    [Fact]
    public async Task The_release_waits_for_approval_when_its_returns_were_due_and_until_it_is_approved()
    {
        var pipeline = await StartedAsync();
        Assert.Equal((false, false, 5), await ReleaseAsync());

        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 7, 28, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal((true, false, 5), await ReleaseAsync());

        await pipeline.Approve.RunAsync(Manager, null, publishesNumbers: false, isDryRun: false, Ct);
        var approved = (await pipeline.Today.RunAsync(Ct)).Release!;
        Assert.Equal((false, "the manager"), (approved.NeedsApproval, approved.Approval!.By));

        // Once it is published, the next one is late if nobody approves it.
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 8, 4, 9, 0, 0, TimeSpan.Zero));
        Assert.True((await pipeline.PublishAsync()).IsNew);
        Assert.Equal((false, false, 0), await ReleaseAsync());
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 11, 20, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal((true, true, 0), await ReleaseAsync());

        async Task<(bool NeedsApproval, bool IsLate, int Changed)> ReleaseAsync() =>
            (await pipeline.Today.RunAsync(Ct)).Release is { } release ? (release.NeedsApproval, release.IsLate, release.ChangedReturns) : throw new InvalidOperationException();
    }

    [LongFact]
    public async Task A_year_waits_for_a_sign_off_after_a_change_and_while_it_is_under_review()
    {
        var pipeline = await StartedAsync();
        Assert.Empty((await pipeline.Today.RunAsync(Ct)).Years);
        await pipeline.Decide.SignOffAsync(Year, Manager, "All there is.", publishesNumbers: false, Ct);
        Assert.Empty((await pipeline.Today.RunAsync(Ct)).Years);

        await pipeline.SendAsync(MaracPath(1), Marac(372));
        Assert.Equal([("2019-20", YearTaskKind.HasChanged, 1)], (await pipeline.Today.RunAsync(Ct)).Years.Select(year => (year.Year, year.Kind, year.Count)));

        Assert.True((await pipeline.PublishNow.RunAsync(Manager, Year, "To publish it.", publishesNumbers: false, isDryRun: false, Ct)).IsDone);
        Assert.True((await pipeline.Decide.ReopenAsync(Year, Manager, "A correction.", publishesNumbers: false, Ct)).IsDone);
        Assert.Equal([("2019-20", YearTaskKind.IsUnderReview)], (await pipeline.Today.RunAsync(Ct)).Years.Select(year => (year.Year, year.Kind)));
    }

    [Fact]
    public async Task When_there_is_nothing_to_do_the_next_date_is_said()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        pipeline.Clock.AdjustTime(new DateTimeOffset(2018, 5, 1, 12, 0, 0, TimeSpan.Zero));

        var work = await pipeline.Today.RunAsync(Ct);

        Assert.Equal(0, work.Count);
        Assert.Equal((new DateOnly(2018, 7, 27), true), (work.Next!.Date, work.Next.Returns > 0));
        Assert.Null(work.Disagreements.At);
    }

    [LongFact]
    public async Task The_daily_run_compares_the_figures_only_if_something_has_changed()
    {
        var pipeline = await StartedAsync();
        var before = (await pipeline.Today.RunAsync(Ct)).Disagreements;
        Assert.Equal((null, 5, true), (before.At, before.ChangedReturns, before.IsOld));

        await pipeline.Chase.RunAsync(Ct);
        var compared = (await pipeline.Today.RunAsync(Ct)).Disagreements;
        Assert.Equal((0, false, 1), (compared.ChangedReturns, compared.IsOld, compared.Open.Count(found => found.Headlines.Contains(MaracHeadline))));

        pipeline.Clock.Advance(TimeSpan.FromDays(1));
        await pipeline.Chase.RunAsync(Ct);
        Assert.Equal(compared.At, (await pipeline.Today.RunAsync(Ct)).Disagreements.At);

        await pipeline.SendAsync(MaracPath(1), Marac(451));
        Assert.Equal(1, (await pipeline.Today.RunAsync(Ct)).Disagreements.ChangedReturns);
        await pipeline.Chase.RunAsync(Ct);
        Assert.DoesNotContain((await pipeline.Today.RunAsync(Ct)).Disagreements.Open, found => found.Headlines.Contains(MaracHeadline));
    }

    [LongFact]
    public async Task The_start_page_makes_at_most_6_calls_whatever_is_stored()
    {
        var pipeline = await StartedAsync();
        await pipeline.Compare.RunAsync(Ct);
        Assert.NotEmpty((await pipeline.Today.RunAsync(Ct)).Disagreements.Open);

        // The queue, the uploads, the ledger, the comparison, and the explanations of a year. Before the first release, one more looks for the store of an earlier version.
        Assert.Equal(6, await CountAsync());
        Assert.True((await pipeline.PublishNow.RunAsync(Manager, Year, "To publish it.", publishesNumbers: false, isDryRun: false, Ct)).IsDone);
        Assert.Equal(5, await CountAsync());

        // More agencies and years, files that wait, and everything overdue.
        foreach (var year in new[] { "2018-19", "2019-20" })
        {
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                await pipeline.SendAsync(SarcPath(year, quarter), Sarc(50 + quarter, 20));
            }
        }

        await pipeline.Chase.RunAsync(Ct);
        await pipeline.UploadAsync(MaracPath(1), Marac(372));
        await pipeline.ClaimAsync(MaracPath(1));
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 3, 31, 12, 0, 0, TimeSpan.Zero));
        Assert.True((await pipeline.Today.RunAsync(Ct)).Overdue.Count > 10);
        Assert.Equal(5, await CountAsync());

        async Task<int> CountAsync()
        {
            var counter = new CrashAtCall(0, afterResponse: false);
            await pipeline.Through(counter).Today.RunAsync(Ct);
            return counter.Calls;
        }
    }

    /// <summary>Returns a store in which the annual report states another number of MARAC cases than the quarters add up to.</summary>
    private async Task<Pipeline> StartedAsync()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        foreach (var (quarter, cases) in new[] { (1, 371), (2, 330), (3, 340), (4, 350) })
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(cases));
        }

        await SendStatedAsync(pipeline);
        return pipeline;
    }

    private static async Task SendStatedAsync(Pipeline pipeline)
    {
        await pipeline.UploadAsync(StatedPath, await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(LocalFolders.Samples, "partnership", "stated-figures", "2019-20")).Single(), Ct));
        await pipeline.EventAsync(StatedPath);
    }
}

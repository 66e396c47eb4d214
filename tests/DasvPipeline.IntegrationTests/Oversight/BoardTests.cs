using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>The state of a return while its file waits, during processing, and after.</summary>
public sealed class BoardTests(AzuriteFixture azurite)
{
    private static readonly Period Year = Period.FromYear(2019);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_without_a_finished_ingest_is_shown_as_received()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var at = await pipeline.UploadAsync(MaracPath(1), Marac(371));
        await pipeline.ClaimAsync(MaracPath(1));

        var row = await RowAsync(pipeline, 1);
        Assert.Equal((BoardStates.Received, at, 0, (int?)null), (row.State, row.Received, row.LatestVersion, row.LiveVersion));

        await pipeline.EventAsync(MaracPath(1));
        Assert.Equal((BoardStates.Accepted, at, 1, (int?)1), ((await RowAsync(pipeline, 1)) is var read ? (read.State, read.Received, read.LatestVersion, read.LiveVersion) : default));
    }

    [Fact]
    public async Task A_waiting_correction_is_shown_as_received_while_the_previous_version_counts()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.UploadAsync(MaracPath(1), Marac(372));
        await pipeline.ClaimAsync(MaracPath(1));

        var row = await RowAsync(pipeline, 1);

        Assert.Equal((BoardStates.Received, 1, (int?)1), (row.State, row.LatestVersion, row.LiveVersion));
        Assert.Equal(BoardStates.Overdue, (await RowAsync(pipeline, 2)).State);
    }

    [Fact]
    public async Task An_older_file_that_is_found_late_does_not_change_the_state_of_the_newer_one()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(MaracPath(1, "older.csv"), Marac(1));
        await Task.Delay(TimeSpan.FromSeconds(1.1), Ct); // The store records times in whole seconds.
        await pipeline.SendAsync(MaracPath(1, "newer.csv"), Marac(371));

        Assert.Equal(BoardStates.Accepted, (await RowAsync(pipeline, 1)).State);
    }

    [Fact]
    public async Task A_file_outside_every_return_folder_belongs_to_no_agency()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync("idva-service/marac/2019-20-Q9/marac.csv", Marac(371));
        await pipeline.UploadAsync("somewhere.csv", Marac(371));

        Assert.DoesNotContain((await pipeline.Status.GetBoardAsync(Year, Ct)).Returns, row => row.State == BoardStates.Received);
    }

    [Fact]
    public async Task A_period_that_has_not_ended_is_not_due_even_if_a_file_waits_for_its_end()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync("idva-service/marac/2020-21-Q1/marac.csv", Marac(371));
        await pipeline.UploadAsync("idva-service/marac/2020-21-Q2/marac.csv", Marac(371));
        await pipeline.Chase.RunAsync(Ct);

        Assert.All((await pipeline.Status.GetBoardAsync(Period.FromYear(2020), Ct)).Returns, row => Assert.Equal((BoardStates.NotDue, 0), (row.State, row.LatestVersion)));

        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 6, 30, 12, 0, 0, TimeSpan.Zero));
        var received = Assert.Single((await pipeline.Status.GetBoardAsync(Period.FromYear(2020), Ct)).Returns, row => row.State != BoardStates.NotDue);
        Assert.Equal((BoardStates.Received, "2020-21-Q1"), (received.State, received.Period));
    }

    [Fact]
    public async Task Every_state_has_a_label()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(2), BadMarac);
        await pipeline.SendAsync(MaracPath(3), Marac(300));
        await pipeline.DeleteAsync(MaracPath(3));
        await pipeline.EventAsync(MaracPath(3));
        await pipeline.SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        await pipeline.UploadAsync(SarcPath("2019-20", 2), Sarc(50, 20));
        await pipeline.ClaimAsync(SarcPath("2019-20", 2));
        pipeline.Clock.AdjustTime(new DateTimeOffset(2020, 4, 30, 12, 0, 0, TimeSpan.Zero));

        var states = (await pipeline.Status.GetBoardAsync(Year, Ct)).Returns.Select(row => row.State).Distinct().ToList();

        Assert.All(states, state => Assert.Contains(state, BoardStates.All));
        Assert.Equal(
            [BoardStates.Due, BoardStates.Overdue, BoardStates.Received, BoardStates.Accepted, BoardStates.AcceptedWithQueries, BoardStates.Rejected, BoardStates.Withdrawn],
            BoardStates.All.Where(states.Contains));
        Assert.All((await pipeline.Status.GetBoardAsync(Year.NextYear, Ct)).Returns, row => Assert.Equal(BoardStates.NotDue, row.State));
    }

    [Theory]
    [InlineData("2020-03-31", "2019-20")] // Nothing of the last quarter is due, and earlier quarters are overdue.
    [InlineData("2020-06-30", "2019-20")]
    [InlineData("2020-07-01", "2020-21")]
    [InlineData("2021-04-01", "2020-21")]
    [InlineData("2021-07-01", "2021-22")]
    public async Task A_board_opens_on_the_newest_year_in_which_something_is_to_be_done(string today, string expected)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        pipeline.Clock.AdjustTime(new DateTimeOffset(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero));

        Assert.Equal(expected, (await pipeline.Status.GetBoardAsync(null, Ct)).Year);
    }

    [Fact]
    public async Task A_board_and_the_page_of_an_agency_make_the_same_calls_whatever_is_stored()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var few = await CountAsync();
        foreach (var year in new[] { "2018-19", "2019-20" })
        {
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                await pipeline.SendAsync(SarcPath(year, quarter), Sarc(50 + quarter, 20));
            }
        }

        await pipeline.UploadAsync(MaracPath(1), Marac(371));
        await pipeline.ClaimAsync(MaracPath(1));
        await pipeline.PublishAsync();

        Assert.Equal(few, await CountAsync());
        Assert.Equal((3, 1), await CountAsync() is var many ? (many.Board, many.Agency) : default);

        async Task<(int Board, int Agency)> CountAsync()
        {
            var (board, agency) = (new CrashAtCall(0, false), new CrashAtCall(0, false));
            await pipeline.Through(board).Status.GetBoardAsync(null, Ct);
            await pipeline.Through(agency).Status.GetAgencyReturnsAsync(new AgencyId("elms-sarc"), null, Ct);
            return (board.Calls, agency.Calls);
        }
    }

    private static async Task<BoardRow> RowAsync(Pipeline pipeline, int quarter) =>
        (await pipeline.Status.GetBoardAsync(Year, Ct)).Returns.Single(row => row.Return == "idva-service/marac" && row.Period == Year.WithQuarter(quarter).ToString());
}

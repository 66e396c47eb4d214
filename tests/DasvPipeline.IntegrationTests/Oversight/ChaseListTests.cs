using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>The missing returns on 1 June 2020, and the emails about them. The last quarter's returns were due on 30 April.</summary>
public sealed class ChaseListTests(AzuriteFixture azurite)
{
    private static readonly Period Year = Period.FromYear(2019);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Received_returns_are_not_chased_and_missing_ones_are_sorted_by_due_date()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.UploadAsync(MaracPath(2), Marac(370));
        await pipeline.ClaimAsync(MaracPath(2));

        var idva = await AgencyAsync(pipeline, "idva-service");
        var marac = idva.Returns.Where(item => item.Return == "idva-service/marac").ToList();

        Assert.Equal(["2019-20-Q3", "2019-20-Q4"], marac.Select(item => item.Period));
        Assert.Equal((BoardStates.Overdue, new DateOnly(2020, 4, 30), 32, 20, 0), (marac[1].State, marac[1].Due, marac[1].DaysOver, marac[1].WorkingDaysOver, marac[1].DaysLeft));
        Assert.Equal(idva.Returns.OrderBy(item => item.Due).Select(item => item.Due), idva.Returns.Select(item => item.Due));
        Assert.Equal("https://dasv.example/idva-service", idva.Page);
    }

    [Fact]
    public async Task A_rejected_file_is_chased_until_it_is_corrected()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(4), BadMarac);

        var idva = await AgencyAsync(pipeline, "idva-service");
        Assert.Equal((BoardStates.Rejected, 32, false), Of(idva, "idva-service/marac", 4) is { } rejected ? (rejected.State, rejected.DaysOver, rejected.IsLive) : default);
        Assert.Contains(
            "We could not accept these files. Your page lists what to change. Please correct each file and send it again:\n"
            + "- MARAC cases, January to March 2020. It was due on 30 April 2020, 32 days ago (20 working days).\n",
            idva.Email.Body,
            StringComparison.Ordinal);

        await pipeline.SendAsync(MaracPath(4), Marac(370));
        Assert.Null(Of(await AgencyAsync(pipeline, "idva-service"), "idva-service/marac", 4));
    }

    [Fact]
    public async Task Queries_are_chased_after_missing_returns_until_they_are_answered()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");

        var sarc = await AgencyAsync(pipeline, "elms-sarc");
        Assert.Equal(["2019-20-Q2", "2019-20-Q3", "2019-20-Q4", "2019-20-Q1"], sarc.Returns.Select(item => item.Period));
        Assert.Equal((BoardStates.AcceptedWithQueries, 1, 0, 0), (sarc.Returns[3].State, sarc.Returns[3].Queries, sarc.Returns[3].DaysOver, sarc.Returns[3].WorkingDaysOver));
        Assert.Equal("Your figures for the partnership: 3 returns to send, 1 question to answer", sarc.Email.Subject);
        Assert.Contains("April to June 2019. There is 1 question to answer.\n", sarc.Email.Body, StringComparison.Ordinal);

        var query = Assert.Single((await pipeline.Status.GetDisagreementsAsync(Year, Ct)).Queries);
        await new Core.Oversight.ExplainQuery(Pipeline.Catalogue, pipeline.Store.Returns)
            .RunAsync(Pipeline.KeyOf(SarcPath("2019-20", 1)), query.Question, "The clinic was closed.", Someone, Ct);
        Assert.DoesNotContain((await AgencyAsync(pipeline, "elms-sarc")).Returns, item => item.Period == "2019-20-Q1");
    }

    [Fact]
    public async Task An_email_is_polite_and_names_each_return_with_its_period_due_date_and_address()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.AdjustTime(new DateTimeOffset(2020, 4, 29, 12, 0, 0, TimeSpan.Zero));
        foreach (var quarter in new[] { 1, 2 })
        {
            await pipeline.SendAsync(SarcPath("2019-20", quarter), Sarc(50 + quarter, 20));
        }

        var email = (await AgencyAsync(pipeline, "elms-sarc")).Email;

        Assert.Equal("Your figures for the partnership: 2 returns to send", email.Subject);
        Assert.Equal(
            $"""
            Hello {Pipeline.Catalogue.GetAgencyName(new AgencyId("elms-sarc"))},

            Thank you for the figures you send to the {Pipeline.Catalogue.Publisher.Name}. This is what we still need from you.

            These returns are overdue:
            - Referrals to the Sexual Assault Referral Centre, October to December 2019. It was due on 29 January 2020, 91 days ago (63 working days).

            These returns are due:
            - Referrals to the Sexual Assault Referral Centre, January to March 2020. It is due tomorrow.

            Get your forms and send your returns: https://dasv.example/elms-sarc

            If you have already sent them, or cannot send them yet, please tell us.

            Thank you
            {Pipeline.Catalogue.Help.Contact}
            {Pipeline.Catalogue.Publisher.Name}

            """.ReplaceLineEndings("\n"),
            email.Body);
        Assert.DoesNotContain("@", email.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_year_the_current_and_previous_years_are_chased()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.AdjustTime(new DateTimeOffset(2020, 8, 1, 12, 0, 0, TimeSpan.Zero));

        var list = await pipeline.Status.GetChaseListAsync(null, PageOf, Ct);

        Assert.Equal(new DateOnly(2020, 8, 1), list.Date);
        Assert.Equal(["2019-20", "2020-21"], list.Agencies.SelectMany(agency => agency.Returns).Select(item => item.Period[..7]).Distinct().Order());
    }

    [Fact]
    public async Task On_1_April_the_overdue_returns_of_the_year_before_last_stay_until_they_are_sent_or_waived()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.AdjustTime(new DateTimeOffset(2021, 3, 31, 12, 0, 0, TimeSpan.Zero));
        await pipeline.Chase.RunAsync(Ct);
        var before = await ChasedAsync();
        Assert.Contains("idva-service/marac/2019-20-Q1", before);

        pipeline.Clock.AdjustTime(new DateTimeOffset(2021, 4, 1, 12, 0, 0, TimeSpan.Zero));
        await pipeline.Chase.RunAsync(Ct);
        Assert.Equal(before.Where(IsEarlier), (await ChasedAsync()).Where(IsEarlier));
        var board = await pipeline.Status.GetBoardAsync(null, Ct);
        Assert.Equal("2020-21", board.Year);
        Assert.Equal(before.Where(IsEarlier), board.Earlier.Select(row => $"{row.Return}/{row.Period}").Order());
        Assert.Contains(await pipeline.Status.GetAgencyReturnsAsync(new AgencyId("idva-service"), null, Ct), row => row is { Period: "2019-20-Q1", State: BoardStates.Overdue });

        // A year later, they still stay.
        pipeline.Clock.AdjustTime(new DateTimeOffset(2022, 4, 1, 12, 0, 0, TimeSpan.Zero));
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.Store.Returns.ArrangeAsync(
            Pipeline.KeyOf(MaracPath(2)), new DateOnly(2019, 10, 28), new ArrangementChange(ArrangementKind.Waiver, new ArrangedItem(null, "The service was closed.", Someone, pipeline.Clock.GetUtcNow()), Someone, pipeline.Clock.GetUtcNow()), Ct);
        Assert.Equal(
            before.Where(IsEarlier).Except(["idva-service/marac/2019-20-Q1", "idva-service/marac/2019-20-Q2"]),
            (await ChasedAsync()).Where(IsEarlier));

        static bool IsEarlier(string item) => item.Contains("/2019-20", StringComparison.Ordinal);

        async Task<IReadOnlyList<string>> ChasedAsync() =>
            [.. (await pipeline.Status.GetChaseListAsync(null, PageOf, Ct)).Agencies.SelectMany(agency => agency.Returns).Select(item => $"{item.Return}/{item.Period}").Order()];
    }

    [Fact]
    public async Task The_calendar_has_a_whole_day_for_each_missing_return_and_is_repeatable()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));

        var all = await CalendarAsync(pipeline, null);
        var calendar = Ical.Net.Calendar.Load(all)!;
        var marac = calendar.Events.Where(item => item.Uid!.StartsWith("idva-service.marac.", StringComparison.Ordinal)).ToDictionary(item => item.Uid!);

        Assert.Equal(3, marac.Count);
        var last = marac["idva-service.marac.2019-20-Q4@dasv-pipeline"];
        Assert.Equal((true, new DateOnly(2020, 4, 30), new DateOnly(2020, 5, 1)), (last.IsAllDay, last.Start!.Date, last.End!.Date));
        Assert.Contains("January to March 2020", last.Summary, StringComparison.Ordinal);
        Assert.Contains("DTSTAMP:20200601T120000Z", all, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20200430", all, StringComparison.Ordinal);
        Assert.All(all.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Equal(all, await CalendarAsync(pipeline, null));

        var one = Ical.Net.Calendar.Load(await CalendarAsync(pipeline, new AgencyId("elms-sarc")))!;
        Assert.Equal(4, one.Events.Count);
        Assert.All(one.Events, item => Assert.StartsWith("elms-sarc.referrals.", item.Uid, StringComparison.Ordinal));
    }

    private static readonly Person Someone = new("someone", "Someone");

    private static Uri PageOf(AgencyId agency) => new($"https://dasv.example/{agency}");

    private static async Task<ChasedAgency> AgencyAsync(Pipeline pipeline, string id) =>
        (await pipeline.Status.GetChaseListAsync(Year, PageOf, Ct)).Agencies.Single(agency => agency.Agency == id);

    private static ChasedReturn? Of(ChasedAgency agency, string id, int quarter) =>
        agency.Returns.SingleOrDefault(item => item.Return == id && item.Period == Year.WithQuarter(quarter).ToString());

    private static async Task<string> CalendarAsync(Pipeline pipeline, AgencyId? agency) =>
        Encoding.UTF8.GetString(await pipeline.Status.GetCalendarAsync(Year, agency, PageOf, Ct));
}

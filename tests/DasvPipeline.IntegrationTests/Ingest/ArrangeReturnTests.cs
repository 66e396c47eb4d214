using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>A nil return, and what is arranged about a return: late, extended and waived, each with its undoing and its audit.</summary>
public sealed class ArrangeReturnTests(AzuriteFixture azurite)
{
    private static readonly Person Officer = new("account-3", "An officer") { TenantId = "tenant-1" };
    private static readonly Person Manager = new("account-7", "The manager") { TenantId = "tenant-1" };
    private static readonly ReturnKey Key = Pipeline.KeyOf(MaracPath(4));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_return_keeps_its_due_date_and_is_not_asked_for_before_its_day()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var arrange = Arrange(pipeline);
        Assert.Equal(OutcomeStatus.Incomplete, (await arrange.RunAsync(ArrangementKind.Late, Key, null, "The system is down.", Officer, Ct)).Status);
        Assert.Equal(OutcomeStatus.Incomplete, (await arrange.RunAsync(ArrangementKind.Late, Key, new DateOnly(2020, 5, 31), "The system is down.", Officer, Ct)).Status);
        Assert.Equal(OutcomeStatus.Incomplete, (await arrange.RunAsync(ArrangementKind.Late, Key, new DateOnly(2020, 6, 12), " ", Officer, Ct)).Status);
        Assert.Equal(OutcomeStatus.Incomplete, (await arrange.RunAsync(ArrangementKind.Late, Key, new DateOnly(2020, 6, 12), "Ring Mary Canarybird on 07700 900123.", Officer, Ct)).Status);

        var outcome = await arrange.RunAsync(ArrangementKind.Late, Key, new DateOnly(2020, 6, 12), "The system is down.", Officer, Ct);
        Assert.Equal((true, "Thank you. We expect this return on 12 June 2020."), (outcome.IsDone, outcome.Message));
        var row = await RowAsync(pipeline);
        Assert.Equal((BoardStates.Overdue, new DateOnly(2020, 4, 30), new DateOnly(2020, 6, 12), "The system is down."), (row.State, row.Due, row.Arranged!.Expected, row.Arranged.LateReason));
        var chased = await ChasedAsync(pipeline);
        Assert.Equal(new DateOnly(2020, 6, 12), chased.Returns.Single(item => item.Return == "idva-service/marac" && item.Period == "2019-20-Q4").Expected);
        Assert.Contains("You said that these returns will come later:\n- MARAC cases, January to March 2020. We expect it on 12 June 2020.", chased.Email.Body, StringComparison.Ordinal);

        // After its day, it is overdue like any other.
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 6, 13, 12, 0, 0, TimeSpan.Zero));
        Assert.Null((await ChasedAsync(pipeline)).Returns.Single(item => item.Return == "idva-service/marac" && item.Period == "2019-20-Q4").Expected);

        Assert.True((await arrange.UndoAsync(ArrangementKind.Late, Key, Officer, Ct)).IsDone);
        Assert.Null((await RowAsync(pipeline)).Arranged);
        Assert.Equal(["late-stated", "late-undone"], await AuditedAsync(pipeline, "account-3"));
    }

    [Fact]
    public async Task An_extension_moves_the_due_date_everywhere_and_survives_a_file()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var arrange = Arrange(pipeline);
        Assert.Equal(OutcomeStatus.Incomplete, (await arrange.RunAsync(ArrangementKind.Extension, Key, new DateOnly(2020, 4, 30), "They need time.", Manager, Ct)).Status);
        Assert.True((await arrange.RunAsync(ArrangementKind.Extension, Key, new DateOnly(2020, 7, 15), "They need time.", Manager, Ct)).IsDone);
        await pipeline.Chase.RunAsync(Ct);

        Assert.Equal((BoardStates.Due, new DateOnly(2020, 7, 15)), ((await RowAsync(pipeline)).State, (await RowAsync(pipeline)).Due));
        Assert.Equal(LedgerState.Due, (await pipeline.RowAsync(Key)).State);
        Assert.Equal(44, (await ChasedAsync(pipeline)).Returns.Single(item => item.Return == "idva-service/marac" && item.Period == "2019-20-Q4").DaysLeft);
        await pipeline.SendAsync(MaracPath(4), BadMarac);
        Assert.Equal((BoardStates.Rejected, new DateOnly(2020, 7, 15), new DateOnly(2020, 7, 15)), ((await RowAsync(pipeline)).State, (await RowAsync(pipeline)).Due, (await pipeline.RowAsync(Key)).Due));

        Assert.Equal("This return is due on 30 April 2020 again.", (await arrange.UndoAsync(ArrangementKind.Extension, Key, Manager, Ct)).Message);
        Assert.Equal(new DateOnly(2020, 4, 30), (await RowAsync(pipeline)).Due);
        Assert.Equal(["extended", "extension-undone"], await AuditedAsync(pipeline, "account-7"));
    }

    [Fact]
    public async Task A_waived_return_is_not_asked_for_and_not_missing_in_the_feed_but_its_figures_are_not_counted_as_there()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        for (var quarter = 1; quarter <= 3; quarter++)
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(370 + quarter));
        }

        await pipeline.PublishAsync();
        var before = (await pipeline.FeedAsync()).GetProperty("completeness");
        var arrange = Arrange(pipeline);
        Assert.True((await arrange.RunAsync(ArrangementKind.Waiver, Key, null, "The meetings were stopped.", Manager, Ct)).IsDone);
        Assert.Equal((BoardStates.Waived, "The meetings were stopped."), ((await RowAsync(pipeline)).State, (await RowAsync(pipeline)).Arranged!.WaiverReason));
        Assert.DoesNotContain((await pipeline.Status.GetChaseListAsync(null, Page, Ct)).Agencies.SelectMany(agency => agency.Returns), item => item.Return == "idva-service/marac" && item.Period == "2019-20-Q4");
        await pipeline.Chase.RunAsync(Ct);

        Assert.True((await pipeline.PublishAsync()).IsNew);
        var feed = await pipeline.FeedAsync();
        var after = feed.GetProperty("completeness");
        Assert.Equal(before.GetProperty("expected").GetInt32() - 1, after.GetProperty("expected").GetInt32());
        Assert.DoesNotContain(after.GetProperty("missing").EnumerateArray(), item => item.GetProperty("return").GetString() == "idva-service/marac");
        Assert.Empty(feed.GetProperty("release").GetProperty("changes").EnumerateArray());
        var notes = Pipeline.Headline(feed, MaracHeadline).GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ToList();
        Assert.Contains(notes, note => note!.StartsWith("Does not include returns that are not asked for: ", StringComparison.Ordinal));
        Assert.DoesNotContain(notes, note => note!.StartsWith("Does not include yet", StringComparison.Ordinal));

        // A publish that uses the record of the year keeps the waiver.
        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(60, 40));
        await pipeline.PublishAsync();
        Assert.Equal(after.GetRawText(), (await pipeline.FeedAsync()).GetProperty("completeness").GetRawText());

        // It can come all the same.
        await pipeline.SendAsync(MaracPath(4), Marac(300));
        Assert.Equal(BoardStates.Accepted, (await RowAsync(pipeline)).State);
        Assert.Equal(OutcomeStatus.Refused, (await arrange.RunAsync(ArrangementKind.Waiver, Key, null, "The meetings were stopped.", Manager, Ct)).Status);
        Assert.True((await arrange.UndoAsync(ArrangementKind.Waiver, Key, Manager, Ct)).IsDone);
        Assert.Equal(["waived", "waiver-undone"], await AuditedAsync(pipeline, "account-7"));
    }

    [Fact]
    public async Task A_waiver_withdraws_the_approval_of_a_release_that_it_changes()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.Approve.RunAsync(Manager, null, publishesNumbers: false, isDryRun: false, Ct);
        var outcome = await Arrange(pipeline).RunAsync(ArrangementKind.Waiver, Key, null, "The meetings were stopped.", Manager, Ct);

        Assert.EndsWith("so it must be approved again.", outcome.Message, StringComparison.Ordinal);
        Assert.Null((await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Approval);
    }

    [Fact]
    public async Task A_nil_return_is_a_version_with_zeros_and_its_lineage_names_who_stated_it()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var nil = new StateNilReturn(pipeline.UsedCatalogue, pipeline.Send, pipeline.Store.Returns, pipeline.Clock);
        var (outcome, version) = await nil.RunAsync(Key, Officer, Ct);

        Assert.True(outcome.IsDone, outcome.Message);
        Assert.Equal((0m, Markers.None), (Assert.Single(await pipeline.LiveAsync(Key)).Figure is var figure ? (figure.Value!.Value, figure.Markers) : default));
        var trace = (await pipeline.Trace.RunAsync(MaracHeadline, Key.Period, Ct))!;
        Assert.Equal(("Nil return stated by An officer on 1 June 2020.", 0m, version), (Assert.Single(trace.Figures).Note, trace.Figures[0].Value!.Value, trace.Figures[0].Version));
        Assert.Equal(["nil-stated", "sent"], await AuditedAsync(pipeline, "account-3"));
        Assert.Equal(OutcomeStatus.Refused, (await nil.RunAsync(Key, Officer, Ct)).Outcome.Status);
        Assert.Equal(OutcomeStatus.Refused, (await nil.RunAsync(Key with { Period = Period.Parse("2020-21-Q1") }, Officer, Ct)).Outcome.Status);

        Assert.True((await pipeline.Versions.WithdrawAsync(Key, version, "There was something.", Officer, Ct)).IsDone);
        Assert.Empty(await pipeline.LiveAsync(Key));

        // A file with the same name is not a statement of a person.
        await pipeline.SendAsync(MaracPath(1, "nil-return.csv"), Marac(0));
        Assert.Null(Assert.Single((await pipeline.Trace.RunAsync(MaracHeadline, Period.Parse("2019-20-Q1"), Ct))!.Figures).Note);
    }

    [Fact]
    public async Task The_same_rejected_file_is_no_new_version_but_a_file_with_other_findings_is()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var first = await pipeline.SendAsync(MaracPath(1, "one.csv"), BadMarac);
        var again = await pipeline.SendAsync(MaracPath(1, "two.csv"), BadMarac);
        var third = await pipeline.SendAsync(MaracPath(1, "three.csv"), BadMarac);
        Assert.Equal((IngestResult.Rejected, IngestResult.AlreadyReceived, IngestResult.AlreadyReceived), (first.Result, again.Result, third.Result));
        Assert.Equal([first.Version, first.Version], [again.Version, third.Version]);
        var key = Pipeline.KeyOf(MaracPath(1));
        Assert.Equal(
            [(1, SubmissionState.Rejected, (int?)null), (2, SubmissionState.Repeated, 1), (3, SubmissionState.Repeated, 1)],
            (await pipeline.Store.Returns.ReadSubmissionsAsync(key, Ct)).Select(submission => (submission.Version, submission.State, submission.RepeatOf)));
        Assert.Equal((LedgerState.Rejected, 1), (await pipeline.RowAsync(key) is var row ? (row.State, row.LatestVersion) : default));

        // With a catalogue that reads it, the same file is checked again and accepted.
        var reading = pipeline.With(TestCatalogue.Shipped.Change("returns/idva-service.marac.yaml", "every: quarter", "every: quarter\nsymbols: [{ text: [lots], means: \"[x]\" }]").Load());
        Assert.Equal((IngestResult.Accepted, 4), (await reading.SendAsync(MaracPath(1, "four.csv"), BadMarac) is var read ? (read.Result, read.Version) : default));
        Assert.Equal(LedgerState.Accepted, (await pipeline.RowAsync(key)).State);
    }

    private static ArrangeReturn Arrange(Pipeline pipeline) => new(pipeline.UsedCatalogue, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock);

    private static async Task<BoardRow> RowAsync(Pipeline pipeline) =>
        (await pipeline.Status.GetBoardAsync(Key.Period.Year, Ct)).Returns.Single(row => row.Return == Key.Return.ToString() && row.Period == Key.Period.ToString());

    private static async Task<Core.Oversight.Reminders.ChasedAgency> ChasedAsync(Pipeline pipeline) =>
        (await pipeline.Status.GetChaseListAsync(Key.Period.Year, Page, Ct)).Agencies.Single(agency => agency.Agency == "idva-service");

    private static Uri Page(AgencyId agency) => new($"https://example.org/{agency}");

    /// <summary>Returns the audited statements of a person about the return, in order.</summary>
    private static async Task<IReadOnlyList<string>> AuditedAsync(Pipeline pipeline, string id)
    {
        var rows = (await pipeline.DumpAsync()).Split('\n').Where(row => row.Contains($"ById={id}, ByTenant=tenant-1", StringComparison.Ordinal) && row.Contains("Event=", StringComparison.Ordinal));
        return [.. rows.Select(row => row.Split("Event=")[1].Split(',')[0]).Order(StringComparer.Ordinal)];
    }
}

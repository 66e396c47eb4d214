using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;
using Microsoft.Extensions.Logging.Abstractions;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>Receipts, reminders and the outbox: each message once, whatever is repeated, interrupted or out of order.</summary>
public sealed partial class MessageTests(AzuriteFixture azurite)
{
    private const string Contact = "data@idva.example.org";
    private const string LastQuarter = "idva-service/marac/2020-21-Q4/marac.csv";
    private const string ManagerAddress = "manager@dasv.example.org";

    private static readonly PartnershipCatalogue Catalogue = TestCatalogue.Shipped
        .Change("agencies.yaml", "{ id: idva-service, name: IDVA Service }", $"{{ id: idva-service, name: IDVA Service, contacts: [{{ role: Data team, email: {Contact} }}] }}")
        .Change("messages.yaml", "# managerAt: data@example.org", $"managerAt: {ManagerAddress}").Load();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_submission_gets_one_receipt_that_links_to_its_page_and_has_no_figure()
    {
        var pipeline = await NewAsync();
        await pipeline.SendAsync(MaracPath(1, "Mary Canarybird.csv"), Marac(371));
        await pipeline.EventAsync(MaracPath(1, "Mary Canarybird.csv"));
        await pipeline.SendAsync(MaracPath(1, "two.csv"), BadMarac);
        await pipeline.SendAsync(MaracPath(1, "three.csv"), Marac(2500));

        var sent = (await pipeline.Store.Messages.ReadAsync(null, Ct)).Select(stored => stored.Message).OrderBy(message => message.Kind).ToList();
        Assert.Equal([MessageKind.Accepted, MessageKind.Queries, MessageKind.Rejected], sent.Select(message => message.Kind));
        Assert.All(sent, message => Assert.Equal((Contact, "Data team", "idva-service"), (message.To, message.Role, message.Agency!.Value.Value)));
        Assert.Equal("Accepted: MARAC cases, April to June 2019", sent[0].Subject);
        Assert.Contains("https://dasv.example.org/returns/idva-service/marac/2019-20-Q1/1\n", sent[0].Body, StringComparison.Ordinal);
        Assert.All(sent, message =>
        {
            Assert.DoesNotMatch("371|2,?500|lots|Canarybird|three", message.Subject + message.Body);
            Assert.DoesNotContain(Placeholder().Matches(message.Body), match => match.Success);
        });
    }

    [Fact]
    public async Task A_receipt_is_written_once_wherever_the_ingest_is_interrupted()
    {
        var pipeline = await NewAsync();
        var counter = new CrashAtCall(0, afterResponse: false);
        await pipeline.UploadAsync(MaracPath(1, "0.csv"), Marac(300));
        await pipeline.Through(counter).EventAsync(MaracPath(1, "0.csv"));
        for (var call = 1; call <= counter.Calls; call++)
        {
            var path = MaracPath(1, FormattableString.Invariant($"{call}.csv"));
            await pipeline.UploadAsync(path, Marac(300 + call));
            try
            {
                await pipeline.Through(new CrashAtCall(call, afterResponse: true)).EventAsync(path);
            }
            catch (CrashException)
            {
                // The event is delivered again.
            }

            await pipeline.EventAsync(path);
        }

        Assert.Equal(counter.Calls + 1, (await pipeline.Store.Messages.ReadAsync(null, Ct)).Count);
    }

    [Fact]
    public async Task Personal_data_is_reported_to_the_manager_and_not_quoted()
    {
        var pipeline = await NewAsync();
        await pipeline.SendAsync(MaracPath(1), "measure,value,note\r\nmarac.cases,371,Ring Mary Canarybird on 07700 900123\r\n");
        var all = await pipeline.Store.Messages.ReadAsync(null, Ct);
        Assert.Equal([MessageKind.Rejected, MessageKind.PersonalData], all.Select(stored => stored.Message.Kind).Order());
        Assert.Equal(ManagerAddress, all.Single(stored => stored.Message.Kind == MessageKind.PersonalData).Message.To);
        Assert.DoesNotContain(all, stored => stored.Message.Body.Contains("Canarybird", StringComparison.Ordinal) || stored.Message.Body.Contains("900123", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_is_sent_once_and_its_state_says_whether_it_went_out()
    {
        var pipeline = await NewAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var transport = new TestTransport { IsReady = false };
        var send = Send(pipeline, transport);
        Assert.Equal(0, await send.RunAsync(Ct));
        Assert.Equal((MessageState.Waiting, 0), await StateAsync(pipeline));

        // Two runs at the same time.
        transport.IsReady = true;
        Assert.Equal(1, (await Task.WhenAll(Send(pipeline, transport).RunAsync(Ct), Send(pipeline, transport).RunAsync(Ct))).Sum());
        Assert.Equal(0, await send.RunAsync(Ct));
        Assert.Single(transport.Sent);
        Assert.Equal((MessageState.Sent, 1), await StateAsync(pipeline));

        // A run without anything to send makes one call.
        var counter = new CrashAtCall(0, afterResponse: false);
        await Send(pipeline.Through(counter), transport).RunAsync(Ct);
        Assert.Equal(1, counter.Calls);
    }

    [Fact]
    public async Task A_fault_is_tried_again_later_and_a_refusal_is_not()
    {
        var pipeline = await NewAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var transport = new TestTransport();
        transport.Faults.Enqueue(new IOException("secret"));
        var send = Send(pipeline, transport);
        Assert.Equal(0, await send.RunAsync(Ct));
        Assert.Equal((MessageState.Waiting, 1), await StateAsync(pipeline));
        Assert.Equal(0, await send.RunAsync(Ct));
        Assert.Empty(transport.Sent);
        pipeline.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await send.RunAsync(Ct));
        Assert.Equal((MessageState.Sent, 2), await StateAsync(pipeline));

        await pipeline.SendAsync(MaracPath(2), Marac(371));
        transport.Faults.Enqueue(new MessageRefusedException("The mail server refused it (550)."));
        Assert.Equal(1, await send.RunAsync(Ct));
        var refused = (await pipeline.Store.Messages.ReadAsync(null, Ct)).Single(stored => stored.State == MessageState.Failed);
        Assert.Equal("The mail server refused it (550).", refused.Problem);

        await pipeline.SendAsync(MaracPath(3), Marac(371));
        for (var attempt = 0; attempt < SendMessages.MaxAttempts; attempt++)
        {
            transport.Faults.Enqueue(new IOException("secret"));
            await send.RunAsync(Ct);
            pipeline.Clock.Advance(TimeSpan.FromDays(3));
        }

        Assert.Equal(2, (await pipeline.Store.Messages.ReadAsync(null, Ct)).Count(stored => stored.State == MessageState.Failed));
        Assert.DoesNotContain("secret", await pipeline.Store.DumpAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_whose_sending_was_interrupted_is_not_sent_again_and_the_page_can_say_so()
    {
        var pipeline = await NewAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        Assert.NotNull(await pipeline.Store.Messages.TryTakeAsync(Assert.Single(await pipeline.Store.Messages.ReadWaitingAsync(Ct)), pipeline.Clock.GetUtcNow(), Ct));
        var transport = new TestTransport();
        Assert.Equal(0, await Send(pipeline, transport).RunAsync(Ct));
        pipeline.Clock.Advance(SendMessages.MaxSendingTime + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Send(pipeline, transport).RunAsync(Ct));
        Assert.Empty(transport.Sent);
        Assert.Equal(MessageState.Unknown, (await StateAsync(pipeline)).State);
    }

    [Fact]
    public async Task A_contact_that_wants_no_messages_gets_none_and_the_choice_is_audited()
    {
        var pipeline = await NewAsync();
        var (contact, officer) = (new MessageOptOut(new AgencyId("idva-service"), Contact), new Person("account-3", "An officer") { TenantId = "tenant-1" });
        await pipeline.Store.Messages.SetOptOutAsync(contact, isOptedOut: true, officer, pipeline.Clock.GetUtcNow(), Ct);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var transport = new TestTransport();
        await Send(pipeline, transport).RunAsync(Ct);
        Assert.Empty(transport.Sent);
        Assert.Equal(MessageState.Stopped, (await StateAsync(pipeline)).State);

        await pipeline.Store.Messages.SetOptOutAsync(contact, isOptedOut: false, officer, pipeline.Clock.GetUtcNow().AddMinutes(1), Ct);
        Assert.Empty(await pipeline.Store.Messages.ReadOptOutsAsync(Ct));
        await pipeline.SendAsync(MaracPath(2), Marac(371));
        await Send(pipeline, transport).RunAsync(Ct);
        Assert.Single(transport.Sent);
        var rows = (await pipeline.Store.DumpAsync(Ct)).Split('\n').Where(row => row.StartsWith("Messages: ", StringComparison.Ordinal) && row.Contains("Event=messages-", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Contains("ById=account-3, ByTenant=tenant-1", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2021-04-24", null)]
    [InlineData("2021-04-25", MessageKind.Reminder)] // 5 days before 30 April.
    [InlineData("2021-04-28", null)]
    [InlineData("2021-04-30", MessageKind.Reminder)]
    [InlineData("2021-05-04", null)]
    [InlineData("2021-05-07", MessageKind.Overdue)]
    [InlineData("2021-05-14", MessageKind.Overdue)]
    public async Task Reminders_come_before_the_due_date_on_it_and_every_week_after_it(string day, MessageKind? expected)
    {
        var pipeline = await NewAsync();
        pipeline.Clock.SetUtcNow(new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero));
        var reminders = Reminders(pipeline, OnlyMaracOfTheLastQuarter);
        await reminders.RunAsync(Ct);
        await reminders.RunAsync(Ct);

        var message = (await pipeline.Store.Messages.ReadAsync(new AgencyId("idva-service"), Ct)).SingleOrDefault()?.Message;
        Assert.Equal(expected, message?.Kind);
        if (message is not null)
        {
            Assert.Contains("- MARAC cases, January to March 2021, due on 30 April 2021\n", message.Body, StringComparison.Ordinal);
            Assert.Contains("https://dasv.example.org/returns/idva-service\n", message.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_day_without_a_run_is_made_up_for_and_a_return_that_came_is_not_asked_for()
    {
        var pipeline = await NewAsync();
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 4, 27, 12, 0, 0, TimeSpan.Zero));
        var reminders = Reminders(pipeline, OnlyMaracOfTheLastQuarter);
        Assert.Equal(1, await reminders.RunAsync(Ct));
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 4, 30, 12, 0, 0, TimeSpan.Zero));
        await pipeline.With(OnlyMaracOfTheLastQuarter).SendAsync(LastQuarter, Marac(371));
        Assert.Equal(0, await reminders.RunAsync(Ct));
    }

    [Fact]
    public async Task Late_extended_and_waived_returns_are_not_asked_for_before_their_day()
    {
        var pipeline = (await NewAsync()).With(OnlyMaracOfTheLastQuarter);
        var key = Pipeline.KeyOf(LastQuarter);
        var arrange = new ArrangeReturn(OnlyMaracOfTheLastQuarter, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock);
        var (manager, reminders) = (new Person("account-7", "The manager"), Reminders(pipeline, OnlyMaracOfTheLastQuarter));
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 4, 30, 12, 0, 0, TimeSpan.Zero));
        await arrange.RunAsync(ArrangementKind.Late, key, new DateOnly(2021, 5, 10), "The system is down.", manager, Ct);
        Assert.Equal(0, await reminders.RunAsync(Ct));
        await arrange.UndoAsync(ArrangementKind.Late, key, manager, Ct);
        await arrange.RunAsync(ArrangementKind.Extension, key, new DateOnly(2021, 5, 29), "They need time.", manager, Ct);
        Assert.Equal(0, await reminders.RunAsync(Ct));
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 5, 29, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await reminders.RunAsync(Ct));
        await arrange.RunAsync(ArrangementKind.Waiver, key, null, "Nothing was held.", manager, Ct);
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 6, 5, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await reminders.RunAsync(Ct));
    }

    [Fact]
    public async Task The_manager_gets_a_weekly_list_of_returns_that_are_overdue_for_long()
    {
        var pipeline = await NewAsync();
        var reminders = Reminders(pipeline, OnlyMaracOfTheLastQuarter);
        foreach (var (day, count) in new[] { (13, 0), (14, 1), (15, 1), (20, 1), (21, 2) })
        {
            pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 4, 30, 12, 0, 0, TimeSpan.Zero).AddDays(day));
            await reminders.RunAsync(Ct);
            Assert.Equal(count, (await pipeline.Store.Messages.ReadAsync(null, Ct)).Count(stored => stored.Message is { Kind: MessageKind.Escalation, To: ManagerAddress }));
        }

        Assert.Contains("- IDVA Service: MARAC cases, January to March 2021, due on 30 April 2021\n", (await pipeline.Store.Messages.ReadAsync(null, Ct)).First(stored => stored.Message.Kind == MessageKind.Escalation).Message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manager_gets_one_notice_a_day_of_a_return_that_is_stuck_for_over_an_hour()
    {
        var pipeline = await NewAsync();
        var uploadedAt = await pipeline.UploadAsync(MaracPath(1), Marac(371));
        var broken = pipeline.Through(new CrashAtAddress(MaracPath(1)));
        await Assert.ThrowsAsync<CrashException>(() => pipeline.Through(new CrashAtCall(6, afterResponse: true)).EventAsync(MaracPath(1)));
        foreach (var (hours, count) in new[] { (0.9, 0), (1.1, 1), (1.2, 1), (25.2, 2) })
        {
            pipeline.Clock.SetUtcNow(uploadedAt.AddHours(hours));
            await Assert.ThrowsAsync<AggregateException>(() => broken.Sweep.RunAsync(Ct));
            Assert.Equal(count, (await NoticesAsync(pipeline, MessageKind.Stuck)).Count);
        }

        Assert.Contains("\n- IDVA Service: MARAC cases, April to June 2019\n", (await NoticesAsync(pipeline, MessageKind.Stuck))[0].Body, StringComparison.Ordinal);

        // The next sweep can process it, however long it waited.
        pipeline.Clock.SetUtcNow(uploadedAt.AddHours(50));
        Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));
        Assert.Equal(2, (await NoticesAsync(pipeline, MessageKind.Stuck)).Count);
    }

    [Fact]
    public async Task The_manager_gets_one_notice_of_a_release_that_is_due_and_of_one_that_went_out()
    {
        var pipeline = (await NewAsync()).Scheduled();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        foreach (var (day, count) in new[] { ("2020-07-29", 0), ("2020-07-30", 1), ("2020-08-03", 1) })
        {
            pipeline.Clock.SetUtcNow(new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero));
            await Reminders(pipeline, Catalogue).RunAsync(Ct);
            Assert.Equal(count, (await NoticesAsync(pipeline, MessageKind.ReleaseDue)).Count);
        }

        Assert.Equal("A release is due: 4 August 2020 at 9:30am", (await NoticesAsync(pipeline, MessageKind.ReleaseDue))[0].Subject);
        Assert.True((await pipeline.Approve.RunAsync(new Person("account-7", "The manager"), note: null, publishesNumbers: false, isDryRun: false, Ct)).IsDone);
        Assert.Empty(await NoticesAsync(pipeline, MessageKind.Released));
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 8, 4, 8, 30, 0, TimeSpan.Zero));

        // Interrupted after each of its calls, and finished by the next run.
        for (var (call, isDone) = (1, false); !isDone; call++)
        {
            try
            {
                await pipeline.Through(new CrashAtCall(call, afterResponse: true)).PublishAsync();
                isDone = true;
            }
            catch (CrashException)
            {
                // The timer runs again.
            }
        }

        await pipeline.PublishAsync();
        var notice = Assert.Single(await NoticesAsync(pipeline, MessageKind.Released));
        Assert.Equal((ManagerAddress, "Release 1 is published", (AgencyId?)null), (notice.To, notice.Subject, notice.Agency));
        Assert.DoesNotContain("371", notice.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_there_is_no_notice_nor_of_a_release_on_a_laptop()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2020, 8, 3, 12, 0, 0, TimeSpan.Zero));
        await Reminders(pipeline, Pipeline.Catalogue).RunAsync(Ct);
        Assert.Empty(await NoticesAsync(pipeline, MessageKind.ReleaseDue));

        var continuous = await NewAsync();
        await continuous.SendAsync(MaracPath(1), Marac(371));
        Assert.True((await continuous.PublishAsync()).IsNew);
        Assert.Empty(await NoticesAsync(continuous, MessageKind.Released));
    }

    private static async Task<IReadOnlyList<Message>> NoticesAsync(Pipeline pipeline, MessageKind kind) =>
        [.. (await pipeline.Store.Messages.ReadAsync(null, Ct)).Select(stored => stored.Message).Where(message => message.Kind == kind)];

    /// <summary>A catalogue in which the MARAC cases of the last quarter are the only return.</summary>
    private static readonly PartnershipCatalogue OnlyMaracOfTheLastQuarter = OnlyMarac();

    private static PartnershipCatalogue OnlyMarac()
    {
        IReadOnlyList<CatalogueFile> files = TestCatalogue.Shipped
            .Change("agencies.yaml", "{ id: idva-service, name: IDVA Service }", $"{{ id: idva-service, name: IDVA Service, contacts: [{{ role: Data team, email: {Contact} }}] }}")
            .Change("messages.yaml", "# managerAt: data@example.org", $"managerAt: {ManagerAddress}")
            .Change("returns/idva-service.marac.yaml", "from: 2019-20", "from: 2020-21-Q4\nuntil: 2020-21-Q4");
        return PartnershipCatalogue.Load([.. files.Where(file => file.Path is not ("checks.yaml" or "report.yaml" or "tables.yaml") && (!file.Path.StartsWith("returns/", StringComparison.Ordinal) || file.Path == "returns/idva-service.marac.yaml"))
            .Select(file => file.Path == "headlines.yaml" ? new CatalogueFile(file.Path, "headlines:\n  - { id: marac-cases, title: MARAC cases, of: marac.cases, sentence: \"There were {value} cases{change}.\" }\n") : file)]);
    }

    private static SendMessages Send(Pipeline pipeline, IMessageTransport transport) => new(pipeline.Store.Messages, transport, pipeline.Clock, NullLogger<SendMessages>.Instance);

    private static WriteReminders Reminders(Pipeline pipeline, PartnershipCatalogue catalogue) =>
        new(catalogue, new DescribeStatus(catalogue, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock), pipeline.Store.Feed, new ManagerNotices(catalogue, pipeline.Store.Messages, TestTransport.Shown, pipeline.Clock), pipeline.PublishOptions, pipeline.Store.Messages, new TestTransport(), pipeline.Clock);

    private static async Task<(MessageState State, int Attempts)> StateAsync(Pipeline pipeline)
    {
        var stored = (await pipeline.Store.Messages.ReadAsync(null, Ct))[^1];
        return (stored.State, stored.Attempts);
    }

    private async Task<Pipeline> NewAsync() => (await Pipeline.NewAsync(azurite)).With(Catalogue);

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();
}

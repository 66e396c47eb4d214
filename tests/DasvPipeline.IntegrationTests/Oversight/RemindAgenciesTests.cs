using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>Reminders that the manager asks for: to whom, about what, once a day, and audited.</summary>
public sealed class RemindAgenciesTests(AzuriteFixture azurite)
{
    private const string Contact = "data@idva.example.org";

    private static readonly PartnershipCatalogue Catalogue = TestCatalogue.Shipped
        .Change("agencies.yaml", "{ id: idva-service, name: IDVA Service }", $"{{ id: idva-service, name: IDVA Service, contacts: [{{ role: Data team, email: {Contact} }}] }}").Load();

    private static readonly Person Manager = new("account-7", "The manager") { IsManager = true };
    private static readonly Period Year = Period.FromYear(2019);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_is_overdue_is_in_one_message_and_agencies_without_an_address_are_named()
    {
        var (pipeline, remind) = await NewAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var promised = Pipeline.KeyOf(MaracPath(2));
        await new ArrangeReturn(Catalogue, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock).RunAsync(ArrangementKind.Late, promised, new DateOnly(2020, 6, 9), "The system is down.", Manager, Ct);

        var outcome = await remind.RunForOverdueAsync(Year, Manager, Ct);

        Assert.True(outcome.IsDone, outcome.Message);
        Assert.Contains("to 1 agency. They go out within a few minutes.", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("agencies have no contact with an e-mail address: Adult Safeguarding MASH, Cambridgeshire, ", outcome.Message, StringComparison.Ordinal);
        var message = Assert.Single(await pipeline.Store.Messages.ReadAsync(null, Ct), stored => stored.Message.Kind == MessageKind.Overdue).Message;
        Assert.Equal(Contact, message.To);
        Assert.Contains("- MARAC cases, October to December 2019, due on ", message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("MARAC cases, April to June 2019", message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("MARAC cases, July to September 2019", message.Body, StringComparison.Ordinal);
        Assert.Contains("https://dasv.example.org/returns/idva-service", message.Body, StringComparison.Ordinal);
        Assert.Equal(["reminded"], await AuditedAsync(pipeline, Pipeline.KeyOf(MaracPath(3))));
        Assert.DoesNotContain("reminded", await AuditedAsync(pipeline, promised));
    }

    [Fact]
    public async Task Asking_again_on_the_same_day_sends_nothing_again_and_another_day_does()
    {
        var (pipeline, remind) = await NewAsync();
        var key = Pipeline.KeyOf(MaracPath(3));
        Assert.True((await remind.RunForReturnAsync(key, Manager, Ct)).IsDone);
        Assert.True((await remind.RunForReturnAsync(key, Manager, Ct)).IsDone);
        Assert.Single(await pipeline.Store.Messages.ReadAsync(null, Ct));

        pipeline.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await remind.RunForReturnAsync(key, Manager, Ct)).IsDone);
        Assert.Equal(2, (await pipeline.Store.Messages.ReadAsync(null, Ct)).Count);
    }

    [Fact]
    public async Task What_needs_no_reminder_gets_none_and_the_answer_says_why()
    {
        var (pipeline, remind) = await NewAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(371));

        var come = await remind.RunForReturnAsync(Pipeline.KeyOf(MaracPath(1)), Manager, Ct);
        var early = await remind.RunForReturnAsync(new ReturnKey(Pipeline.KeyOf(MaracPath(1)).Return, Period.Parse("2020-21-Q3")), Manager, Ct);
        var nobody = await remind.RunForAgenciesAsync(Year, new HashSet<string>(), Manager, Ct);
        var unreached = await remind.RunForAgenciesAsync(Year, new HashSet<string> { "refuge" }, Manager, Ct);

        Assert.Equal([OutcomeStatus.Refused, OutcomeStatus.Refused, OutcomeStatus.Incomplete, OutcomeStatus.Refused], new[] { come, early, nobody, unreached }.Select(outcome => outcome.Status));
        Assert.Equal("Nothing was sent. 1 agency has no contact with an e-mail address: Refuge.", unreached.Message);
        Assert.DoesNotContain(await pipeline.Store.Messages.ReadAsync(null, Ct), stored => stored.Message.Kind == MessageKind.Overdue);
    }

    [Fact]
    public async Task What_the_manager_sends_is_audited_as_sent_for_the_agency()
    {
        var (pipeline, _) = await NewAsync();
        var key = Pipeline.KeyOf(MaracPath(1));
        await pipeline.Send.RunAsync(key, "marac.csv", System.Text.Encoding.UTF8.GetBytes(Marac(371)), Manager, Ct);
        Assert.Equal(["sent-for-agency"], (await AuditedAsync(pipeline, key)).Where(name => name.StartsWith("sent", StringComparison.Ordinal)));
        await pipeline.Send.RunAsync(key, "marac.csv", System.Text.Encoding.UTF8.GetBytes(Marac(372)), Manager with { IsManager = false }, Ct);
        Assert.Contains("sent", await AuditedAsync(pipeline, key));
    }

    private async Task<(Pipeline Pipeline, RemindAgencies Remind)> NewAsync()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).With(Catalogue);
        return (pipeline, new RemindAgencies(Catalogue, pipeline.Status, pipeline.Store.Returns, pipeline.Store.Messages, new TestTransport(), pipeline.Clock));
    }

    private static async Task<List<string>> AuditedAsync(Pipeline pipeline, ReturnKey key) => [.. (await pipeline.Store.Returns.ReadAuditAsync(key, Ct)).Select(item => item.Name)];
}

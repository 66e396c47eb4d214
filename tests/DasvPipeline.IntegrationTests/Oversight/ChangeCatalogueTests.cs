using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>A change of the stored catalogue: its preview, its approval, its history, and everything that is refused.</summary>
public sealed class ChangeCatalogueTests(AzuriteFixture azurite)
{
    private static readonly Person Manager = new("1", "Someone");

    private static readonly IReadOnlyList<CatalogueFile> Shipped = TestCatalogue.Shipped;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_preview_shows_what_moves_and_nothing_is_live_before_the_approval()
    {
        var (pipeline, live, change) = await StartAsync();
        var files = Shipped
            .Change("agencies.yaml", "{ id: idva-service, name: IDVA Service }", "{ id: idva-service, name: IDVA Service, until: 2019-20-Q1 }")
            .Change("returns/elms-sarc.referrals.yaml", "from: 2018-19", "from: 2018-19\ndueWorkingDays: 10");
        var proposal = await change.ProposeAsync(files, Ct);

        Assert.Empty(proposal.Mistakes);
        Assert.Contains(proposal.Effects.Figures, figure => figure is { Year: "2019-20", Number: MaracHeadline, What: "changes", From: 771, To: 371 });
        Assert.Contains(proposal.Effects.Due, line => line == "IDVA Service, \"MARAC cases\" has accepted figures that would not be used any more, for 2019-20-Q2.");
        Assert.Contains(proposal.Effects.Due, line => line.Contains("April to June 2020: due on", StringComparison.Ordinal) && line.Contains("Sexual Assault", StringComparison.Ordinal));
        Assert.Equal(["agencies.yaml", "returns/elms-sarc.referrals.yaml"], proposal.Effects.Files.Select(file => file.Path));
        Assert.Equal(1, (await live.ReadHistoryAsync(Ct))!.Live.Number);
        Assert.Equal(771, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));

        var outcome = await change.ApproveAsync(proposal.Hash, proposal.Live, "The service closed in June 2019.", publishesNumbers: false, Manager, Ct);
        Assert.True(outcome.IsDone, outcome.Message);
        Assert.Equal((2, "Someone", "1", "The service closed in June 2019."), ((await live.ReadHistoryAsync(Ct))!.Live is var version ? (version.Number, version.By, version.ById, version.Reason) : default));
        var changed = pipeline.With(await live.ReadAsync(Ct));
        Assert.True((await changed.PublishAsync()).IsNew);
        Assert.Equal(371, Pipeline.Value(await changed.FeedAsync(), MaracHeadline));

        await changed.SendAsync(MaracPath(1, "again.csv"), Marac(372));
        var report = (await changed.Store.Returns.ReadReportAsync(Pipeline.KeyOf(MaracPath(1)), (await changed.RowAsync(Pipeline.KeyOf(MaracPath(1)))).LatestVersion, "findings.json", Ct))!.Value;
        Assert.Contains("\"catalogueVersion\":2", System.Text.Encoding.UTF8.GetString(report.Span).Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"catalogueVersion\": 2", System.Text.Encoding.UTF8.GetString((await changed.Store.Feed.ReadRecordAsync(2, Ct))!.Value.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_shows_breakdowns_and_what_becomes_hidden_or_shown_but_no_year_that_is_signed_off()
    {
        var (pipeline, live, change) = await StartAsync();
        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(60, 30));
        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(60, 30));
        await pipeline.SendAsync(SarcPath("2019-20", 2), Sarc(50, 20));
        await pipeline.Decide.SignOffAsync(Period.Parse("2018-19"), Manager, "All there is.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();

        var fewer = (await change.ProposeAsync(Shipped.Change("returns/elms-sarc.referrals.yaml", "from: 2018-19", "from: 2018-19\nuntil: 2019-20-Q1"), Ct)).Effects.Figures;
        Assert.Contains(fewer, figure => figure is { Year: "2019-20", Title: "Referrals to the Sexual Assault Referral Centre", Number: "sarc-referrals", What: "changes", From: 160, To: 90 });
        Assert.Contains(fewer, figure => figure is { Number: "sarc-referrals/age/18-and-over", Title: "Referrals to the Sexual Assault Referral Centre, 18 and over", What: "changes", From: 110, To: 60 });

        var proposal = await change.ProposeAsync(Shipped.Change("disclosure.yaml", "threshold: 5", "threshold: 60"), Ct);
        var stricter = proposal.Effects.Figures;
        Assert.Contains(stricter, figure => figure is { Year: "2019-20", Number: "sarc-referrals/age/under-18", What: "hidden", From: 50, To: null });
        Assert.DoesNotContain(fewer.Concat(stricter), figure => figure.Year == "2018-19");

        await change.ApproveAsync(proposal.Hash, proposal.Live, "Stricter rules apply.", publishesNumbers: false, Manager, Ct);
        await pipeline.With(await live.ReadAsync(Ct)).PublishAsync();
        var shown = (await change.ProposeAsync(Shipped, Ct)).Effects.Figures;
        Assert.Contains(shown, figure => figure is { Number: "sarc-referrals/age/under-18", What: "shown", From: null, To: 50 });
    }

    [Fact]
    public async Task A_bad_catalogue_never_becomes_live()
    {
        var (_, live, change) = await StartAsync();
        var wrong = await change.ProposeAsync(Shipped.Change("agencies.yaml", "{ id: refuge, name: Refuge }", "{ id: refuge, nam: Refuge }"), Ct);
        Assert.Null(wrong.Hash);
        Assert.Contains(wrong.Mistakes, mistake => mistake.ToString().EndsWith(": 'nam' is not a known key here. Did you mean 'name'?", StringComparison.Ordinal));

        // Even if its files were stored in another way.
        var bad = Shipped.Without("headlines.yaml");
        await live.ReadAsync(Ct);
        var pipelineStore = (await StartAsync()).Pipeline.Store;
        using var other = new LiveCatalogue(pipelineStore.Catalogues, new CatalogueSource(Shipped, IsFixed: false), TimeProvider);
        await pipelineStore.Catalogues.WriteFilesAsync(PartnershipCatalogue.HashOf(bad), bad, Ct);
        var refused = await Change(pipelineStore, other).ApproveAsync(PartnershipCatalogue.HashOf(bad), 1, "It is better.", publishesNumbers: true, Manager, Ct);
        Assert.Equal(("The catalogue has mistakes.", false), (refused.Message, refused.IsDone));
        Assert.Equal(1, (await other.ReadHistoryAsync(Ct))!.Live.Number);
        Assert.Equal("This change is not stored any more. Upload it again.", (await change.ApproveAsync("../live", 1, "It is better.", publishesNumbers: true, Manager, Ct)).Message);
    }

    [Fact]
    public async Task Every_new_text_passes_the_checks_of_texts()
    {
        var (_, live, change) = await StartAsync();
        const string Sentence = "sentence: \"Refuges across the county housed {value} women{change}.\"";
        var person = await change.ProposeAsync(Shipped.Change("headlines.yaml", Sentence, $"{Sentence}\n    notes: [\"Ask Sarah Whitfield, 07700 900123.\"]"), Ct);
        Assert.Null(person.Hash);
        Assert.Contains(person.Mistakes, mistake => mistake.ToString().Contains("headlines.yaml:", StringComparison.Ordinal) && mistake.Message == "'notes' seems to name a person or to have personal data. Write it without.");
        Assert.DoesNotContain(person.Mistakes, mistake => mistake.Message.Contains("Whitfield", StringComparison.Ordinal));

        var number = await change.ProposeAsync(Shipped.Change("headlines.yaml", Sentence, $"{Sentence}\n    notes: [\"It includes 3 women from another county.\"]"), Ct);
        Assert.Single(number.Numbers);
        Assert.False((await change.ApproveAsync(number.Hash, 1, "A note.", publishesNumbers: false, Manager, Ct)).IsDone);
        Assert.Equal(OutcomeStatus.Incomplete, (await change.ApproveAsync(number.Hash, 1, " ", publishesNumbers: true, Manager, Ct)).Status);
        Assert.Equal(OutcomeStatus.Incomplete, (await change.ApproveAsync(number.Hash, 1, "Sarah Whitfield asked for it on 07700 900123.", publishesNumbers: true, Manager, Ct)).Status);
        Assert.Equal(1, (await live.ReadHistoryAsync(Ct))!.Live.Number);
        Assert.True((await change.ApproveAsync(number.Hash, 1, "A note.", publishesNumbers: true, Manager, Ct)).IsDone);
    }

    [Fact]
    public async Task An_approval_of_a_preview_that_is_out_of_date_is_refused_and_an_earlier_version_can_be_used_again()
    {
        var (_, live, change) = await StartAsync();
        var one = await change.ProposeAsync(Shipped.Change("agencies.yaml", "name: Refuge }", "name: Refuge Cambridgeshire }"), Ct);
        var two = await change.ProposeAsync(Shipped.Change("agencies.yaml", "name: SARAC }", "name: The SARAC }"), Ct);
        Assert.True((await change.ApproveAsync(one.Hash, 1, "A new name.", publishesNumbers: false, Manager, Ct)).IsDone);
        Assert.True((await change.ApproveAsync(one.Hash, 1, "A new name.", publishesNumbers: false, Manager, Ct)).IsDone);
        Assert.Equal("Someone made version 2 live in the meantime. Look at the preview again.", (await change.ApproveAsync(two.Hash, 1, "Another.", publishesNumbers: false, Manager, Ct)).Message);

        var restored = await change.ProposeAsync((await change.ReadFilesAsync(1, Ct))!, Ct);
        Assert.True((await change.ApproveAsync(restored.Hash, restored.Live, "The old name was right.", publishesNumbers: false, Manager, Ct)).IsDone);
        Assert.Equal((3, "Refuge"), ((await live.ReadAsync(Ct)).Number, (await live.ReadAsync(Ct)).GetAgencyName(new AgencyId("refuge"))));
        Assert.Equal([1, 2, 3], (await live.ReadHistoryAsync(Ct))!.Versions.Select(version => version.Number));
        Assert.Equal(PartnershipCatalogue.HashOf(Shipped), PartnershipCatalogue.HashOf((await change.ReadFilesAsync(3, Ct))!));
    }

    private static TimeProvider TimeProvider => new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private static ChangeCatalogue Change(TestStore store, LiveCatalogue live) => new(live, store.Catalogues, store.Returns, store.Feed, new PublishOptions(PublishMode.Continuous), TimeProvider);

    private async Task<(Pipeline Pipeline, LiveCatalogue Live, ChangeCatalogue Change)> StartAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var live = new LiveCatalogue(pipeline.Store.Catalogues, new CatalogueSource(Shipped, IsFixed: false), pipeline.Clock);
        var stored = pipeline.With(await live.ReadAsync(Ct));
        await stored.SendAsync(MaracPath(1), Marac(371));
        await stored.SendAsync(MaracPath(2), Marac(400));
        await stored.PublishAsync();
        return (stored, live, Change(pipeline.Store, live));
    }
}

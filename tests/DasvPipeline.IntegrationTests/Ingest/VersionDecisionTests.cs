using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>What is withdrawn or deleted is gone, and comes back only if somebody chooses it.</summary>
public sealed class VersionDecisionTests(AzuriteFixture azurite)
{
    private static readonly ReturnKey Key = Pipeline.KeyOf(MaracPath(1));
    private static readonly Person Agency = new("oid-7", "Agency officer");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_withdrawn_version_leaves_the_next_release_and_no_earlier_one_comes_back()
    {
        var pipeline = await PublishedAsync(100, 200);

        var outcome = await pipeline.Versions.WithdrawAsync(Key, version: null, "Counted twice.", Agency, Ct);
        await pipeline.PublishAsync();

        Assert.True(outcome.IsDone, outcome.Message);
        Assert.Null(Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal((LedgerState.Withdrawn, null), ((await pipeline.RowAsync(Key)).State, (await pipeline.RowAsync(Key)).LiveVersion));
        var audited = (await pipeline.Store.Returns.ReadAuditAsync(Key, Ct)).Single(item => item.Name == "withdrawn");
        Assert.Equal((2, "Agency officer", "Counted twice."), (audited.Version, audited.By, audited.Text));
        Assert.Contains("ById=oid-7", await pipeline.DumpAsync(), StringComparison.Ordinal);

        var before = await pipeline.DumpAsync();
        Assert.True((await pipeline.Versions.WithdrawAsync(Key, 2, "Again.", Agency, Ct)).IsDone);
        Assert.Equal(before, await pipeline.DumpAsync());
    }

    [Theory]
    [InlineData(null, "Say why")]
    [InlineData("  ", "Say why")]
    [InlineData("Ask jane.doe@example.org", "personal data")]
    public async Task A_reason_is_needed_and_names_no_person(string? reason, string message)
    {
        var pipeline = await PublishedAsync(100);

        var withdrawn = await pipeline.Versions.WithdrawAsync(Key, 1, reason, Agency, Ct);
        var chosen = await pipeline.Versions.ChooseAsync(Key, 1, reason, Agency, Ct);

        Assert.All(new[] { withdrawn, chosen }, outcome => Assert.Equal(OutcomeStatus.Incomplete, outcome.Status));
        Assert.Contains(message, withdrawn.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await pipeline.RowAsync(Key)).LiveVersion);
    }

    [Fact]
    public async Task A_version_that_the_person_did_not_see_is_not_withdrawn()
    {
        var pipeline = await PublishedAsync(100, 200);

        Assert.Equal(OutcomeStatus.Refused, (await pipeline.Versions.WithdrawAsync(Key, 1, "Wrong.", Agency, Ct)).Status);
        Assert.Equal(2, (await pipeline.RowAsync(Key)).LiveVersion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_earlier_version_can_be_chosen(bool isWithdrawnFirst)
    {
        var pipeline = await PublishedAsync(100, 200);
        if (isWithdrawnFirst)
        {
            await pipeline.Versions.WithdrawAsync(Key, 2, "Wrong.", Agency, Ct);
        }

        var outcome = await pipeline.Versions.ChooseAsync(Key, 1, "The first was right.", Agency, Ct);
        await pipeline.PublishAsync();

        Assert.True(outcome.IsDone, outcome.Message);
        Assert.Equal(100, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal((LedgerState.Accepted, 3), ((await pipeline.RowAsync(Key)).State, (await pipeline.RowAsync(Key)).LiveVersion));
        Assert.Contains(await pipeline.Store.Returns.ReadAuditAsync(Key, Ct), item => item is { Name: "chosen", Version: 1, By: "Agency officer" });
        Assert.Equal(OutcomeStatus.Refused, (await pipeline.Versions.ChooseAsync(Key, 3, "Same.", Agency, Ct)).Status);
        Assert.Equal(OutcomeStatus.NotFound, (await pipeline.Versions.ChooseAsync(Key, 9, "None.", Agency, Ct)).Status);
    }

    [Fact]
    public async Task A_version_whose_file_is_deleted_cannot_be_chosen()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1, "one.csv"), Marac(100));
        await pipeline.SendAsync(MaracPath(1, "two.csv"), Marac(200));
        await pipeline.DeleteAsync(MaracPath(1, "one.csv"));

        Assert.Equal(OutcomeStatus.Refused, (await pipeline.Versions.ChooseAsync(Key, 1, "It was right.", Agency, Ct)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_figures_of_a_deleted_blob_leave_the_next_release_with_or_without_an_event(bool hasEvent)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1, "one.csv"), Marac(100));
        await pipeline.SendAsync(MaracPath(1, "two.csv"), Marac(200));
        await pipeline.PublishAsync();
        await pipeline.DeleteAsync(MaracPath(1, "two.csv"));

        if (hasEvent)
        {
            Assert.Equal(IngestResult.Withdrawn, (await pipeline.EventAsync(MaracPath(1, "two.csv"))).Result);
        }
        else
        {
            Assert.Equal(1, await pipeline.Sweep.RunAsync(Ct));
        }

        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        await pipeline.PublishAsync();
        Assert.Null(Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal(LedgerState.Withdrawn, (await pipeline.RowAsync(Key)).State);

        await pipeline.SendAsync(MaracPath(1, "three.csv"), Marac(300));
        Assert.Equal(300, Assert.Single(await pipeline.LiveAsync(Key)).Figure.Value);
    }

    private async Task<Pipeline> PublishedAsync(params IReadOnlyList<int> cases)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var number in cases)
        {
            await pipeline.Send.RunAsync(Key, "marac.csv", Encoding.UTF8.GetBytes(Marac(number)), new Person("agency", "agency"), Ct);
        }

        await pipeline.PublishAsync();
        return pipeline;
    }
}

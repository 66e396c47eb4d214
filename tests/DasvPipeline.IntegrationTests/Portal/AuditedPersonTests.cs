using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Portal;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>Every audited act of a person has the immutable id of the account and of its tenant next to the name.</summary>
public sealed class AuditedPersonTests(AzuriteFixture azurite)
{
    private const string Principal = """{"name_typ":"n","claims":[{"typ":"roles","val":"manager"},{"typ":"n","val":"Someone"},{"typ":"oid","val":"account-7"},{"typ":"tid","val":"tenant-1"}]}""";

    private static readonly Person Someone = new("account-7", "Someone") { TenantId = "tenant-1" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_decision_about_publishing_is_stored_with_the_account_and_its_tenant()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var endpoint = new DecisionEndpoint(pipeline.Decide, pipeline.Approve, pipeline.PublishNow, TakeDownTests.TakeDown(pipeline), new CallerReader(trustsHeader: true));

        await DecideAsync("""{"note":"As announced."}""", endpoint.ApproveAsync);
        await DecideAsync(null, endpoint.WithdrawApprovalAsync);
        await DecideAsync("""{"year":"2019-20","reason":"To correct a mistake."}""", endpoint.PublishAsync);
        await DecideAsync("""{"year":"2019-20","reason":"All there is."}""", endpoint.SignOffAsync);
        await DecideAsync("""{"year":"2019-20","reason":"Not all there is."}""", endpoint.ReopenAsync);
        await DecideAsync("""{"reason":"To look."}""", endpoint.HoldAsync);
        await DecideAsync(null, endpoint.ReleaseHoldAsync);
        pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        await DecideAsync("""{"release":1,"reason":"Somebody can be recognised."}""", endpoint.TakeDownAsync);

        Assert.Equal(
            ["approval-withdrawn", "held", "held", "hold-released", "publish-asked", "re-opened", "release-approved", "signed-off", "taken-down"],
            (await AuditedAsync(pipeline)).Select(row => row.Event));
        var stored = await pipeline.Store.Feed.ReadPublishQueueAsync(Ct);
        Assert.Equal(Someone, stored.Decisions.GetYear(Period.Parse("2019-20"))!.By);
        Assert.Equal(Someone, stored.Decisions.Hold!.By);
    }

    [Fact]
    public async Task The_withdrawal_of_an_approval_by_the_pipeline_names_nobody()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.Approve.RunAsync(Someone, null, publishesNumbers: false, isDryRun: false, Ct);
        await pipeline.PublishNow.RunAsync(Someone, Period.Parse("2019-20"), "To correct a mistake.", publishesNumbers: false, isDryRun: false, Ct);

        var withdrawn = await pipeline.Store.RawTable("Audit").QueryAsync<TableEntity>(row => row.PartitionKey == "publication", cancellationToken: Ct).SingleAsync(row => row.GetString("Event") == "approval-withdrawn", Ct);
        Assert.Null(withdrawn.GetString("By"));
        Assert.Null(withdrawn.GetString("ById"));
    }

    [Fact]
    public async Task Sends_links_explanations_withdrawals_and_catalogue_changes_are_stored_with_the_account_and_its_tenant()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var key = Pipeline.KeyOf(MaracPath(1));
        await pipeline.Send.RunAsync(key, "marac.csv", System.Text.Encoding.UTF8.GetBytes(Marac(371)), Someone, Ct);
        await pipeline.Store.Returns.AuditSentAsync(key, new SentFile("idva-service/marac/2019-20-Q1/link.csv", Someone, pipeline.Clock.GetUtcNow(), IsUploadLink: true), Ct);
        await pipeline.Store.Returns.WriteExplanationAsync(key, new Explanation("question", "code", null, "It is right.", Someone, 0), Ct);
        await pipeline.Versions.WithdrawAsync(key, null, "Counted twice.", Someone, Ct);
        await pipeline.Versions.ChooseAsync(key, 1, "It was right.", Someone, Ct);
        await pipeline.Store.Catalogues.AuditApprovalAsync(new CatalogueVersion(2, "0", pipeline.Clock.GetUtcNow(), Someone.Name, Someone.Id, "Why.") { ByTenantId = Someone.TenantId }, Ct);

        Assert.Equal(["catalogue-approved", "chosen", "explanation-given", "link-granted", "sent", "withdrawn"], (await AuditedAsync(pipeline)).Select(row => row.Event).Distinct());
        Assert.Equal(Someone, (await pipeline.Store.Returns.ReadExplanationsAsync(key, Ct))["question"].By);
    }

    /// <summary>Returns the audited acts of people, sorted by name. Fails if one has only a name.</summary>
    private static async Task<IReadOnlyList<(string Event, string Id)>> AuditedAsync(Pipeline pipeline)
    {
        var rows = await pipeline.Store.RawTable("Audit").QueryAsync<TableEntity>(cancellationToken: Ct).Concat(pipeline.Store.RawTable("Ledger").QueryAsync<TableEntity>(cancellationToken: Ct))
            .Where(row => row.ContainsKey("Event") && row.ContainsKey("By")).ToListAsync(Ct);
        Assert.All(rows, row => Assert.Equal(("Someone", "account-7", "tenant-1"), (row.GetString("By"), row.GetString("ById"), row.GetString("ByTenant"))));
        return [.. rows.Select(row => (row.GetString("Event"), row.GetString("ById"))).Order()];
    }

    private static async Task DecideAsync(string? body, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint)
    {
        var (status, answer) = await EndpointCall.AnswerAsync(Principal, string.Empty, body, request => endpoint(request, Ct));
        Assert.True(status == StatusCodes.Status200OK, answer);
    }
}

using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Storage.Access;
using DasvPipeline.Storage.Returns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>Everything that is audited can be found: who did what, when, and to which return or release.</summary>
public sealed class AuditTests(AzuriteFixture azurite)
{
    private static readonly Person Someone = new("account-7", "Sam") { TenantId = "tenant-1" };

    /// <summary>Another account with the same name.</summary>
    private static readonly Person Other = new("account-8", "Sam") { TenantId = "tenant-1" };

    private static readonly ReturnKey Key = Pipeline.KeyOf(MaracPath(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_audited_event_is_listed_with_its_person_and_its_subject_and_every_event_has_a_text()
    {
        var pipeline = await ActedAsync();

        var list = await Describe(pipeline).RunAsync(AuditFilter.None, Ct);

        Assert.Empty(list.Unread);
        Assert.Equal(await CountAsync(pipeline), list.Events.Count);
        Assert.Equal(AuditText.Names.Order(StringComparer.Ordinal), list.Events.Select(item => item.Event).Distinct().Order(StringComparer.Ordinal));
        Assert.All(list.Events, item => Assert.False(string.IsNullOrWhiteSpace(item.What) || item.What.Contains("  ", StringComparison.Ordinal) || item.What.StartsWith(' '), item.What));
        Assert.Equal(list.Events.Select(item => item.At).OrderDescending(), list.Events.Select(item => item.At));
        Assert.Equal(new AuditPerson("account-7", "Sam", "tenant-1"), list.Events.Single(item => item.Event == "waived").Person);
        Assert.Equal(("idva-service/marac", "2019-20-Q1"), list.Events.Single(item => item.Event == "waived") is var waived ? (waived.Return, waived.Period) : default);
        Assert.Equal(1, list.Events.Single(item => item.Event == "taken-down").Release);
        Assert.Equal("2019-20", list.Events.First(item => item.Event == "re-opened").Year);
        Assert.Equal(2, list.Events.Single(item => item.Event == "catalogue-approved").CatalogueVersion);
        Assert.Equal(("idva-service", "account-9"), list.Events.Single(item => item.Event == "access-ended") is var ended ? (ended.Agency, ended.Account!.Id) : default);
        Assert.Null(list.Events.First(item => item.Event == "accepted").Person);
        Assert.Equal("nowhere/x.csv", list.Events.Single(item => item.Event == "unplaced").File);

        var csv = System.Text.Encoding.UTF8.GetString(list.ToCsv());
        Assert.Equal(list.Events.Count + 1, csv.Trim().Split("\r\n").Length);
        Assert.Contains("Sam,account-7,tenant-1,waived,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_filtered_by_the_account_and_not_by_its_name_and_by_event_subject_and_day()
    {
        var pipeline = await ActedAsync();

        Assert.Equal(["hold-released"], await NamesAsync(new AuditFilter("account-8", null, null, null, null)));
        Assert.Equal(["waived"], await NamesAsync(new AuditFilter(null, "waived", null, null, null)));
        Assert.Equal(["access-ended", "access-granted", "access-refused", "access-requested", "messages-stopped", "messages-wanted"], (await NamesAsync(new AuditFilter(null, null, "idva-service", null, null))).Where(name => name.StartsWith("access", StringComparison.Ordinal) || name.StartsWith("messages", StringComparison.Ordinal)));
        Assert.Contains("accepted", await NamesAsync(new AuditFilter(null, null, "idva-service/marac", null, null)));
        Assert.DoesNotContain("access-granted", await NamesAsync(new AuditFilter(null, null, "idva-service/marac", null, null)));
        Assert.Equal(["catalogue-approved"], await NamesAsync(new AuditFilter(null, null, AuditFilter.Catalogue, null, null)));
        Assert.Equal(
            ["approval-withdrawn", "explanation-given", "held", "hold-released", "publish-asked", "re-opened", "release-approved", "released", "signed-off", "taken-down"],
            await NamesAsync(new AuditFilter(null, null, AuditFilter.Publishing, null, null)));
        Assert.Equal(["explanation-given", "re-opened", "signed-off"], await NamesAsync(new AuditFilter(null, null, "2019-20", null, null)));

        // What has no time of its own has that of the store, which is today.
        Assert.DoesNotContain("waived", await NamesAsync(new AuditFilter(null, null, null, new DateOnly(2020, 6, 3), null)));
        Assert.Contains("waived", await NamesAsync(new AuditFilter(null, null, null, new DateOnly(2020, 6, 2), new DateOnly(2020, 6, 2))));
        Assert.DoesNotContain("accepted", await NamesAsync(new AuditFilter(null, null, null, null, new DateOnly(2020, 6, 2))));
        Assert.Equal([("account-7", "Sam"), ("account-8", "Sam"), ("account-9", "Kim")], (await Describe(pipeline).RunAsync(AuditFilter.None, Ct)).People.Select(person => (person.Id, person.Name)).Order());

        async Task<IReadOnlyList<string>> NamesAsync(AuditFilter filter) =>
            [.. (await Describe(pipeline).RunAsync(filter, Ct)).Events.Select(item => item.Event).Distinct().Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_named_and_logged_and_the_others_are_listed()
    {
        var pipeline = await ActedAsync();
        using var logs = new LogCapture();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        var list = await new DescribeAudit(new AuditStore(pipeline.Store.Through(new NoMembers()).Clients), factory.CreateLogger<DescribeAudit>()).RunAsync(AuditFilter.None, Ct);

        Assert.Equal([AuditSource.Access], list.Unread);
        Assert.Contains(list.Events, item => item.Event == "waived");
        Assert.DoesNotContain(list.Events, item => item.Event.StartsWith("access", StringComparison.Ordinal));
        Assert.StartsWith("not-read,We could not read who asked for access", System.Text.Encoding.UTF8.GetString(list.ToCsv()).Split("\r\n")[1].TrimStart(','), StringComparison.Ordinal);
        Assert.Contains(logs.Logged, line => line.Level == LogLevel.Error && line.Message.Contains("could not be read: Access", StringComparison.Ordinal));
    }

    /// <summary>Fails every call to the table of members.</summary>
    private sealed class NoMembers : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            message.Request.Uri.Path.Contains("Members", StringComparison.Ordinal) ? throw new RequestFailedException(503, "The table does not respond.") : ProcessNextAsync(message, pipeline);
    }

    private static DescribeAudit Describe(Pipeline pipeline) => new(new AuditStore(pipeline.Store.Clients), NullLogger<DescribeAudit>.Instance);

    /// <summary>Returns the number of audited rows in all tables.</summary>
    private static async Task<int> CountAsync(Pipeline pipeline)
    {
        var count = 0;
        foreach (var table in new[] { "Audit", "Ledger", "Members", "Messages" })
        {
            var rows = await pipeline.Store.RawTable(table).QueryAsync<TableEntity>(cancellationToken: Ct).ToListAsync(Ct);
            count += rows.Count(row => table == "Audit" || row.RowKey.StartsWith("audit|", StringComparison.Ordinal));
        }

        return count;
    }

    /// <summary>Returns a store in which everything has happened that is audited. What people did was on 2 June 2020.</summary>
    private async Task<Pipeline> ActedAsync()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        var (returns, feed, at) = (pipeline.Store.Returns, pipeline.Store.Feed, new DateTimeOffset(2020, 6, 2, 12, 0, 0, TimeSpan.Zero));
        pipeline.Clock.SetUtcNow(at);
        await pipeline.SendAsync("nowhere/x.csv", "x");
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(2), BadMarac);
        await pipeline.SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        await returns.CompleteAsync((await returns.ReadSubmissionsAsync(Pipeline.KeyOf(MaracPath(1)), Ct))[0] with { }, LedgerState.Explained, new DateOnly(2019, 7, 26), null, Ct);
        await returns.AuditSentAsync(Key, new SentFile(MaracPath(1), Someone, at, IsUploadLink: false), Ct);
        await returns.AuditSentAsync(Key, new SentFile(MaracPath(1, "link.csv"), Someone, at, IsUploadLink: true), Ct);
        await returns.AuditSentAsync(Key, new SentFile(MaracPath(1, "manager.csv"), Someone with { IsManager = true }, at, IsUploadLink: false), Ct);
        foreach (var action in Enum.GetValues<ReturnAction>())
        {
            await returns.AuditActionAsync(Key, action, Someone, at, Ct);
        }

        foreach (var kind in Enum.GetValues<ArrangementKind>())
        {
            await returns.ArrangeAsync(Key, new DateOnly(2019, 7, 26), new ArrangementChange(kind, new ArrangedItem(kind == ArrangementKind.Waiver ? null : new DateOnly(2020, 7, 1), "A reason.", Someone, at), Someone, at), Ct);
            await returns.ArrangeAsync(Key, new DateOnly(2019, 7, 26), new ArrangementChange(kind, null, Someone, at.AddMinutes(1)), Ct);
        }

        await returns.WriteExplanationAsync(Key, new Explanation("question", "code", null, "It is right.", Someone, 0), Ct);
        await returns.WriteExplanationAsync(Period.FromYear(2019), new Explanation("question", "code", null, "It is right.", Someone, 0), Ct);
        await pipeline.Versions.WithdrawAsync(Key, null, "Counted twice.", Someone, Ct);
        await returns.AuditChosenAsync(Key, new VersionDecision(1, Someone, at, "It was right."), Ct);
        foreach (var isDone in new[] { false, true })
        {
            await new DeletionRecords(pipeline.Store.Clients).AuditDeletionAsync(Key, new FileDeletion(1, Someone, at, isDone, null), Ct);
        }

        await pipeline.Approve.RunAsync(Someone, null, publishesNumbers: false, isDryRun: false, Ct);
        await pipeline.Approve.WithdrawAsync(Someone, Ct);
        await pipeline.SendAsync(MaracPath(3), Marac(400));
        await pipeline.PublishNow.RunAsync(Someone, Period.FromYear(2019), "To correct a mistake.", publishesNumbers: false, isDryRun: false, Ct);
        await pipeline.Decide.SignOffAsync(Period.FromYear(2019), Someone, "All there is.", publishesNumbers: false, Ct);
        await pipeline.Decide.ReopenAsync(Period.FromYear(2019), Someone, "Not all there is.", publishesNumbers: false, Ct);
        await pipeline.Decide.HoldAsync(Someone, "To look.", Ct);
        await pipeline.Decide.ReleaseHoldAsync(Other, Ct);
        await feed.AuditTakeDownAsync(1, Someone, at, "Somebody can be recognised.", Ct);
        await pipeline.Store.Catalogues.AuditApprovalAsync(new CatalogueVersion(2, "0", at, Someone.Name, Someone.Id, "Why.") { ByTenantId = Someone.TenantId }, Ct);
        var (members, agency, kim) = (new MembershipStore(pipeline.Store.Clients), new AgencyId("idva-service"), new Person("account-9", "Kim"));
        foreach (var (state, by) in new[] { (MembershipState.Requested, kim), (MembershipState.Granted, Someone), (MembershipState.Refused, Someone), (MembershipState.Ended, Someone) })
        {
            at = at.AddMinutes(1);
            var known = (await members.ReadAllAsync(Ct)).SingleOrDefault();
            Assert.True(await members.TryWriteAsync(new Membership(agency, kim, null, MemberRole.Officer, state, by, at) { Token = known?.Token }, Ct));
        }

        foreach (var isOut in new[] { true, false })
        {
            await pipeline.Store.Messages.SetOptOutAsync(new MessageOptOut(agency, "team@example.org"), isOut, Someone, at.AddMinutes(isOut ? 1 : 2), Ct);
        }

        return pipeline;
    }
}

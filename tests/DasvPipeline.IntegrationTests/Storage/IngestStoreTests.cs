using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Storage;

public sealed class IngestStoreTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    [Fact]
    public async Task Everything_that_an_ingest_stores_is_read_back()
    {
        var store = await NewStoreAsync();
        var upload = UploadAt(1);
        IReadOnlyList<Observation> observations =
        [
            new(new(new("a"), AreaId.All, Breakdown.None), Key.Period, new(1.50m), new("Sheet 1", 3, 2)),
            new(new(new("b"), AreaId.All, Breakdown.Create([new("age", "13-to-17")])), Key.Period, new(37m, Markers.Estimated | Markers.Provisional, "37 approx"), new("Sheet 1", 4, 2)),
            new(new(new("c"), new("cambs"), Breakdown.None), Key.Period, Figure.NotAvailable, new(null, 5, 2)),
        ];

        var claim = await store.Returns.ClaimAsync(Key, upload, [], Ct);
        await store.Returns.WriteObservationsAsync(Key, claim.Submission.Version, observations, Ct);
        await store.Returns.WriteReportAsync(Key, 1, "findings.json", new byte[] { 1, 2 }, "application/json", Ct);
        await store.Returns.CompleteAsync(claim.Submission with { Counts = Counted with { Queries = 1 }, ContentHash = HashOf("x") }, LedgerState.AcceptedWithQueries, Due, Ct);

        Assert.False(claim.IsRepeated);
        Assert.Equal(
            new LedgerRow(Key, LedgerState.AcceptedWithQueries, 1, 1, upload.Mark!.UploadedAt, Due, Counted with { Queries = 1 }) { FirstReceived = upload.Mark.UploadedAt },
            Assert.Single(await store.Returns.ReadLedgerAsync(Key.Period.Year, Ct)));
        Assert.Equal(
            claim.Submission with { State = SubmissionState.Accepted, IsWaiting = false, Counts = Counted with { Queries = 1 }, ContentHash = HashOf("x") },
            Assert.Single(await store.Returns.ReadSubmissionsAsync(Key, Ct)));
        Assert.Equal(observations, await store.Returns.ReadObservationsAsync(Key, 1, Ct));
        Assert.Equal("1.50", (await store.Returns.ReadObservationsAsync(Key, 1, Ct))[0].Figure.Value!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new byte[] { 1, 2 }, (await store.Returns.ReadReportAsync(Key, 1, "findings.json", Ct))!.Value.ToArray());
        Assert.Null(await store.Returns.ReadReportAsync(Key, 2, "findings.json", Ct));
        Assert.Equal((Key, 1), (await store.Feed.ReadPendingAsync(Ct)).Select(one => (one.Key, one.Version)).Single());
    }

    [Fact]
    public async Task Twenty_concurrent_uploads_have_a_version_each_and_the_last_one_is_live_in_any_order()
    {
        var store = await NewStoreAsync();

        var claims = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => store.Returns.ClaimAsync(Key, NewUpload(i, $"file{i}.xlsx"), [], Ct)));
        var submissions = claims.Select(claim => claim.Submission).ToArray();
        new Random(7).Shuffle(submissions);
        await Parallel.ForEachAsync(submissions, Ct, async (submission, ct) => await EndAsync(store.Returns, submission, submission.Path));

        Assert.Equal(Enumerable.Range(1, 20), submissions.Select(submission => submission.Version).Order());
        var row = await RowAsync(store);
        Assert.Equal((20, 20), (row.LiveVersion, row.LatestVersion));
    }

    [Fact]
    public async Task Ten_simultaneous_events_of_one_upload_give_one_version()
    {
        var store = await NewStoreAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.Returns.ClaimAsync(Key, NewUpload(1), [], Ct)));
        await Task.WhenAll(claims.Select(claim => EndAsync(store.Returns, claim.Submission, "x")));

        Assert.All(claims, claim => Assert.Equal(1, claim.Submission.Version));
        Assert.Single(await store.Returns.ReadSubmissionsAsync(Key, Ct));
        Assert.Single(await store.Feed.ReadPendingAsync(Ct));
        Assert.Equal(1, (await RowAsync(store)).LiveVersion);
    }

    [Fact]
    public async Task The_same_bytes_again_are_already_received_and_change_nothing_to_publish()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        var before = await RowAsync(store);
        await store.Feed.ClearPendingAsync(await store.Feed.ReadPendingAsync(Ct), Ct);

        Assert.Null(await IngestAsync(store.Returns, UploadAt(2, "again.xlsx"), "x"));

        Assert.Equal(before, await RowAsync(store));
        Assert.Equal([(SubmissionState.Accepted, null), (SubmissionState.Repeated, 1)], (await store.Returns.ReadSubmissionsAsync(Key, Ct)).Select(one => (one.State, one.RepeatOf)));
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task Bytes_sent_again_outrank_an_earlier_upload_whose_event_comes_later()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        await IngestAsync(store.Returns, UploadAt(3, "again.xlsx"), "x");

        await IngestAsync(store.Returns, UploadAt(2, "between.xlsx"), "y");

        Assert.Equal(3, (await RowAsync(store)).LiveVersion);
        await IngestAsync(store.Returns, UploadAt(4, "between.xlsx"), "y");
        Assert.Equal(4, (await RowAsync(store)).LiveVersion);
    }

    [Fact]
    public async Task The_same_bytes_have_the_earlier_version_in_any_order()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(2, "again.xlsx"), "x");
        Assert.Equal(2, (await RowAsync(store)).LiveVersion);

        await IngestAsync(store.Returns, UploadAt(1), "x");

        Assert.Equal((1, 1), ((await RowAsync(store)).LiveVersion, (await RowAsync(store)).LatestVersion));
    }

    [Fact]
    public async Task A_rejected_submission_keeps_the_accepted_one_live_and_its_bytes_may_be_sent_again()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        await IngestAsync(store.Returns, UploadAt(2), "bad", LedgerState.Rejected);
        var row = await RowAsync(store);
        Assert.Equal((LedgerState.Rejected, 1, 2, 3), (row.State, row.LiveVersion, row.LatestVersion, row.Counts.Errors));

        // A form that has changed since may contain them.
        await IngestAsync(store.Returns, UploadAt(3), "bad");

        row = await RowAsync(store);
        Assert.Equal((LedgerState.Accepted, 3, 3), (row.State, row.LiveVersion, row.LatestVersion));
    }

    [Fact]
    public async Task An_older_upload_whose_event_is_late_changes_neither_figures_nor_state()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(5), "new");
        var before = await RowAsync(store);

        await IngestAsync(store.Returns, UploadAt(1), "old");

        Assert.Equal(before with { FirstReceived = UploadAt(1).UploadedAt }, await RowAsync(store));
        Assert.Equal([1, 5], (await store.Returns.ReadSubmissionsAsync(Key, Ct)).Select(submission => submission.Version));
        Assert.Equal([5], (await store.Feed.ReadPendingAsync(Ct)).Select(one => one.Version));
    }

    [Fact]
    public async Task An_older_accepted_upload_whose_event_is_late_is_live_when_the_newer_one_was_rejected()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(5), "bad", LedgerState.Rejected);

        await IngestAsync(store.Returns, UploadAt(1), "old");

        var row = await RowAsync(store);
        Assert.Equal((LedgerState.Rejected, 1, 5), (row.State, row.LiveVersion, row.LatestVersion));
    }

    [Fact]
    public async Task A_repeated_event_of_a_completed_upload_claims_its_own_version_again()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "bad", LedgerState.Rejected);
        await IngestAsync(store.Returns, UploadAt(2), "x");

        var again = await store.Returns.ClaimAsync(Key, UploadAt(1), [], Ct);

        Assert.Equal((1, SubmissionState.Rejected), (again.Submission.Version, again.Submission.State));
        Assert.Equal([SubmissionState.Rejected, SubmissionState.Accepted], (await store.Returns.ReadSubmissionsAsync(Key, Ct)).Select(submission => submission.State));
    }

    [Fact]
    public async Task A_late_version_replaces_the_live_one_although_a_newer_one_was_rejected()
    {
        var store = await NewStoreAsync();
        var claims = new List<Submission>();
        foreach (var (number, file) in new[] { (1, "a.xlsx"), (2, "b.xlsx"), (3, "c.xlsx") })
        {
            claims.Add((await store.Returns.ClaimAsync(Key, UploadAt(number, file), [], Ct)).Submission);
        }

        await EndAsync(store.Returns, claims[0], "a");
        await EndAsync(store.Returns, claims[2], "c", LedgerState.Rejected);
        await EndAsync(store.Returns, claims[1], "b");

        var row = await RowAsync(store);
        Assert.Equal((LedgerState.Rejected, 2, 3), (row.State, row.LiveVersion, row.LatestVersion));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task A_live_version_changes_together_with_the_publish_queue_the_board_and_the_audit(int call, bool afterResponse)
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "bad", LedgerState.Rejected);
        Assert.Empty(await store.Feed.ReadPendingAsync(Ct));
        var claim = await store.Returns.ClaimAsync(Key, UploadAt(2), [], Ct);

        await Assert.ThrowsAsync<CrashException>(() => store.Through(new CrashAtCall(call, afterResponse)).Returns.CompleteAsync(claim.Submission with { ContentHash = HashOf("x") }, LedgerState.Accepted, Due, Ct));

        Assert.Equal(afterResponse ? 2 : null, (await RowAsync(store)).LiveVersion);
        Assert.Equal(await RowAsync(store), Assert.Single(await store.Returns.ReadLedgerAsync(Key.Period.Year, Ct)));
        Assert.Equal(afterResponse ? [2] : [], (await store.Feed.ReadPendingAsync(Ct)).Select(one => one.Version));
        Assert.Equal(afterResponse, (await store.Returns.ReadAuditAsync(Key, Ct)).Any(one => one.Name == "accepted"));
        Assert.Equal(afterResponse ? 0 : 1, (await store.Returns.ReadUploadsInProgressAsync(Ct)).Uploads.Count);
    }

    [Fact]
    public async Task A_return_that_changed_since_it_was_read_is_decided_again()
    {
        var store = await NewStoreAsync();
        var (one, two) = (await store.Returns.ClaimAsync(Key, UploadAt(1, "a.xlsx"), [], Ct), await store.Returns.ClaimAsync(Key, UploadAt(2, "b.xlsx"), [], Ct));

        // Both runs have read the return before either completed.
        await store.Returns.CompleteAsync(two.Submission with { ContentHash = HashOf("two") }, LedgerState.Accepted, Due, two.History, Ct);
        await store.Returns.CompleteAsync(one.Submission with { ContentHash = HashOf("one") }, LedgerState.Accepted, Due, one.History, Ct);

        Assert.Equal((2, 2), ((await RowAsync(store)).LiveVersion, (await RowAsync(store)).LatestVersion));
        Assert.Equal([SubmissionState.Accepted, SubmissionState.Accepted], (await store.Returns.ReadSubmissionsAsync(Key, Ct)).Select(submission => submission.State));
    }

    [Fact]
    public async Task Counts_change_only_for_the_newest_version_and_never_to_fewer_explanations()
    {
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "x");
        await IngestAsync(store.Returns, UploadAt(2), "y", LedgerState.AcceptedWithQueries);
        var (one, two) = (Counted with { Queries = 1, Explained = 1 }, Counted with { Explained = 2 });

        await store.Returns.UpdateCountsAsync(Key, 1, two, Ct);
        Assert.Equal((LedgerState.AcceptedWithQueries, 0), ((await RowAsync(store)).State, (await RowAsync(store)).Counts.Explained));
        await store.Returns.UpdateCountsAsync(Key, 2, two, Ct);
        await store.Returns.UpdateCountsAsync(Key, 2, one, Ct);

        Assert.Equal((LedgerState.Explained, two), ((await RowAsync(store)).State, (await RowAsync(store)).Counts));
    }

    [Fact]
    public async Task A_due_return_is_marked_until_a_file_is_received()
    {
        var store = await NewStoreAsync();
        await store.Returns.MarkDueAsync(Key, LedgerState.Due, Due, Ct);
        await store.Returns.MarkDueAsync(Key, LedgerState.Overdue, Due, Ct);
        Assert.Equal(new LedgerRow(Key, LedgerState.Overdue, null, 0, null, Due, Counts.None), await RowAsync(store));

        await IngestAsync(store.Returns, UploadAt(1), "x");
        await store.Returns.MarkDueAsync(Key, LedgerState.Overdue, Due, Ct);

        Assert.Equal(LedgerState.Accepted, (await RowAsync(store)).State);
    }

    [Fact]
    public async Task A_reader_sees_the_old_version_or_the_new_one_and_never_a_mixture()
    {
        var rows = TestShare.Count(small: 1_500, ci: 5_000, all: 5_000);
        var store = await NewStoreAsync();
        await IngestAsync(store.Returns, UploadAt(1), "a", figures: rows);

        using var done = new CancellationTokenSource();
        var seen = new HashSet<decimal>();
        var reader = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    var live = (await RowAsync(store)).LiveVersion!.Value;
                    var figures = await store.Returns.ReadObservationsAsync(Key, live, Ct);
                    Assert.Equal(rows, figures.Count);
                    seen.Add(Assert.Single(figures.Select(figure => figure.Figure.Value!.Value).Distinct()));
                }
            },
            Ct);
        await IngestAsync(store.Returns, UploadAt(2), "bb", figures: rows);
        var last = (await RowAsync(store)).LiveVersion;
        await Task.Delay(200, Ct);
        await done.CancelAsync();
        await reader;

        Assert.Equal(2, last);
        Assert.Contains(1m, seen);
    }

    [Fact]
    public async Task Figures_left_over_from_an_earlier_run_are_deleted()
    {
        var store = await NewStoreAsync();
        await store.Returns.WriteObservationsAsync(Key, 1, Figures(250, 1), Ct);

        await store.Returns.WriteObservationsAsync(Key, 1, Figures(120, 2), Ct);

        Assert.Equal(Figures(120, 2), await store.Returns.ReadObservationsAsync(Key, 1, Ct));
    }
}

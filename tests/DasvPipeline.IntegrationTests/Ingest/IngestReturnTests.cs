using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Storage.Tables;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

public sealed class IngestReturnTests(AzuriteFixture azurite)
{
    private static readonly string Path = MaracPath(1);
    private static readonly ReturnKey Key = Pipeline.KeyOf(Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_file_is_accepted_and_its_figures_count()
    {
        var pipeline = await Pipeline.NewAsync(azurite);

        var outcome = await pipeline.SendAsync(Path, Marac(371));

        Assert.Equal((IngestResult.Accepted, Key, 1, 1), (outcome.Result, outcome.Key!.Value, outcome.Version, outcome.Counts.Observations));
        Assert.Equal(371, Assert.Single(await pipeline.LiveAsync(Key)).Figure.Value);
        var row = await pipeline.RowAsync(Key);
        Assert.Equal((LedgerState.Accepted, 1, 1), (row.State, row.LiveVersion, row.LatestVersion));
        Assert.Empty(await pipeline.ReportAsync(Key, 1));
    }

    [Fact]
    public async Task A_file_with_a_blank_is_accepted_with_a_query_at_its_cell()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = SarcPath("2019-20", 1);

        var outcome = await pipeline.SendAsync(path, "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");

        Assert.Equal((IngestResult.Accepted, 1, 1), (outcome.Result, outcome.Counts.Queries, outcome.Counts.Observations));
        Assert.Equal(LedgerState.AcceptedWithQueries, (await pipeline.RowAsync(Pipeline.KeyOf(path))).State);
        var finding = Assert.Single(await pipeline.ReportAsync(Pipeline.KeyOf(path), 1));
        Assert.Equal(("query", Codes.Blank, "B2"), (finding.Severity, finding.Code, finding.Cell));
    }

    [Fact]
    public async Task A_rejected_file_leaves_the_live_version_and_the_headlines()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        await pipeline.PublishAsync();
        var published = await pipeline.PublicAsync();

        var outcome = await pipeline.SendAsync(Path, BadMarac);
        var release = await pipeline.PublishAsync();

        Assert.Equal((IngestResult.Rejected, 2), (outcome.Result, outcome.Version));
        var row = await pipeline.RowAsync(Key);
        Assert.Equal((LedgerState.Rejected, 1, 2, 1), (row.State, row.LiveVersion, row.LatestVersion, row.Counts.Errors));
        Assert.Empty(await pipeline.Store.Returns.ReadObservationsAsync(Key, 2, Ct));
        Assert.False(release.IsNew);
        Assert.Equal(published, await pipeline.PublicAsync());
    }

    [Theory]
    [InlineData("one after another")]
    [InlineData("at once")]
    public async Task The_same_event_ten_times_is_one_submission(string how)
    {
        var once = await Pipeline.NewAsync(azurite);
        await once.SendAsync(Path, Marac(371));
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(Path, Marac(371));

        if (how == "at once")
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => pipeline.EventAsync(Path)));
        }
        else
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(i == 0 ? IngestResult.Accepted : IngestResult.AlreadyHandled, (await pipeline.EventAsync(Path)).Result);
            }
        }

        Assert.Equal(await once.DumpAsync(), await pipeline.DumpAsync());
    }

    [Fact]
    public async Task The_later_of_two_uploads_counts_in_any_order_of_events()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(MaracPath(1, "older.csv"), Marac(100));
        await NextSecondAsync();
        await pipeline.UploadAsync(MaracPath(1, "newer.csv"), Marac(200));

        await pipeline.EventAsync(MaracPath(1, "newer.csv"));
        await pipeline.EventAsync(MaracPath(1, "older.csv"));

        Assert.Equal(200, Assert.Single(await pipeline.LiveAsync(Key)).Figure.Value);
        Assert.Equal(LedgerState.Accepted, (await pipeline.RowAsync(Key)).State);
        Assert.Equal(2, (await pipeline.Store.Returns.ReadSubmissionsAsync(Key, Ct)).Count);
    }

    [Fact]
    public async Task The_same_bytes_under_another_name_are_already_received()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        await pipeline.PublishAsync();

        var outcome = await pipeline.SendAsync(MaracPath(1, "the same again.csv"), Marac(371));

        Assert.Equal((IngestResult.AlreadyReceived, 1), (outcome.Result, outcome.Version));
        var finding = Assert.Single(outcome.Findings);
        var uploaded = (await pipeline.Store.Returns.ReadSubmissionsAsync(Key, Ct))[0].UploadedAt;
        Assert.Equal(
            (Severity.Note, Codes.AlreadyReceived, FormattableString.Invariant($"We already received this file on {uploaded:d MMMM yyyy} as version 1. Nothing changes.")),
            (finding.Severity, finding.Code, finding.Message));
        Assert.Equal([null, 1], (await pipeline.Store.Returns.ReadSubmissionsAsync(Key, Ct)).Select(submission => submission.RepeatOf));
        Assert.Equal(1, (await pipeline.RowAsync(Key)).LatestVersion);
        Assert.Empty(await pipeline.Store.Feed.ReadPendingAsync(Ct));
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
    }

    [Fact]
    public async Task A_corrected_file_is_version_2_and_version_1_stays_as_it_was()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        var before = await PartitionAsync(pipeline, 1);

        var outcome = await pipeline.SendAsync(Path, Marac(372));

        Assert.Equal((IngestResult.Accepted, 2), (outcome.Result, outcome.Version));
        Assert.Equal(372, Assert.Single(await pipeline.LiveAsync(Key)).Figure.Value);
        Assert.Single(before);
        Assert.Equal(before, await PartitionAsync(pipeline, 1));
    }

    [Theory]
    [InlineData("its event comes after")]
    [InlineData("its event is handled meanwhile")]
    public async Task A_file_replaced_between_any_two_calls_ends_with_the_newer_one(string when)
    {
        var counter = new BeforeCall(0, () => Task.CompletedTask);
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(Path, Marac(100));
        await pipeline.Through(counter).EventAsync(Path);

        // Before call 3 the first file has been opened and has no number yet.
        await Parallel.ForEachAsync(TestShare.CrashPoints(counter.Calls).Union([3]), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (call, _) =>
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            await pipeline.UploadAsync(Path, Marac(100));
            await pipeline.Through(new BeforeCall(call, async () =>
            {
                await pipeline.UploadAsync(Path, Marac(200));
                if (when == "its event is handled meanwhile")
                {
                    await pipeline.EventAsync(Path);
                }
            })).EventAsync(Path);
            await pipeline.EventAsync(Path);

            var live = await pipeline.LiveAsync(Key);
            Assert.True(live.Count == 1 && live[0].Figure.Value == 200, $"Replaced before call {call}: {string.Join(", ", live)}. {TestShare.Repeat()}");
            Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        });
    }

    [Fact]
    public async Task A_file_that_is_deleted_is_withdrawn_with_its_figures()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        await pipeline.SendAsync(MaracPath(2), Marac(400));
        await pipeline.PublishAsync();

        await pipeline.DeleteAsync(Path);
        var outcome = await pipeline.EventAsync(Path);
        await pipeline.PublishAsync();

        Assert.Equal(IngestResult.Withdrawn, outcome.Result);
        var row = await pipeline.RowAsync(Key);
        Assert.Equal((LedgerState.Withdrawn, null), (row.State, row.LiveVersion));
        var feed = await pipeline.FeedAsync();
        Assert.Equal(400, Pipeline.Value(feed, MaracHeadline));
        Assert.Equal(
            "IDVA Service withdrew \"MARAC cases\" for April to June 2019.", feed.GetProperty("release").GetProperty("changes")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_correction_deleted_between_any_two_calls_is_withdrawn_without_an_event()
    {
        var counter = new BeforeCall(0, () => Task.CompletedTask);
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(100));
        await pipeline.UploadAsync(Path, Marac(200));
        await pipeline.Through(counter).EventAsync(Path);

        await Parallel.ForEachAsync(TestShare.CrashPoints(counter.Calls), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (call, _) =>
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            await pipeline.SendAsync(Path, Marac(100));
            await pipeline.UploadAsync(Path, Marac(200));
            await pipeline.Through(new BeforeCall(call, () => pipeline.DeleteAsync(Path))).EventAsync(Path);

            var row = await pipeline.RowAsync(Key);

            // After the last check of the file, the stored result is that of the file as it was.
            Assert.True(
                row is { State: LedgerState.Withdrawn, LiveVersion: null } || call == counter.Calls,
                $"Deleted before call {call} of {counter.Calls}: {row}. {TestShare.Repeat()}");
        });
    }

    [Theory]
    [InlineData("nowhere", Codes.UnknownPath)]
    [InlineData("nobody/marac/2019-20-Q1/marac.csv", Codes.UnknownPath)]
    [InlineData("idva-service/nothing/2019-20-Q1/marac.csv", Codes.UnknownPath)]
    [InlineData("idva-service/marac/first quarter/marac.csv", Codes.UnknownPath)]
    [InlineData("idva-service/marac/2019-20/marac.csv", Codes.PeriodNotDue)]
    [InlineData("idva-service/marac/2019-20-Q1/", Codes.UnknownPath)]
    [InlineData("idva-service/marac/2019-20-Q1/deeper/marac.csv", Codes.UnknownPath)]
    [InlineData("//2019-20-Q1/marac.csv", Codes.UnknownPath)]
    public async Task A_file_at_an_unknown_path_is_reported_recorded_and_not_retried(string path, string code)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(path, Marac(371));
        var listed = Assert.Single(await pipeline.Store.Uploads.ListAsync(string.Empty, Ct).ToListAsync(Ct));

        var outcome = await pipeline.EventAsync(listed.Path);
        var again = await pipeline.EventAsync(listed.Path);

        Assert.Equal((IngestResult.Rejected, null, code), (outcome.Result, outcome.Key, Assert.Single(outcome.Findings).Code));
        Assert.Equal(IngestResult.AlreadyHandled, again.Result);
        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
        var report = await pipeline.Store.Clients.Reports.GetBlobClient(BlobNames.UnroutedReport(Keys.UploadId(listed.Path, listed.ETag))).DownloadContentAsync(Ct);
        Assert.Equal(code, Assert.Single(Pipeline.FindingsIn(report.Value.Content)).Code);
    }

    [Theory]
    [InlineData("idva-service/marac/2020-21-Q1/marac.csv", Codes.PeriodNotEnded, "April to June 2020 has not ended yet. You can send its figures from 30 June 2020.")]
    [InlineData("idva-service/marac/2031-32-Q1/marac.csv", Codes.PeriodNotStarted, "April to June 2031 has not started yet. Check the period that you sent the file for. You can send its figures from 30 June 2031.")]
    public async Task A_file_for_a_period_that_has_not_ended_is_rejected_with_the_day_from_which_it_can_be_sent(string path, string code, string message)
    {
        var pipeline = await Pipeline.NewAsync(azurite);

        var outcome = await pipeline.SendAsync(path, Marac(371));

        Assert.Equal((IngestResult.Rejected, Pipeline.KeyOf(path), 0), (outcome.Result, outcome.Key!.Value, outcome.Version));
        var finding = Assert.Single(outcome.Findings);
        Assert.Equal((code, message), (finding.Code, finding.Message));
        Assert.Equal(IngestResult.AlreadyHandled, (await pipeline.EventAsync(path)).Result);
        Assert.Equal(SubmissionState.Receiving, Assert.Single(await pipeline.Store.Returns.ReadSubmissionsAsync(Pipeline.KeyOf(path), Ct)).State);
        Assert.Null(await pipeline.Store.Returns.ReadLedgerRowAsync(Pipeline.KeyOf(path), Ct));
    }

    [Fact]
    public async Task A_file_too_large_is_rejected_without_being_read()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(Path, new byte[10 * 1024 * 1024 + 1]);
        var reads = new SmallPages(0);

        var outcome = await pipeline.Through(reads).EventAsync(Path);

        var finding = Assert.Single(await pipeline.ReportAsync(Key, 1));
        Assert.Equal((IngestResult.Rejected, Codes.TooLarge), (outcome.Result, finding.Code));
        Assert.Equal("The file is 10.1 MB, but we can read at most 10 MB. A return is much smaller. Remove pictures and other sheets, and send it again.", finding.Message);
        Assert.Equal(LedgerState.Rejected, (await pipeline.RowAsync(Key)).State);

        // It was opened to read its length, and its content was not wanted.
        Assert.Equal(1, reads.BlobReads);
        Assert.Equal(IngestResult.AlreadyHandled, (await pipeline.EventAsync(Path)).Result);
    }

    [Fact]
    public async Task A_copy_of_a_processed_file_with_its_metadata_is_processed_at_its_own_path()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(Path, Marac(371));
        var original = pipeline.Store.Clients.Returns.GetBlobClient(Path);
        var metadata = (await original.GetPropertiesAsync(cancellationToken: Ct)).Value.Metadata;
        var copy = MaracPath(2, "copy.csv");
        await pipeline.Store.Clients.Returns.GetBlobClient(copy).UploadAsync(BinaryData.FromString(Marac(371)), new BlobUploadOptions { Metadata = metadata }, Ct);

        Assert.Equal(IngestResult.Accepted, (await pipeline.EventAsync(copy)).Result);
        Assert.Equal(1, (await pipeline.RowAsync(Pipeline.KeyOf(copy))).LiveVersion);
    }

    [Theory]
    [InlineData("<script>alert(1).csv")]
    [InlineData("..csv")]
    [InlineData("figures\u202Evsc.csv")]
    [InlineData("long")]
    public async Task A_file_name_is_in_no_key_of_the_store(string name)
    {
        const int Longest = 1024;
        var folder = Path[..(Path.LastIndexOf('/') + 1)];
        name = name == "long" ? new string('w', Longest - folder.Length - 4) + ".csv" : name;
        var pipeline = await Pipeline.NewAsync(azurite);

        var outcome = await pipeline.SendAsync(folder + name, Marac(371));

        Assert.Equal((IngestResult.Accepted, 0), (outcome.Result, outcome.Findings.Count));
        foreach (var table in new[] { "Ledger", "Observations", "Audit" })
        {
            await foreach (var entity in pipeline.Store.RawTable(table).QueryAsync<TableEntity>(cancellationToken: Ct))
            {
                Assert.DoesNotContain(name, entity.PartitionKey + "/" + entity.RowKey, StringComparison.Ordinal);
            }
        }

        await foreach (var report in pipeline.Store.Clients.Reports.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Ct))
        {
            Assert.DoesNotContain(name, report.Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Five_wrong_cells_are_five_findings_at_their_addresses_and_move_no_headline()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var (path, file) = Pipeline.SampleFiles.Single(sample => sample.Path.StartsWith("idva-service/idva/2019-20-Q1/", StringComparison.Ordinal));
        var good = await File.ReadAllTextAsync(file, Ct);
        await pipeline.SendAsync(path, good);
        await pipeline.PublishAsync();
        var published = await pipeline.PublicAsync();

        var wrong = good
            .Replace("55,21,44,68,38,", "lots,21,-44,68,38.5,", StringComparison.Ordinal)
            .Replace("service,374,", "service,1e3,", StringComparison.Ordinal)
            .Replace("referrals,176,", "referrals,NaN,", StringComparison.Ordinal);
        var outcome = await pipeline.SendAsync(path, wrong);
        await pipeline.PublishAsync();

        Assert.Equal((IngestResult.Rejected, 5), (outcome.Result, outcome.Counts.Errors));
        var errors = (await pipeline.ReportAsync(Pipeline.KeyOf(path), 2)).Where(finding => finding.Severity == "error");
        Assert.Equal(
            [(Codes.NotANumber, "A5"), (Codes.Negative, "C5"), (Codes.NotWhole, "E5"), (Codes.NotANumber, "B8"), (Codes.NotANumber, "B9")],
            errors.Select(finding => (finding.Code, finding.Cell!)));
        Assert.Equal(published, await pipeline.PublicAsync());
    }

    [Fact]
    public async Task A_wrong_cell_of_a_workbook_is_reported_with_its_sheet()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var workbook = new XlsxBytes()
            .Sheet("Notes", "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>See the other sheet</t></is></c></row>")
            .Sheet("Cases", Row(7, "Referrals to SARC over 18s", "51") + Row(8, "Referrals to SARC under 18s", "many"))
            .ToArray();
        var path = SarcPath("2019-20", 1);
        await pipeline.UploadAsync(path, workbook);

        await pipeline.EventAsync(path);

        var report = await pipeline.Store.Returns.ReadReportAsync(Pipeline.KeyOf(path), 1, "findings.json", Ct);
        var text = Encoding.UTF8.GetString(report!.Value.Span);
        Assert.Contains("\"sheet\":\"Cases\",\"cell\":\"D8\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("40,000 characters")]
    [InlineData("half a character")]
    [InlineData("control characters")]
    public async Task No_text_in_a_file_causes_its_ingest_to_fail(string kind)
    {
        var text = kind switch { "half a character" => "_xD800_", "control characters" => "_x0000__x0001__x001F_", _ => new string('w', 40_000) };
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = SarcPath("2019-20", 1);
        string[] rows =
        [
            Row(7, "measure", "value", "age", "note") + Row(8, "sarc.referrals", "51", "18-and-over", text) + Row(9, "sarc.referrals", "20 " + text, "under-18", text),
            Row(7, "measure", "value", "age", "note") + Row(8, "sarc.referrals", "51", "18-and-over", text) + Row(9, "sarc.referrals", "20", "under-18", "x"),
            Row(7, text, "51") + Row(8, "Referrals to SARC under 18s", text),
        ];
        foreach (var sheet in rows)
        {
            foreach (var name in new[] { "Cases", text })
            {
                await pipeline.UploadAsync(path, new XlsxBytes().Sheet(name, sheet).ToArray());
                Assert.Contains((await pipeline.EventAsync(path)).Result, new[] { IngestResult.Accepted, IngestResult.Rejected, IngestResult.AlreadyReceived });
                await pipeline.PublishAsync();
            }
        }

        Assert.Equal(0, await pipeline.Sweep.RunAsync(Ct));
    }

    [Fact]
    public async Task A_previous_quarter_that_differs_from_the_accepted_one_is_a_query_with_both_figures()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync("constabulary/perpetrator-panel/2019-20-Q1/panel.csv", Panel("95,,,", "74%,,,"));

        var outcome = await pipeline.SendAsync("constabulary/perpetrator-panel/2019-20-Q2/panel.csv", Panel("99,90,,", "74%,73%,,"));

        Assert.Equal((IngestResult.Accepted, 1), (outcome.Result, outcome.Counts.Queries));
        var key = Pipeline.KeyOf("constabulary/perpetrator-panel/2019-20-Q2/panel.csv");
        var finding = Assert.Single(await pipeline.ReportAsync(key, 1));
        Assert.Equal(("query", Codes.OtherPeriodDiffers, "B2"), (finding.Severity, finding.Code, finding.Cell));
        Assert.Contains("shows 99 for", finding.Message, StringComparison.Ordinal);
        Assert.Contains("but we accepted 95", finding.Message, StringComparison.Ordinal);
        Assert.Equal(90, (await pipeline.LiveAsync(key)).Single(observation => observation.Key.Measure.Value == "police.panel-referrals").Figure.Value);
        Assert.Equal(
            95,
            (await pipeline.LiveAsync(Pipeline.KeyOf("constabulary/perpetrator-panel/2019-20-Q1/panel.csv")))
                .Single(observation => observation.Key.Measure.Value == "police.panel-referrals").Figure.Value);
    }

    /// <summary>Returns a row of texts that begins in column C.</summary>
    private static string Row(int row, params string[] texts) =>
        $"<row r=\"{row}\">{string.Concat(texts.Select((text, i) => $"<c r=\"{(char)('C' + i)}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"))}</row>";

    private static string Panel(string referrals, string rates) =>
        $"2019-20,Q1,Q2,Q3,Q4\r\nPerpetrator Panel referrals,{referrals}\r\nPerpetrator Panel repeat rate,{rates}\r\n";

    /// <summary>Waits for the next second, because the store records upload times in whole seconds.</summary>
    private static Task NextSecondAsync() => Task.Delay(1_050, Ct);

    private static async Task<List<string>> PartitionAsync(Pipeline pipeline, int version)
    {
        var rows = new List<string>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ReturnVersion(Key, version)}");
        await foreach (var entity in pipeline.Store.RawTable("Observations").QueryAsync<TableEntity>(filter, cancellationToken: Ct))
        {
            rows.Add(string.Join(',', entity.Select(property => property.Value is DateTimeOffset time
                ? $"{property.Key}={time:O}"
                : string.Create(CultureInfo.InvariantCulture, $"{property.Key}={property.Value}"))));
        }

        return rows;
    }
}

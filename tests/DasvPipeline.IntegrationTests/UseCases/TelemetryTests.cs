using System.Diagnostics;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.Extensions.Logging;
using static DasvPipeline.Core.Telemetry.PipelineTelemetry;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>Telemetry links an upload to its release, and contains no text of a cell or a file name.</summary>
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    private const string Canary = "canarybird";
    private const string CanaryFigure = "48611";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_is_linked_to_the_release_that_publishes_it()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendSamplesAsync(Pipeline.SampleFiles.Where(sample => sample.Path.StartsWith("constabulary/", StringComparison.Ordinal)));
        await pipeline.SendAsync(MaracPath(1), BadMarac);
        await pipeline.UploadAsync(MaracPath(2), Marac(371));
        await pipeline.Sweep.RunAsync(Ct);
        await pipeline.PublishAsync();

        var accepted = capture.Of(Spans.Ingest).Where(span => (string?)span.GetTagItem(Tags.Result) == nameof(IngestResult.Accepted)).ToList();
        var publish = Assert.Single(capture.Of(Spans.Publish));
        Assert.True(accepted.Count > 10);
        Assert.Equal(
            accepted.Select(span => $"{span.TraceId} {span.SpanId} {span.GetTagItem(Tags.Return)} {span.GetTagItem(Tags.Period)} 1").Order(StringComparer.Ordinal),
            publish.Links.Select(link => $"{link.Context.TraceId} {link.Context.SpanId} {string.Join(' ', link.Tags!.Select(tag => tag.Value))}").Order(StringComparer.Ordinal));
        Assert.Equal(("released", 1), ((string?)publish.GetTagItem(Tags.Result), (int?)publish.GetTagItem(Tags.Release)));
        Assert.Equal([Spans.Make, Spans.MakeRelease, Spans.Announce], capture.Spans.Where(span => span.ParentSpanId == publish.SpanId).Select(span => span.OperationName));

        // An ingest from a sweep is a child of the sweep, and is still linked to the release.
        var sweep = Assert.Single(capture.Of(Spans.Sweep));
        Assert.Equal(MaracPath(2).Split('/')[2], Assert.Single(accepted, span => span.ParentSpanId == sweep.SpanId).GetTagItem(Tags.Period));
        Assert.Equal(1, sweep.GetTagItem(Tags.Count));
    }

    [Fact]
    public async Task A_correction_or_withdrawal_is_linked_to_its_own_release_only()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(2), Marac(372));
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(360));
        await pipeline.PublishAsync();
        await pipeline.DeleteAsync(MaracPath(2));
        await pipeline.EventAsync(MaracPath(2));
        await pipeline.PublishAsync();
        await pipeline.PublishAsync();

        var ingests = capture.Of(Spans.Ingest).Select(span => span.SpanId).ToList();
        var releases = capture.Of(Spans.Publish).ToList();
        Assert.Equal([1, 2, 3, 3], releases.Select(span => span.GetTagItem(Tags.Release)));
        Assert.Equal(
            [ingests[..2].ToHashSet(), [ingests[2]], [ingests[3]], []],
            releases.Select(span => span.Links.Select(link => link.Context.SpanId).ToHashSet()));
    }

    [Fact]
    public async Task A_return_that_waits_for_sign_off_is_not_linked_to_an_earlier_release()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        Assert.True((await pipeline.Decide.SignOffAsync(Period.FromYear(2019), new Person("1", "somebody"), "All is well.", publishesNumbers: false, Ct)).IsDone);
        await pipeline.SendAsync(MaracPath(1), Marac(360));
        await pipeline.PublishAsync();

        var publish = Assert.Single(capture.Of(Spans.Publish));
        Assert.Equal([capture.Of(Spans.Ingest)[0].SpanId], publish.Links.Select(link => link.Context.SpanId));
        var decide = Assert.Single(capture.Of(Spans.Decide));
        Assert.Equal(("sign-off", "2019-20", "done"), (decide.GetTagItem(Tags.Decision), decide.GetTagItem(Tags.Period), decide.GetTagItem(Tags.Result)));
    }

    [Fact]
    public async Task An_ingest_has_a_span_for_each_stage_that_it_reached()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(2), "no table");
        await pipeline.SendAsync(MaracPath(3), string.Empty);
        await pipeline.EventAsync(MaracPath(3));

        var parts = capture.Of(Spans.Ingest).Select(ingest => capture.Spans.Where(span => span.ParentSpanId == ingest.SpanId).Select(span => span.OperationName).ToList());
        Assert.Equal(
            [
                [Spans.Read, Spans.FindPeople, Spans.FindTables, Spans.Validate, Spans.Normalise, Spans.Store],
                [Spans.Read, Spans.FindPeople, Spans.FindTables, Spans.Validate, Spans.Normalise, Spans.Store],
                [Spans.Read, Spans.Store],
                new List<string>(),
            ],
            parts);
        Assert.Equal(
            ["Accepted 1 0 1", "Rejected 1 1 0", "Rejected 1 1 0", "AlreadyHandled   "],
            capture.Of(Spans.Ingest).Select(span => $"{span.GetTagItem(Tags.Result)} {span.GetTagItem(Tags.Version)} {span.GetTagItem(Tags.Errors)} {span.GetTagItem(Tags.Observations)}"));
    }

    [Fact]
    public async Task Returns_findings_and_releases_are_measured()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.SendAsync(MaracPath(1, "again.csv"), Marac(371));
        await pipeline.SendAsync(MaracPath(2), BadMarac);
        await pipeline.PublishAsync();
        pipeline.Clock.Advance(TimeSpan.FromHours(30));
        await pipeline.PublishAsync();

        Assert.Equal((3, 1, 1), (capture.SumOf(Metrics.Received), capture.SumOf(Metrics.Accepted), capture.SumOf(Metrics.Rejected)));
        var found = Assert.Single(capture.Measured, item => item.Instrument == Metrics.Findings);
        Assert.Equal((1, Codes.NotANumber, nameof(Severity.Error)), (found.Value, found.Tags[Tags.Code], found.Tags[Tags.Severity]));
        Assert.Equal(["released", "unchanged"], capture.Measured.Where(item => item.Instrument == Metrics.PublishDuration).Select(item => item.Tags[Tags.Result]));
        Assert.Equal([0, 30 * 3600], capture.Measured.Where(item => item.Instrument == Metrics.ReleaseAge).Select(item => item.Value));
    }

    [Fact]
    public async Task A_fault_is_logged_by_its_type_and_reaches_the_trigger()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.UploadAsync(MaracPath(1), Marac(371));
        await Assert.ThrowsAsync<CrashException>(() => pipeline.Through(new CrashAtCall(3, afterResponse: false)).EventAsync(MaracPath(1)));

        var span = Assert.Single(capture.Of(Spans.Ingest));
        Assert.Equal((ActivityStatusCode.Error, nameof(CrashException), nameof(CrashException)), (span.Status, span.StatusDescription, span.GetTagItem(Tags.ErrorType)));
        Assert.Equal($"{Spans.Ingest} failed: {nameof(CrashException)}.", Assert.Single(capture.Logged, line => line.Level == LogLevel.Error).Message);
    }

    [Fact]
    public async Task Telemetry_contains_no_text_of_a_cell_note_reason_or_file_name()
    {
        using var capture = new LogCapture();
        var canary = new Person(Canary, Canary) { TenantId = Canary };
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendAsync(MaracPath(1, Canary + ".csv"), $"measure,value,note\r\nmarac.cases,{CanaryFigure},{Canary} rang\r\n");
        await pipeline.SendAsync(MaracPath(2, Canary + ".csv"), $"measure,value\r\nmarac.{Canary},{Canary}\r\n");
        await pipeline.UploadAsync(MaracPath(3, Canary + ".xlsx"), Grid.Xlsx((Canary, Grid.Of($"MARAC cases heard|{Canary}\nMARAC {Canary}|{CanaryFigure}"))));
        await pipeline.EventAsync(MaracPath(3, Canary + ".xlsx"));
        await pipeline.SendAsync($"{Canary}/marac/2019-20-Q1/{Canary}.csv", Marac(1));
        await pipeline.SendAsync($"idva-service/marac/{Canary}/{Canary}.csv", Encoding.UTF8.GetString([0xFF]));
        await pipeline.Sweep.RunAsync(Ct);
        await pipeline.Chase.RunAsync(Ct);
        await pipeline.Decide.HoldAsync(canary, Canary, Ct);
        await pipeline.PublishAsync();
        await pipeline.Decide.ReleaseHoldAsync(canary, Ct);
        await pipeline.Decide.SignOffAsync(Period.FromYear(2019), canary, Canary, publishesNumbers: false, Ct);
        await pipeline.Decide.ReopenAsync(Period.FromYear(2019), canary, Canary, publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        await pipeline.DeleteAsync(MaracPath(1, Canary + ".csv"));
        await pipeline.EventAsync(MaracPath(1, Canary + ".csv"));
        await Assert.ThrowsAsync<CrashException>(() => pipeline.Through(new CrashAtCall(1, afterResponse: false)).EventAsync($"{Canary}/{Canary}"));

        Assert.Contains(Canary, await pipeline.Store.DumpAsync(Ct), StringComparison.Ordinal);
        Assert.Contains("idva-service/marac", capture.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, capture.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(CanaryFigure, capture.Text, StringComparison.Ordinal);
        Assert.Equal(
            [100, 101, 200, 300, 400, 500, 502, 900],
            capture.Logged.Select(line => line.Event.Id).Distinct().Order());
    }
}

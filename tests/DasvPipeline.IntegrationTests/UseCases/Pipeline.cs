using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.Local.Commands;
using DasvPipeline.Storage.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>The use cases on their own store. Their clock is fixed; the store uses real time.</summary>
internal sealed partial class Pipeline
{
    public static readonly PartnershipCatalogue Catalogue = PartnershipCatalogue.LoadEmbedded();

    private readonly PartnershipCatalogue _catalogue;
    private readonly TestStore _uploadsTo;
    private readonly ConcurrentDictionary<string, string> _uploadNames;
    private readonly ILoggerFactory _logs;
    private readonly PublishOptions _options;

    private Pipeline(PartnershipCatalogue catalogue, TestStore store, TestStore uploadsTo, FakeTimeProvider clock, ConcurrentDictionary<string, string> uploadNames, ILoggerFactory logs, PublishOptions? publishing = null)
    {
        (Store, Clock, _catalogue, _uploadsTo, _uploadNames, _logs, _options) = (store, clock, catalogue, uploadsTo, uploadNames, logs, publishing ?? new PublishOptions(PublishMode.Continuous));
        var notices = new ManagerNotices(catalogue, store.Messages, TestTransport.Shown, clock);
        Builder = new ReleaseBuilder(catalogue, store.Returns, store.Feed, clock);
        Ingest = new IngestReturn(catalogue, new CheckReturn(catalogue), store.Uploads, store.Returns, new WriteReceipt(catalogue, store.Messages, TestTransport.Shown, clock), clock, logs.CreateLogger<IngestReturn>());
        Send = new SendReturn(catalogue, new CheckReturn(catalogue), store.Uploads, store.Returns, Ingest, clock);
        Versions = new DecideVersion(catalogue, store.Uploads, store.Returns, Send, clock);
        Sweep = new SweepReturns(catalogue, Ingest, store.Uploads, store.Returns, notices, clock, logs.CreateLogger<SweepReturns>());
        Publish = new PublishHeadlines(catalogue, Builder, store.Feed, notices, _options, clock, logs.CreateLogger<PublishHeadlines>());
        Announce = new AnnounceReleases(catalogue, store.Feed, _options, clock);
        Status = new DescribeStatus(catalogue, store.Returns, store.Feed, clock);
        Compare = new CompareFigures(catalogue, store.Returns, clock);
        Today = new DescribeToday(catalogue, Status, Compare, store.Returns, store.Feed, _options, clock);
        Chase = new ChaseReturns(catalogue, store.Returns, Announce, Status, Compare, clock, logs.CreateLogger<ChaseReturns>());
        Decide = new DecideRelease(catalogue, Builder, store.Returns, store.Feed, Status, _options, clock, logs.CreateLogger<DecideRelease>());
        Approve = new ApproveRelease(catalogue, Builder, store.Feed, Publish, _options, clock);
        PublishNow = new PublishNow(catalogue, Publish, store.Feed, _options, clock);
        Preview = new PreviewRelease(catalogue, Builder, store.Returns, store.Feed, _options, clock);
        Trace = new TraceHeadline(catalogue, Builder, store.Returns, store.Feed);
    }

    public PartnershipCatalogue UsedCatalogue => _catalogue;

    public PublishOptions PublishOptions => _options;

    public TestStore Store { get; }

    public FakeTimeProvider Clock { get; }

    public ReleaseBuilder Builder { get; }

    public IngestReturn Ingest { get; }

    public SendReturn Send { get; }

    public DecideVersion Versions { get; }

    public SweepReturns Sweep { get; }

    public PublishHeadlines Publish { get; }

    public AnnounceReleases Announce { get; }

    public ChaseReturns Chase { get; }

    public DescribeStatus Status { get; }

    public CompareFigures Compare { get; }

    public DescribeToday Today { get; }

    public DecideRelease Decide { get; }

    public ApproveRelease Approve { get; }

    public PublishNow PublishNow { get; }

    public PreviewRelease Preview { get; }

    public TraceHeadline Trace { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Pipeline On(TestStore store) =>
        new(Catalogue, store, store, new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), new ConcurrentDictionary<string, string>(StringComparer.Ordinal), NullLoggerFactory.Instance);

    public static async Task<Pipeline> NewAsync(AzuriteFixture azurite) => On(await TestStore.CreateAsync(azurite, Ct));

    /// <summary>Returns the same store, with a policy on its calls. Agencies' own uploads do not use the policy.</summary>
    public Pipeline Through(HttpPipelinePolicy policy) => new(_catalogue, Store.Through(policy), _uploadsTo, Clock, _uploadNames, _logs, _options);

    /// <summary>Returns the same store, with use cases that publish only approved releases at announced times.</summary>
    public Pipeline Scheduled() => new(_catalogue, Store, _uploadsTo, Clock, _uploadNames, _logs, _options with { Mode = PublishMode.Scheduled });

    /// <summary>Returns the same store, with use cases that write absolute links.</summary>
    public Pipeline At(string publicAddress)
    {
        Assert.True(FeedLinks.TryParse(publicAddress, out var links));
        return new Pipeline(_catalogue, Store, _uploadsTo, Clock, _uploadNames, _logs, _options with { Links = links });
    }

    /// <summary>Returns the same store, with use cases that use another catalogue.</summary>
    public Pipeline With(PartnershipCatalogue catalogue) => new(catalogue, Store, _uploadsTo, Clock, _uploadNames, _logs, _options);

    /// <summary>Returns the same store, with use cases that write to these logs.</summary>
    public Pipeline WithLogs(ILoggerFactory logs) => new(_catalogue, Store, _uploadsTo, Clock, _uploadNames, logs, _options);

    public static ReturnKey KeyOf(string path) => path.Split('/') is [var agency, var name, var period, ..]
        ? new ReturnKey(new ReturnId(new AgencyId(agency), name), Period.Parse(period))
        : throw new ArgumentException("agency/return/period/file", nameof(path));

    /// <returns>The store's time of the upload.</returns>
    public Task<DateTimeOffset> UploadAsync(string path, string content) => UploadAsync(path, Encoding.UTF8.GetBytes(content));

    public async Task<DateTimeOffset> UploadAsync(string path, byte[] content)
    {
        var blob = _uploadsTo.Clients.Returns.GetBlobClient(path);
        var uploaded = await blob.UploadAsync(BinaryData.FromBytes(content), overwrite: true, Ct);
        var id = Keys.UploadId(path, uploaded.Value.ETag.ToString().Trim('"'));
        _uploadNames.TryAdd(id, string.Create(CultureInfo.InvariantCulture, $"(upload {_uploadNames.Values.Count(name => name.EndsWith(path + ")", StringComparison.Ordinal)) + 1} of {path})"));
        return uploaded.Value.LastModified;
    }

    public Task DeleteAsync(string path) => _uploadsTo.Clients.Returns.GetBlobClient(path).DeleteAsync(cancellationToken: Ct);

    /// <summary>Uploads a file and delivers its event.</summary>
    public async Task<IngestOutcome> SendAsync(string path, string content)
    {
        await UploadAsync(path, content);
        return await EventAsync(path);
    }

    /// <summary>Gives an upload its number, as an ingest does that crashes afterwards.</summary>
    public async Task ClaimAsync(string path) =>
        await Store.Returns.ClaimAsync(KeyOf(path), (await Store.Uploads.FindAsync(path, Ct))!, await Store.Uploads.ListAsync($"{KeyOf(path)}/", Ct).ToListAsync(Ct), Ct);

    public Task<IngestOutcome> EventAsync(string path) => Ingest.RunAsync(path, Ct);

    public Task<PublishOutcome> PublishAsync() => Publish.RunAsync(Ct);

    public static IReadOnlyList<(string Path, string File)> SampleFiles { get; } = LocalFolders.FindReturns(LocalFolders.Samples);

    public async Task SendSamplesAsync(IEnumerable<(string Path, string File)> files)
    {
        foreach (var (path, file) in files)
        {
            await UploadAsync(path, await File.ReadAllBytesAsync(file, Ct));
            var outcome = await EventAsync(path);
            Assert.True(outcome.Result == IngestResult.Accepted, $"{path}: {string.Join("; ", outcome.Findings)}");
        }
    }

    public async Task<LedgerRow> RowAsync(ReturnKey key) =>
        await Store.Returns.ReadLedgerRowAsync(key, Ct) ?? throw new InvalidOperationException($"The ledger has no row of {key}.");

    /// <summary>Returns the figures of the live version of a return, or none if it has none.</summary>
    public async Task<IReadOnlyList<Observation>> LiveAsync(ReturnKey key) =>
        await Store.Returns.ReadLedgerRowAsync(key, Ct) is { LiveVersion: { } version } ? await Store.Returns.ReadObservationsAsync(key, version, Ct) : [];

    public async Task<IReadOnlyList<(string Severity, string Code, string? Cell, string Message)>> ReportAsync(ReturnKey key, int version)
    {
        var report = await Store.Returns.ReadReportAsync(key, version, SubmissionReport.FileName, Ct);
        Assert.NotNull(report);
        return FindingsIn(report.Value);
    }

    public static IReadOnlyList<(string Severity, string Code, string? Cell, string Message)> FindingsIn(ReadOnlyMemory<byte> report)
    {
        using var json = JsonDocument.Parse(report);
        return
        [
            .. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (
                finding.GetProperty("severity").GetString()!,
                finding.GetProperty("code").GetString()!,
                finding.GetProperty("cell").GetString(),
                finding.GetProperty("message").GetString()!)),
        ];
    }

    public async Task<JsonElement> FeedAsync(string path = "headlines.json")
    {
        var file = await Store.Feed.ReadAsync(path, Ct);
        Assert.True(file is not null, $"The feed has no {path}.");
        using var json = JsonDocument.Parse(file.Value.Content);
        return json.RootElement.Clone();
    }

    /// <summary>Returns a file's content without the links that depend on its place.</summary>
    public static string WithoutLinks(string text)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        Assert.True(json.Remove("$schema") && json.Remove("root"));
        return json.ToJsonString();
    }

    public static JsonElement Headline(JsonElement feed, string id) =>
        feed.GetProperty("headlines").EnumerateArray().Single(headline => headline.GetProperty("id").GetString() == id);

    public static decimal? Value(JsonElement feed, string id) =>
        Headline(feed, id).GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : null;

    /// <summary>Returns the text and the ETag of every public file.</summary>
    public async Task<SortedDictionary<string, (string Text, string ETag)>> PublicAsync()
    {
        var files = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        await foreach (var path in Store.Feed.ListPublicAsync(Ct))
        {
            var file = (await Store.Feed.ReadAsync(path, Ct))!.Value;
            files.Add(path, (Encoding.UTF8.GetString(file.Content.Span), file.ETag));
        }

        return files;
    }

    /// <summary>Returns all stored data without the times and ETags of uploads, which differ between runs.</summary>
    public async Task<string> DumpAsync()
    {
        await foreach (var blob in Store.Clients.Returns.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Ct))
        {
            _uploadNames.TryAdd(Keys.UploadId(blob.Name, blob.Properties.ETag!.Value.ToString().Trim('"')), $"(upload 1 of {blob.Name})");
        }

        var text = TimeOfUpload().Replace(await Store.DumpAsync(Ct), "${name}=(time)");
        text = UploadId().Replace(text, match => _uploadNames.GetValueOrDefault(match.Value, match.Value));

        // Rows are in the order of their keys, and some keys contain ETags.
        var lines = text.Split(Environment.NewLine);
        var rows = lines.Where(line => TableRow().IsMatch(line)).Order(StringComparer.Ordinal);
        return string.Join('\n', rows.Concat(lines.Where(line => !TableRow().IsMatch(line))));
    }

    [GeneratedRegex(@"\b(?:(?<name>UploadedAt|FirstReceived|Received)=[^,\r\n]*|(?<name>dasv_uploaded)=[\dT:.-]+\+00:00)")]
    private static partial Regex TimeOfUpload();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex UploadId();

    [GeneratedRegex("^(Ledger|Observations|Explanations|Audit): ")]
    private static partial Regex TableRow();
}

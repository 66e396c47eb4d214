using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Storage;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Feed;
using DasvPipeline.Storage.Messages;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Uploads;
using Microsoft.Extensions.Logging.Abstractions;

namespace DasvPipeline.Bench;

/// <summary>The use cases on tables and containers of their own, with their calls counted.</summary>
internal sealed class BenchStore
{
    private static int _stores;

    private readonly CallCounter _counter = new();

    private BenchStore(string connection, PartnershipCatalogue catalogue, TimeProvider clock)
    {
        var (tableOptions, blobOptions) = (new TableClientOptions(), StorageClients.CreateBlobOptions());
        tableOptions.AddPolicy(_counter, HttpPipelinePosition.PerRetry);
        blobOptions.AddPolicy(_counter, HttpPipelinePosition.PerRetry);
        Tables = new TableServiceClient(connection, tableOptions);
        var blobs = new BlobServiceClient(connection, blobOptions);
        Clients = new StorageClients(Tables, blobs, blobs, string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref _stores)}x"));
        var (returns, feed, uploads) = (new ReturnStore(Clients), new FeedStore(Clients), new BlobUploadStore(Clients));
        Returns = returns;
        var notices = new ManagerNotices(catalogue, new MessageStore(Clients), new NoTransport(), clock);
        Ingest = new IngestReturn(catalogue, new CheckReturn(catalogue), uploads, returns, new WriteReceipt(catalogue, new MessageStore(Clients), new NoTransport(), clock), clock, NullLogger<IngestReturn>.Instance);
        Sweep = new SweepReturns(catalogue, Ingest, uploads, returns, notices, clock, NullLogger<SweepReturns>.Instance);
        Publish = new PublishHeadlines(catalogue, new ReleaseBuilder(catalogue, returns, feed, clock), feed, notices, new PublishOptions(PublishMode.Continuous), clock, NullLogger<PublishHeadlines>.Instance);
        Status = new DescribeStatus(catalogue, returns, feed, clock);
        Compare = new CompareFigures(catalogue, returns, clock);
        Today = new DescribeToday(catalogue, Status, Compare, returns, feed, new PublishOptions(PublishMode.Continuous), clock);
    }

    /// <summary>Messages are only shown on a page.</summary>
    private sealed class NoTransport : IMessageTransport
    {
        public bool IsReady => true;

        public bool Sends => false;

        public Uri Portal => new("http://localhost");

        public Task SendAsync(Message message, CancellationToken ct) => throw new NotSupportedException();
    }

    public TableServiceClient Tables { get; }

    public StorageClients Clients { get; }

    public ReturnStore Returns { get; }

    public IngestReturn Ingest { get; }

    public SweepReturns Sweep { get; }

    public PublishHeadlines Publish { get; }

    public DescribeStatus Status { get; }

    public CompareFigures Compare { get; }

    public DescribeToday Today { get; }

    public static async Task<BenchStore> CreateAsync(string connection, PartnershipCatalogue catalogue, TimeProvider clock, CancellationToken ct)
    {
        var store = new BenchStore(connection, catalogue, clock);
        await new StorageInitializer(store.Clients).InitializeAsync(ct);
        return store;
    }

    public Task UploadAsync(string path, string content, CancellationToken ct) => Clients.Returns.GetBlobClient(path).UploadAsync(BinaryData.FromBytes(Encoding.UTF8.GetBytes(content)), overwrite: true, ct);

    /// <summary>Uploads a file and processes it.</summary>
    public async Task SendAsync(string path, string content, CancellationToken ct)
    {
        await UploadAsync(path, content, ct);
        var outcome = await Ingest.RunAsync(path, ct);
        if (outcome.Result != IngestResult.Accepted)
        {
            throw new InvalidOperationException($"{path} was not accepted: {string.Join('\n', outcome.Findings)}");
        }
    }

    public async Task<int> CountAsync(Func<Task> run)
    {
        var before = _counter.Calls;
        await run();
        return _counter.Calls - before;
    }
}

/// <summary>An invented partnership: agencies that report the same two figures every quarter, or a table of small cells.</summary>
internal static class GrowingPartnership
{
    public static string PathOf(int agency, Period period) => string.Create(CultureInfo.InvariantCulture, $"agency-{agency}/cases/{period}/cases.csv");

    public static string Content(int cases) => string.Create(CultureInfo.InvariantCulture, $"measure,value\r\ncases,{cases}\r\nreferrals,{cases + 100}\r\n");

    public static PartnershipCatalogue Create(int agencies) => PartnershipCatalogue.Load(
    [
        new CatalogueFile("partnership.yaml", "title: Bench\npublisher: Bench\nlicence: none\n"),
        new CatalogueFile("agencies.yaml", "agencies:\n" + string.Concat(Enumerable.Range(0, agencies).Select(i => FormattableString.Invariant($"  - {{ id: agency-{i}, name: Agency {i} }}\n")))),
        new CatalogueFile("measures/all.yaml", "measures:\n  - { id: cases, label: Cases, unit: cases, adds: flow }\n  - { id: referrals, label: Referrals, unit: referrals, adds: flow }\n"),
        new CatalogueFile("headlines.yaml", "headlines:\n  - { id: cases, title: Cases, of: cases, sentence: \"{value} cases{change}.\" }\n  - { id: referrals, title: Referrals, of: referrals, sentence: \"{value} referrals{change}.\" }\n"),
        .. Enumerable.Range(0, agencies).Select(i => new CatalogueFile(
            FormattableString.Invariant($"returns/agency-{i}.cases.yaml"),
            FormattableString.Invariant($"agency: agency-{i}\nreturn: cases\ntitle: Cases\nevery: quarter\nfrom: 2000-01\ntables:\n  - id: cases\n    title: Cases\n    rows: [{{ measure: cases }}, {{ measure: referrals }}]\n"))),
    ]);

    public const int SmallRows = 20, SmallColumns = 8;

    /// <summary>Creates a catalogue with one table of 20 rows and 8 columns.</summary>
    public static PartnershipCatalogue CreateSmallCells(int rows)
    {
        static string Codes(string name, int count) => string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"  - {{ code: {name}-{i}, label: {name} {i} }}\n")));
        static string Cells(string name, int count) => string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"      - {{ {name}: {name}-{i} }}\n")));
        return PartnershipCatalogue.Load(
        [
            new CatalogueFile("partnership.yaml", "title: Bench\npublisher: Bench\nlicence: none\n"),
            new CatalogueFile("agencies.yaml", "agencies:\n  - { id: agency, name: Agency }\n"),
            new CatalogueFile("dimensions/place.yaml", "dimension: place\ntitle: Place\ncodes:\n" + Codes("place", rows)),
            new CatalogueFile("dimensions/age.yaml", "dimension: age\ntitle: Age\ncodes:\n" + Codes("age", SmallColumns)),
            new CatalogueFile("measures/all.yaml", "measures:\n  - { id: people, label: People, unit: people, adds: flow }\n"),
            new CatalogueFile("headlines.yaml", "headlines:\n  - { id: people, title: People, of: people, sentence: \"{value} people.\" }\n"),
            new CatalogueFile("tables.yaml", "tables:\n  - { id: people, title: People, of: people, rows: place, columns: age }\n"),
            new CatalogueFile("returns/agency.people.yaml", "agency: agency\nreturn: people\ntitle: People\nevery: year\nfrom: 2000-01\ntables:\n  - id: people\n    title: People\n    measure: people\n    rows:\n" + Cells("place", rows) + "    columns:\n" + Cells("age", SmallColumns)),
        ]);
    }

    /// <summary>Creates a file of small counts, in which each correction changes one cell.</summary>
    public static string SmallCells(int rows, int correction)
    {
        var text = new StringBuilder("measure,place,age,value\r\n");
        for (var cell = 0; cell < rows * SmallColumns; cell++)
        {
            var value = (cell * 7 % 11) + (cell == correction * 17 % (rows * SmallColumns) ? correction : 0);
            text.Append(CultureInfo.InvariantCulture, $"people,place-{cell / SmallColumns},age-{cell % SmallColumns},{value}\r\n");
        }

        return text.ToString();
    }
}

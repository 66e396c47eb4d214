using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DasvPipeline.Bench;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Publish;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Commands;
using DasvPipeline.Storage;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Feed;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Uploads;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

#pragma warning disable RS0030 // The only place that takes the system clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030

Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
var ct = CancellationToken.None;
if (Console.IsOutputRedirected)
{
    AnsiConsole.Console.Profile.Width = 140;
}

var table = new Table().Border(TableBorder.Rounded)
    .AddColumn("What").AddColumn("Ours").AddColumn("Baseline").AddColumn("Measured").AddColumn("Target").AddColumn("");

void Add(string name, string ours, string baseline, double measured, double target, bool atLeast = false)
{
    var isMet = atLeast ? measured >= target : measured <= target;
    table.AddRow(
        name,
        ours,
        baseline,
        measured.ToString("0.00", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{(atLeast ? "at least" : "at most")} {target:0.##}"),
        isMet ? "met" : "MISSED");
}

static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} ms");

AnsiConsole.MarkupLine("[grey]Creating a return of 50,000 figures…[/]");
var big = new LargeReturn();
Task<ExaminationResult> ExamineAsync(byte[] content, string name) =>
    new CheckReturn(big.Catalogue).RunAsync(big.Form, big.Period, content, name, CheckReturn.NothingAccepted, CancellationToken.None);
var examined = await ExamineAsync(big.Csv, "big.csv");
if (!examined.IsAccepted || examined.Observations.Count != LargeReturn.Rows || (await ExamineAsync(big.Xlsx, "big.xlsx")).Observations.Count != LargeReturn.Rows)
{
    throw new InvalidOperationException("The return was not read correctly: " + string.Join('\n', examined.Findings.Take(5)));
}

AnsiConsole.MarkupLine("[grey]Reading it…[/]");
var (xlsx, excelDataReader, xlsxRatio) = await PairedTimer.TimeAsync(
    15,
    () => ExamineAsync(big.Xlsx, "big.xlsx"),
    () => Task.FromResult(Baselines.ReadXlsx(big.Xlsx)));
Add("read, validate, normalise 50,000 rows of .xlsx", Milliseconds(xlsx), $"ExcelDataReader {Milliseconds(excelDataReader)}", xlsxRatio, 1.5);
var (csv, csvHelper, csvRatio) = await PairedTimer.TimeAsync(
    25,
    () => ExamineAsync(big.Csv, "big.csv"),
    () => Task.FromResult(Baselines.ReadCsv(big.Csv)));
Add("the same as .csv", Milliseconds(csv), $"CsvHelper {Milliseconds(csvHelper)}", csvRatio, 6);

AnsiConsole.MarkupLine("[grey]Storing it…[/]");
await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), ct);
var count = new CallCounter();
var tableOptions = new TableClientOptions();
tableOptions.AddPolicy(count, HttpPipelinePosition.PerRetry);
var blobOptions = StorageClients.CreateBlobOptions();
blobOptions.AddPolicy(count, HttpPipelinePosition.PerRetry);
var tables = new TableServiceClient(azurite.ConnectionString, tableOptions);
var blobs = new BlobServiceClient(azurite.ConnectionString, blobOptions);
var clients = new StorageClients(tables, blobs, blobs);
await new StorageInitializer(clients).InitializeAsync(ct);
var returns = new ReturnStore(clients);
var feed = new FeedStore(clients);
var uploads = new BlobUploadStore(clients);

var part = examined.Observations.Take(Baselines.StoredRows).ToList();
var key = new ReturnKey(big.Form.Return, big.Period);
var version = 0;
await tables.GetTableClient("Raw").CreateIfNotExistsAsync(ct);
var (stored, raw, storeRatio) = await PairedTimer.TimeAsync(
    5,
    () => returns.WriteObservationsAsync(key, ++version, part, ct),
    () => Baselines.StoreAsync(tables.GetTableClient("Raw"), key, ++version, part, ct));
Add(
    string.Create(CultureInfo.InvariantCulture, $"store {Baselines.StoredRows:#,0} observations: share of the rate"),
    Milliseconds(stored),
    $"direct to the table {Milliseconds(raw)}",
    1 / storeRatio,
    0.8,
    atLeast: true);

AnsiConsole.MarkupLine("[grey]Publishing the samples, then publishing again…[/]");
var catalogue = PartnershipCatalogue.LoadEmbedded();
var ingest = new IngestReturn(catalogue, new CheckReturn(catalogue), uploads, returns, clock, NullLogger<IngestReturn>.Instance);
var publish = new PublishHeadlines(catalogue, new ReleaseBuilder(catalogue, returns, feed), feed, clock, NullLogger<PublishHeadlines>.Instance);
var samples = LocalFolders.FindReturns(LocalFolders.Samples);
foreach (var (path, file) in samples)
{
    await clients.Returns.GetBlobClient(path).UploadAsync(file, ct);
}

var ingestCalls = await CountCallsAsync(async () =>
{
    foreach (var (path, _) in samples)
    {
        await ingest.RunAsync(path, ct);
    }
});
var first = await CountCallsAsync(() => publish.RunAsync(ct));
var idle = await CountCallsAsync(() => publish.RunAsync(ct));
var repeated = await CountCallsAsync(() => ingest.RunAsync(samples[0].Path, ct));
await clients.Returns.GetBlobClient("cada/support/2019-20/corrected.csv").UploadAsync(
    BinaryData.FromString("measure,value\ncada.direct,651\ncada.bobby,429\n"), overwrite: true, ct);
await ingest.RunAsync("cada/support/2019-20/corrected.csv", ct);
var corrected = await CountCallsAsync(() => publish.RunAsync(ct));
Add("publish when nothing changed: storage calls", Format(idle), "", idle, 2);

static string Format(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

async Task<int> CountCallsAsync(Func<Task> run)
{
    var before = count.Calls;
    await run();
    return count.Calls - before;
}

AnsiConsole.Write(table);
AnsiConsole.WriteLine(
    $"Storage calls: {Format((double)ingestCalls / samples.Count)} to ingest a sample, {Format(repeated)} for a repeated event, "
    + $"{Format(first)} for the first publish of {samples.Count} returns, {Format(corrected)} for a publish after one correction.");

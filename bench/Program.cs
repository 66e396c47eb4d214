using System.Diagnostics;
using System.Globalization;
using System.Text;
using DasvPipeline.Bench;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Commands;
using Spectre.Console;
using static DasvPipeline.Bench.BenchTable;

#pragma warning disable RS0030 // The only place that takes the system clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030

Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
var ct = CancellationToken.None;
if (Console.IsOutputRedirected)
{
    AnsiConsole.Console.Profile.Width = 160;
}

var isQuick = args.Contains("--quick");
var table = new BenchTable();
var big = new LargeReturn();
await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), ct);
var parts = new (string Name, Func<Task> RunAsync)[]
{
    ("reading", MeasureReadingAsync),
    ("storing", MeasureStoringAsync),
    ("samples", CountSamplesAsync),
    ("growth", CountGrowthAsync),
    ("small-cells", MeasureSmallCellsAsync),
    ("waiting", MeasureWaitingAsync),
    ("memory", MeasureMemoryAsync),
};
var chosen = args.Except(["--quick"]).ToList();
if (chosen.Except(parts.Select(part => part.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"{unknown} does not exist. Name the parts to measure ({string.Join(", ", parts.Select(part => part.Name))}), or none for all. Use --quick for fewer rounds and smaller numbers.");
    return 2;
}

foreach (var (_, runAsync) in parts.Where(part => chosen.Count == 0 || chosen.Contains(part.Name)))
{
    await runAsync();
}

table.Print();
AnsiConsole.WriteLine($"The results are in {table.Write(Path.Combine(LocalFolders.Repository, "bench", "results"), clock.GetUtcNow(), isQuick)}.");
return 0;

Task<ExaminationResult> ExamineAsync(byte[] content, string name) =>
    new CheckReturn(big.Catalogue).RunAsync(big.Form, big.Period, content, name, CheckReturn.NothingAccepted, CancellationToken.None);

async Task MeasureReadingAsync()
{
    var examined = await ExamineAsync(big.Csv, "big.csv");
    if (!examined.IsAccepted || examined.Observations.Count != LargeReturn.Rows || (await ExamineAsync(big.Xlsx, "big.xlsx")).Observations.Count != LargeReturn.Rows)
    {
        throw new InvalidOperationException("The return was not read correctly: " + string.Join('\n', examined.Findings.Take(5)));
    }

    var (xlsx, excelDataReader, xlsxRatio) = await PairedTimer.TimeAsync(
        isQuick ? 3 : 15, () => ExamineAsync(big.Xlsx, "big.xlsx"), () => Task.FromResult(Baselines.ReadXlsx(big.Xlsx)));
    table.Add("read, check and normalise 50,000 rows of .xlsx", Milliseconds(xlsx), $"ExcelDataReader {Milliseconds(excelDataReader)}", xlsxRatio, 0.5);
    var (csv, csvHelper, csvRatio) = await PairedTimer.TimeAsync(
        isQuick ? 5 : 25, () => ExamineAsync(big.Csv, "big.csv"), () => Task.FromResult(Baselines.ReadCsv(big.Csv)));
    table.Add("the same as .csv", Milliseconds(csv), $"CsvHelper {Milliseconds(csvHelper)}", csvRatio, 4);
}

async Task MeasureStoringAsync()
{
    var store = await BenchStore.CreateAsync(azurite.ConnectionString, big.Catalogue, clock, ct);
    var part = (await ExamineAsync(big.Csv, "big.csv")).Observations.Take(Baselines.StoredRows).ToList();
    var key = new ReturnKey(big.Form.Return, big.Period);
    var version = 0;
    await store.Tables.GetTableClient("Raw").CreateIfNotExistsAsync(ct);
    var (stored, raw, ratio) = await PairedTimer.TimeAsync(
        isQuick ? 1 : 5,
        () => store.Returns.WriteObservationsAsync(key, ++version, part, isNew: true, ct),
        () => Baselines.StoreAsync(store.Tables.GetTableClient("Raw"), key, ++version, part, ct));
    table.Add("store 5,000 observations: share of the rate", Milliseconds(stored), $"direct to the table {Milliseconds(raw)}", 1 / ratio, 0.8, atLeast: true);
}

async Task CountSamplesAsync()
{
    var store = await BenchStore.CreateAsync(azurite.ConnectionString, PartnershipCatalogue.LoadEmbedded(), clock, ct);
    var samples = LocalFolders.FindReturns(LocalFolders.Samples);
    foreach (var (path, file) in samples)
    {
        await store.Clients.Returns.GetBlobClient(path).UploadAsync(file, ct);
    }

    var ingests = await store.CountAsync(async () =>
    {
        foreach (var (path, _) in samples)
        {
            await store.Ingest.RunAsync(path, ct);
        }
    });
    table.AddCalls("storage calls to ingest a file, on average of the samples", (double)ingests / samples.Count, 10);
    table.AddCalls("storage calls of a repeated event", await store.CountAsync(() => store.Ingest.RunAsync(samples[0].Path, ct)), 1);
    table.AddCalls("storage calls of the first publish of the samples", await store.CountAsync(() => store.Publish.RunAsync(ct)), null);
    table.AddCalls("storage calls of a publish when nothing changed", await store.CountAsync(() => store.Publish.RunAsync(ct)), 2);
    await store.SendAsync("cada/support/2019-20/corrected.csv", "measure,value\ncada.direct,651\ncada.bobby,429\n", ct);
    table.AddCalls("storage calls of a publish after one correction of the samples", await store.CountAsync(() => store.Publish.RunAsync(ct)), 25);
    table.AddCalls("storage calls of the daily comparison with the container", await store.CountAsync(() => store.Sweep.RunAsync(ct)), null);
}

async Task CountGrowthAsync()
{
    var unit = isQuick ? (Agencies: 2, Years: 1, Releases: 2) : (Agencies: 10, Years: 1, Releases: 4);
    foreach (var (what, agencies, years, releases) in new[] { ("agencies", 1, 0, 0), ("years", 0, 1, 0), ("releases", 0, 0, 1) })
    {
        List<double> publishes = [], sweeps = [], boards = [], starts = [], pages = [];
        foreach (var factor in isQuick ? [1, 4] : new[] { 1, 4, 16 })
        {
            int Grown(int size, int grows) => grows == 1 ? size * factor : size;
            var (publish, sweep, board, start, page) = await CountAsync(Grown(unit.Agencies, agencies), Grown(unit.Years, years), Grown(unit.Releases, releases));
            publishes.Add(publish);
            sweeps.Add(sweep);
            boards.Add(board);
            starts.Add(start);
            pages.Add(page);
        }

        table.AddGrowth($"storage calls of a publish after one correction, with more {what}", publishes, 25);
        table.AddGrowth($"storage calls of a sweep at rest, with more {what}", sweeps, 2);
        table.AddGrowth($"storage calls of a board, with more {what}", boards, 3);
        table.AddGrowth($"storage calls of the manager's start page, with more {what}", starts, 6);
        table.AddGrowth($"storage calls of an agency's page, with more {what}", pages, 2);
    }

    if (!isQuick)
    {
        table.AddCalls("storage calls of a board of 60 agencies and 10 years, with last year", (await CountAsync(60, 10, 0, withLastYear: true)).Board, 3);
    }
}

async Task<(int Publish, int Sweep, int Board, int Start, int Page)> CountAsync(int agencies, int years, int releases, bool withLastYear = false)
{
    var store = await BenchStore.CreateAsync(azurite.ConnectionString, GrowingPartnership.Create(agencies), clock, ct);
    var last = Period.YearContaining(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).PreviousYear;
    var all = Enumerable.Range(0, years).Select(i => Period.FromYear(int.Parse(last.ToString()[..4], CultureInfo.InvariantCulture) - i)).ToList();
    // Each quarter has other figures. A file that is the same as that of another quarter would get a query, and open queries of all years are read.
    var files = Enumerable.Range(0, agencies)
        .SelectMany(agency => all.SelectMany(year => year.Quarters()).Select((quarter, i) => (Path: GrowingPartnership.PathOf(agency, quarter), Cases: 400 - i)))
        .ToList();
    await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (file, token) => await store.SendAsync(file.Path, GrowingPartnership.Content(file.Cases), token));
    for (var release = 0; release < releases; release++)
    {
        await store.Publish.RunAsync(ct);
        await store.SendAsync(GrowingPartnership.PathOf(0, last.Quarters()[0]), GrowingPartnership.Content(401 + release), ct);
    }

    var publish = await store.CountAsync(() => store.Publish.RunAsync(ct));
    await store.Sweep.RunAsync(ct);
    await store.Compare.RunAsync(ct);
    return (
        publish,
        await store.CountAsync(() => store.Sweep.RunAsync(ct)),
        await store.CountAsync(() => store.Status.GetBoardAsync(last, ct, withLastYear)),
        await store.CountAsync(() => store.Today.RunAsync(ct)),
        await store.CountAsync(() => store.Status.GetAgencyReturnsAsync(new AgencyId("agency-0"), null, ct)));
}

async Task MeasureSmallCellsAsync()
{
    var year = Period.YearContaining(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)).PreviousYear;
    var firsts = new List<double>();

    // The first publishes of the process compile the code.
    await PublishCorrectionsAsync(5);
    foreach (var rows in isQuick ? [5] : new[] { 5, GrowingPartnership.SmallRows })
    {
        var rounds = new List<(double First, double Last)>();
        for (var round = 0; round < (isQuick ? 3 : 5); round++)
        {
            rounds.Add(await PublishCorrectionsAsync(rows));
        }

        var (first, last) = (PairedTimer.Median(rounds.Select(round => round.First)), PairedTimer.Median(rounds.Select(round => round.Last)));
        firsts.Add(first);
        table.Add(
            FormattableString.Invariant($"publish with {rows}x{GrowingPartnership.SmallColumns} small cells after 8 corrections"),
            Milliseconds(last),
            $"after 1 correction {Milliseconds(first)}",
            PairedTimer.Median(rounds.Select(round => round.Last / round.First)),
            1.5);
    }

    if (firsts.Count > 1)
    {
        table.Add("publish with 4 times as many small cells", Milliseconds(firsts[1]), Milliseconds(firsts[0]), firsts[1] / firsts[0], null);
    }

    async Task<(double First, double Last)> PublishCorrectionsAsync(int rows)
    {
        var store = await BenchStore.CreateAsync(azurite.ConnectionString, GrowingPartnership.CreateSmallCells(rows), clock, ct);
        var times = new List<double>();
        for (var correction = 0; correction <= 8; correction++)
        {
            await store.SendAsync($"agency/people/{year}/people.csv", GrowingPartnership.SmallCells(rows, correction), ct);
            var start = Stopwatch.GetTimestamp();
            await store.Publish.RunAsync(ct);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (times[1], times[^1]);
    }
}

async Task MeasureWaitingAsync()
{
    var (few, many) = isQuick ? (20, 200) : (1_000, 10_000);
    var (small, large) = (await SweepAsync(few), await SweepAsync(many));

    // The emulator shares the processor and becomes slower as it stores more, unlike a storage account. The pipeline itself is measured apart from it.
    table.Add(
        FormattableString.Invariant($"sweep of {many:#,0} waiting submissions"),
        Milliseconds(large.Time) + FormattableString.Invariant($", the emulator {large.Emulator / large.Time:0%} of it"),
        FormattableString.Invariant($"{few:#,0} take {Milliseconds(small.Time)}, the emulator {small.Emulator / small.Time:0%} of it"),
        large.Time / small.Time,
        10);
    table.Add("the same, processor time of the pipeline", Milliseconds(large.Own), Milliseconds(small.Own), large.Own / small.Own, 10);
    table.Add("the same, storage calls", Format(large.Calls), Format(small.Calls), (double)large.Calls / small.Calls, 10);
    table.Add("memory growth during that sweep", FormattableString.Invariant($"{large.Megabytes:0} MiB"), FormattableString.Invariant($"{small.Megabytes:0} MiB"), large.Megabytes, null);

    async Task<(double Time, double Own, double Emulator, int Calls, double Megabytes)> SweepAsync(int submissions)
    {
        var agencies = Math.Max(1, submissions / 100);
        var catalogue = GrowingPartnership.Create(agencies);

        // An emulator of its own: one becomes slower with all that it stores.
        await using var emulator = await AzuriteProcess.StartAsync(new AzuriteOptions(), ct);
        var store = await BenchStore.CreateAsync(emulator.ConnectionString, catalogue, clock, ct);
        var quarters = Enumerable.Range(2000, 25).SelectMany(year => Period.FromYear(year).Quarters()).ToList();
        var paths = Enumerable.Range(0, submissions).Select(i => GrowingPartnership.PathOf(i / 100, quarters[i % 100])).ToList();
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (path, token) => await store.UploadAsync(path, GrowingPartnership.Content(200), token));
        using var emulated = Process.GetProcessById(emulator.ProcessId);
        using var own = Process.GetCurrentProcess();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var (start, ownStart, emulatedStart) = (Stopwatch.GetTimestamp(), Used(own), Used(emulated));
        var found = 0;
        var calls = await store.CountAsync(async () => found = await store.Sweep.RunAsync(ct));
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return found == submissions
            ? (time, Used(own) - ownStart, Used(emulated) - emulatedStart, calls, (GC.GetTotalMemory(forceFullCollection: true) - memory) / 1024d / 1024d)
            : throw new InvalidOperationException($"{found} of {submissions} submissions were ingested.");
    }

    static double Used(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalMilliseconds;
    }
}

async Task MeasureMemoryAsync()
{
    var folder = Directory.CreateTempSubdirectory("dasv-bench").FullName;
    try
    {
        var cells = isQuick ? 100_000 : 1_000_000;
        var file = Path.Combine(folder, "cells.xlsx");
        await File.WriteAllBytesAsync(file, LargeReturn.WriteCells(cells), ct);
        var marked = Path.Combine(folder, "marked.xlsx");
        var megabytes = await ChildMemory.MeasureAsync(["check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1", "--marked", marked], ct);
        if (!File.Exists(marked))
        {
            throw new InvalidOperationException("No marked copy was written, so the cells were not read.");
        }

        table.Add(FormattableString.Invariant($"memory of check --marked on {cells:#,0} cells"), FormattableString.Invariant($"{megabytes:0} MiB"), string.Empty, megabytes, isQuick ? null : 200);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

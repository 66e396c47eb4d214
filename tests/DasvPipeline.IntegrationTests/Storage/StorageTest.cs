using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>The base of storage tests: a store, a return, its uploads, and an ingest in the order of the use case.</summary>
public abstract class StorageTest(AzuriteFixture azurite)
{
    internal static readonly ReturnKey Key = new(ReturnId.TryParse("constabulary/domestic-abuse")!.Value, Period.Parse("2019-20-Q1"));
    internal static readonly DateOnly Due = new(2019, 7, 31);
    internal static readonly DateOnly Today = new(2019, 7, 2);
    internal static readonly Counts Counted = new(0, 0, 0, 1, 2);

    private static readonly DateTimeOffset Start = new(2019, 7, 1, 9, 0, 0, TimeSpan.Zero);

    protected string ConnectionString { get; } = azurite.NextConnectionString();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal Task<TestStore> NewStoreAsync() => TestStore.CreateAsync(azurite, Ct);

    /// <summary>Creates an upload whose number is kept with the blob.</summary>
    /// <param name="number">The number, and the second at which it was uploaded.</param>
    internal static Upload UploadAt(int number, string file = "figures.xlsx") =>
        NewUpload(number, file) with { Mark = new UploadMark(number, Start.AddSeconds(number)) };

    /// <summary>Creates an upload without a number.</summary>
    internal static Upload NewUpload(int second, string file = "figures.xlsx", int tag = 0) => new(
        $"{Key}/{file}", string.Create(CultureInfo.InvariantCulture, $"0x8D{tag:X4}{second:X8}"), Start.AddSeconds(second), 1000);

    internal static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    internal static IReadOnlyList<Observation> Figures(int count, decimal value) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Observation(
            new FigureKey(
                new MeasureId("police.incidents"),
                new AreaId("cambs"),
                Breakdown.Create([new("row", string.Create(CultureInfo.InvariantCulture, $"r{i:00000}"))])),
            Key.Period,
            new Figure(value),
            new CellRef("Incidents", i + 2, 3))),
    ];

    /// <summary>Ingests as the use case does. Returns null if these bytes were already received.</summary>
    internal static async Task<Submission?> IngestAsync(
        IReturnStore store, Upload upload, string content, LedgerState state = LedgerState.Accepted, int figures = 2)
    {
        var claim = await store.ClaimAsync(Key, upload, [], Ct);
        var repeated = await store.TryRepeatAsync(claim, HashOf(content), SubmissionState.Accepted, Due, Ct);
        if (repeated is null)
        {
            await EndAsync(store, claim.Submission, content, state, figures);
        }

        return repeated is null ? claim.Submission : null;
    }

    /// <summary>Removes the submissions of a deleted file, as the use case does.</summary>
    internal static async Task<int?> RemoveAsync(IReturnStore store, string file) =>
        await store.RemoveAsync(Key, [.. (await store.ReadSubmissionsAsync(Key, Ct)).Where(submission => submission.Path == $"{Key}/{file}")], Due, Ct);

    internal static async Task EndAsync(
        IReturnStore store, Submission submission, string content, LedgerState state = LedgerState.Accepted, int figures = 2)
    {
        var counts = Counted with { Errors = state == LedgerState.Rejected ? 3 : 0, Queries = state == LedgerState.AcceptedWithQueries ? 1 : 0, Observations = figures };
        if (state != LedgerState.Rejected)
        {
            await store.WriteObservationsAsync(Key, submission.Version, Figures(figures, content.Length), Ct);
        }

        await store.WriteReportAsync(Key, submission.Version, "findings.json", Encoding.UTF8.GetBytes(content), "application/json", Ct);
        await store.CompleteAsync(submission with { Counts = counts, ContentHash = HashOf(content) }, state, Due, Ct);
    }

    internal static async Task<LedgerRow> RowAsync(TestStore store)
    {
        var row = await store.Returns.ReadLedgerRowAsync(Key, Ct);
        Assert.NotNull(row);
        return row;
    }
}

/// <summary>The calls of an ingest that has read nothing before.</summary>
internal static class ReturnStoreCalls
{
    public static Task CompleteAsync(this IReturnStore store, Submission submission, LedgerState state, DateOnly due, CancellationToken ct) =>
        store.CompleteAsync(submission, state, due, history: null, ct);

    public static Task WriteObservationsAsync(this IReturnStore store, ReturnKey key, int version, IReadOnlyList<Observation> observations, CancellationToken ct) =>
        store.WriteObservationsAsync(key, version, observations, isNew: false, ct);
}

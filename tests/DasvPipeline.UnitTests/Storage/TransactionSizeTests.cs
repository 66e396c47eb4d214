using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.UnitTests.Storage;

/// <summary>The estimated size of a transaction, compared with the bytes that the Azure SDK would send.</summary>
public sealed class TransactionSizeTests
{
    private const string Partition = "constabulary|domestic-abuse|2019-20-Q1|v00000012";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, object> Values => new()
    {
        { "no text", string.Empty },
        { "letters", new string('x', 20_000) },
        { "characters that JSON escapes as 6", new string('\u0001', 20_000) },
        { "quotation marks", new string('"', 20_000) },
        { "characters of HTML", new string('<', 20_000) },
        { "accented letters", new string('\u00e9', 20_000) },
        { "characters of 4 bytes", string.Concat(Enumerable.Repeat("\U0001F600", 10_000)) },
        { "bytes", new byte[20_000] },
        { "bytes that do not fill a group of 3", new byte[20_001] },
        { "a number", int.MinValue },
        { "a large number", long.MinValue },
        { "a fraction", -1.2345678901234567e-300 },
        { "a truth value", false },
        { "a time", DateTimeOffset.MaxValue },
        { "an id", Guid.Empty },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_transaction_is_never_larger_than_its_estimate(string what, object value)
    {
        var isLong = value is string { Length: > 0 } or byte[];
        foreach (var (entities, properties) in isLong ? [(1, 1), (1, 10), (20, 1)] : new[] { (1, 1), (1, 252), (100, 1), (100, 6) })
        {
            var transaction = Enumerable.Range(0, entities).Select(i => Filled(i, properties, value)).ToList();
            var sent = await BytesSentAsync(transaction);
            var estimate = transaction.Sum(Limits.BytesInTransaction);
            Assert.True(sent <= estimate, $"{entities} entities with {properties} properties of {what}: {sent} bytes sent, {estimate} estimated.");
        }
    }

    [Fact]
    public async Task A_transaction_of_entities_without_properties_and_with_long_keys_is_never_larger_than_its_estimate()
    {
        foreach (var key in new[] { "a", new string('x', 512), string.Concat(Enumerable.Repeat("x|", 256)) })
        {
            List<TableEntity> transaction = [.. Enumerable.Range(0, 100).Select(i => new TableEntity(key, string.Create(CultureInfo.InvariantCulture, $"{key[..^Math.Min(key.Length - 1, 4)]}{i:000}")))];
            Assert.InRange(await BytesSentAsync(transaction), 1, transaction.Sum(Limits.BytesInTransaction));
        }
    }

    [Fact]
    public void A_hundred_figures_with_long_notes_fit_into_one_transaction()
    {
        var entities = Enumerable.Range(0, 100).Select(i => Filled(i, 7, new string('x', 500)));
        Assert.Equal([100], Transactions.Split(entities, TableTransactionActionType.UpsertReplace).Select(transaction => transaction.Count));
    }

    [Fact]
    public void Entities_are_split_when_either_limit_is_reached_and_keep_their_order()
    {
        var small = Enumerable.Range(0, 250).Select(i => Filled(i, 1, 1)).ToList();
        var large = Enumerable.Range(250, 12).Select(i => Filled(i, 20, new string('x', 20_000))).ToList();

        var transactions = Transactions.Split([.. small, .. large], TableTransactionActionType.Add).ToList();

        Assert.Equal([.. small, .. large], transactions.SelectMany(transaction => transaction).Select(action => action.Entity));
        Assert.All(transactions, Transactions.Check);
        Assert.All(transactions, transaction => Assert.Equal(TableTransactionActionType.Add, transaction[0].ActionType));
        Assert.Equal([100, 100, 60, 2], transactions.Select(transaction => transaction.Count));
    }

    [Fact]
    public void A_transaction_may_reach_the_limit_exactly_and_not_exceed_it()
    {
        var room = Limits.MaxBatchBytes / 8;
        var entities = Enumerable.Range(0, 8).Select(i => OfSize(i, room)).ToList();
        Assert.Equal(Limits.MaxBatchBytes, entities.Sum(Limits.BytesInTransaction));
        Assert.Single(Transactions.Split(entities, TableTransactionActionType.Add));
        Transactions.Check(ActionsOf(entities));

        entities[7] = OfSize(7, room + 1);
        Assert.Equal([7, 1], Transactions.Split(entities, TableTransactionActionType.Add).Select(transaction => transaction.Count));
        Assert.Throws<StorageLimitException>(() => Transactions.Check(ActionsOf(entities)));
    }

    private static TableEntity Filled(int row, int properties, object value)
    {
        var entity = new TableEntity(Partition, Keys.Figure(new FigureKey(new MeasureId("police.incidents"), new AreaId("cambs"), Breakdown.Create([new("row", string.Create(CultureInfo.InvariantCulture, $"r{row:00000}"))]))));
        for (var i = 0; i < properties; i++)
        {
            entity[string.Create(CultureInfo.InvariantCulture, $"Property{i}")] = value;
        }

        return entity;
    }

    /// <summary>Returns an entity whose estimate has exactly this size.</summary>
    private static TableEntity OfSize(int row, int bytes)
    {
        var entity = Filled(row, 20, new string('x', 25_000));
        entity["Rest"] = string.Empty;
        entity["Rest"] = new string('x', bytes - Limits.BytesInTransaction(entity));
        return entity;
    }

    private static List<TableTransactionAction> ActionsOf(IEnumerable<TableEntity> entities) =>
        [.. entities.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity))];

    private static async Task<long> BytesSentAsync(IEnumerable<TableEntity> entities)
    {
        var transport = new MeasuringTransport();
        var options = new TableClientOptions { Transport = transport, Retry = { MaxRetries = 0 } };
        var client = new TableClient("DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.windows.net", "Observations", options);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.SubmitTransactionAsync(ActionsOf(entities), Ct));
        return transport.Bytes;
    }

    /// <summary>Measures the body of a request instead of sending it.</summary>
    private sealed class MeasuringTransport : HttpPipelineTransport
    {
        public long Bytes { get; private set; }

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException("Storage is called asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
            Bytes = body.Length;
            throw new NotSupportedException("Nothing is sent.");
        }
    }
}

using System.Globalization;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.IntegrationTests.Storage;

public sealed class LimitTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    [Fact]
    public async Task A_hundred_and_one_figures_are_two_transactions()
    {
        var store = await NewStoreAsync();
        var calls = new CrashAtCall(0, false);

        await store.Through(calls).Returns.WriteObservationsAsync(Key, 1, Figures(101, 1), Ct);

        Assert.Equal(101, (await store.Returns.ReadObservationsAsync(Key, 1, Ct)).Count);
        Assert.Equal(3, calls.Calls);
    }

    [Fact]
    public void Entities_of_100_KB_are_cut_into_transactions_under_4_MiB()
    {
        var entities = Enumerable.Range(0, 100).Select(i =>
            new TableEntity("p", Row(i)) { ["A"] = new string('x', 32_000), ["B"] = new string('x', 32_000), ["C"] = new string('x', 32_000) });

        var transactions = Transactions.Split(entities, TableTransactionActionType.Add).ToList();

        Assert.Equal(3, transactions.Count);
        Assert.Equal(100, transactions.Sum(transaction => transaction.Count));
        Assert.All(transactions, Transactions.Check);
    }

    [Fact]
    public async Task A_hundred_and_one_operations_are_refused() =>
        await AssertRefusedAsync("1 to 100 operations", [.. Enumerable.Range(0, 101).Select(i => new TableEntity("p", Row(i)))]);

    [Fact]
    public async Task Two_partitions_in_a_transaction_are_refused() =>
        await AssertRefusedAsync("one partition", [new TableEntity("p", "a"), new TableEntity("q", "a")]);

    [Fact]
    public async Task One_entity_twice_in_a_transaction_is_refused() =>
        await AssertRefusedAsync("once", [new TableEntity("p", "a"), new TableEntity("p", "a")]);

    [Fact]
    public async Task A_transaction_over_4_MiB_is_refused() => await AssertRefusedAsync(
        "4194304",
        [.. Enumerable.Range(0, 100).Select(i => new TableEntity("p", Row(i)) { ["A"] = new string('x', 32_000), ["B"] = new string('x', 32_000) })]);

    [Fact]
    public async Task Two_hundred_and_fifty_three_properties_are_refused()
    {
        var entity = new TableEntity("p", "a");
        for (var i = 0; i < 252; i++)
        {
            entity[string.Create(CultureInfo.InvariantCulture, $"P{i}")] = i;
        }

        Limits.Check(entity);
        entity["One more"] = 1;
        await AssertRefusedAsync("252 properties", [entity]);
    }

    [Fact]
    public async Task An_entity_over_1_MiB_is_refused()
    {
        var entity = new TableEntity("p", "a");
        for (var i = 0; i < 17; i++)
        {
            entity[string.Create(CultureInfo.InvariantCulture, $"P{i}")] = new string('x', 32_000);
        }

        await AssertRefusedAsync("1048576", [entity]);
    }

    [Fact]
    public async Task A_text_over_64_KiB_is_refused() =>
        await AssertRefusedAsync("65536", [new TableEntity("p", "a") { ["Note"] = new string('x', 32_769) }]);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0085b")]
    public async Task A_key_that_Azure_does_not_take_is_refused(string key) => await AssertRefusedAsync("U+", [new TableEntity("p", key)]);

    [Fact]
    public async Task A_key_over_1_KiB_is_refused() => await AssertRefusedAsync("1024", [new TableEntity("p", new string('x', 513))]);

    [Fact]
    public void A_key_is_made_of_ids_only()
    {
        Assert.Throws<StorageLimitException>(() => Keys.Return(Key with { Return = new(new("Some One"), "x") }));
        Assert.Throws<StorageLimitException>(() => Keys.Figure(new(new("a|b"), AreaId.All, Breakdown.None)));
        Assert.Throws<StorageLimitException>(() => Keys.Figure(new(new("a"), AreaId.All, Breakdown.Create([new("age", "13 to 17")]))));
        Assert.Throws<StorageLimitException>(() => BlobNames.Report(Key, 1, "../findings.json"));
    }

    [Fact]
    public async Task A_figure_given_twice_is_refused() => await Assert.ThrowsAsync<ArgumentException>(async () =>
        await (await NewStoreAsync()).Returns.WriteObservationsAsync(Key, 1, [.. Figures(2, 1), .. Figures(1, 1)], Ct));

    private static string Row(int i) => i.ToString("D4", CultureInfo.InvariantCulture);

    // No table is needed: a refused transaction is not sent.
    private static async Task AssertRefusedAsync(string reason, IReadOnlyList<TableEntity> entities)
    {
        var table = new Table(new TableClient("UseDevelopmentStorage=true", "Nowhere"));
        var e = await Assert.ThrowsAsync<StorageLimitException>(() =>
            table.SubmitAsync([.. entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity))], Ct));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Ports;
using DasvPipeline.Local.Commands;
using DasvPipeline.Storage;
using DasvPipeline.Storage.Connect;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.IntegrationTests.Storage;

public sealed class StorageRegistrationTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    [Fact]
    public async Task Storage_can_be_configured_with_connection_strings()
    {
        await using var provider = Provider(("Returns", ConnectionString), ("Public", ConnectionString));

        await StorageInitializer.Create(ConnectionString).InitializeAsync(Ct);
        await StorageInitializer.Create(ConnectionString).InitializeAsync(Ct);

        Assert.Null(await provider.GetRequiredService<IUploadStore>().FindAsync("a/b/../c", Ct));
        Assert.NotNull(provider.GetRequiredService<IFeedStore>());
        Assert.NotNull(provider.GetRequiredService<IReturnStore>());
    }

    [Theory]
    [InlineData("an-identity")]
    [InlineData("")]
    public async Task Storage_can_be_configured_with_addresses_and_an_identity(string clientId)
    {
        await using var provider = Provider(
            ("Returns:blobServiceUri", "https://private.blob.core.windows.net"),
            ("Returns:tableServiceUri", "https://private.table.core.windows.net"),
            ("Returns:clientId", clientId),
            ("Public:blobServiceUri", "https://public.blob.core.windows.net"),
            ("Public:clientId", clientId));

        Assert.NotNull(provider.GetRequiredService<IReturnStore>());
    }

    [Theory]
    [InlineData("Returns:tableServiceUri", "Returns:blobServiceUri")]
    [InlineData("Returns:blobServiceUri", "Returns:tableServiceUri")]
    [InlineData("Public:blobServiceUri", "Returns:blobServiceUri", "Returns:tableServiceUri")]
    public void A_setting_that_is_missing_is_named(string missing, params string[] given)
    {
        using var provider = Provider([.. given.Select(name => (name, "https://private.example.org"))]);
        Assert.Contains(Problems(provider), problem => problem.Setting == missing && problem.Sentence.StartsWith($"The setting {missing} is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Public:blobServiceUri", "canary words")]
    [InlineData("Public:blobServiceUri", "http://public.blob.core.windows.net")]
    [InlineData("Public:blobServiceUri", "file:///public")]
    [InlineData("Public", "AccountName=public;AccountKey=canary")]
    [InlineData("Public", "canary")]
    [InlineData("Returns", "canary")]
    public void An_invalid_setting_is_named_without_its_value(string name, string value)
    {
        using var provider = Provider(("Returns:blobServiceUri", "https://a.example.org"), ("Returns:tableServiceUri", "https://a.example.org"), (name, value));
        Assert.Contains(Problems(provider), problem => problem.Setting == name && problem.Sentence.StartsWith($"The setting {name} is not", StringComparison.Ordinal));
        Assert.DoesNotContain(Problems(provider), problem => problem.Sentence.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_wrong_setting_is_reported_at_once()
    {
        using var provider = Provider(("Returns:blobServiceUri", "http://a.example.org"));
        Assert.Equal(["Returns:blobServiceUri", "Returns:tableServiceUri", "Public:blobServiceUri"], Problems(provider).Select(problem => problem.Setting));
    }

    [Fact]
    public async Task An_account_without_settings_fails_its_own_calls_only_and_at_once()
    {
        await using var provider = Provider(("Returns", ConnectionString));
        await StorageInitializer.Create(ConnectionString).InitializeAsync(Ct);

        Assert.Null(await provider.GetRequiredService<IUploadStore>().FindAsync("a/b/../c", Ct));
        var fault = await Assert.ThrowsAsync<StorageSettingException>(() => provider.GetRequiredService<IFeedStore>().ReadAsync("index.json", Ct));
        Assert.StartsWith("The setting Public:blobServiceUri is missing.", fault.Message, StringComparison.Ordinal);
        Assert.True(provider.GetRequiredService<IStorageFaults>().IsUnavailable(fault));
    }

    [Fact]
    public async Task A_person_waits_at_most_five_seconds_for_an_account_that_never_responds()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/account";
        await using var provider = Provider(("Returns", ConnectionString), ("Public", $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;BlobEndpoint={endpoint}"));
        var faults = provider.GetRequiredService<IStorageFaults>();

        var started = Stopwatch.GetTimestamp();
        using var limit = faults.LimitWait();
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => provider.GetRequiredService<IFeedStore>().ReadAsync("index.json", Ct));

        Assert.True(faults.IsUnavailable(fault), fault.ToString());
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15));
    }

    /// <summary>On Azure only the deployment creates tables.</summary>
    [Fact]
    public void The_deployment_makes_every_table_and_container()
    {
        var blobs = new BlobServiceClient(ConnectionString);
        var clients = new StorageClients(new TableServiceClient(ConnectionString), blobs, blobs);
        var bicep = File.ReadAllText(Path.Combine(LocalFolders.Repository, "infra", "main.bicep"));
        var tables = Regex.Match(bicep, @"tables: \[(.*?)\]").Groups[1].Value;

        Assert.Equal(clients.Tables.Select(table => $"'{table.Name}'").Order(StringComparer.Ordinal), tables.Split(", ").Order(StringComparer.Ordinal));
        Assert.All(clients.Containers, container => Assert.Contains($"'{container.Name}'", bicep, StringComparison.Ordinal));
    }

    private static List<SettingProblem> Problems(ServiceProvider provider) => [.. provider.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems())];

    private static ServiceProvider Provider(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddDasvStorage(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)))
            .Build())
        .BuildServiceProvider();
}

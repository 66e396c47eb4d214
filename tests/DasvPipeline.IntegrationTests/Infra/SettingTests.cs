using System.Reflection;
using System.Text.RegularExpressions;
using DasvPipeline.Functions;
using DasvPipeline.Local.Commands;
using DasvPipeline.Mail;
using DasvPipeline.Storage;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Tests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>Checks that every setting that is read is set, and the reverse.</summary>
public sealed partial class SettingTests
{
    /// <summary>Settings that only the platform reads.</summary>
    private static readonly Dictionary<string, string> ReadByThePlatform = new(StringComparer.Ordinal)
    {
        ["AzureWebJobsDisableHomepage"] = "the Functions host: the app has its own page at the root address",
        ["AzureWebJobsStorage:accountName"] = "the Functions host: where it keeps locks and keys",
        ["AzureWebJobsStorage:credential"] = "the Functions host: not a key",
        ["AzureWebJobsStorage:clientId"] = "the Functions host: as which identity",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "the Functions host: sends its own telemetry as the identity",
        ["OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID"] = "App Service Authentication: the identity that replaces a secret",
    };

    /// <summary>The settings that the blob trigger extension reads for the connection that an attribute names.</summary>
    private static readonly string[] OfAConnection = ["blobServiceUri", "queueServiceUri", "credential", "clientId"];

    /// <summary>Settings that are read but deliberately not set.</summary>
    private static readonly Dictionary<string, string> NotSet = new(StringComparer.Ordinal)
    {
        ["Returns"] = "a connection string, for a laptop's emulator",
        ["Public"] = "a connection string, for a laptop's emulator",
        ["PublishMode"] = "for a laptop, which publishes at once; on Azure the catalogue says it",
        ["WEBSITE_HOSTNAME"] = "set by App Service itself: the address of the pages, if the setting PortalAddress is empty",
        ["NotifyAddress"] = "another address of GOV.UK Notify, for tests",
        ["WEBSITE_AUTH_ENABLED"] = "set by App Service Authentication itself",
    };

    /// <summary>The only files that may read the configuration. Add a new one here and to the files that these tests read.</summary>
    private static readonly string[] Readers =
        ["functions/FunctionAppOptions.cs", "functions/Program.cs", "functions/ScheduleOptions.cs", "shared/DasvPipeline.Mail/MailOptions.cs", "shared/DasvPipeline.Mail/MailServiceCollectionExtensions.cs", "shared/DasvPipeline.Storage/Connect/StorageOptions.cs", "shared/DasvPipeline.Storage/StorageServiceCollectionExtensions.cs"];

    private static IEnumerable<string> Sources => new[] { "functions", "shared" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(LocalFolders.Repository, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static IEnumerable<Attribute> TriggerAttributes => typeof(IngestReturnTrigger).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters()).SelectMany(parameter => parameter.GetCustomAttributes());

    [LongTheory]
    [InlineData(Deployment.Dev)]
    [InlineData(Deployment.Production)]
    [InlineData(Deployment.Whole)]
    public async Task Every_setting_that_is_read_is_set_and_every_set_one_is_read(string deployment)
    {
        var read = ReadByStorage().Concat(ReadByProgram()).Concat(ReadByTriggers()).Concat(ReadByThePlatform.Keys).Except(NotSet.Keys).Distinct();
        Assert.Equal(read.Order(StringComparer.Ordinal), (await SetAsync(deployment)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_left_unset_on_purpose_are_read() => Assert.Empty(NotSet.Keys.Except(ReadByStorage()).Except(ReadByProgram()));

    [Fact]
    public void Only_the_listed_files_read_the_configuration() => Assert.Equal(
        Readers,
        Sources.Where(file => LooksAtConfiguration().IsMatch(File.ReadAllText(Path.Combine(LocalFolders.Repository, file)))).Order(StringComparer.Ordinal));

    [LongFact]
    public async Task Every_setting_named_between_percent_signs_is_set()
    {
        var named = TriggerAttributes.SelectMany(Names).Distinct().ToList();
        Assert.Equal(4, named.Count);
        Assert.Empty(named.Except(await SetAsync(Deployment.Production)));
    }

    [LongFact]
    public async Task Uploads_are_sent_to_the_trigger_that_waits_for_them()
    {
        var trigger = Assert.Single(TriggerAttributes.OfType<BlobTriggerAttribute>());
        var subscription = Assert.Single((await Deployment.OfAsync(Deployment.Whole)).Of("Microsoft.EventGrid/systemTopics/eventSubscriptions", "/uploads"));
        Assert.Equal(BlobTriggerSource.EventGrid, trigger.Source);
        Assert.Equal($"/blobServices/default/containers/{trigger.BlobPath.Split('/')[0]}/", (string?)subscription["properties"]!["filter"]!["subjectBeginsWith"]);
        var name = typeof(IngestReturnTrigger).GetMethod(nameof(IngestReturnTrigger.RunAsync))!.GetCustomAttribute<FunctionAttribute>()!.Name;
        Assert.Contains($"'{name}'", (string)subscription["properties"]!["destination"]!["properties"]!["endpointUrl"]!, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task Deletions_are_sent_to_the_queue_of_the_trigger_that_waits_for_them()
    {
        var trigger = Assert.Single(TriggerAttributes.OfType<QueueTriggerAttribute>(), queue => queue.QueueName == RemoveReturnTrigger.Queue);
        var deployment = await Deployment.OfAsync(Deployment.Whole);
        var subscription = Assert.Single(deployment.Of("Microsoft.EventGrid/systemTopics/eventSubscriptions", "/deletions"));
        Assert.Equal(trigger.QueueName, (string?)subscription["properties"]!["deliveryWithResourceIdentity"]!["destination"]!["properties"]!["queueName"]);
        Assert.Single(deployment.Of("Microsoft.Storage/storageAccounts/queueServices/queues", "/" + trigger.QueueName));
        Assert.Equal("Returns", trigger.Connection);
    }

    [LongFact]
    public async Task The_deployment_makes_the_queue_of_every_trigger()
    {
        var queues = (await Deployment.OfAsync(Deployment.Production)).Of("Microsoft.Storage/storageAccounts/queueServices/queues").Select(queue => ((string)queue["name"]!).Split('/')[^1]);
        Assert.Equal(TriggerAttributes.OfType<QueueTriggerAttribute>().Select(queue => queue.QueueName).Order(StringComparer.Ordinal), queues.Order(StringComparer.Ordinal));
    }

    [LongTheory]
    [InlineData("publishSchedule")]
    [InlineData("sweepSchedule")]
    [InlineData("chaseSchedule")]
    [InlineData("backupSchedule")]
    public async Task The_template_refuses_a_schedule_without_six_fields(string name)
    {
        var output = await Deployment.RefuseAsync($"param {name} = '0 6 * * *'");
        Assert.Contains($"{name} needs six fields", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_feed_and_the_health_check_answer_without_signing_in()
    {
        string[] open = ["runtime/webhooks/", "feed/", "api/health"];
        Assert.Equal(["api/health", "feed/{*path}"], TriggerAttributes.OfType<HttpTriggerAttribute>().Select(http => http.Route!).Where(route => open.Any(path => route.StartsWith(path, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }

    [LongFact]
    public async Task Alerts_and_the_workbook_name_functions_that_exist()
    {
        var functions = typeof(IngestReturnTrigger).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToList();
        var texts = (await Deployment.OfAsync(Deployment.Whole)).Of("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!)
            .Append(await File.ReadAllTextAsync(Path.Combine(LocalFolders.Repository, "infra", "workbook.json"), TestContext.Current.CancellationToken));
        Assert.All(texts.SelectMany(text => FunctionName().Matches(text).Select(match => match.Value)), name => Assert.Contains(name, functions));
    }

    private static async Task<IEnumerable<string>> SetAsync(string deployment) =>
        Assert.Single((await Deployment.OfAsync(deployment)).Of("Microsoft.Web/sites/config", "/appsettings"))["properties"]!.AsObject()
            .Select(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal));

    private static HashSet<string> ReadByStorage()
    {
        var watched = new Watched();
        using var services = new ServiceCollection().AddDasvStorage(new ConfigurationBuilder().Add(watched).Build()).BuildServiceProvider();
        _ = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return watched.RequestedKeys;
    }

    private static HashSet<string> ReadByProgram()
    {
        var watched = new Watched();
        new FunctionAppOptions().Read(new ConfigurationBuilder().Add(watched).Build());
        _ = new MailOptions(new ConfigurationBuilder().Add(watched).Build());
        return watched.RequestedKeys;
    }

    private static IEnumerable<string> ReadByTriggers() => TriggerAttributes.SelectMany(Names)
        .Concat(TriggerAttributes.OfType<BlobTriggerAttribute>().SelectMany(blob => OfAConnection.Select(name => $"{blob.Connection}:{name}")));

    private static IEnumerable<string> Names(Attribute attribute) => attribute switch
    {
        TimerTriggerAttribute timer => Named(timer.Schedule),
        BlobTriggerAttribute blob => Named(blob.BlobPath),
        HttpTriggerAttribute http => Named(http.Route ?? string.Empty),
        _ => [],
    };

    private static IEnumerable<string> Named(string text) => Setting().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\bIConfiguration|\.Configuration\b|GetEnvironmentVariable|ConfigurationBuilder")]
    private static partial Regex LooksAtConfiguration();

    [GeneratedRegex("(?:Sweep|Publish|Chase|Ingest)[A-Z][A-Za-z]+")]
    private static partial Regex FunctionName();

    /// <summary>Returns a value for every key, as on Azure, and records the key.</summary>
    private sealed class Watched : ConfigurationProvider, IConfigurationSource
    {
        public HashSet<string> RequestedKeys { get; } = new(StringComparer.Ordinal);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override bool TryGet(string key, out string? value)
        {
            RequestedKeys.Add(key);
            value = !key.Contains(':', StringComparison.Ordinal) ? null : key.EndsWith("Uri", StringComparison.Ordinal) ? "https://account.example.org" : key.EndsWith("Days", StringComparison.Ordinal) ? "2557" : "11111111-1111-1111-1111-111111111111";
            return value is not null;
        }
    }
}

using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Telemetry;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The documented spans, measurements, logs and host settings, and the names used on Azure, match the code.</summary>
public sealed partial class TelemetryNameTests
{
    internal static IEnumerable<string> Spans => Constants(typeof(PipelineTelemetry.Spans));

    internal static IEnumerable<Instrument> Instruments => typeof(Metrics).GetProperties().Select(property => property.GetValue(null)).OfType<Instrument>();

    private static string Page => File.ReadAllText(Path.Combine(LocalFolders.Repository, "ARCHITECTURE.md"));

    [Fact]
    public void Every_span_is_documented_and_no_other() => Assert.Equal(Spans.Order(StringComparer.Ordinal), FirstCells("### Spans").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_attribute_is_documented() => Assert.All(Constants(typeof(PipelineTelemetry.Tags)), tag => Assert.Contains($"`{tag}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_measurement_is_documented_with_its_instrument_and_unit() => Assert.Equal(
        Instruments.Select(item => $"{item.Name}|{item.GetType().Name.Split('`')[0].ToLowerInvariant()}|{item.Unit}").Order(StringComparer.Ordinal),
        Rows("### Measurements").Select(row => $"{row[0].Trim('`')}|{row[1]}|{row[2].Trim('`')}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_log_is_documented_with_its_number_and_level() => Assert.Equal(
        typeof(IngestReturn).Assembly.GetTypes().Where(type => type.Name == "Log").SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(log => $"{log.EventId}|{log.Level}|{log.Message}").Order(StringComparer.Ordinal),
        Rows("### Logs").Select(row => $"{row[0]}|{row[1]}|{row[2].Trim('`')}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_of_the_host_is_explained_with_its_value_and_no_other()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(LocalFolders.Repository, "host.json")));
        Assert.Equal(
            Leaves(string.Empty, host.RootElement).Order(StringComparer.Ordinal),
            Rows("### The host's settings").Select(row => $"{row[0].Trim('`')}={row[1].Trim('`')}").Order(StringComparer.Ordinal));
    }

    [LongFact]
    public async Task Alerts_and_the_workbook_name_spans_and_measurements_that_exist()
    {
        var texts = (await Deployment.OfAsync(Deployment.Whole)).Of("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!)
            .Append(await File.ReadAllTextAsync(Path.Combine(LocalFolders.Repository, "infra", "workbook.json"), TestContext.Current.CancellationToken))
            .Append(await File.ReadAllTextAsync(Path.Combine(LocalFolders.Repository, "docs", "deploy.md"), TestContext.Current.CancellationToken));
        var named = texts.SelectMany(text => Name().Matches(text).Select(match => match.Value)).Distinct().ToList();
        Assert.True(named.Count > 5);
        Assert.Empty(named.Except([.. Spans, .. Instruments.Select(item => item.Name), .. Constants(typeof(PipelineTelemetry.Tags))]));
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Leaves(string at, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(property => Leaves(at.Length == 0 ? property.Name : $"{at}.{property.Name}", property.Value))
        : [$"{at}={element.GetRawText()}"];

    private static IEnumerable<string> FirstCells(string title) => Rows(title).Select(row => row[0].Trim('`'));

    /// <summary>Returns the rows of the table under a title, without its header.</summary>
    private static IEnumerable<string[]> Rows(string title) => Page.Split(title + "\n")[1].Split('\n')
        .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    [GeneratedRegex(@"\bdasv\.[a-z_]+(?:\.[a-z_]+)*")]
    private static partial Regex Name();
}

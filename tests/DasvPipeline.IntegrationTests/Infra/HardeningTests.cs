using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Infra;

public sealed partial class HardeningTests
{
    /// <summary>The deployments that the tests of requirements share. They only read them, and run one after another.</summary>
    private static readonly ConcurrentDictionary<string, Task<Deployment>> Deployments = new(StringComparer.Ordinal);

    public static TheoryData<string, string> Cases =>
        [.. Hardening.Requirements.SelectMany(requirement => requirement.In.Select(deployment => (requirement.Description, deployment)))];

    [LongTheory]
    [MemberData(nameof(Cases))]
    public async Task A_deployment_meets_the_requirement(string description, string deployment) =>
        Assert.True(Named(description).Holds(await ReadAsync(deployment)), $"{description}: not met in {deployment}.");

    [LongTheory]
    [MemberData(nameof(Cases))]
    public async Task Weakening_any_resource_breaks_the_requirement(string description, string deployment)
    {
        var requirement = Named(description);
        var whole = await ReadAsync(deployment);
        var resources = whole.Of(requirement.Type, requirement.Named).ToList();
        foreach (var resource in resources)
        {
            var weakened = resource.DeepClone();
            requirement.Weaken(weakened);
            Assert.False(
                requirement.Holds(whole with { Resources = [.. whole.Resources.Select(other => other == resource ? weakened : other)] }),
                $"{description}: weakening it is not detected in {deployment}.");
        }

        Assert.False(requirement.Holds(whole with { Resources = [.. whole.Resources.Except(resources)] }));
    }

    [Fact]
    public void No_two_requirements_have_the_same_description() =>
        Assert.Equal(Hardening.Requirements.Count, Hardening.Requirements.Select(requirement => requirement.Description).Distinct().Count());

    [LongTheory]
    [InlineData("Microsoft.Storage/storageAccounts", 2)]
    [InlineData("Microsoft.Storage/storageAccounts/blobServices/containers", 12)]
    [InlineData("Microsoft.Authorization/locks", 2)]
    [InlineData("Microsoft.Network/privateEndpoints", 3)]
    [InlineData("Microsoft.Network/networkSecurityGroups", 2)]
    [InlineData("Microsoft.Insights/diagnosticSettings", 3)]
    [InlineData("Microsoft.Insights/scheduledQueryRules", 6)]
    [InlineData("Microsoft.Insights/metricAlerts", 2)]
    public async Task The_deployment_has_the_expected_number_of_resources(string type, int count) =>
        Assert.Equal(count, (await Deployment.OfAsync(Deployment.Whole)).Of(type).Count());

    [LongFact]
    public async Task The_public_account_holds_nothing_but_the_feed_and_its_pages() => Assert.Equal(
        ["public", "site"],
        (await Deployment.OfAsync(Deployment.Whole)).Of("Microsoft.Storage/storageAccounts/blobServices/containers", "pub").Where(container => ((string)container["name"]!).StartsWith("dasvpub", StringComparison.Ordinal))
            .Select(container => ((string)container["name"]!).Split('/')[^1]).Order(StringComparer.Ordinal));

    [LongFact]
    public async Task The_immutability_policy_is_unlocked_and_applies_to_versions_only()
    {
        var whole = await Deployment.OfAsync(Deployment.Whole);
        var policy = Assert.Single(whole.Of("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"));
        Assert.Equal(["immutabilityPeriodSinceCreationInDays"], policy["properties"]!.AsObject().Select(member => member.Key));
        var container = Assert.Single(whole.Of("Microsoft.Storage/storageAccounts/blobServices/containers"), container => policy["name"]!.ToString() == container["name"] + "/default");
        Assert.True((bool)container["properties"]!["immutableStorageWithVersioning"]!["enabled"]!);
    }

    [LongFact]
    public async Task Every_value_that_differs_between_deployments_is_a_parameter()
    {
        var parameters = (await Deployment.TemplateAsync())["parameters"]!.AsObject();
        string[] expected =
        [
            "instanceMemoryMB", "maximumInstanceCount", "privateEndpoints", "networkPrefix", "allowedIpRanges", "retentions", "immutableDays", "softDeleteDays",
            "storageSku", "contactEmails", "monthlyBudget", "publishSchedule",
        ];
        Assert.All(expected, name => Assert.True(parameters.ContainsKey(name), name));
    }

    [LongFact]
    public async Task No_parameter_or_output_is_a_secret()
    {
        var template = await Deployment.TemplateAsync();
        Assert.Equal(
            ["feedUrl", "functionAppName", "identityPrincipalId", "portalUrl", "privateAccountName", "publicAccountName"],
            template["outputs"]!.AsObject().Select(output => output.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(ParametersOf(template), parameter => ((string?)parameter["type"])?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true);

        // The template reads one key: Azure reads that of the app's own webhook, for the subscription only.
        var text = template.ToJsonString();
        Assert.Single(Keys().Matches(text));
        Assert.DoesNotContain("AccountKey=", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SharedAccessSignature", text, StringComparison.OrdinalIgnoreCase);
    }

    [LongFact]
    public async Task Without_sign_in_the_app_does_not_trust_principals_from_the_platform()
    {
        var before = await Deployment.OfAsync(Deployment.Production);
        Assert.Empty(before.Of("Microsoft.Web/sites/config", "authsettings"));
        Assert.DoesNotContain("WEBSITE_AUTH_ENABLED", before.Text, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task An_instance_is_always_ready_only_if_the_deployment_asks_for_it()
    {
        var app = Assert.Single((await Deployment.OfAsync(Deployment.Production)).Of("Microsoft.Web/sites"));
        Assert.Empty(app["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["alwaysReady"]!.AsArray());
        var ready = await Deployment.WithAsync("param alwaysReadyInstances = 1");
        Assert.Equal(
            """[{"name":"blob","instanceCount":1}]""",
            Assert.Single(ready.Of("Microsoft.Web/sites"))["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["alwaysReady"]!.ToJsonString());
    }

    [LongTheory]
    [InlineData(Deployment.Production, "False")]
    [InlineData(Deployment.Whole, "True")]
    public async Task Upload_links_lead_to_the_app_if_storage_is_private(string deployment, string expected) => Assert.Equal(
        expected, (string?)Assert.Single((await Deployment.OfAsync(deployment)).Of("Microsoft.Web/sites/config", "/appsettings"))["properties"]!["UploadsThroughApp"], ignoreCase: true);

    [LongFact]
    public async Task An_event_topic_that_exists_is_used()
    {
        var deployment = await Deployment.WithAsync("param existingTopicName = 'topic-of-defender'");
        Assert.Equal("topic-of-defender", (string?)Assert.Single(deployment.Of("Microsoft.EventGrid/systemTopics"))["name"]);
    }

    [LongFact]
    public async Task The_budget_has_the_start_that_the_environment_keeps()
    {
        var budget = Assert.Single((await Deployment.OfAsync(Deployment.Production)).Of("Microsoft.Consumption/budgets"));
        Assert.Equal("2026-01-01", (string?)budget["properties"]!["timePeriod"]!["startDate"]);
        Assert.Empty((await Deployment.WithAsync("param budgetStart = ''", replaces: "budgetStart")).Of("Microsoft.Consumption/budgets"));
    }

    private static Task<Deployment> ReadAsync(string deployment) => Deployments.GetOrAdd(deployment, Deployment.OfAsync);

    private static Requirement Named(string description) => Hardening.Requirements.Single(requirement => requirement.Description == description);

    private static IEnumerable<JsonNode> ParametersOf(JsonNode node) => node switch
    {
        JsonObject item => (item["parameters"] is JsonObject own && item.ContainsKey("resources") ? own.Select(parameter => parameter.Value!) : [])
            .Concat(item.Where(member => member.Value is not null).SelectMany(member => ParametersOf(member.Value!))),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => ParametersOf(item!)),
        _ => [],
    };

    [GeneratedRegex("list[A-Z][A-Za-z]*\\(")]
    private static partial Regex Keys();
}

using System.Text.Json.Nodes;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>Checks that these role assignments exist and no others.</summary>
public sealed class RoleTests
{
    /// <summary>The holder, the scope, the role, and the reason.</summary>
    private static readonly (string Holder, string On, string Role, string Because)[] Roles =
    [
        ("app", "private account", "db58b8e5-c6ad-4a2a-8342-4190687cbf4a", "Storage Blob Delegator: signs upload links, which give no more access than the app has"),
        ("app", "container azure-webjobs-hosts", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner: the Functions host leases and tags its own blobs"),
        ("app", "container azure-webjobs-secrets", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner: the Functions host keeps the key of its webhook"),
        ("app", "container returns", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner: the blob trigger, and deleting every version of a file with personal data"),
        ("app", "container reports", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner: writes reports, and deletes every version of a report about personal data"),
        ("app", "container keys", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: the keys that sign forms"),
        ("app", "container checked", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: keeps a checked file for a day, so that it can be sent"),
        ("app", "container drafts", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: keeps entered figures until they are sent"),
        ("app", "container backups", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: writes the daily copies of the tables"),
        ("app", "container deployments", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: the platform reads and deploys the code as the app"),
        ("app", "private account", "974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Storage Queue Data Contributor: the blob trigger's queue, and that of uploads given up"),
        ("app", "private account", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "Storage Table Data Contributor: the ledger and the figures"),
        ("app", "public account", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: writes the feed, and cannot take immutability off"),
        ("app", "Application Insights", "3913510d-42f4-4e42-8a64-420c390055eb", "Monitoring Metrics Publisher: sends telemetry without a key"),
        ("topic", "queue deleted-uploads", "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "Storage Queue Data Message Sender: reports deleted uploads, and reads no message"),
        ("topic", "container dead-letter", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor: keeps events that could not be delivered, and reaches no return"),
    ];

    [LongTheory]
    [InlineData(Deployment.Dev)]
    [InlineData(Deployment.Production)]
    [InlineData(Deployment.Whole)]
    public async Task Every_needed_role_is_assigned_and_no_other(string deployment)
    {
        var given = (await Deployment.OfAsync(deployment)).Of("Microsoft.Authorization/roleAssignments").Select(assignment => (
            Holder: HolderOf((string)assignment["properties"]!["principalId"]!),
            On: PlaceOf((string)assignment["id"]!),
            Role: ((string)assignment["properties"]!["roleDefinitionId"]!).Split('/')[^1]));
        Assert.Equal(Roles.Select(role => (role.Holder, role.On, role.Role)).Order(), given.Order());
    }

    /// <summary>With the narrow role, the app owns only the containers of the Functions host.</summary>
    [LongFact]
    public async Task The_role_for_files_replaces_the_owner_of_uploads_and_reports()
    {
        const string role = "99999999-9999-4999-8999-999999999999";
        var given = (await Deployment.WithAsync($"param fileRoleId = '{role}'", replaces: "fileRoleId")).Of("Microsoft.Authorization/roleAssignments")
            .Select(assignment => (On: PlaceOf((string)assignment["id"]!), Role: ((string)assignment["properties"]!["roleDefinitionId"]!).Split('/')[^1])).ToList();
        Assert.Equal(["container reports", "container returns"], given.Where(item => item.Role == role).Select(item => item.On).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["container azure-webjobs-hosts", "container azure-webjobs-secrets"],
            given.Where(item => item.Role == "b7e6dc6d-f1e8-4753-8033-0f276bb0955b").Select(item => item.On).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_role_for_files_reads_writes_and_deletes_and_owns_nothing()
    {
        var (calls, _) = await RecordedScript.RunAsync("fileRole.sh", "'group show '*) echo /subscriptions/s/resourceGroups/rg ;;", "rg");
        var role = JsonNode.Parse(Assert.Single(calls, call => call.StartsWith("role\tdefinition\tcreate", StringComparison.Ordinal)).Split('\t').Single(argument => argument.StartsWith('{')))!;
        Assert.Empty(role["Actions"]!.AsArray());
        Assert.Equal(
            ["add/action", "delete", "deleteBlobVersion/action", "read", "write"],
            role["DataActions"]!.AsArray().Select(action => ((string)action!).Replace("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("/subscriptions/s/resourceGroups/rg", (string)role["AssignableScopes"]![0]!);
    }

    [Fact]
    public void Every_role_has_a_reason() => Assert.All(Roles, role => Assert.Contains(": ", role.Because, StringComparison.Ordinal));

    private static string HolderOf(string principal) =>
        principal.Contains("/userAssignedIdentities/id-dasv-", StringComparison.Ordinal) ? "app"
        : principal.Contains("/systemTopics/", StringComparison.Ordinal) ? "topic" : principal;

    private static string PlaceOf(string id) => id.Split("/providers/Microsoft.Authorization/", StringSplitOptions.None)[0].Split('/') switch
    {
        [.., "Microsoft.Storage", "storageAccounts", var account] => account.StartsWith("dasvprv", StringComparison.Ordinal) ? "private account" : "public account",
        [.., "Microsoft.Storage", "storageAccounts", var account, "blobServices", "default", "containers", var container] when account.StartsWith("dasvprv", StringComparison.Ordinal) => $"container {container}",
        [.., "Microsoft.Storage", "storageAccounts", var account, "queueServices", "default", "queues", var queue] when account.StartsWith("dasvprv", StringComparison.Ordinal) => $"queue {queue}",
        [.., "Microsoft.Insights", "components", _] => "Application Insights",
        var other => string.Join('/', other),
    };
}

using System.Text.RegularExpressions;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The identities that deploy: one can only read, and the other can assign only the roles of the template.</summary>
public sealed partial class DeployerTests
{
    private const string Answers = """
        'group show '*) echo /subscriptions/s/resourceGroups/rg ;;
        'account show '*) echo s ;;
        'identity show '*) while (($#)); do [[ $1 == --name ]] && echo "principal-of-$2"; shift; done ;;
        """;

    [LongFact]
    public async Task The_identity_before_the_approval_changes_nothing_and_the_other_assigns_only_our_roles()
    {
        var (calls, output) = await RecordedScript.RunAsync("deployers.sh", Answers, "rg", "prod", "owner/repository", "rg-identities");

        Assert.Equal(
            ["id-dasv-prod-what-if repo:owner/repository:environment:prod-what-if", "id-dasv-prod repo:owner/repository:environment:prod"],
            calls.Where(call => call.StartsWith("identity\tfederated-credential", StringComparison.Ordinal)).Select(call => $"{Argument(call, "--identity-name")} {Argument(call, "--subject")}"));
        Assert.Equal(
            [
                "principal-of-id-dasv-prod-what-if: DasvPipeline what-if rg", "principal-of-id-dasv-prod: Contributor", "principal-of-id-dasv-prod: DasvPipeline locks rg",
                "principal-of-id-dasv-prod: Role Based Access Control Administrator",
            ],
            calls.Where(call => call.StartsWith("role\tassignment", StringComparison.Ordinal)).Select(call => $"{Argument(call, "--assignee-object-id")}: {Argument(call, "--role")}"));
        var reads = Assert.Single(calls, call => call.StartsWith("role\tdefinition\tcreate", StringComparison.Ordinal) && call.Contains("what-if", StringComparison.Ordinal));
        Assert.Contains("""["*/read", "Microsoft.Resources/deployments/whatIf/action", "Microsoft.Resources/deployments/validate/action"]""", reads, StringComparison.Ordinal);

        var condition = Argument(Assert.Single(calls, call => call.Contains("Access Control Administrator", StringComparison.Ordinal)), "--condition");
        var assigned = (await Deployment.OfAsync(Deployment.Whole)).Of("Microsoft.Authorization/roleAssignments").Select(assignment => ((string)assignment["properties"]!["roleDefinitionId"]!).Split('/')[^1]).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var side in new[] { "@Request", "@Resource" })
        {
            var allowed = Regex.Match(condition, side + @"\[Microsoft.Authorization/roleAssignments:RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}").Groups[1].Value;
            Assert.Equal(assigned, allowed.Split(", ").Order(StringComparer.Ordinal));
        }

        Assert.Equal(2, Principals().Count(condition));
        Assert.Contains("id-dasv-prod-what-if: AZURE_CLIENT_ID=", output, StringComparison.Ordinal);
    }

    private static string Argument(string call, string name)
    {
        var arguments = call.Split('\t');
        return arguments[Array.IndexOf(arguments, name) + 1];
    }

    [GeneratedRegex(@"PrincipalType\] ForAnyOfAnyValues:StringEqualsIgnoreCase \{'ServicePrincipal'\}")]
    private static partial Regex Principals();
}

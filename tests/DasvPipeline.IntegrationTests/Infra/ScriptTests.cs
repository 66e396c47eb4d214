using System.Text;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The scripts that check a subscription and set the sign-in up.</summary>
public sealed class ScriptTests
{
    [LongFact]
    public async Task Every_kind_of_resource_of_the_template_is_registered_beforehand()
    {
        var (calls, output) = await RecordedScript.RunAsync("providers.sh", "'provider show '*) [[ $4 == Microsoft.App ]] && echo NotRegistered || echo Registered ;;", "--register");

        // A network of Flex Consumption is delegated to Microsoft.App, which has no resource in the template.
        var needed = (await Deployment.OfAsync(Deployment.Whole)).Resources.Select(resource => ((string)resource["type"]!).Split('/')[0]).Append("Microsoft.App").Distinct();
        Assert.Equal(
            needed.Order(StringComparer.Ordinal),
            calls.Where(call => call.StartsWith("provider\tshow", StringComparison.Ordinal)).Select(call => call.Split('\t')[3]).Order(StringComparer.Ordinal));
        Assert.Equal("Microsoft.App", Assert.Single(calls, call => call.StartsWith("provider\tregister", StringComparison.Ordinal)).Split('\t')[3]);
        Assert.Contains("added    Microsoft.App", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registration_asks_for_tokens_of_version_2_and_has_no_secret()
    {
        const string Answers = """
            'deployment group show') echo output ;;
            'account show '*) echo tenant ;;
            'ad app create') echo 11111111-1111-1111-1111-111111111111 ;;
            """;
        var (calls, output) = await RecordedScript.RunAsync("signIn.sh", Answers, "rg", "infra");

        Assert.Equal("11111111-1111-1111-1111-111111111111", output.Trim());
        var update = Assert.Single(calls, call => call.StartsWith("ad\tapp\tupdate", StringComparison.Ordinal)).Split('\t');
        Assert.Equal("2", update[Array.IndexOf(update, "--requested-access-token-version") + 1]);
        Assert.Equal("api://11111111-1111-1111-1111-111111111111", update[Array.IndexOf(update, "--identifier-uris") + 1]);
        Assert.DoesNotContain(calls, call => call.Contains("credential\treset", StringComparison.Ordinal) || call.Contains("password", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_claims_of_a_token_are_shown_and_the_token_is_not()
    {
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"ver":"2.0","iss":"https://login.microsoftonline.com/t/v2.0","aud":"client","roles":["agency:idva-service"],"oid":"o>?"}""")).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var (_, output) = await RecordedScript.RunAsync("token.sh", $"'account get-access-token '*) echo header.{claims}.signature ;;", "client");

        Assert.Contains("\"ver\": \"2.0\"", output, StringComparison.Ordinal);
        Assert.Contains("\"agency:idva-service\"", output, StringComparison.Ordinal);
        Assert.Contains("\"oid\": \"o>?\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", output, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The documents and the workflows that deploy match the template.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] DeployedBy = ["azure.yaml", ".github/workflows/deploy.yml"];

    private static IEnumerable<string> ReadFromTheEnvironment => new[] { "infra/dev.bicepparam", "infra/prod.bicepparam" }
        .SelectMany(file => EnvironmentVariable().Matches(Text(file)).Select(match => match.Groups[1].Value)).Distinct();

    [LongFact]
    public async Task The_guide_explains_every_parameter_and_no_other()
    {
        var parameters = (await Deployment.TemplateAsync())["parameters"]!.AsObject().Select(parameter => parameter.Key);
        var explained = ExplainedParameter().Matches(Text("infra/README.md").Split("## Parameters")[1]).Select(match => match.Groups[1].Value);
        Assert.Equal(parameters.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_of_the_linter_is_an_error()
    {
        using var config = JsonDocument.Parse(Text("infra/bicepconfig.json"), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var core = config.RootElement.GetProperty("analyzers").GetProperty("core");
        Assert.True(core.GetProperty("enabled").GetBoolean());
        Assert.All(core.GetProperty("rules").EnumerateObject(), rule => Assert.Equal("error", rule.Value.GetProperty("level").GetString()));
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, "infra"), "*.bicep", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => line.Contains("#disable", StringComparison.Ordinal)),
            line => Assert.Equal("#disable-next-line use-recent-api-versions // the only version that sends logs to resource-specific tables", line));
    }

    [Fact]
    public void Telemetry_uses_OpenTelemetry_only()
    {
        using var host = JsonDocument.Parse(Text("host.json"));
        Assert.Equal("OpenTelemetry", host.RootElement.GetProperty("telemetryMode").GetString());
        Assert.DoesNotContain("Microsoft.ApplicationInsights", Text("functions/DasvPipeline.Functions.csproj") + Text("Directory.Packages.props"), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task The_tool_finds_the_app_and_the_parameters()
    {
        var azd = Yaml("azure.yaml");
        var service = Assert.Single(((YamlMappingNode)azd["services"]).Children);
        Assert.Equal(service.Key.ToString(), (string?)Assert.Single((await Deployment.OfAsync(Deployment.Production)).Of("Microsoft.Web/sites"))["tags"]!["azd-service-name"]);
        Assert.True(Directory.Exists(Path.Combine(LocalFolders.Repository, service.Value["project"].ToString())));
        Assert.True(File.Exists(Path.Combine(LocalFolders.Repository, azd["infra"]["path"].ToString(), azd["infra"]["module"] + ".bicepparam")));
    }

    [Fact]
    public void The_workflows_deploy_only_tested_code_and_contain_no_secret()
    {
        var build = Text(".github/workflows/build.yml");
        Assert.Contains("bash .ci/run", build, StringComparison.Ordinal);
        Assert.Contains("dotnet publish functions", build, StringComparison.Ordinal);
        var deploy = Text(".github/workflows/deploy.yml");
        Assert.DoesNotContain("secrets.", build + deploy, StringComparison.Ordinal);
        Assert.All(ReadFromTheEnvironment, name => Assert.Contains(name + ": ", deploy, StringComparison.Ordinal));
        var jobs = (YamlMappingNode)Yaml(".github/workflows/deploy.yml")["jobs"];
        Assert.Equal("./.github/workflows/build.yml", jobs["build"]["uses"].ToString());
        Assert.Equal("build", jobs["what-if"]["needs"].ToString());
        Assert.Equal("what-if", jobs["deploy"]["needs"].ToString());
    }

    [Theory]
    [InlineData("build.yml")]
    [InlineData("deploy.yml")]
    public void Every_job_of_a_workflow_names_its_permissions_and_every_action_is_pinned_to_a_commit(string file)
    {
        var workflow = Yaml(".github/workflows/" + file);
        Assert.Empty(((YamlMappingNode)workflow["permissions"]).Children);
        Assert.All(((YamlMappingNode)workflow["jobs"]).Children, job =>
        {
            var permissions = ((YamlMappingNode)job.Value["permissions"]).Children.Select(item => $"{item.Key}: {item.Value}").ToList();
            Assert.DoesNotContain(permissions, item => item.EndsWith(": write", StringComparison.Ordinal) && item != "id-token: write");

            // A token for Azure only in a job of an environment and of the branch main, which the environment protects.
            var signsIn = job.Value is YamlMappingNode steps && steps.ToString().Contains("azure/login@", StringComparison.Ordinal);
            Assert.Equal(signsIn, permissions.Contains("id-token: write"));
            Assert.Equal(signsIn, ((YamlMappingNode)job.Value).Children.ContainsKey("environment"));
            Assert.True(!signsIn || job.Value["if"].ToString() == "github.ref == 'refs/heads/main'");
        });
        var used = Text(".github/workflows/" + file).Split('\n').Where(line => line.Contains("uses: ", StringComparison.Ordinal) && !line.Contains("uses: ./", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, line => Assert.Matches(@"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Fact]
    public void What_is_deployed_before_the_approval_uses_another_environment()
    {
        var jobs = (YamlMappingNode)Yaml(".github/workflows/deploy.yml")["jobs"];
        Assert.Equal(jobs["deploy"]["environment"] + "-what-if", jobs["what-if"]["environment"].ToString());
        Assert.DoesNotContain("deployment group create", jobs["what-if"].ToString(), StringComparison.Ordinal);
    }

    /// <summary>Such a value differs at every deployment, and Azure refuses to change some of them.</summary>
    [Fact]
    public void No_value_of_the_template_changes_by_itself() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, "infra"), "*.bicep*", SearchOption.AllDirectories),
        file => Assert.DoesNotMatch(@"\b(?:utcNow|newGuid|dateTimeAdd)\s*\(", File.ReadAllText(file)));

    [Fact]
    public void The_guide_says_which_settings_to_make() => Assert.All(
        ReadFromTheEnvironment, name => Assert.Contains(name, Text("docs/deploy.md"), StringComparison.Ordinal));

    [Fact]
    public void Every_named_script_exists_and_every_script_is_named()
    {
        var texts = DeployedBy.Concat(["docs/deploy.md", "infra/README.md", "infra/subscribe.sh", "infra/check.sh", "infra/signIn.sh"]).Select(Text).ToList();
        var existing = Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, "infra"), "*.sh").Select(Path.GetFileName).OfType<string>();
        var named = texts.SelectMany(text => Script().Matches(text).Select(match => match.Value)).Distinct();
        Assert.Equal(existing.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_hook_of_the_tool_does_the_same_on_Windows_and_elsewhere()
    {
        var hooks = ((YamlMappingNode)Yaml("azure.yaml")["hooks"]).Children.Values.ToList();
        Assert.NotEmpty(hooks);
        Assert.All(hooks, hook =>
        {
            Assert.Equal("pwsh", hook["windows"]["shell"].ToString());
            Assert.Equal(Calls(hook["posix"]["run"].ToString().Replace("bash ", string.Empty, StringComparison.Ordinal)), Calls(hook["windows"]["run"].ToString()));
        });

        // Comments do nothing. The rest calls azd and waits in the same order.
        static List<string> Calls(string file) => [.. HookCall().Matches(string.Join('\n', Text(file).Split('\n').Where(line => !line.TrimStart().StartsWith('#')))).Select(call => call.Groups[1].Success ? call.Groups[1].Value : "sleep")];
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(LocalFolders.Repository, file));

    private static YamlMappingNode Yaml(string file)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Text(file));
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"readEnvironmentVariable\('([A-Z_]+)'")]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"\b(azd (?:env (?:get-value|set) \w+(?: (?:true|false))?|provision --no-prompt))|\b(?:sleep|Start-Sleep)\b")]
    private static partial Regex HookCall();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedParameter();

    [GeneratedRegex(@"\b\w+\.sh\b")]
    private static partial Regex Script();
}

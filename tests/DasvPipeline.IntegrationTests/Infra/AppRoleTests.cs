using System.Diagnostics;
using System.Text.Json;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

public sealed class AppRoleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_manager_and_every_agency_have_a_role_with_a_unique_id()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A script for bash.");
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(LocalFolders.Repository, "infra", "appRoles.sh")]) { RedirectStandardOutput = true })!;
        using var roles = JsonDocument.Parse(await script.StandardOutput.ReadToEndAsync(Ct));

        Assert.Equal(
            Pipeline.Catalogue.Agencies.Values.Select(agency => ($"agency:{agency.Id}", agency.Name)).Append(("manager", "Manager")).Order(),
            roles.RootElement.EnumerateArray().Select(role => (role.GetProperty("value").GetString()!, role.GetProperty("displayName").GetString()!)).Order());
        Assert.Distinct(roles.RootElement.EnumerateArray().Select(role => role.GetProperty("id").GetGuid()));
        Assert.All(roles.RootElement.EnumerateArray(), role => Assert.Equal(["User", "Application"], role.GetProperty("allowedMemberTypes").EnumerateArray().Select(type => type.GetString())));
    }
}

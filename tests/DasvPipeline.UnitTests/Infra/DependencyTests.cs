using System.Xml.Linq;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Infra;

/// <summary>
/// Third-party packages are listed by name and licence, and each restore checks them for known vulnerabilities. Run with
/// DASV_REGENERATE=1 to regenerate the list, and read the difference before committing it.
/// </summary>
public sealed class DependencyTests
{
    private static string PageFile => Path.Combine(LocalFolders.Repository, Dependencies.Page);

    [Fact]
    public async Task The_list_names_every_dependency_its_pinned_version_and_its_licence()
    {
        var expected = Dependencies.ToPage();
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await File.WriteAllTextAsync(PageFile, expected, TestContext.Current.CancellationToken);
        }

        // Transitive versions depend on the package feed. Every name must be listed, but not every listed name must be used.
        var listed = (await File.ReadAllLinesAsync(PageFile, TestContext.Current.CancellationToken)).ToHashSet();
        Assert.DoesNotContain(expected.Split('\n'), line => line.StartsWith("| ", StringComparison.Ordinal) && !listed.Contains(line));
        Assert.All(Dependencies.Pins, pin => Assert.Contains(listed, line => line.StartsWith($"| {pin.Key} | {pin.Value} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_licence_has_a_condition_that_is_not_allowed()
    {
        var all = Dependencies.All().ToList();
        Assert.True(all.Count > 400);
        Assert.DoesNotContain(all, item => !Dependencies.Allowed.Contains(item.Licence));
    }

    [Fact]
    public void A_known_vulnerability_in_any_package_fails_a_build_and_an_empty_feed_does_not()
    {
        var properties = XDocument.Load(Path.Combine(LocalFolders.Repository, "Directory.Build.props")).Descendants("PropertyGroup").Elements().ToLookup(item => item.Name.LocalName, item => item.Value);
        Assert.Equal(("true", "all", "low"), (properties["NuGetAudit"].Single(), properties["NuGetAuditMode"].Single(), properties["NuGetAuditLevel"].Single()));
        Assert.Equal(["NU1901", "NU1902", "NU1903", "NU1904"], Codes(properties["WarningsAsErrors"].Single()));
        Assert.Equal(["NU1900", "NU1905"], Codes(properties["WarningsNotAsErrors"].Single()));
    }

    private static IEnumerable<string> Codes(string text) => text.Split(';').Where(code => code.StartsWith("NU", StringComparison.Ordinal));
}

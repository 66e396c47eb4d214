using System.Text.RegularExpressions;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The page about the security baseline names a tested requirement, or a reason, for each rule.</summary>
public sealed partial class BaselineTests
{
    private static IReadOnlyList<string[]> Rows { get; } =
    [
        .. File.ReadLines(Path.Combine(LocalFolders.Repository, "docs", "azure-baseline.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    [Fact]
    public void Every_rule_that_is_met_names_its_requirement()
    {
        var known = Hardening.Requirements.Select(requirement => requirement.Description).ToHashSet(StringComparer.Ordinal);
        var tests = typeof(HardeningTests).GetMethods().Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        var met = Rows.Where(row => row[1] == "yes").ToList();
        Assert.True(met.Count > 25);
        Assert.All(met, row => Assert.All(row[2].Split("; "), requirement => Assert.True(known.Contains(requirement) || (Test().Match(requirement) is { Success: true } test && tests.Contains(test.Groups[1].Value)), requirement)));
    }

    [Fact]
    public void Every_rule_that_is_not_met_has_a_reason_and_no_rule_is_listed_twice()
    {
        Assert.All(Rows.Where(row => row[1] != "yes"), row => Assert.True(row[1] == "no" && row[2].EndsWith('.'), row[0]));
        Assert.Distinct(Rows.Select(row => row[0]));
    }

    [GeneratedRegex("`(\\w+)`$")]
    private static partial Regex Test();
}

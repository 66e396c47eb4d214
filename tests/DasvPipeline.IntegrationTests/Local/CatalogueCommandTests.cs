using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The commands of the catalogue, with a folder.</summary>
public sealed class CatalogueCommandTests(ServedLaptop served) : IClassFixture<ServedLaptop>
{
    [Fact]
    public async Task A_folder_is_exported_checked_previewed_and_applied()
    {
        using var folder = new TemporaryFolder();
        var catalogue = folder.At("catalogue");
        string[] at = ["--port", FormattableString.Invariant($"{served.Port}")];
        var (code, output, errors) = await CommandLine.RunAsync(["catalogue", "export", catalogue, .. at]);
        Assert.True(code == 0, output + errors);
        Assert.Equal(TestCatalogue.Shipped.Single(file => file.Path == "agencies.yaml").Text, await File.ReadAllTextAsync(Path.Combine(catalogue, "agencies.yaml"), TestContext.Current.CancellationToken));
        Assert.Equal(1, (await CommandLine.RunAsync(["catalogue", "export", catalogue, .. at])).Code);

        var checks = Path.Combine(catalogue, "returns", "idva-service.marac.yaml");
        var text = await File.ReadAllTextAsync(checks, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(checks, text.Replace("every: quarter", "evry: quarter", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (code, _, errors) = await CommandLine.RunAsync(["catalogue", "check", catalogue]);
        Assert.Equal(1, code);
        Assert.Contains("'evry' is not a known key here. Did you mean 'every'?", errors, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandLine.RunAsync(["catalogue", "apply", catalogue, "--reason", "Better.", .. at])).Code);

        await File.WriteAllTextAsync(checks, text.Replace("every: quarter", "every: quarter\ndueWorkingDays: 5", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await CommandLine.RunAsync(["catalogue", "check", catalogue])).Code);
        (code, output, _) = await CommandLine.RunAsync(["catalogue", "preview", catalogue, .. at]);
        Assert.Equal(0, code);
        Assert.Contains("\"MARAC cases\", April to June 2020: due on 7 July 2020 instead of 28 July 2020.", output, StringComparison.Ordinal);
        (code, output, errors) = await CommandLine.RunAsync(["catalogue", "apply", catalogue, "--reason", "Agreed with the board.", "--by", "Jo", .. at]);
        Assert.True(code == 0, output + errors);
        Assert.StartsWith("Version 2 of the catalogue is live.", output, StringComparison.Ordinal);
        Assert.Contains("2020-07-07", await served.Client.GetStringAsync("/api/status?year=2020-21", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}

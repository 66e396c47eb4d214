using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The commands that take a version out and use an earlier one again. They change the host's return, so it is their own.</summary>
public sealed class WithdrawCommandTests(ServedLaptop served) : IClassFixture<ServedLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_return_is_withdrawn_and_an_earlier_version_is_chosen()
    {
        string[] at = ["--by", "Jo", "--port", FormattableString.Invariant($"{served.Port}")];
        string[] place = ["idva-service/marac", "2019-20-Q1"];

        Assert.Equal((0, "Version 1 is withdrawn. The next release will not use its figures.", string.Empty), Trimmed(await CommandLine.RunAsync(["withdraw", .. place, "--reason", "Counted twice.", .. at])));
        Assert.Null((await served.Laptop.Returns.ReadLedgerRowAsync(Pipeline.KeyOf(MaracPath(1)), Ct))!.LiveVersion);
        Assert.Equal((0, "We use the file of version 1 again, as version 2.", string.Empty), Trimmed(await CommandLine.RunAsync(["choose-version", .. place, "1", "--reason", "It was right.", .. at])));
        Assert.Equal((1, "We already use version 2."), Refused(await CommandLine.RunAsync(["choose-version", .. place, "2", "--reason", "Again.", .. at])));
        Assert.Equal((2, "The text seems to contain personal data. Write it without names, numbers and addresses of people."), Refused(await CommandLine.RunAsync(["withdraw", .. place, "--reason", "Ask jo@example.org.", .. at])));

        Assert.Equal((0, "The files of versions 1 and 2 are the same. All are deleted, with their reports. Nothing of it can be restored.", string.Empty), Trimmed(await CommandLine.RunAsync(["delete", .. place, "2", .. at])));
        Assert.Null((await served.Laptop.Returns.ReadLedgerRowAsync(Pipeline.KeyOf(MaracPath(1)), Ct))!.LiveVersion);
        Assert.Equal((1, "This version does not exist."), Refused(await CommandLine.RunAsync(["delete", .. place, "9", .. at])));
        Assert.Equal((1, "There is no release 9."), Refused(await CommandLine.RunAsync(["take-down", "9", "--reason", "It was wrong.", .. at])));
        Assert.Equal((1, "There is no release 9."), Refused(await CommandLine.RunAsync(["take-down", "9", "--reason", "It was wrong.", "--dry-run", .. at])));

        static (int, string) Refused((int Code, string Output, string Errors) ended) => (ended.Code, ended.Errors.Trim());
    }

    private static (int Code, string Output, string Errors) Trimmed((int Code, string Output, string Errors) said) => (said.Code, said.Output.Trim(), said.Errors.Trim());
}

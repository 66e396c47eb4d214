using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The commands for a nil return, and for late, extended and waived returns. They change the host's return, so it is their own.</summary>
public sealed class ArrangementCommandTests(ServedLaptop served) : IClassFixture<ServedLaptop>
{
    private static readonly ReturnKey Key = Pipeline.KeyOf(MaracPath(2));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_return_is_late_extended_and_waived_each_is_undone_and_a_nil_return_is_stated()
    {
        string[] at = ["--by", "Jo", "--port", FormattableString.Invariant($"{served.Port}")];
        string[] place = ["idva-service/marac", "2019-20-Q2"];
        var soon = new DateOnly(2020, 6, 15);
        string[] day = ["--day", soon.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        var shown = soon.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

        Assert.Equal((2, "Give the day."), Refused(await CommandLine.RunAsync(["late", .. place, "--reason", "The system is down.", .. at])));
        Assert.Equal((2, "Say why it will be late."), Refused(await CommandLine.RunAsync(["late", .. place, .. day, .. at])));
        Assert.Equal((0, $"Thank you. We expect this return on {shown}."), Done(await CommandLine.RunAsync(["late", .. place, .. day, "--reason", "The system is down.", .. at])));
        Assert.Equal(soon, (await ArrangementAsync()).Get(ArrangementKind.Late)!.Day);
        Assert.Equal((0, $"This return is now due on {shown}."), Done(await CommandLine.RunAsync(["extension", .. place, .. day, "--reason", "They need time.", .. at])));
        Assert.Equal((0, "This return is waived. We do not ask for it."), Done(await CommandLine.RunAsync(["waiver", .. place, "--reason", "Nothing was held.", .. at])));
        var all = await ArrangementAsync();
        Assert.Equal(("They need time.", "Nothing was held.", "Jo"), (all.Get(ArrangementKind.Extension)!.Reason, all.Get(ArrangementKind.Waiver)!.Reason, all.Get(ArrangementKind.Waiver)!.By.Name));

        foreach (var kind in new[] { "late", "extension", "waiver" })
        {
            Assert.Equal(0, (await CommandLine.RunAsync([kind, .. place, "--undo", .. at])).Code);
        }

        Assert.Equal(Arrangement.None, await ArrangementAsync());
        Assert.Contains("We have accepted your nil return", Done(await CommandLine.RunAsync(["nil-return", .. place, .. at])).Item2, StringComparison.Ordinal);
        Assert.Equal(1, (await served.Laptop.Returns.ReadLedgerRowAsync(Key, Ct))!.LiveVersion);
        Assert.Equal(1, (await CommandLine.RunAsync(["nil-return", .. place, .. at])).Code);
        Assert.Equal((1, "We have already accepted version 1 of this return."), Refused(await CommandLine.RunAsync(["waiver", .. place, "--reason", "Nothing was held.", .. at])));

        static (int, string) Refused((int Code, string Output, string Errors) ended) => (ended.Code, ended.Errors.Trim());

        static (int, string) Done((int Code, string Output, string Errors) ended) => (ended.Code, ended.Output.Trim());
    }

    private async Task<Arrangement> ArrangementAsync() => (await served.Laptop.Returns.ReadLedgerRowAsync(Key, Ct))!.Arrangement;
}

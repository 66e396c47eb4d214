using DasvPipeline.Core.Oversight;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The command that restores the tables.</summary>
public sealed class RestoreCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task The_tables_of_a_store_are_restored_from_the_copy_of_a_day()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await using (var laptop = await LaptopHost.StartAsync(folder.At("store"), null, clock, Ct))
        {
            await laptop.Account.GetBlobContainerClient("returns").GetBlobClient(MaracPath(1)).UploadAsync(BinaryData.FromString(Marac(371)), Ct);
            await laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
            Assert.True(await laptop.Services.GetRequiredService<BackUpTables>().RunAsync(Ct) > 0);
        }

        var (code, output, errors) = await CommandLine.RunAsync("restore", "2020-06-01", "--data", folder.At("store"));
        Assert.True(code == 0, errors);
        Assert.Contains("rows of the copy of 2020-06-01 were written.", output, StringComparison.Ordinal);

        (code, _, errors) = await CommandLine.RunAsync("restore", "2020-06-02", "--data", folder.At("store"));
        Assert.Equal(1, code);
        Assert.Contains("There is no complete copy of 2020-06-02.", errors, StringComparison.Ordinal);
        (code, _, errors) = await CommandLine.RunAsync("restore", "yesterday");
        Assert.Equal(2, code);
        Assert.Contains("Write the day like 2026-12-01.", errors, StringComparison.Ordinal);
    }
}

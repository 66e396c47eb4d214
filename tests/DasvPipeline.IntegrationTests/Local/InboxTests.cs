using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;
using DasvPipeline.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>A watched folder: its files count in the order of their modification times, and what is removed from it is gone.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];
    private LaptopHost _laptop = null!;
    private Inbox _inbox = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _laptop = await LaptopHost.StartAsync(null, port: null, new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), Ct, workers: 8);
        Directory.CreateDirectory(_folder.At("inbox"));
        _inbox = new Inbox(_laptop, _folder.At("inbox"), _said.Add);
    }

    public async ValueTask DisposeAsync()
    {
        await _laptop.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_file_with_the_latest_modification_time_wins_whatever_its_name()
    {
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await WriteAsync(MaracPath(quarter, "b first.csv"), Marac(200), day: 1);
            await WriteAsync(MaracPath(quarter, "a correction.csv"), Marac(100), day: 60);
        }

        await TakeAsync();

        for (var quarter = 1; quarter <= 4; quarter++)
        {
            Assert.Equal((100, 2), await LiveAsync(quarter));
        }
    }

    [LongFact]
    public async Task A_correction_counts_although_its_clock_went_back_after_a_jump_of_ten_years()
    {
        await WriteAsync(MaracPath(1, "future.csv"), Marac(100), day: 3_650);
        await TakeAsync();
        await WriteAsync(MaracPath(1, "correction.csv"), Marac(200), day: 1);
        await TakeAsync();

        Assert.Equal((200, 2), await LiveAsync(1));
    }

    [Fact]
    public async Task A_removed_file_is_withdrawn_and_the_one_before_does_not_come_back()
    {
        await WriteAsync(MaracPath(1, "first.csv"), Marac(100), day: 1);
        await WriteAsync(MaracPath(1, "second.csv"), Marac(200), day: 2);
        await TakeAsync();

        File.Delete(_folder.At("inbox", MaracPath(1, "second.csv")));
        Assert.Equal([MaracPath(1, "second.csv")], await TakeAsync());

        Assert.Equal(LedgerState.Withdrawn, (await _laptop.Returns.ReadLedgerRowAsync(Pipeline.KeyOf(MaracPath(1)), Ct))!.State);
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Different_files_of_the_same_moment_wait_for_a_choice()
    {
        await WriteAsync(MaracPath(1, "one.csv"), Marac(100), day: 1);
        await WriteAsync(MaracPath(1, "two.csv"), Marac(200), day: 1);
        await WriteAsync(MaracPath(2, "one.csv"), Marac(300), day: 1);
        await TakeAsync();

        var row = (await _laptop.Returns.ReadLedgerRowAsync(Pipeline.KeyOf(MaracPath(1)), Ct))!;
        Assert.Equal((LedgerState.Undecided, null), (row.State, row.LiveVersion));
        Assert.Equal((300, 1), await LiveAsync(2));
    }

    [LongFact]
    public async Task Files_of_the_system_are_not_taken()
    {
        foreach (var name in new[] { "~$marac.xlsx", "Thumbs.db", "thumbs.db", "desktop.ini", ".DS_Store", ".~lock.marac.csv#" })
        {
            await WriteAsync(MaracPath(1, name), "x", day: 1);
        }

        await TakeAsync();

        Assert.Empty(await _laptop.Services.GetRequiredService<IUploadStore>().ListAsync(string.Empty, Ct).Select(upload => upload.Path).ToListAsync(Ct));
    }

    [LongFact]
    public async Task A_locked_file_is_reported_once_and_taken_when_it_can_be_read()
    {
        await WriteAsync(MaracPath(1), Marac(100), day: 1);
        await WriteAsync(MaracPath(2), Marac(200), day: 2);
        await using (new FileStream(_folder.At("inbox", MaracPath(1)), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await TakeAsync();
            await TakeAsync();
            Assert.StartsWith($"We cannot read {MaracPath(1)}, and will try again: ", Assert.Single(_said), StringComparison.Ordinal);
            Assert.Equal((200, 1), await LiveAsync(2));
            Assert.Null((await LiveAsync(1)).Version);
        }

        await TakeAsync();
        Assert.Equal((100, 1), await LiveAsync(1));
    }

    [LongFact]
    public async Task A_file_that_is_locked_later_stays_as_it_was()
    {
        await WriteAsync(MaracPath(1), Marac(100), day: 1);
        await TakeAsync();
        await WriteAsync(MaracPath(1), Marac(300), day: 2);
        await using (new FileStream(_folder.At("inbox", MaracPath(1)), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Empty(await TakeAsync());
        }

        Assert.Equal((100, 1), await LiveAsync(1));
        await TakeAsync();
        Assert.Equal((300, 2), await LiveAsync(1));
    }

    [Theory]
    [InlineData("nowhere.csv")]
    [LongInlineData("2.csv")]
    public async Task A_link_that_leads_nowhere_or_to_itself_is_reported_and_the_others_are_taken(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows needs a right to create links.");
        await WriteAsync(MaracPath(1), Marac(100), day: 1);
        File.CreateSymbolicLink(_folder.At("inbox", MaracPath(1, "2.csv")), target);

        await TakeAsync();

        Assert.StartsWith($"We cannot read {MaracPath(1, "2.csv")}, and will try again: ", Assert.Single(_said), StringComparison.Ordinal);
        Assert.Equal((100, 1), await LiveAsync(1));
    }

    [LongFact]
    public async Task The_returns_of_a_folder_that_has_gone_stay_as_they_are()
    {
        await WriteAsync(MaracPath(1), Marac(100), day: 1);
        await TakeAsync();
        Directory.Delete(_folder.At("inbox"), recursive: true);

        Assert.Empty(await TakeAsync());
        Assert.Empty(await TakeAsync());

        Assert.Contains("The returns from it stay as they are.", Assert.Single(_said), StringComparison.Ordinal);
        Assert.Equal((100, 1), await LiveAsync(1));
        Directory.CreateDirectory(_folder.At("inbox"));
        Assert.Equal([MaracPath(1)], await TakeAsync());
    }

    [LongFact]
    public async Task A_folder_that_cannot_be_listed_hides_no_file_of_others()
    {
        await WriteAsync(MaracPath(1), Marac(100), day: 1);
        await WriteAsync(MaracPath(2), Marac(200), day: 1);

        var listing = FolderListing.Read(_folder.At("inbox"), folder => folder.Name == "2019-20-Q1" ? throw new UnauthorizedAccessException() : folder.EnumerateFileSystemInfos());

        Assert.Equal([MaracPath(2)], listing.Files.Select(file => file.Path));
        Assert.Equal(["idva-service/marac/2019-20-Q1"], listing.Unreadable);
        Assert.True(listing.MayHold(MaracPath(1)));
        Assert.False(listing.MayHold(MaracPath(2)));
    }

    [Fact]
    public async Task The_console_counts_each_file_that_ended_once()
    {
        await using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        var lines = new ReturnLines(console, _laptop.Services.GetRequiredService<DasvPipeline.Core.Oversight.LiveCatalogue>(), _laptop.Returns, new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)));
        await WriteAsync(MaracPath(1, "first.csv"), Marac(100), day: 1);
        await WriteAsync(MaracPath(1, "second.csv"), Marac(200), day: 2);
        await TakeAsync();
        await WriteAsync(MaracPath(1, "third.csv"), Marac(200), day: 3);
        await WriteAsync(MaracPath(2), BadMarac, day: 1);
        await TakeAsync();

        foreach (var path in new[] { MaracPath(1, "first.csv"), MaracPath(1, "second.csv"), MaracPath(1, "third.csv"), MaracPath(2), MaracPath(2), MaracPath(1, "first.csv") })
        {
            await lines.ShowAsync(path, Ct);
        }

        lines.ShowTally();
        Assert.Contains("4 files processed: 2 accepted, 1 rejected, 1 received before.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, output.ToString().Split('\n').Count(line => line.Contains(" idva-service/marac 2019-20-", StringComparison.Ordinal)));
    }

    private async Task WriteAsync(string path, string content, int day)
    {
        await _folder.WriteAsync($"inbox/{path}", content);
        File.SetLastWriteTimeUtc(_folder.At("inbox", path), new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day));
    }

    private async Task<IReadOnlyList<string>> TakeAsync()
    {
        var removed = await _inbox.UploadChangesAsync(Ct);
        foreach (var path in removed)
        {
            await _laptop.Events.RaiseDeletedAsync(path, (_, _) => Task.CompletedTask, Ct);
        }

        await _laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
        return removed;
    }

    private async Task<(decimal? Value, int? Version)> LiveAsync(int quarter)
    {
        var key = Pipeline.KeyOf(MaracPath(quarter));
        var live = (await _laptop.Returns.ReadLedgerRowAsync(key, Ct))?.LiveVersion;
        return (live is { } version ? (await _laptop.Returns.ReadObservationsAsync(key, version, Ct))[0].Figure.Value : null, live);
    }
}

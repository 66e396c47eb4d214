using DasvPipeline.Core.Ports;
using DasvPipeline.Functions;
using DasvPipeline.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>A host with an invalid schedule starts without its timer, and says what to write.</summary>
public sealed class ScheduleTests
{
    private const string Daily = "0 0 6 * * *";

    [Fact]
    public void Valid_schedules_are_no_problem() => Assert.Empty(Failures(Settings(Daily, "0 15 * * * *", "0 30 6 * * MON-FRI")));

    [Fact]
    public void Every_invalid_schedule_is_reported_at_once()
    {
        Assert.Equal(
            [
                "The setting ChaseSchedule is \"0 6 * * *\", which is not a schedule. Use six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).",
                "The setting PublishSchedule is \"daily\", which is not a schedule. Use six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).",
                "The setting SweepSchedule is missing. Set it to a schedule such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).",
            ],
            Failures(Settings("daily", null, "0 6 * * *")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 0 25 * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("%PublishSchedule%")]
    public void A_text_that_is_not_a_schedule_is_refused(string schedule) =>
        Assert.Contains("PublishSchedule", Assert.Single(Failures(Settings(schedule, Daily, Daily))), StringComparison.Ordinal);

    [LongFact]
    public async Task A_laptop_host_with_an_invalid_schedule_runs_and_says_what_to_write()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("inbox"));
        using var process = CommandLine.StartProcess(new Dictionary<string, string> { ["SweepSchedule"] = "hourly" }, ["--once", "--inbox", folder.At("inbox")]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Contains("The setting SweepSchedule is \"hourly\", which is not a schedule", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("PublishSchedule", output, StringComparison.Ordinal);
    }

    /// <summary>Returns the sentences of a host that starts with these settings.</summary>
    private static IEnumerable<string> Failures(IConfiguration settings)
    {
        using var provider = new ServiceCollection().AddSchedules(settings).BuildServiceProvider();
        return [.. provider.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems()).Select(problem => problem.Sentence)];
    }

    private static IConfiguration Settings(string? publish, string? sweep, string? chase) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("PublishSchedule", publish), new("SweepSchedule", sweep), new("ChaseSchedule", chase), new("BackupSchedule", Daily)])
        .Build();
}

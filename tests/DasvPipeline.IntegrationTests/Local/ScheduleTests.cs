using DasvPipeline.Functions;
using Microsoft.Extensions.Configuration;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>A host whose schedules cannot be read does not start, and says what to write.</summary>
public sealed class ScheduleTests
{
    private const string Daily = "0 0 6 * * *";

    [Fact]
    public void Schedules_that_can_be_read_are_enough() => Schedules.Check(Settings(Daily, "0 15 * * * *", "0 30 6 * * MON-FRI"));

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Schedules.Check(Settings("daily", null, "0 6 * * *")));
        Assert.Equal(
            [
                "The setting ChaseSchedule is \"0 6 * * *\", which is not a schedule. Use six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).",
                "The setting PublishSchedule is \"daily\", which is not a schedule. Use six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).",
                "The setting SweepSchedule is missing. Set it to a schedule such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).",
            ],
            fault.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 0 25 * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("%PublishSchedule%")]
    public void What_is_no_schedule_is_refused(string schedule) =>
        Assert.Contains("PublishSchedule", Assert.Throws<InvalidOperationException>(() => Schedules.Check(Settings(schedule, Daily, Daily))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_laptop_does_not_start_with_one()
    {
        using var process = CommandLine.Start(new Dictionary<string, string> { ["SweepSchedule"] = "hourly" }, "--once");
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("The setting SweepSchedule is \"hourly\", which is not a schedule", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PublishSchedule", errors, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(string? publish, string? sweep, string? chase) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("PublishSchedule", publish), new("SweepSchedule", sweep), new("ChaseSchedule", chase)])
        .Build();
}

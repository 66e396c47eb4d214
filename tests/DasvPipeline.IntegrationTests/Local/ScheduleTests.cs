using DasvPipeline.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>A host with an invalid schedule does not start, and says what to write.</summary>
public sealed class ScheduleTests
{
    private const string Daily = "0 0 6 * * *";

    [Fact]
    public void A_host_with_valid_schedules_starts() => Assert.Empty(Failures(Settings(Daily, "0 15 * * * *", "0 30 6 * * MON-FRI")));

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

    [Fact]
    public async Task A_laptop_host_does_not_start_with_an_invalid_schedule()
    {
        using var process = CommandLine.Start(new Dictionary<string, string> { ["SweepSchedule"] = "hourly" }, "--once");
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("The setting SweepSchedule is \"hourly\", which is not a schedule", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PublishSchedule", errors, StringComparison.Ordinal);
    }

    /// <summary>Returns the message of a host that starts with these settings.</summary>
    private static IEnumerable<string> Failures(IConfiguration settings)
    {
        using var provider = new ServiceCollection().AddSchedules(settings).BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
    }

    private static IConfiguration Settings(string? publish, string? sweep, string? chase) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("PublishSchedule", publish), new("SweepSchedule", sweep), new("ChaseSchedule", chase)])
        .Build();
}

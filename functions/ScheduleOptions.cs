using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NCrontab;

namespace DasvPipeline.Functions;

/// <summary>The schedules of the timers: each setting that a timer trigger names, with its text.</summary>
public sealed partial class ScheduleOptions
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    internal IReadOnlyDictionary<string, string?> Schedules { get; set; } = new Dictionary<string, string?>();

    /// <summary>Returns a sentence for each schedule that is missing or invalid.</summary>
    internal IEnumerable<string> Failures() => Schedules.Where(setting => CrontabSchedule.TryParse(setting.Value ?? string.Empty, WithSeconds) is null)
        .OrderBy(setting => setting.Key, StringComparer.Ordinal)
        .Select(setting => string.IsNullOrWhiteSpace(setting.Value)
            ? $"The setting {setting.Key} is missing. Set it to a schedule such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC)."
            : $"The setting {setting.Key} is \"{setting.Value}\", which is not a schedule. Use six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).");

    internal void Read(IConfiguration configuration) => Schedules = Names().Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => configuration[name], StringComparer.Ordinal);

    private static IEnumerable<string> Names() => typeof(ScheduleOptions).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule).OfType<string>()
        .SelectMany(schedule => Setting().Matches(schedule).Select(match => match.Groups[1].Value));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}

/// <summary>
/// Validates the schedules when a host starts. Otherwise Azure would start without the timer whose schedule is invalid, and only
/// a log line would show why nothing is published.
/// </summary>
internal sealed class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>
{
    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        var failures = options.Failures().ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

/// <summary>Registers the options of the triggers, for both hosts.</summary>
public static class TriggerServices
{
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration) => services
        .AddOptions<ScheduleOptions>().Configure(options => options.Read(configuration)).ValidateOnStart().Services
        .AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleOptionsValidator>();
}

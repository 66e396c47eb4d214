using System.Reflection;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
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

    /// <summary>Returns true if the text is a schedule with six fields.</summary>
    public static bool IsSchedule(string? text) => CrontabSchedule.TryParse(text ?? string.Empty, WithSeconds) is not null;

    internal IEnumerable<SettingProblem> FindProblems() => Schedules.Where(setting => !IsSchedule(setting.Value))
        .OrderBy(setting => setting.Key, StringComparer.Ordinal)
        .Select(setting => new SettingProblem(
            setting.Key,
            (string.IsNullOrWhiteSpace(setting.Value) ? $"The setting {setting.Key} is missing. Set it to a schedule" : $"The setting {setting.Key} is \"{setting.Value}\", which is not a schedule. Use six fields")
            + " such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC)."));

    internal void Read(IConfiguration configuration) => Schedules = Names().Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => configuration[name], StringComparer.Ordinal);

    private static IEnumerable<string> Names() => typeof(ScheduleOptions).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule).OfType<string>()
        .SelectMany(schedule => Setting().Matches(schedule).Select(match => match.Groups[1].Value));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}

/// <summary>
/// Checks the schedules. Azure starts without the timer whose schedule is invalid, and only a line of its log would show why
/// nothing is published.
/// </summary>
internal sealed class ScheduleCheck(IOptions<ScheduleOptions> options) : ISettingCheck
{
    public IEnumerable<SettingProblem> FindProblems() => options.Value.FindProblems();
}

/// <summary>Registers what the attributes of the triggers say, for both hosts.</summary>
public static class TriggerServices
{
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration) => services
        .AddOptions<ScheduleOptions>().Configure(options => options.Read(configuration)).Services
        .AddSingleton<ISettingCheck, ScheduleCheck>();

    public static IServiceCollection AddRoutes(this IServiceCollection services) => services.AddSingleton<IReadOnlyList<ServedRoute>>(
    [
        .. typeof(TriggerServices).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
            .Where(http => http.Route is not OtherAddressTrigger.Route).Select(http => new ServedRoute(http.Route!, http.Methods ?? [])),
    ]);
}

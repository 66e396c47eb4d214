using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace DasvPipeline.Functions;

/// <summary>
/// Validates the schedule settings of the timers when a host starts. Otherwise Azure would start without the timer whose
/// schedule is invalid, and only a log line would show why nothing is published.
/// </summary>
public static partial class Schedules
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <exception cref="InvalidOperationException">A schedule is missing or invalid. The message names each setting and shows an example.</exception>
    public static void Check(IConfiguration settings)
    {
        var problems = Names().Select(name => (Name: name, Text: settings[name])).Where(setting => CrontabSchedule.TryParse(setting.Text ?? string.Empty, WithSeconds) is null)
            .Select(setting => string.IsNullOrWhiteSpace(setting.Text)
                ? $"The setting {setting.Name} is missing. Set it to a schedule such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC)."
                : $"The setting {setting.Name} is \"{setting.Text}\", which is not a schedule. Use six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).")
            .ToList();
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
        }
    }

    private static IEnumerable<string> Names() => typeof(Schedules).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule).OfType<string>()
        .SelectMany(schedule => Setting().Matches(schedule).Select(match => match.Groups[1].Value)).Order(StringComparer.Ordinal);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}

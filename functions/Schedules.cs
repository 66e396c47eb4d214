using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace DasvPipeline.Functions;

/// <summary>
/// The settings that the timers' attributes name, looked at when a host starts. Otherwise Azure would start without the timer
/// whose schedule it cannot read, and nothing would be published, with a line in a log to say so.
/// </summary>
public static partial class Schedules
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <exception cref="InvalidOperationException">Schedules are missing or cannot be read; the message names each setting and what to write.</exception>
    public static void Check(IConfiguration settings)
    {
        var wrong = Names().Select(name => (Name: name, Text: settings[name])).Where(setting => CrontabSchedule.TryParse(setting.Text ?? string.Empty, WithSeconds) is null)
            .Select(setting => string.IsNullOrWhiteSpace(setting.Text)
                ? $"The setting {setting.Name} is missing: set it to a schedule such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC)."
                : $"The setting {setting.Name} is \"{setting.Text}\", which is no schedule: write six fields such as \"0 0 6 * * *\" (second, minute, hour, day, month, day of the week; UTC).")
            .ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, wrong));
        }
    }

    private static IEnumerable<string> Names() => typeof(Schedules).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule).OfType<string>()
        .SelectMany(schedule => Setting().Matches(schedule).Select(match => match.Groups[1].Value)).Order(StringComparer.Ordinal);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}

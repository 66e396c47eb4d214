using System.Collections.Immutable;
using System.Globalization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the calendar of releases. Every announced day must be a working day.</summary>
internal sealed class CalendarReader(Mistakes mistakes)
{
    public ReleaseCalendar Read(YamlMap map)
    {
        var defaults = ReleaseCalendar.Default;
        var nation = map.Choice("nation", Nation.England, ("england", Nation.England), ("wales", Nation.Wales), ("scotland", Nation.Scotland), ("northern-ireland", Nation.NorthernIreland));
        var working = WorkingDays.Create(nation, [.. map.Maps("proclaimed").Select(item => ReadDay(item, "date", working: null))]);
        var time = TimeOnly.TryParseExact(map.OptionalText("time"), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given) ? given : defaults.Time;
        var mode = map.Choice("publish", defaults.Mode, ("scheduled", PublishMode.Scheduled), ("continuous", PublishMode.Continuous));
        var added = map.Maps("added").Select(item => new AddedRelease(ReadDay(item, "date", working), item.Text("title"))).ToImmutableArray();
        var moved = map.Maps("moved").Select(item => new MovedRelease(ReadDay(item, "from", working), ReadDay(item, "to", working), item.Text("reason"))).ToImmutableArray();
        return new ReleaseCalendar(working, time, mode, added, moved)
        {
            FeaturedYear = map.Choice("featuredYear", defaults.FeaturedYear, ("complete", FeaturedYearRule.Complete), ("signed-off", FeaturedYearRule.SignedOff)),
        };
    }

    /// <param name="working">The working days, if the day must be one.</param>
    private DateOnly ReadDay(YamlMap map, string key, WorkingDays? working)
    {
        if (!DateOnly.TryParseExact(map.OptionalText(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            mistakes.Add(map.LocationOf(key), $"'{key}' must be a day such as 2027-02-05.");
        }
        else if (working?.IsWorkingDay(day) == false)
        {
            mistakes.Add(map.LocationOf(key), $"{map.OptionalText(key)} is not a working day.");
        }

        return day;
    }
}

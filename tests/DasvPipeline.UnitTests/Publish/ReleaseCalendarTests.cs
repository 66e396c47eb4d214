using System.Globalization;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Publish;

/// <summary>The announced releases, and which of them is prepared.</summary>
public sealed class ReleaseCalendarTests
{
    private const string Moved = "nation: england\ntime: \"09:30\"\nmoved:\n  - { from: 2020-11-04, to: 2020-11-06, reason: An agency reports later. }\nadded:\n  - { date: 2020-09-15, title: Signed-off figures }\n";

    [Fact]
    public void Releases_are_announced_12_months_ahead_at_half_past_9_in_the_United_Kingdom()
    {
        var ahead = ReleaseSchedule.GetAhead(Examine.Catalogue, At("2020-06-01T12:00:00Z"));
        Assert.Equal(
            ["2020-08-04T08:30:00Z", "2020-11-04T09:30:00Z", "2021-02-05T09:30:00Z", "2021-05-10T08:30:00Z"],
            ahead.Select(release => release.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal("Figures for April to June 2020", ahead[0].Title);
        Assert.Equal("Figures for January to March 2021, and for April 2020 to March 2021", ahead[3].Title);
    }

    [Fact]
    public void The_catalogue_moves_and_adds_days_and_readers_see_why()
    {
        var catalogue = TestCatalogue.Shipped.With("calendar.yaml", Moved).Load();
        var ahead = ReleaseSchedule.GetAhead(catalogue, At("2020-08-05T12:00:00Z"));
        Assert.Equal(["2020-09-15", "2020-11-06", "2021-02-05", "2021-05-10", "2021-08-04"], ahead.Select(release => UkTime.DateOf(release.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal((new DateOnly(2020, 11, 4), "An agency reports later."), (ahead[1].MovedFrom, ahead[1].Reason));

        var files = CalendarFiles.Create(catalogue, FeedLinks.Relative, At("2020-08-05T12:00:00Z"), late: null).ToDictionary(file => file.Name, file => file.Content);
        using var json = JsonDocument.Parse(files["calendar.json"]);
        var second = json.RootElement.GetProperty("releases")[1];
        Assert.Equal(("2020-11-06T09:30:00+00:00", "2020-11-04", "An agency reports later."), (second.GetProperty("at").GetString(), second.GetProperty("movedFrom").GetString(), second.GetProperty("reason").GetString()));
        Assert.Equal("2020-09-15T09:30:00+01:00", json.RootElement.GetProperty("releases")[0].GetProperty("at").GetString());
        var events = Ical.Net.Calendar.Load(Encoding.UTF8.GetString(files["calendar.ics"]))!.Events;
        Assert.Equal(ahead.Select(release => release.At.UtcDateTime), events.Select(item => item.DtStart!.AsUtc));
    }

    [Theory]
    [InlineData("moved: [{ from: 2020-11-04, to: 2020-11-07, reason: x }]", "2020-11-07 is not a working day.")]
    [InlineData("added: [{ date: 2020-12-25, title: x }]", "2020-12-25 is not a working day.")]
    [InlineData("nation: scotland\nadded: [{ date: 2020-11-30, title: x }]", "2020-11-30 is not a working day.")]
    [InlineData("added: [{ date: 2020-02-31, title: x }]", "'date' must be a day such as 2027-02-05.")]
    public void An_announced_day_must_be_a_working_day(string calendar, string expected) =>
        Assert.Contains(expected, Assert.Single(TestCatalogue.MistakesOf(TestCatalogue.Shipped.With("calendar.yaml", calendar))), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "2020-08-04", "2020-11-04", false)] // Nothing was announced before the first release.
    [InlineData("2020-08-04T08:30:00Z", "2020-10-01", "2020-11-04", false)]
    [InlineData("2020-08-04T08:30:00Z", "2020-11-05", "2020-11-04", true)]
    [InlineData("2020-08-04T08:30:00Z", "2021-02-06", "2021-02-05", true)] // Of two missed releases, the later one.
    [InlineData("2020-11-04T09:30:00Z", "2020-11-05", "2021-02-05", false)]
    public void The_prepared_release_is_the_missed_one_or_the_next(string? done, string now, string expected, bool isLate)
    {
        var current = new CurrentRelease(1, "", "", true, new Dictionary<Period, int>(), default, new Dictionary<string, WrittenFile>(), "") { Scheduled = done is null ? null : At(done) };
        var next = NextRelease.Find(Examine.Catalogue, current, At(now + "T12:00:00Z"));
        Assert.Equal((expected, isLate), (UkTime.DateOf(next!.Announced.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), next.IsLate));
    }

    [Fact]
    public void The_release_of_the_day_is_not_late_a_minute_before_its_time_and_late_a_minute_after()
    {
        var current = new CurrentRelease(1, "", "", true, new Dictionary<Period, int>(), default, new Dictionary<string, WrittenFile>(), "") { Scheduled = At("2020-05-31T08:30:00Z") };
        Assert.False(NextRelease.Find(Examine.Catalogue, current, At("2020-08-04T08:29:00Z"))!.IsLate);
        Assert.True(NextRelease.Find(Examine.Catalogue, current, At("2020-08-04T08:31:00Z"))!.IsLate);
    }

    [Theory]
    [InlineData("2026-10-25T00:30:00Z", "25 October 2026 at 1:30am BST")]
    [InlineData("2026-10-25T01:30:00Z", "25 October 2026 at 1:30am GMT")]
    [InlineData("2026-07-25T08:30:00Z", "25 July 2026 at 9:30am")]
    [InlineData("2026-12-25T13:05:00Z", "25 December 2026 at 1:05pm")]
    public void The_two_half_past_ones_of_October_differ(string time, string expected) => Assert.Equal(expected, UkTime.Format(At(time)));

    [Theory]
    [InlineData("2026-03-29", "09:30", "2026-03-29T08:30:00Z")] // The clocks have gone forward.
    [InlineData("2026-03-29", "01:30", "2026-03-29T01:00:00Z")] // This time does not exist.
    [InlineData("2026-10-25", "09:30", "2026-10-25T09:30:00Z")]
    [InlineData("2026-10-25", "01:30", "2026-10-25T00:30:00Z")] // The first of two.
    public void A_clock_time_is_one_moment_also_when_the_clocks_change(string day, string time, string expected) => Assert.Equal(
        At(expected), UkTime.At(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture)).ToUniversalTime());

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}

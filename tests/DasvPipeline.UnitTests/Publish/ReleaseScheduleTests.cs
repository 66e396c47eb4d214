using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Publish;

public sealed class ReleaseScheduleTests
{
    /// <summary>Returns are due 20 working days after a quarter, and its figures 5 after that.</summary>
    [Theory]
    [InlineData("2020-06-01T12:00:00Z", "2020-08-04")]
    [InlineData("2020-08-03T22:59:59Z", "2020-08-04")]
    [InlineData("2020-08-03T23:59:59Z", "2020-11-04")] // 4 August in the United Kingdom
    [InlineData("2020-08-04T00:00:00Z", "2020-11-04")]
    [InlineData("2020-11-03T23:30:00-01:00", "2021-02-05")]
    [InlineData("2020-12-31T12:00:00Z", "2021-02-05")]
    [InlineData("2021-03-31T12:00:00Z", "2021-05-10")]
    public void The_next_date_follows_from_the_time_of_a_release(string published, string expected) =>
        Assert.Equal(expected, Next(Examine.Catalogue, published));

    [Fact]
    public void Without_a_rule_no_date_is_announced() => Assert.Null(Next(TestCatalogue.Small.Load(), "2020-06-01T12:00:00Z"));

    [Fact]
    public void The_year_end_waits_for_the_returns_of_the_year_that_a_headline_needs()
    {
        var files = TestCatalogue.Shipped.Change("partnership.yaml", "releaseWorkingDays: 5", "releaseWorkingDays: 0")
            .Change("returns/cada.support.yaml", "every: year", "every: year\ndueWorkingDays: 40");
        Assert.Equal("2021-06-01", Next(files.Load(), "2021-02-05T12:00:00Z"));
    }

    private static string? Next(PartnershipCatalogue catalogue, string published) =>
        ReleaseSchedule.GetNextDate(catalogue, DateTimeOffset.Parse(published, CultureInfo.InvariantCulture))?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Portal.Pages;

namespace DasvPipeline.UnitTests.Domain;

/// <summary>Pages, the API and lists show one time zone. When the clocks go back, the 2 equal clock times differ.</summary>
public sealed class UkTimeTests
{
    [Theory]
    [InlineData("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+01:00", "25 October 2026 at 01:30 BST")]
    [InlineData("2026-10-25T01:30:00+00:00", "2026-10-25T01:30:00+00:00", "25 October 2026 at 01:30 GMT")]
    [InlineData("2026-07-01T22:15:00-05:00", "2026-07-02T04:15:00+01:00", "2 July 2026 at 04:15")]
    public void A_time_is_UK_time_in_every_answer(string stored, string expected, string onAPage)
    {
        var time = DateTimeOffset.Parse(stored, CultureInfo.InvariantCulture);
        Assert.Equal(onAPage, PageText.FormatTime(time));

        var row = new BoardRow("a", "A", "a/b", "B", "2026-27-Q1", "accepted", new DateOnly(2026, 7, 28), time, 1, 1, 0, 0, 0, 0, 0, 0);
        Assert.Contains($"\"received\":\"{expected}\"", JsonSerializer.Serialize(new StatusBoard("2026-27", "label", 1, [row]), BoardJson.Default.StatusBoard), StringComparison.Ordinal);
        Assert.Contains(expected, System.Text.Encoding.UTF8.GetString(new StatusBoard("2026-27", "label", 1, [row]).ToCsv()), StringComparison.Ordinal);
        IReadOnlyList<CatalogueVersion> versions = [new CatalogueVersion(1, "hash", time, "by", "id", "reason")];
        Assert.Contains($"\"at\":\"{expected}\"", JsonSerializer.Serialize(versions, CatalogueJson.Default.IReadOnlyListCatalogueVersion), StringComparison.Ordinal);
        Assert.Contains($"\"at\":\"{expected}\"", JsonSerializer.Serialize(new PreviewHold("by", time, "reason"), PreviewJson.Default.PreviewHold), StringComparison.Ordinal);
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The announced release that is prepared now.</summary>
/// <param name="IsLate">True if its time has passed and it is not published.</param>
internal sealed record NextRelease(AnnouncedRelease Announced, bool IsLate)
{
    /// <summary>
    /// Finds the latest announced release that was missed, or the next one. Of several missed releases only the latest is made, because it has
    /// the figures of all. What was announced before the first release was not missed.
    /// </summary>
    /// <returns>Null if the catalogue announces none.</returns>
    public static NextRelease? Find(PartnershipCatalogue catalogue, CurrentRelease? current, DateTimeOffset now) =>
        FindMissed(catalogue, current, now) is { } missed ? new NextRelease(missed, IsLate: true)
        : ReleaseSchedule.GetNext(catalogue, now) is { } next ? new NextRelease(next, IsLate: false)
        : null;

    private static AnnouncedRelease? FindMissed(PartnershipCatalogue catalogue, CurrentRelease? current, DateTimeOffset now) =>
        current?.Scheduled is { } done && ReleaseSchedule.GetLatest(catalogue, now) is { } latest && latest.At > done ? latest : null;
}

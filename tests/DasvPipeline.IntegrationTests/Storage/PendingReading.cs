using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.Storage;

internal static class PendingReading
{
    public static async Task<IReadOnlyList<PendingReturn>> ReadPendingAsync(this IFeedStore feed, CancellationToken ct) => (await feed.ReadPublishQueueAsync(ct)).Pending;
}

using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.Storage;

internal static class PendingReading
{
    public static async Task<IReadOnlyList<PendingReturn>> ReadPendingAsync(this IFeedStore feed, CancellationToken ct) => (await feed.ReadPublishQueueAsync(ct)).Pending;

    /// <summary>Deletes entries of the publish queue as a publish does that read them and published nothing.</summary>
    public static async Task ClearPendingAsync(this IFeedStore feed, IReadOnlyList<PendingReturn> pending, CancellationToken ct)
    {
        var current = await feed.ReadCurrentAsync(ct);
        await feed.CompleteAsync(current, new PublishQueue(pending, Decisions.Empty, current), ct);
    }
}

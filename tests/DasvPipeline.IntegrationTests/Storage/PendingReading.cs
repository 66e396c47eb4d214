using DasvPipeline.Core.Store;

namespace DasvPipeline.IntegrationTests.Storage;

internal static class PendingReading
{
    public static async Task<IReadOnlyList<Pending>> ReadPendingAsync(this IFeedStore feed, CancellationToken ct) => (await feed.ReadOutstandingAsync(ct)).Pending;
}

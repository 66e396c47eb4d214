using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>The copies of a file that can still be restored after its deletion.</summary>
/// <param name="MaxDays">The number of days until the last of them disappears.</param>
internal sealed record CopiesLeft(int Count, int MaxDays)
{
    public static readonly CopiesLeft None = new(0, 0);

    public CopiesLeft Add(CopiesLeft other) => new(Count + other.Count, Math.Max(MaxDays, other.MaxDays));
}

/// <summary>Deletes all copies of a file. A deleted current content becomes a version, so it lists the copies until none is left.</summary>
internal static class CopyRemover
{
    /// <summary>Enough for a current content that becomes a version, and for some changes by others in between.</summary>
    private const int MaxRounds = 10;

    /// <param name="list">Lists the copies.</param>
    /// <param name="isIncluded">Returns true for the copies to delete.</param>
    /// <exception cref="InvalidOperationException">Copies appear as fast as they are deleted, or a deletion has no effect.</exception>
    public static async Task<CopiesLeft> RemoveAsync(IBlobCopies store, Func<IAsyncEnumerable<StoredCopy>> list, Func<StoredCopy, bool> isIncluded, CancellationToken ct)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var copies = await list().Where(isIncluded).ToListAsync(ct);
            if (copies.TrueForAll(copy => copy.IsDeleted))
            {
                return new CopiesLeft(copies.Count, copies.Select(copy => copy.DaysLeft ?? 0).DefaultIfEmpty().Max());
            }

            // Snapshots and versions first, because content with snapshots cannot be deleted.
            foreach (var copy in copies.Where(copy => !copy.IsDeleted).OrderBy(copy => copy.IsCurrent))
            {
                await store.DeleteAsync(copy, ct);
            }
        }

        throw new InvalidOperationException("Some copies of the file are still stored after they were deleted.");
    }
}

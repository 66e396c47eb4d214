using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Gives uploads the number that decides which of them is the newest, and keeps the number with the blob. The row is inserted first:
/// an interrupted run finds it again by the path and ETag.
/// </summary>
internal sealed class UploadNumbering(IUploadStore uploads, IReturnStore store)
{
    /// <summary>Returns an upload with its number, and its submission; null if it was deleted.</summary>
    public async Task<(Upload Upload, Claim Claim)?> ClaimAsync(ReturnKey key, Upload found, CancellationToken ct)
    {
        Upload? upload = found;
        while (upload is not null)
        {
            var claim = await store.ClaimAsync(key, upload, upload.Mark is null or { RepeatOf: not null } ? await ListAsync(key, ct) : [], ct);
            if (upload.Mark?.Number == claim.Own.Version)
            {
                return (upload, claim);
            }

            if (await uploads.MarkAsync(upload, claim.Own.CreateMark(), ct) is { } marked)
            {
                return (marked, claim);
            }

            // Another run has marked it, or it was replaced.
            var newer = await uploads.FindAsync(upload.Path, ct);
            if (newer?.ETag == upload.ETag)
            {
                throw new InvalidOperationException("A stored upload does not accept its number.");
            }

            if (newer?.Mark?.Number != claim.Own.Version)
            {
                await store.MarkReplacedAsync(claim.Own, ct);
            }

            upload = newer;
        }

        return null;
    }

    /// <summary>Reserves the next number for a file that is about to be stored.</summary>
    /// <inheritdoc cref="IReturnStore.ReserveAsync" />
    public async Task<Submission> ReserveAsync(ReturnKey key, Func<int, string> createPath, DateTimeOffset at, Reservation reservation, CancellationToken ct) =>
        await store.ReserveAsync(key, createPath, at, reservation, await ListAsync(key, ct), ct);

    /// <summary>Keeps a withdrawal with the remaining files that it takes out, so that rebuilt tables know it.</summary>
    public async Task MarkWithdrawnAsync(ReturnKey key, int through, CancellationToken ct)
    {
        foreach (var listed in await ListAsync(key, ct))
        {
            Upload? upload = listed;
            while (upload?.Mark is { } mark && mark.Number <= through && mark.WithdrawnThrough < through
                && await uploads.MarkAsync(upload, mark with { WithdrawnThrough = through }, ct) is null)
            {
                upload = await uploads.FindAsync(upload.Path, ct);
            }
        }
    }

    private async Task<IReadOnlyList<Upload>> ListAsync(ReturnKey key, CancellationToken ct) => await uploads.ListAsync($"{key}/", ct).ToListAsync(ct);
}

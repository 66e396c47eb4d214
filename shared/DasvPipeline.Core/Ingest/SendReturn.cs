using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>A permission to upload one file to one path.</summary>
/// <param name="Path">The path in the container of returns.</param>
public sealed record UploadGrant(Uri Address, string Path, DateTimeOffset ExpiresAt);

/// <summary>A number that was reserved for a file that a program will upload.</summary>
/// <param name="Path">The path in the container of returns.</param>
/// <param name="Mark">The facts to keep with the file.</param>
public sealed record LinkReservation(string Path, UploadMark Mark, DateTimeOffset ReservedAt, DateTimeOffset ExpiresAt);

/// <summary>
/// Handles files from the portal: sends a file and processes it immediately, checks a file without sending it, or grants an
/// upload address to a program. A sent file is stored before it is processed. If processing fails, the upload's event or the
/// sweep repeats it.
/// </summary>
public sealed class SendReturn(PartnershipCatalogue catalogue, CheckReturn check, IUploadStore uploads, IReturnStore store, IngestReturn ingest, TimeProvider clock)
{
    /// <summary>The maximum size of a file in bytes.</summary>
    public static int MaxFileBytes => (int)ReadLimits.Default.FileBytes;

    /// <summary>How long a granted address is valid.</summary>
    public static readonly TimeSpan GrantDuration = TimeSpan.FromMinutes(15);

    private readonly UploadNumbering _numbers = new(uploads, store);

    /// <summary>Stores a file and processes it. It takes its number now, whenever its processing ends.</summary>
    /// <param name="by">The sender.</param>
    /// <returns>The outcome of the file. Its version is 0 only if another run is still processing a file that repeats an earlier one.</returns>
    public async Task<IngestOutcome> RunAsync(ReturnKey key, string fileName, ReadOnlyMemory<byte> content, Person by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var submission = await _numbers.ReserveAsync(key, number => UploadName.CreatePath(key, FreeText.CheckFileName(fileName), now, by.Name, number, content.Span), now, new Reservation(), ct);
        await store.AuditSentAsync(key, new SentFile(submission.Path, by, now, IsUploadLink: false), ct);
        await uploads.WriteAsync(submission.Path, content, submission.CreateMark(), ct);
        var outcome = await ingest.RunAsync(submission.Path, ct);
        return outcome.Version > 0 ? outcome : outcome with { Version = submission.Version };
    }

    /// <summary>
    /// Stores files of a folder that have the same modification time. Each replaces the one at the same path. The files of a folder must
    /// be stored in the order of their modification times, because they take their numbers in this order.
    /// </summary>
    /// <param name="files">The files with their paths, which are the same in the folder and in the container of returns.</param>
    /// <param name="inbox">The id of the watched folder; null if it is not watched.</param>
    public async Task StoreAsync(IReadOnlyList<(string Path, ReadOnlyMemory<byte> Content)> files, string? inbox, CancellationToken ct)
    {
        foreach (var sameReturn in files.GroupBy(file => UploadPath.Resolve(catalogue, file.Path, clock.Today()) is { } resolved && (resolved.Form is not null || resolved.CanBeSentFrom is not null) ? resolved.Key : (ReturnKey?)null))
        {
            var reservation = new Reservation(IsTied: sameReturn.Count() > 1, CanContinue: true);
            foreach (var (path, content) in sameReturn)
            {
                UploadMark? mark = null;
                if (sameReturn.Key is { } key)
                {
                    var submission = await _numbers.ReserveAsync(key, _ => path, clock.GetUtcNow(), reservation, ct);
                    mark = submission.CreateMark() with { Inbox = inbox };
                    reservation = new Reservation(TiedFrom: submission.TiedFrom, CanContinue: true);
                }

                await uploads.ReplaceAsync(path, content, mark, ct);
            }
        }
    }

    /// <summary>Returns the result that a file would get. Nothing is stored.</summary>
    public async Task<ExaminationResult> ExamineAsync(Form form, ReturnKey key, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var identicalPeriod = await store.FindIdenticalPeriodAsync(key, Submission.HashContent(content.Span), ct);
        var examined = await check.RunAsync(form, key.Period, content, fileName, store.AcceptedFiguresOf(key), identicalPeriod, ct);
        return examined.WithExplanations(await store.ReadExplanationsAsync(key, ct));
    }

    /// <summary>Grants an address to which a program can upload one file. The file takes its number now, whenever it arrives.</summary>
    /// <param name="by">The person or program.</param>
    public async Task<UploadGrant> GrantAsync(ReturnKey key, string fileName, Person by, CancellationToken ct)
    {
        var reserved = await ReserveLinkAsync(key, fileName, by, ct);
        return new UploadGrant(await uploads.CreateUploadLinkAsync(reserved.Path, reserved.ReservedAt, reserved.ExpiresAt, ct), reserved.Path, reserved.ExpiresAt);
    }

    /// <summary>Reserves a path and a number for one file that a program uploads through the app.</summary>
    /// <param name="by">The person or program.</param>
    public async Task<LinkReservation> ReserveLinkAsync(ReturnKey key, string fileName, Person by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var submission = await _numbers.ReserveAsync(key, number => UploadName.CreatePath(key, FreeText.CheckFileName(fileName), now, by.Name, number, []), now, new Reservation(IsLink: true), ct);
        await store.AuditSentAsync(key, new SentFile(submission.Path, by, now, IsUploadLink: true), ct);
        return new LinkReservation(submission.Path, submission.CreateMark(), now, now + GrantDuration);
    }

    /// <summary>Stores a file for a reservation, and processes it.</summary>
    public async Task ReceiveAsync(string path, UploadMark mark, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await uploads.WriteAsync(path, content, mark with { UploadedAt = clock.GetUtcNow() }, ct);
        await ingest.RunAsync(path, ct);
    }
}

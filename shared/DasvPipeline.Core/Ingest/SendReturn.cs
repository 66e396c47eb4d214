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

/// <summary>
/// Handles files from the portal: sends a file and processes it immediately, checks a file without sending it, or grants an
/// upload address to a program. A sent file is stored before it is processed. If processing fails, the upload's event or the
/// sweep repeats it.
/// </summary>
public sealed class SendReturn(CheckReturn check, IUploadStore uploads, IReturnStore store, IngestReturn ingest, TimeProvider clock)
{
    /// <summary>The maximum size of a file in bytes.</summary>
    public static int MaxFileBytes => (int)ReadLimits.Default.FileBytes;

    /// <summary>How long a granted address is valid.</summary>
    public static readonly TimeSpan GrantDuration = TimeSpan.FromMinutes(15);

    /// <summary>Stores a file and processes it.</summary>
    /// <param name="by">The sign-in name of the sender.</param>
    /// <returns>The outcome of the file. Its version is 0 if another run is still processing it.</returns>
    public async Task<IngestOutcome> RunAsync(ReturnKey key, string fileName, ReadOnlyMemory<byte> content, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var path = UploadName.CreatePath(key, fileName, now, by, content.Span);
        await store.AuditSentAsync(key, new SentFile(path, by, now, IsUploadLink: false), ct);
        await uploads.WriteAsync(path, content, ct);
        var outcome = await ingest.RunAsync(path, ct);
        return outcome.Version > 0
            ? outcome
            : outcome with { Version = (await store.ReadSubmissionsAsync(key, ct)).FirstOrDefault(submission => submission.Path == path)?.Version ?? 0 };
    }

    /// <summary>Returns the report that a file would get. Nothing is stored.</summary>
    public async Task<SubmissionReport> CheckAsync(Form form, ReturnKey key, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var identicalPeriod = await store.FindIdenticalPeriodAsync(key, Submission.HashContent(content.Span), ct);
        var examined = await check.RunAsync(form, key.Period, content, fileName, store.AcceptedFiguresOf(key), identicalPeriod, ct);
        return SubmissionReport.Create(form.Return, key.Period, examined.WithExplanations(await store.ReadExplanationsAsync(key, ct)));
    }

    /// <summary>Grants an address to which a program can upload one file.</summary>
    /// <param name="by">The sign-in name of the person or program.</param>
    public async Task<UploadGrant> GrantAsync(ReturnKey key, string fileName, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var path = UploadName.CreatePath(key, fileName, now, by, []);
        await store.AuditSentAsync(key, new SentFile(path, by, now, IsUploadLink: true), ct);
        var until = now + GrantDuration;
        return new UploadGrant(await uploads.CreateUploadLinkAsync(path, now, until, ct), path, until);
    }
}

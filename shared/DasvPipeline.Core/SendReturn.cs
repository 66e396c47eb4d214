using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Receive;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>What became of a file that was sent by way of the portal.</summary>
/// <param name="Version">Of the submission it made, or of the one it repeats; 0 where another run is still reading it.</param>
/// <param name="IsRepeat">Whether the very same bytes had been received before.</param>
public sealed record SentReturn(int Version, bool IsRepeat);

/// <summary>Leave to put one file at one path.</summary>
/// <param name="Path">In the container of returns.</param>
public sealed record UploadGrant(Uri Address, string Path, DateTimeOffset Until);

/// <summary>
/// For an agency at the portal: sends a file and reads it at once, checks one without sending it, or grants an address to
/// which a program can send one. What is sent stands in the container of returns before it is read: if reading fails, the
/// event of the upload or the sweep does it again.
/// </summary>
public sealed class SendReturn(PartnershipCatalogue catalogue, IUploads uploads, IReturnStore store, IngestReturn ingest, TimeProvider clock)
{
    /// <summary>Bytes that are read of a file; one that has more is not a return.</summary>
    public static int LargestFile => (int)ReadLimits.Default.FileBytes;

    /// <summary>For how long a granted address can be used.</summary>
    public static readonly TimeSpan GrantLasts = TimeSpan.FromMinutes(15);

    /// <param name="by">The name that whoever sends it is signed in with.</param>
    public async Task<SentReturn> RunAsync(ReturnKey key, string fileName, ReadOnlyMemory<byte> content, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var path = UploadName.PathOf(key, fileName, now, by, content.Span);
        await store.NoteSentAsync(key, new SentFile(path, by, now, IsGrant: false), ct);
        await uploads.WriteAsync(path, content, ct);
        var outcome = await ingest.RunAsync(path, ct);
        return outcome.Version > 0
            ? new SentReturn(outcome.Version, outcome.Result == IngestResult.AlreadyReceived)
            : new SentReturn((await store.ReadSubmissionsAsync(key, ct)).FirstOrDefault(submission => submission.Path == path)?.Version ?? 0, IsRepeat: false);
    }

    /// <summary>What a file would be answered. Nothing is kept.</summary>
    public async Task<SubmissionReport> CheckAsync(Form form, ReturnKey key, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var examined = await IngestReturn.ExamineAsync(
            catalogue, form, key.Period, content, fileName, other => store.ReadAcceptedAsync(key with { Period = other }, ct));
        return SubmissionReport.Of(form.Return, key.Period, examined.ExplainedBy(await store.ReadExplanationsAsync(key, ct)));
    }

    /// <param name="by">The name that whoever asks is signed in with.</param>
    public async Task<UploadGrant> GrantAsync(ReturnKey key, string fileName, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var path = UploadName.PathOf(key, fileName, now, by, []);
        await store.NoteSentAsync(key, new SentFile(path, by, now, IsGrant: true), ct);
        var until = now + GrantLasts;
        return new UploadGrant(await uploads.GrantAsync(path, now, until, ct), path, until);
    }
}

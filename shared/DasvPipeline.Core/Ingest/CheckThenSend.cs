using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Checks a file before it is sent, and keeps it for a day so that it can be sent without being chosen again. It is not received, and
/// nothing of it counts, until it is sent. A file with personal data is not kept: only its report is.
/// </summary>
public sealed class CheckThenSend(SendReturn send, ICheckedFileStore files, TimeProvider clock)
{
    /// <summary>How long a checked file can be sent.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Checks a file.</summary>
    /// <returns>The id of the checked file.</returns>
    public async Task<string> CheckAsync(Form form, ReturnKey key, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var examined = await send.ExamineAsync(form, key, fileName, content, ct);
        var report = SubmissionReport.Create(form.Return, key.Period, examined);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var checkedFile = new CheckedFile(FreeText.CheckFileName(fileName), clock.GetUtcNow(), Encoding.UTF8.GetString(report.ToJson()), Content: null, SentTo: null);
        await files.WriteAsync(key, id, examined.HasPeople ? checkedFile : checkedFile with { Content = content }, ct);
        return id;
    }

    /// <summary>Returns a checked file; null if it does not exist or is too old.</summary>
    public async Task<CheckedFile?> FindAsync(ReturnKey key, string id, CancellationToken ct) =>
        IsId(id) && await files.FindAsync(key, id, ct) is { } file && clock.GetUtcNow() - file.At < Lifetime ? file : null;

    /// <summary>Sends a checked file, for its own return or for another. Its bytes are then deleted here, because the upload has them.</summary>
    /// <param name="file">The file as it was found, with its bytes.</param>
    /// <param name="to">The return that it is sent for.</param>
    /// <returns>The version of the file. Sending it twice gives the same version.</returns>
    public async Task<(ReturnVersion Version, IngestResult Result)> SendAsync(ReturnKey key, string id, CheckedFile file, ReturnKey to, Person by, CancellationToken ct)
    {
        var sent = await send.RunAsync(to, file.FileName, file.Content ?? throw new ArgumentException("The bytes of this file were not kept.", nameof(file)), by, ct);
        var version = new ReturnVersion(to, sent.Version);
        await files.WriteAsync(key, id, file with { Content = null, SentTo = version }, ct);
        return (version, sent.Result);
    }

    /// <summary>Returns true if a checked file would be accepted.</summary>
    public static bool WouldBeAccepted(CheckedFile file) => SubmissionReport.Parse(Encoding.UTF8.GetBytes(file.Report)).Accepted;

    /// <summary>Deletes a checked file that will not be sent.</summary>
    public Task ForgetAsync(ReturnKey key, string id, CancellationToken ct) => IsId(id) ? files.DeleteAsync(key, id, ct) : Task.CompletedTask;

    /// <summary>Creates the copy with marked cells, as it would be after sending. Null if there is nothing to mark.</summary>
    public async Task<MarkedCopy?> MarkAsync(Form form, ReturnKey key, CheckedFile file, CancellationToken ct) => file.Content is not { } content
        ? null
        : await send.ExamineAsync(form, key, file.FileName, content, ct) is { Counts: not { Errors: 0, Queries: 0 } } examined ? examined.CreateMarkedCopy(content) : null;

    // The id is part of the name of a blob.
    internal static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
}

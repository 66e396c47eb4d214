using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>A file that was checked and not sent. It can be sent for a day without being chosen again.</summary>
/// <param name="FileName">The sender's file name, without personal data.</param>
/// <param name="Report">The report on it, as JSON.</param>
/// <param name="Content">Its bytes. Null if they are not kept: the file has personal data, or it was sent.</param>
/// <param name="SentTo">The version under which it was sent; null if it was not sent.</param>
public sealed record CheckedFile(string FileName, DateTimeOffset At, string Report, ReadOnlyMemory<byte>? Content, ReturnVersion? SentTo);

/// <param name="Version">The number of the version in the return.</param>
public sealed record ReturnVersion(ReturnKey Key, int Version);

/// <summary>Stores the files that were checked and not sent, apart from uploads.</summary>
public interface ICheckedFileStore
{
    /// <param name="id">A new id that nobody can guess.</param>
    Task WriteAsync(ReturnKey key, string id, CheckedFile file, CancellationToken ct);

    /// <summary>Reads a checked file; null if it does not exist.</summary>
    Task<CheckedFile?> FindAsync(ReturnKey key, string id, CancellationToken ct);

    /// <summary>Deletes a checked file. Does nothing if it does not exist.</summary>
    Task DeleteAsync(ReturnKey key, string id, CancellationToken ct);
}

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

/// <summary>A file that was sent with others, for one return.</summary>
/// <param name="Number">The place of the file among the others, from 0.</param>
/// <param name="FileName">The sender's file name, without personal data.</param>
/// <param name="Key">The return that it is for; null if it is not known.</param>
/// <param name="CheckedId">The id of the checked file; null if its return is not known.</param>
/// <param name="Problem">Why its return is not known; null if it is.</param>
/// <param name="IsKept">False if it has personal data, so that its bytes are not kept.</param>
public sealed record BatchItem(int Number, string FileName, ReturnKey? Key, string? CheckedId, string? Problem, bool IsKept = true)
{
    /// <summary>For a file whose return is not known: the sheets with numbers, and the returns for which they seem to be.</summary>
    public IReadOnlyList<BatchSheet> Sheets { get; init; } = [];
}

/// <summary>A sheet of a file whose return is not known.</summary>
/// <param name="Keys">The returns for which it seems to be. Empty if it belongs to none.</param>
public sealed record BatchSheet(string Name, IReadOnlyList<ReturnKey> Keys);

/// <summary>Files that were sent together.</summary>
public sealed record FileBatch(DateTimeOffset At, IReadOnlyList<BatchItem> Items);

/// <summary>Stores the files that were checked and not sent, apart from uploads.</summary>
public interface ICheckedFileStore
{
    /// <param name="id">A new id that nobody can guess.</param>
    Task WriteAsync(ReturnKey key, string id, CheckedFile file, CancellationToken ct);

    /// <summary>Reads a checked file; null if it does not exist.</summary>
    Task<CheckedFile?> FindAsync(ReturnKey key, string id, CancellationToken ct);

    /// <summary>Deletes a checked file. Does nothing if it does not exist.</summary>
    Task DeleteAsync(ReturnKey key, string id, CancellationToken ct);

    /// <summary>Writes which files were sent together.</summary>
    /// <param name="id">A new id that nobody can guess.</param>
    Task WriteBatchAsync(AgencyId agency, string id, FileBatch batch, CancellationToken ct);

    /// <summary>Reads which files were sent together; null if they do not exist.</summary>
    Task<FileBatch?> FindBatchAsync(AgencyId agency, string id, CancellationToken ct);

    /// <summary>Keeps the bytes of a file whose return is not known.</summary>
    Task WriteUnassignedAsync(AgencyId agency, string id, int number, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Reads the bytes of a file whose return is not known; null if they do not exist.</summary>
    Task<ReadOnlyMemory<byte>?> FindUnassignedAsync(AgencyId agency, string id, int number, CancellationToken ct);

    /// <summary>Deletes the bytes of a file whose return is now known.</summary>
    Task DeleteUnassignedAsync(AgencyId agency, string id, int number, CancellationToken ct);
}

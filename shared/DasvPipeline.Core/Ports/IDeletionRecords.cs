using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>A rejected file with personal data that is still stored.</summary>
public sealed record FileWithPeople(ReturnKey Key, int Version);

/// <summary>The deletion of the file of a version by a person.</summary>
/// <param name="IsDone">False when it is asked for, and true when all copies are deleted.</param>
/// <param name="Text">What can still be restored; null if nothing can.</param>
public sealed record FileDeletion(int Version, Person By, DateTimeOffset At, bool IsDone, string? Text);

/// <summary>Removes what the tables hold of a file, and audits its deletion without its content.</summary>
public interface IDeletionRecords
{
    /// <summary>
    /// Removes the path of a submission, the notes on its figures, and the explanations that it contained. Its figures, state and counts
    /// stay. It is then no longer among the files with personal data.
    /// </summary>
    Task EraseAsync(Submission submission, CancellationToken ct);

    /// <summary>Audits a deletion. A repeated one gives one row.</summary>
    Task AuditDeletionAsync(ReturnKey key, FileDeletion deletion, CancellationToken ct);
}

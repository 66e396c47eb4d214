namespace DasvPipeline.Core.Ports;

/// <summary>Copies the tables, which have no soft delete and no versions, into a private container.</summary>
public interface ITableBackup
{
    /// <summary>Writes every row of every table into the files of a day. Repeating it replaces them.</summary>
    /// <returns>The number of rows.</returns>
    Task<int> WriteAsync(DateOnly day, CancellationToken ct);

    /// <summary>
    /// Writes the rows of a day back. A row with the same key is replaced, and rows that the copy does not have stay. Repeating it
    /// changes nothing.
    /// </summary>
    /// <returns>The number of rows; null if there is no complete copy of that day.</returns>
    Task<int?> RestoreAsync(DateOnly day, CancellationToken ct);
}

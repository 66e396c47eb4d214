using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

public enum IngestResult
{
    Accepted,
    Rejected,

    /// <summary>This upload was already processed. Nothing was done.</summary>
    AlreadyHandled,

    /// <summary>The file is identical to the newest submission. Nothing changed.</summary>
    AlreadyReceived,

    /// <summary>The file was replaced while it was read. The newer file has its own event.</summary>
    Superseded,

    /// <summary>The file was deleted, so its submission no longer counts.</summary>
    Withdrawn,
}

/// <summary>The outcome of one uploaded file.</summary>
/// <param name="Key">Null if the path names no return.</param>
/// <param name="Version">0 if the file got no version: its path names no return, or its period has not ended.</param>
public sealed record IngestOutcome(IngestResult Result, ReturnKey? Key, int Version, Counts Counts, IReadOnlyList<Finding> Findings);

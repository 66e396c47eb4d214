namespace DasvPipeline.Core.Ports;

/// <summary>A signed-in person or program.</summary>
/// <param name="Id">The immutable id of the account. A name can change, and this cannot.</param>
/// <param name="Name">The sign-in name.</param>
public sealed record Person(string Id, string Name)
{
    /// <summary>The immutable id of the directory (tenant) that the account belongs to; null if the sign-in gives none.</summary>
    public string? TenantId { get; init; }

    /// <summary>True if the person acts as the manager. What the manager sends is sent for an agency, and audited so.</summary>
    public bool IsManager { get; init; }
}

/// <summary>A decision of a person about a version of a return: to withdraw it, or to use it again.</summary>
/// <param name="Version">The version that it concerns.</param>
/// <param name="Reason">The reason, as the person wrote it.</param>
public sealed record VersionDecision(int Version, Person By, DateTimeOffset At, string Reason);

/// <summary>A file that somebody sent through the portal, or may send with an upload link.</summary>
/// <param name="By">The sender.</param>
/// <param name="IsUploadLink">True if an upload link was issued and the file will follow later.</param>
public sealed record SentFile(string Path, Person By, DateTimeOffset At, bool IsUploadLink);

/// <summary>An action of a person about a return that has no version of its own.</summary>
public enum ReturnAction
{
    /// <summary>Stated that there was nothing to report. The nil return is sent next.</summary>
    NilReturnStated,

    /// <summary>Saved figures that were entered on the page, without sending them.</summary>
    FiguresSaved,

    /// <summary>Deleted figures that were saved and not sent.</summary>
    FiguresDiscarded,

    /// <summary>Reminded the agency of the return, by e-mail.</summary>
    Reminded,
}

/// <summary>An event in the audit of a return.</summary>
/// <param name="Name">
/// sent, sent-for-agency, link-granted, nil-stated, figures-saved, figures-discarded, reminded, late-stated, late-undone, extended, extension-undone, waived, waiver-undone, accepted, accepted-with-queries, explained, rejected, withdrawn, chosen, explanation-given, deletion-asked
/// or deleted.
/// </param>
/// <param name="Version">The version that it concerns; 0 if it concerns no version.</param>
/// <param name="By">The person who did it; null for the pipeline.</param>
/// <param name="Text">The explanation or reason, as the person wrote it.</param>
public record AuditEvent(string Name, DateTimeOffset At, int Version, string? By, string? Text)
{
    /// <summary>The day on which a late return will come, or the new due date, as a text; null for other events.</summary>
    public string? Day { get; init; }
}

using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>The figures of a return that a person entered on the page, as they were typed.</summary>
/// <param name="Figures">The text of each figure by its key. A figure that was left blank is not here.</param>
/// <param name="Notes">The note of each row, by the key of the row's first figure.</param>
public sealed record EntryTexts(IReadOnlyDictionary<string, string> Figures, IReadOnlyDictionary<string, string> Notes)
{
    public static readonly EntryTexts None = new(new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>Entered figures that are saved on the server. They count only after they are sent.</summary>
/// <param name="Texts">What was entered. Nothing once it was sent, because the upload has it.</param>
/// <param name="By">The person who saved them.</param>
/// <param name="Hash">The hash of what was entered.</param>
/// <param name="SentAs">The version under which they were sent; null if they were not sent.</param>
public sealed record EntryDraft(EntryTexts Texts, Person By, DateTimeOffset At, string Hash, int? SentAs);

/// <summary>A draft as it was read.</summary>
/// <param name="Tag">Identifies this state of the draft, so that a newer one is never overwritten unseen.</param>
public sealed record StoredDraft(EntryDraft Draft, string Tag);

/// <summary>Stores at most one draft for each return and period.</summary>
public interface IEntryDraftStore
{
    /// <summary>Reads a draft; null if there is no draft.</summary>
    Task<StoredDraft?> FindAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Writes a draft, if the stored one is still the one that the writer has seen.</summary>
    /// <param name="seen">The tag of the draft that the writer has seen; null if the writer has seen no draft.</param>
    /// <returns>The new tag; null if the stored draft is another.</returns>
    Task<string?> WriteAsync(ReturnKey key, EntryDraft draft, string? seen, CancellationToken ct);

    /// <summary>Deletes a draft, if it is still the one that the writer has seen.</summary>
    /// <returns>False if the stored draft is another.</returns>
    Task<bool> DeleteAsync(ReturnKey key, string seen, CancellationToken ct);
}

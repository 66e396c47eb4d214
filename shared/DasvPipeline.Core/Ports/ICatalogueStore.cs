using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ports;

/// <summary>A version of the catalogue: when it became live, who approved it, and why.</summary>
/// <param name="Number">The number of the version, from 1.</param>
/// <param name="Hash">The hash of its files, under which they are stored.</param>
/// <param name="By">The sign-in name of the person who approved it.</param>
/// <param name="ById">The immutable id of the person's account.</param>
/// <param name="Reason">The reason, which is published with the changes that it causes.</param>
public sealed record CatalogueVersion(int Number, string Hash, DateTimeOffset At, string By, string ById, string Reason)
{
    /// <inheritdoc cref="Person.TenantId" />
    public string? ByTenantId { get; init; }

    /// <summary>The person who approved it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Person Approver => new(ById, By) { TenantId = ByTenantId };
}

/// <summary>All versions of the catalogue, in order. The last one is live.</summary>
/// <param name="ETag">The ETag that the list was read with.</param>
public sealed record CatalogueHistory(IReadOnlyList<CatalogueVersion> Versions, string ETag)
{
    public CatalogueVersion Live => Versions[^1];

    public CatalogueVersion? Find(int number) => Versions.FirstOrDefault(version => version.Number == number);
}

/// <summary>Stores the files of the catalogue under the hash of their content, and the list of versions.</summary>
public interface ICatalogueStore
{
    /// <summary>Reads the list of versions. Makes one storage call.</summary>
    /// <param name="known">The list as it was last read. It is returned if it has not changed.</param>
    /// <returns>Null if the store has no catalogue yet.</returns>
    Task<CatalogueHistory?> ReadHistoryAsync(CatalogueHistory? known, CancellationToken ct);

    /// <summary>Adds a version to the list. Returns false if the list is not as it was read.</summary>
    /// <param name="before">The list as it was read; null for the first version.</param>
    Task<bool> TryAddVersionAsync(CatalogueVersion version, CatalogueHistory? before, CancellationToken ct);

    /// <summary>Reads the files with a hash; null if they are not stored.</summary>
    Task<IReadOnlyList<CatalogueFile>?> ReadFilesAsync(string hash, CancellationToken ct);

    /// <summary>Stores files under their hash. Stored files never change, so this can be repeated.</summary>
    Task WriteFilesAsync(string hash, IReadOnlyList<CatalogueFile> files, CancellationToken ct);

    /// <summary>Audits that a person approved a version.</summary>
    Task AuditApprovalAsync(CatalogueVersion version, CancellationToken ct);
}

using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>A place in which acts are audited.</summary>
public enum AuditSource
{
    /// <summary>What people did with returns, releases and the catalogue.</summary>
    Acts,

    /// <summary>The results of checks, withdrawals and arrangements, which are written with the change that they describe.</summary>
    Results,

    /// <summary>Who asked for access to an agency, and who decided.</summary>
    Access,

    /// <summary>Who stopped the messages to a contact.</summary>
    Messages,
}

/// <summary>An event of any audit, with what it is about. For events of access, <see cref="AuditEvent.Text"/> is the role.</summary>
/// <inheritdoc cref="AuditEvent" path="/param"/>
public sealed record AuditRecord(string Name, DateTimeOffset At, int Version, string? By, string? Text) : AuditEvent(Name, At, Version, By, Text)
{
    /// <summary>The person who did it, with the immutable id of the account; null for the pipeline.</summary>
    public Person? Person { get; init; }

    /// <summary>The return that it is about; null for none.</summary>
    public ReturnKey? Return { get; init; }

    /// <summary>The agency that it is about; null for none.</summary>
    public AgencyId? Agency { get; init; }

    /// <summary>The year that it is about as a whole; null for none.</summary>
    public Period? Year { get; init; }

    /// <summary>The number of the release that it is about; null for none.</summary>
    public int? Release { get; init; }

    /// <summary>The number of the version of the catalogue; null for none.</summary>
    public int? CatalogueVersion { get; init; }

    /// <summary>The account whose access changed, or the contact whose messages were stopped; null for none.</summary>
    public Person? Account { get; init; }

    /// <summary>The path of the file; null for none, and after the file was deleted.</summary>
    public string? Path { get; init; }
}

/// <summary>Reads everything that is audited.</summary>
public interface IAuditStore
{
    /// <summary>Reads the events of a source, in no order. Makes one storage call for each 1,000 events.</summary>
    /// <param name="since">Leaves out events before this time, if the store can; null for all. Earlier ones may be returned.</param>
    Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditSource source, DateTimeOffset? since, CancellationToken ct);
}

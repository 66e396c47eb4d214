using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>What a member may do with the returns of an agency.</summary>
public enum MemberRole
{
    /// <summary>Sends returns, answers queries, withdraws and deletes.</summary>
    Officer,

    /// <summary>Sees the returns and their results, and changes nothing.</summary>
    Reader,
}

public enum MembershipState
{
    /// <summary>The person asked for access. The manager has not decided.</summary>
    Requested,

    Granted,

    /// <summary>The manager refused the request.</summary>
    Refused,

    /// <summary>The person had access, and the manager ended it.</summary>
    Ended,
}

/// <summary>The access of a person to an agency's returns.</summary>
/// <param name="Person">The account, identified by its immutable id. The name is the one of the sign-in when the row was written.</param>
/// <param name="Email">The e-mail address, for the manager to recognise the person; null if the sign-in gave none.</param>
/// <param name="ChangedBy">The person who asked, granted, refused or ended.</param>
public sealed record Membership(AgencyId Agency, Person Person, string? Email, MemberRole Role, MembershipState State, Person ChangedBy, DateTimeOffset ChangedAt)
{
    /// <summary>Identifies the stored row, so that a change of something that has changed since is refused. Null for a new one.</summary>
    public string? Token { get; init; }
}

/// <summary>Stores who belongs to which agency, and the audit of every change.</summary>
public interface IMembershipStore
{
    /// <summary>Reads all memberships, also those that have ended. Makes one storage call for each 1,000.</summary>
    Task<IReadOnlyList<Membership>> ReadAllAsync(CancellationToken ct);

    /// <summary>
    /// Writes a membership with the audit of the change, in one transaction. Returns false, and writes nothing, if the stored one is not
    /// the one that <see cref="Membership.Token"/> names.
    /// </summary>
    Task<bool> TryWriteAsync(Membership membership, CancellationToken ct);
}

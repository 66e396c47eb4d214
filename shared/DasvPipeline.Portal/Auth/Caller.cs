using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Portal.Auth;

/// <summary>A signed-in person with their roles. A caller without a role has no access.</summary>
/// <param name="Id">The immutable id of the account; the name if the sign-in gives none.</param>
/// <param name="Name">The sign-in name.</param>
/// <param name="Agencies">The agencies whose returns the caller may see.</param>
public sealed record Caller(string Id, string Name, bool IsManager, IReadOnlyList<AgencyId> Agencies)
{
    public const string ManagerRole = "manager";

    /// <summary>The prefix of an agency's role: <c>agency:constabulary</c>.</summary>
    public const string AgencyRole = "agency:";

    /// <summary>The agencies whose returns the caller may see and not change.</summary>
    public IReadOnlyList<AgencyId> ReadOnlyAgencies { get; init; } = [];

    /// <summary>True if the sign-in gave an immutable id. Only then can the manager give access to the caller.</summary>
    public bool HasAccountId { get; init; }

    /// <summary>The e-mail address; null if the sign-in gives none. It is shown to the manager, and gives no access.</summary>
    public string? Email { get; init; }

    /// <inheritdoc cref="Person.TenantId" />
    public string? TenantId { get; init; }

    /// <summary>The agency as which the manager views the pages; null for everybody else. Such a caller reads what the agency reads, and changes nothing.</summary>
    public AgencyId? ViewedAgency { get; init; }

    public Person Person => new(Id, Name) { TenantId = TenantId, IsManager = IsManager };

    /// <summary>Returns true if the caller may see the returns of the agency. The manager may see all.</summary>
    public bool HasAccessTo(AgencyId agency) => IsManager || Agencies.Contains(agency);

    /// <summary>Returns true if the caller may send and change the returns of the agency. The manager may change all.</summary>
    public bool CanChange(AgencyId agency) => HasAccessTo(agency) && (IsManager || !ReadOnlyAgencies.Contains(agency));

    /// <summary>Returns the caller as a reader of an agency, without the manager's role.</summary>
    internal Caller ViewAs(AgencyId agency) => this with { IsManager = false, Agencies = [agency], ReadOnlyAgencies = [agency], ViewedAgency = agency };

    /// <param name="id">The immutable id; null if the sign-in gives none.</param>
    /// <param name="memberships">The memberships of all people.</param>
    internal static Caller Create(string? id, string? name, string? email, IReadOnlyList<string> roles, IReadOnlyList<Membership> memberships)
    {
        var isManager = roles.Contains(ManagerRole, StringComparer.Ordinal);
        var fromRoles = roles.Where(role => role.StartsWith(AgencyRole, StringComparison.Ordinal)).Select(role => role[AgencyRole.Length..])
            .Where(Slug.IsValid).Select(agency => new AgencyId(agency)).ToList();
        var own = id is null ? [] : memberships.Where(membership => membership.Person.Id == id && membership.State == MembershipState.Granted).ToList();
        var agencies = fromRoles.Concat(own.Select(membership => membership.Agency)).Distinct().ToList();
        var known = name ?? (isManager ? ManagerRole : agencies.Count > 0 ? agencies[0].Value : "nobody");
        return new Caller(id ?? known, known, isManager, agencies)
        {
            ReadOnlyAgencies = [.. own.Where(membership => membership.Role == MemberRole.Reader).Select(membership => membership.Agency).Except(fromRoles)],
            HasAccountId = id is not null,
            Email = email,
        };
    }
}

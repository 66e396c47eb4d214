using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Portal.Auth;

/// <summary>A signed-in person with their roles. A caller without a role has no access.</summary>
/// <param name="Id">The immutable id of the account; the name if the sign-in gives none.</param>
/// <param name="Name">The sign-in name.</param>
/// <param name="Agencies">The agencies whose returns the caller may send.</param>
public sealed record Caller(string Id, string Name, bool IsManager, IReadOnlyList<AgencyId> Agencies)
{
    public const string ManagerRole = "manager";

    /// <summary>The prefix of an agency's role: <c>agency:constabulary</c>.</summary>
    public const string AgencyRole = "agency:";

    public Person Person => new(Id, Name);

    /// <summary>Returns true if the caller has access to the agency. The manager has access to all.</summary>
    public bool HasAccessTo(AgencyId agency) => IsManager || Agencies.Contains(agency);

    internal static Caller Create(string? id, string? name, IReadOnlyList<string> roles)
    {
        var isManager = roles.Contains(ManagerRole, StringComparer.Ordinal);
        var agencies = roles.Where(role => role.StartsWith(AgencyRole, StringComparison.Ordinal)).Select(role => role[AgencyRole.Length..])
            .Where(Slug.IsValid).Select(id => new AgencyId(id)).Distinct().ToList();
        var known = name ?? (isManager ? ManagerRole : agencies.Count > 0 ? agencies[0].Value : "nobody");
        return new Caller(id ?? known, known, isManager, agencies);
    }
}

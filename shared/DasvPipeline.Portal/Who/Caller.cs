using DasvPipeline.Core.Model;

namespace DasvPipeline.Portal.Who;

/// <summary>Somebody who is signed in, and for whom they may act. Without a role they may nothing.</summary>
/// <param name="Name">As they are signed in.</param>
/// <param name="Agencies">Those whose returns they send.</param>
public sealed record Caller(string Name, bool IsManager, IReadOnlyList<AgencyId> Agencies)
{
    public const string ManagerRole = "manager";

    /// <summary>Before an agency's id: <c>agency:constabulary</c>.</summary>
    public const string AgencyRole = "agency:";

    /// <summary>The manager sees every agency; an agency sees its own.</summary>
    public bool MaySee(AgencyId agency) => IsManager || Agencies.Contains(agency);

    internal static Caller Of(string? name, IReadOnlyList<string> roles)
    {
        var isManager = roles.Contains(ManagerRole, StringComparer.Ordinal);
        var agencies = roles.Where(role => role.StartsWith(AgencyRole, StringComparison.Ordinal)).Select(role => role[AgencyRole.Length..])
            .Where(Slug.IsValid).Select(id => new AgencyId(id)).Distinct().ToList();
        return new Caller(name ?? (isManager ? ManagerRole : agencies.Count > 0 ? agencies[0].Value : "nobody"), isManager, agencies);
    }
}

using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Ports;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>
/// Identifies the caller from the header <c>X-MS-CLIENT-PRINCIPAL</c> of App Service Authentication. The header is trusted
/// only if a component in front of the app removes it from requests and sets it itself. Otherwise nobody is signed in.
/// </summary>
/// <param name="trustsHeader">True behind App Service Authentication, and on a laptop, whose own sign-in sets the header.</param>
public sealed class CallerReader(bool trustsHeader)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    public bool IsManager(HttpRequest request) => GetCaller(request)?.IsManager == true;

    /// <summary>Returns the signed-in person, or the manager's role.</summary>
    public Person GetPerson(HttpRequest request) => GetCaller(request)?.Person ?? new Person(Caller.ManagerRole, Caller.ManagerRole);

    /// <summary>Returns the caller, or null if there is no valid principal. A manager who views as an agency is a reader of that agency.</summary>
    public Caller? GetCaller(HttpRequest request)
    {
        if (!trustsHeader || request.Headers[Header] is not [{ Length: > 0 and < 16_384 } encoded])
        {
            return null;
        }

        try
        {
            using var principal = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
            var root = principal.RootElement;
            var caller = Caller.Create(IdIn(root), NameIn(root), EmailIn(root), RolesOf(root), request.HttpContext.Features.Get<MembershipSnapshot>()?.Memberships ?? []) with { TenantId = TenantIn(root) };
            return caller.IsManager && AgencyView.Find(request) is { } agency ? caller.ViewAs(agency) : caller;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns the object id that Entra ID gives each account, for people and for programs.</summary>
    private static string? IdIn(JsonElement principal) => ClaimsOf(principal)
        .Where(claim => claim.Type is "oid" or "http://schemas.microsoft.com/identity/claims/objectidentifier").Select(claim => claim.Value).FirstOrDefault();

    /// <summary>Returns the id of the directory that the account belongs to.</summary>
    private static string? TenantIn(JsonElement principal) => ClaimsOf(principal)
        .Where(claim => claim.Type is "tid" or "http://schemas.microsoft.com/identity/claims/tenantid").Select(claim => claim.Value).FirstOrDefault();

    private static string? NameIn(JsonElement principal)
    {
        var nameType = principal.TryGetProperty("name_typ", out var element) ? element.GetString() : null;
        return ClaimsOf(principal).Where(claim => claim.Type is "name" || (claim.Type is not null && claim.Type == nameType)).Select(claim => claim.Value).FirstOrDefault();
    }

    private static string? EmailIn(JsonElement principal) => ClaimsOf(principal)
        .Where(claim => claim.Type is "email" or "preferred_username" or "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" && claim.Value.Contains('@', StringComparison.Ordinal))
        .Select(claim => claim.Value).FirstOrDefault();

    /// <summary>Returns the values of the claims with the principal's own role type.</summary>
    private static List<string> RolesOf(JsonElement principal)
    {
        var roleType = principal.TryGetProperty("role_typ", out var element) ? element.GetString() : null;
        return [.. ClaimsOf(principal).Where(claim => claim.Type is "roles" || (claim.Type is not null && claim.Type == roleType)).Select(claim => claim.Value)];
    }

    private static IEnumerable<(string? Type, string Value)> ClaimsOf(JsonElement principal)
    {
        if (!principal.TryGetProperty("claims", out var claims) || claims.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var claim in claims.EnumerateArray())
        {
            if (claim.TryGetProperty("val", out var value) && value.GetString() is { } text)
            {
                yield return (claim.TryGetProperty("typ", out var type) ? type.GetString() : null, text);
            }
        }
    }
}

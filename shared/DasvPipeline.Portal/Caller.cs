using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>
/// Who is calling, as App Service Authentication says in <c>X-MS-CLIENT-PRINCIPAL</c>. That header is believed only where
/// something in front of the app takes it off every request and puts it on again itself; elsewhere everybody is nobody.
/// </summary>
/// <param name="trustsHeader">True behind App Service Authentication, and on a laptop, where there is nobody else.</param>
public sealed class CallerPolicy(bool trustsHeader)
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL";
    private const string ManagerRole = "manager";

    public bool IsManager(HttpRequest request) => Roles(request).Contains(ManagerRole, StringComparer.Ordinal);

    private List<string> Roles(HttpRequest request)
    {
        if (!trustsHeader || request.Headers[Header] is not [{ Length: > 0 and < 16_384 } encoded])
        {
            return [];
        }

        try
        {
            using var principal = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
            return RolesOf(principal.RootElement);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            return []; // not a principal: nobody
        }
    }

    /// <summary>The values of the claims whose type the principal itself names as that of roles.</summary>
    private static List<string> RolesOf(JsonElement principal)
    {
        var roleType = principal.TryGetProperty("role_typ", out var said) ? said.GetString() : null;
        var roles = new List<string>();
        if (principal.TryGetProperty("claims", out var claims) && claims.ValueKind == JsonValueKind.Array)
        {
            foreach (var claim in claims.EnumerateArray())
            {
                var type = claim.TryGetProperty("typ", out var typ) ? typ.GetString() : null;
                if ((type is "roles" || (type is not null && type == roleType)) && claim.TryGetProperty("val", out var value) && value.GetString() is { } role)
                {
                    roles.Add(role);
                }
            }
        }

        return roles;
    }
}

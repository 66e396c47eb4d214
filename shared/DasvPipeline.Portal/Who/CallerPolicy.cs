using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Who;

/// <summary>
/// Who is calling, as App Service Authentication says in <c>X-MS-CLIENT-PRINCIPAL</c>. That header is believed only where
/// something in front of the app takes it off every request and puts it on again itself; elsewhere everybody is nobody.
/// </summary>
/// <param name="trustsHeader">True behind App Service Authentication, and on a laptop, whose own sign-in page puts it on.</param>
public sealed class CallerPolicy(bool trustsHeader)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    public bool IsManager(HttpRequest request) => Of(request)?.IsManager == true;

    /// <summary>What the caller is called where somebody signed in; their role otherwise.</summary>
    public string NameOf(HttpRequest request) => Of(request)?.Name ?? Caller.ManagerRole;

    /// <summary>Null where there is no principal, or none that can be read: nobody.</summary>
    public Caller? Of(HttpRequest request)
    {
        if (!trustsHeader || request.Headers[Header] is not [{ Length: > 0 and < 16_384 } encoded])
        {
            return null;
        }

        try
        {
            using var principal = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)));
            return Caller.Of(NameIn(principal.RootElement), RolesOf(principal.RootElement));
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameIn(JsonElement principal)
    {
        var nameType = principal.TryGetProperty("name_typ", out var said) ? said.GetString() : null;
        return ClaimsOf(principal).Where(claim => claim.Type is "name" || (claim.Type is not null && claim.Type == nameType)).Select(claim => claim.Value).FirstOrDefault();
    }

    /// <summary>The values of the claims whose type the principal itself names as that of roles.</summary>
    private static List<string> RolesOf(JsonElement principal)
    {
        var roleType = principal.TryGetProperty("role_typ", out var said) ? said.GetString() : null;
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

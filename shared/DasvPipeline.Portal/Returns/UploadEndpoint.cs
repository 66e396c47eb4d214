using System.Security.Cryptography;
using System.Text.Json;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <param name="ThroughApp">True if storage is private, so that upload links lead to the app instead of to storage.</param>
public sealed record UploadLinkOptions(bool ThroughApp);

/// <summary>
/// Receives a file for an upload link that leads to the app. The address holds what was granted, encrypted: one path and its number, for a
/// short time. It needs no sign-in, as a link to storage needs none.
/// </summary>
public sealed class UploadEndpoint(SendReturn send, IUploadStore uploads, IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("DasvPipeline.UploadLink").ToTimeLimitedDataProtector();

    /// <summary>Creates the address for a grant.</summary>
    internal string CreateAddress(HttpRequest request, LinkReservation reservation) =>
        $"{request.Scheme}://{request.Host}/api/uploads/{_protector.Protect(JsonSerializer.Serialize(new UploadToken(reservation.Path, reservation.Mark), PortalJson.Default.UploadToken), SendReturn.GrantDuration)}";

    public async Task<IResult> PutAsync(HttpRequest request, string token, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (Read(token) is not { } granted)
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "This link has expired or is incomplete. Ask for a new one.");
        }

        if (await ReadBodyAsync(request, ct) is not { } content)
        {
            return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, title: SendPages.TooLarge);
        }

        if (content.Length == 0)
        {
            return ErrorResults.BadRequest("The file is empty.");
        }

        if (await uploads.FindAsync(granted.Path, ct) is not null)
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "A file was already sent with this link. Ask for a new one.");
        }

        await send.ReceiveAsync(granted.Path, granted.Mark, content, ct);
        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > SendReturn.MaxFileBytes)
        {
            return null;
        }

        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (content.Length + read > SendReturn.MaxFileBytes)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private UploadToken? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(token), PortalJson.Default.UploadToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <param name="Path">The path in the container of returns.</param>
/// <param name="Mark">The number that was reserved for the file.</param>
internal sealed record UploadToken(string Path, UploadMark Mark);

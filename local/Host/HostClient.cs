using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Commands;
using DasvPipeline.Portal;

namespace DasvPipeline.Local.Host;

/// <param name="Data">The folder of the store, used if no host is running; null for the default folder.</param>
/// <param name="By">The name of the person; null for none.</param>
/// <param name="Catalogue">The folder of the catalogue for a temporary host; null for the stored one. A running host keeps its own.</param>
internal sealed record HostRequestOptions(int Port, string? Data, string? By, DirectoryInfo? Catalogue);

/// <param name="Text">The body, a JSON object, or a zip in base64.</param>
internal sealed record HostResponse(HttpStatusCode Status, string Text);

/// <summary>
/// Sends requests to the pipeline as the manager: to the host on the port, or if none is running, to a temporary host on
/// the store.
/// </summary>
internal sealed class HostClient(HostRequestOptions options, TimeProvider clock)
{
    /// <exception cref="UserException">There is no store, or another program responds on the port.</exception>
    public async Task<HostResponse> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        if (await IsListeningAsync(ct))
        {
            return await SendAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{options.Port}")), method, path, body, ct);
        }

        await using var laptop = await LaptopHost.StartAsync(StoreFolder(), port: 0, clock, ct, catalogue: CatalogueFolder.ReadIfGiven(options.Catalogue));
        return await HasReturnsAsync(laptop, ct)
            ? await SendAsync(laptop.Address, method, path, body, ct)
            : throw new UserException($"The store in {StoreFolder()} is empty. No return has been sent to it.");
    }

    private async Task<bool> IsListeningAsync(CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, options.Port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Returns the folder if it contains a store. Starting in any other folder would create one.</summary>
    private string StoreFolder()
    {
        var folder = Path.GetFullPath(options.Data ?? LocalFolders.Data);
        return AzuriteProcess.ContainsData(folder) ? folder : throw new UserException(
            FormattableString.Invariant($"No pipeline is running on port {options.Port}, and {folder} contains no store. Start the pipeline first, or use --port or --data."));
    }

    private static async Task<bool> HasReturnsAsync(LaptopHost laptop, CancellationToken ct)
    {
        await foreach (var _ in laptop.Account.GetBlobContainerClient(UploadPath.Container).GetBlobsAsync(cancellationToken: ct))
        {
            return true;
        }

        return false;
    }

    private async Task<HostResponse> SendAsync(Uri host, HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host };
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Requested-With", "command line");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(Principal().ToJsonString())));
        try
        {
            using var response = await client.SendAsync(request, ct);
            var isZip = response.Content.Headers.ContentType?.MediaType == CatalogueEndpoint.ZipType;
            var text = isZip ? Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync(ct)) : await response.Content.ReadAsStringAsync(ct);
            return response.StatusCode >= HttpStatusCode.InternalServerError
                ? throw new UserException("The pipeline failed. Its output says why. Try again when the problem is fixed.")
                : isZip || IsJson(response.Content.Headers.ContentType) ? new HostResponse(response.StatusCode, text) : throw NotThePipeline();
        }
        catch (HttpRequestException)
        {
            throw NotThePipeline();
        }
    }

    /// <summary>Creates the manager's identity. The laptop host trusts it, because only this machine can reach the host.</summary>
    private JsonObject Principal()
    {
        var claims = new JsonArray(new JsonObject { ["typ"] = "roles", ["val"] = "manager" });
        if (!string.IsNullOrWhiteSpace(options.By))
        {
            claims.Add(new JsonObject { ["typ"] = "name", ["val"] = options.By.Trim() });
        }

        return new JsonObject { ["role_typ"] = "roles", ["name_typ"] = "name", ["claims"] = claims };
    }

    private static bool IsJson(MediaTypeHeaderValue? type) => type?.MediaType is "application/json" or "application/problem+json";

    private UserException NotThePipeline() =>
        new(FormattableString.Invariant($"The program on port {options.Port} is not this pipeline. Use --port to give the right port."));
}

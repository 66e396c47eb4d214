using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Reads what is sent to an endpoint: a small JSON object that says how long it is.</summary>
internal static class JsonBody
{
    private const int Longest = 16_384;

    /// <summary>Null where it is none, or too long.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        if (request.ContentLength is null or > Longest)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExplanationBody))]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(UploadLinkBody))]
[JsonSerializable(typeof(UploadLink))]
internal sealed partial class PortalJson : JsonSerializerContext;

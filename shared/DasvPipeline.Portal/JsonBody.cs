using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DasvPipeline.Core.Domain;
using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Reads the body of a request: a small JSON object with a Content-Length.</summary>
internal static class JsonBody
{
    private const int MaxLength = 16_384;

    /// <summary>Returns null if the body is not valid JSON or is too long.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken ct, int maxLength = MaxLength) where T : class
    {
        if (request.ContentLength is not { } length || length > maxLength)
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UkTimeConverter)])]
[JsonSerializable(typeof(ExplanationBody))]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(DecisionResponse))]
[JsonSerializable(typeof(TakeDownBody))]
[JsonSerializable(typeof(CatalogueZipBody))]
[JsonSerializable(typeof(CatalogueApplyBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(SeveralFilesBody))]
[JsonSerializable(typeof(SeveralFilesAnswer))]
[JsonSerializable(typeof(EntryBody))]
[JsonSerializable(typeof(EntryForm))]
[JsonSerializable(typeof(EntryAnswer))]
[JsonSerializable(typeof(UploadLinkBody))]
[JsonSerializable(typeof(UploadLink))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(UploadToken))]
internal sealed partial class PortalJson : JsonSerializerContext;

using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>Serves the embedded styles and scripts. Their address contains a hash of all files, so that they can be cached indefinitely.</summary>
public sealed class AssetFiles
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, byte[]> Embedded = Load();

    private static readonly string Hash = HashOf(Embedded);

    private readonly FrozenDictionary<string, byte[]> _files = Embedded;

    public static string GetAddress(string name) => $"/{Prefix}{Hash}/{name}";

    /// <summary>Serves a file to anyone, because the files contain no data.</summary>
    public IResult GetFile(HttpRequest request, string hash, string name)
    {
        if (!_files.TryGetValue(name, out var content))
        {
            return Results.NotFound();
        }

        var headers = request.HttpContext.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // A page of an earlier version asks for files that no longer exist. Serve the current ones without caching.
        headers.CacheControl = hash == Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(content, Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        });
    }

    private static FrozenDictionary<string, byte[]> Load()
    {
        var assembly = typeof(AssetFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return bytes.ToArray();
            },
            StringComparer.Ordinal);
    }

    private static string HashOf(FrozenDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace DasvPipeline.Portal.Site;

/// <param name="ETag">The hash of the content, in quotes.</param>
internal sealed record SiteFile(byte[] Content, string ContentType, string ETag);

/// <summary>The files of the public page, which are embedded: those of the folder <c>site/</c>, and the module that writes a page on the server.</summary>
internal static class SiteFiles
{
    public const string Index = "index.html";

    /// <summary>The script that other sites include. Its name has the version of the feed.</summary>
    public const string Element = "dasv.v1.js";

    private const string Prefix = "site/";
    private const string SharedPrefix = "assets/";
    private const string RendererPrefix = "renderer/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The files by name. Two of them are also files of the other pages, and are embedded for those.</summary>
    public static FrozenDictionary<string, SiteFile> All { get; } = Load(Prefix).Concat(Load(SharedPrefix).Where(file => file.Key is "govuk.css" or "icon.svg")).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The modules that create the parts of a page, and the one that writes them.</summary>
    public static IReadOnlyDictionary<string, string> Modules { get; } = All.Concat(Load(RendererPrefix)).Where(file => file.Key.EndsWith(".js", StringComparison.Ordinal))
        .ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value.Content), StringComparer.Ordinal);

    public static string Hash(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";

    private static FrozenDictionary<string, SiteFile> Load(string prefix)
    {
        var assembly = typeof(SiteFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[prefix.Length..],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                var content = copy.ToArray();
                return new SiteFile(content, Types[Path.GetExtension(name)], Hash(content));
            },
            StringComparer.Ordinal);
    }
}

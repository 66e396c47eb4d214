using DasvPipeline.Local.Commands;
using Microsoft.AspNetCore.StaticFiles;

namespace DasvPipeline.Local.Host;

/// <summary>Serves the public page in <c>site/</c>, with the headers that <c>site/README.md</c> requires.</summary>
internal static class SiteFiles
{
    private const string Prefix = "/site";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    });

    private static string Folder => Path.Combine(LocalFolders.Repository, "site");

    /// <summary>Maps the public page, and redirects the root address to it.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect(Prefix + "/"));
        app.MapMethods(
            Prefix + "/{name?}",
            [HttpMethods.Get, HttpMethods.Head],
            (HttpContext context, string? name) => context.Request.Path == Prefix ? Results.Redirect(Prefix + "/") : Answer(context.Response, name ?? "index.html"));
    }

    /// <summary>Serves only files in the folder itself, because its subfolders hold the sources of the styles.</summary>
    private static IResult Answer(HttpResponse response, string name)
    {
        var file = Path.Combine(Folder, Path.GetFileName(name));
        if (Path.GetFileName(name) != name || !Types.TryGetContentType(name, out var type) || !File.Exists(file))
        {
            return Results.NotFound();
        }

        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        return Results.File(file, type, lastModified: File.GetLastWriteTimeUtc(file));
    }
}

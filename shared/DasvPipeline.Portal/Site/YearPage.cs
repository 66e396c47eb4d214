using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jint;

namespace DasvPipeline.Portal.Site;

/// <summary>What a page of a year is made from.</summary>
/// <param name="Year">The year in the address; null for the page of the featured year.</param>
/// <param name="Content">The headlines of the year.</param>
/// <param name="Index">The index of the feed.</param>
/// <param name="Log">The changes of each release by its number; null if they are not known.</param>
/// <param name="Documents">The headlines of every year, that of the page included.</param>
/// <param name="Version">The ETags of the index and the headlines. The script of the page compares them with those of the feed.</param>
/// <param name="Root">The address of the app with a slash at its end; null if it is not known.</param>
internal sealed record YearPageSource(string? Year, JsonNode Content, JsonNode Index, JsonObject? Log, JsonArray Documents, string Version, DateOnly Today, string? Root);

/// <summary>
/// Writes the page of a year with its figures, so that it needs no script. It runs the modules of the site, which make the same page in a
/// browser, so there is one set of templates.
/// </summary>
internal static class YearPage
{
    private const string Feed = "../feed/";
    private const string YearPattern = "{year}.html";
    private const string Picture = "<meta property=\"og:image\" content=\"og.png\">";

    /// <summary>The name of the page of a year.</summary>
    public static string GetName(string year) => YearPattern.Replace("{year}", year, StringComparison.Ordinal);

    public static string Write(YearPageSource source)
    {
        var parts = Run(source);
        var label = Encode(source.Content["period"]!["label"]!.GetValue<string>());
        var page = new StringBuilder(Encoding.UTF8.GetString(SiteFiles.All[SiteFiles.Index].Content));
        Put(page, "content=\"?year={year}\"", $"content=\"{YearPattern}\"");
        Put(page, "<title>", $"<title>{label}: ");
        if (source.Root is { } root)
        {
            var address = Encode($"{root}site/{(source.Year is { } year ? GetName(year) : string.Empty)}");
            Put(page, Picture, $"{Picture.Replace("og.png", $"{Encode(root)}site/og.png", StringComparison.Ordinal)}\n  <meta property=\"og:url\" content=\"{address}\">\n  <link rel=\"canonical\" href=\"{address}\">");
        }

        Put(page, "id=\"main\"", $"id=\"main\" data-version=\"{Encode(source.Version)}\"{(source.Year is null ? string.Empty : $" data-year=\"{source.Year}\"")}");
        Put(page, ">Cambridgeshire and Peterborough</p>", $">{parts["caption"]}</p>");
        Replace(page, "<!-- figures -->", "<!-- end of figures -->", parts["figures"]);
        Put(page, "<div id=\"releases\"></div>", $"<div id=\"releases\">{parts["releases"]}</div>");
        return page.ToString();
    }

    private static Dictionary<string, string> Run(YearPageSource source)
    {
        using var engine = new Engine();
        foreach (var (name, code) in SiteFiles.Modules)
        {
            engine.Modules.Add($"./{name}", code);
        }

        var input = new JsonObject
        {
            ["content"] = source.Content.DeepClone(),
            ["index"] = source.Index.DeepClone(),
            ["log"] = source.Log?.DeepClone(),
            ["documents"] = source.Documents.DeepClone(),
            ["today"] = source.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["feed"] = Feed,
            ["years"] = YearPattern,
        };
        var json = engine.Invoke(engine.Modules.Import("./render.js").Get("render"), input.ToJsonString()).AsString();
        return JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
    }

    /// <summary>Replaces a text that the template has once.</summary>
    private static void Put(StringBuilder page, string text, string by) => Replace(page, text, string.Empty, by);

    private static void Replace(StringBuilder page, string first, string last, string by)
    {
        var text = page.ToString();
        var start = text.IndexOf(first, StringComparison.Ordinal);
        var end = last.Length == 0 ? start + first.Length : text.IndexOf(last, StringComparison.Ordinal) + last.Length;
        if (start < 0 || end <= start || text.IndexOf(first, start + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InvalidOperationException($"{SiteFiles.Index} does not have the text '{first}' once.");
        }

        page.Remove(start, end - start).Insert(start, by);
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

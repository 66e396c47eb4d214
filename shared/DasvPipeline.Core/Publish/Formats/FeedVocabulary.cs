namespace DasvPipeline.Core.Publish.Formats;

/// <summary>Translates the feed's short codes.</summary>
internal static class FeedVocabulary
{
    /// <summary>Returns the address of a licence's terms, by its SPDX identifier.</summary>
    public static string GetLicencePage(string licence) => licence switch
    {
        "OGL-UK-3.0" => "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        _ => $"https://spdx.org/licenses/{Uri.EscapeDataString(licence)}.html",
    };

    /// <summary>Returns the meaning of a marker in the Government Analysis Function's shorthand.</summary>
    public static string GetMeaning(string marker) => marker switch
    {
        "c" => "hidden to protect people",
        "e" => "estimated",
        "p" => "provisional",
        "r" => "revised",
        "x" => "not available",
        "z" => "not applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(marker), marker, "The feed has no such marker."),
    };

    public static string GetMeaning(IEnumerable<string> markers) => string.Join("; ", markers.Select(GetMeaning));
}

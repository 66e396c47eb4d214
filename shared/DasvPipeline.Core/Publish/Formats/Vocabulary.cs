namespace DasvPipeline.Core.Publish.Formats;

/// <summary>What the feed's short words stand for elsewhere.</summary>
internal static class Vocabulary
{
    /// <summary>The page that holds a licence's terms, by its SPDX identifier.</summary>
    public static string PageOf(string licence) => licence switch
    {
        "OGL-UK-3.0" => "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        _ => $"https://spdx.org/licenses/{Uri.EscapeDataString(licence)}.html",
    };

    /// <summary>After the Government Analysis Function's shorthand.</summary>
    public static string MeaningOf(string marker) => marker switch
    {
        "c" => "hidden to protect people",
        "e" => "estimated",
        "p" => "provisional",
        "r" => "revised",
        "x" => "not available",
        "z" => "not applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(marker), marker, "This is no marker of the feed."),
    };

    public static string MeaningOf(IEnumerable<string> markers) => string.Join("; ", markers.Select(MeaningOf));
}

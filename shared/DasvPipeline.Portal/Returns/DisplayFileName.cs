using System.Globalization;
using System.Text;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;

namespace DasvPipeline.Portal.Returns;

/// <summary>Prepares file names, which can contain any text, for pages.</summary>
internal static class DisplayFileName
{
    private const int MaxLength = 120;

    /// <summary>Removes invisible characters and those that change the text direction, and a name that seems to be about a person. The page encodes markup.</summary>
    public static string Sanitize(string path)
    {
        var shown = new StringBuilder();
        foreach (var rune in FreeText.CheckFileName(UploadName.GetOriginalName(path)).EnumerateRunes())
        {
            if (shown.Length >= MaxLength)
            {
                return shown.Append('…').ToString();
            }

            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse))
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }
}

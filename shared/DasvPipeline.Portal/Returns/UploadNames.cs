using System.Globalization;
using System.Text;
using DasvPipeline.Core.Receive;

namespace DasvPipeline.Portal.Returns;

/// <summary>A file's name as a page shows it: it may be anything that anybody typed.</summary>
internal static class UploadNames
{
    private const int Longest = 120;

    /// <summary>Without what cannot be seen or turns the direction of writing around; markup is encoded by the page.</summary>
    public static string Shown(string path)
    {
        var shown = new StringBuilder();
        foreach (var rune in UploadName.ShownOf(path).EnumerateRunes())
        {
            if (shown.Length >= Longest)
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

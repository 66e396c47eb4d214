using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Portal.Status;

/// <summary>Formats the numbers of the feed and their names for the manager.</summary>
internal static class HeadlineText
{
    /// <summary>Returns a name such as "IDVA referrals, April to June 2019". A number in a breakdown or table has its id.</summary>
    /// <param name="number">The id of the number, for example <c>idva-referrals/2019-20-Q1</c>.</param>
    public static string GetName(IReadOnlyDictionary<string, Headline> headlines, string number)
    {
        var parts = number.Split('/', 2);
        var rest = parts.Length < 2 || parts[1] == "total" ? string.Empty : Period.TryParse(parts[1], out var period) ? $", {period.Label}" : $", {parts[1]}";
        return headlines.TryGetValue(parts[0], out var headline) ? headline.Title + rest : number;
    }

    /// <summary>Formats a value: "1,979", "76%", "no published figure".</summary>
    /// <param name="number">The id of the number, which starts with the headline's id.</param>
    /// <param name="isShare">True if percentages are given as 0.76, and not as 76.</param>
    public static string FormatValue(IReadOnlyDictionary<string, Headline> headlines, string number, decimal? value, bool isShare)
    {
        if (value is not { } known)
        {
            return "no published figure";
        }

        var quantity = headlines.TryGetValue(number.Split('/')[0], out var headline) ? headline.Quantity : Quantity.Count;
        return quantity switch
        {
            Quantity.Percent => Text(isShare ? known * 100 : known) + "%",
            Quantity.Pounds => "£" + Text(known),
            _ => Text(known),
        };
    }

    private static string Text(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}

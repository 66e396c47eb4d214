using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Finds an address with the number of a house: "12 High Street", "5a Mill Lane". A street without a number does not count.</summary>
internal static partial class StreetAddress
{
    public static bool IsIn(string text) => text.Any(char.IsUpper) && Address().IsMatch(text);

    /// <summary>A number, at most 3 capitalised words, and a word for a street that does not name a refuge or another place.</summary>
    [GeneratedRegex(@"(?<![\w.,£/-])\d{1,3}[a-zA-Z]?,? ([A-Z][\w'’]+ ){1,3}(Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Gardens|Court|Way|Rd|Ave)\b(?! (refuge|project|hostel|centre|clinic|school|hospital|service|cases|referrals|residents))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

using System.Globalization;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.People;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Checks every text that a person enters, before it is stored: reasons, explanations and file names. All pages, the API and the
/// command line use it. A text about people is always refused. Small numbers are refused only in texts that will be public.
/// </summary>
public static partial class FreeText
{
    private const string HasPeopleMessage = "The text seems to contain personal data. Write it without names, numbers and addresses of people.";
    private const string HiddenName = "file";

    private static readonly string[] NumberWords = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>Checks a text that is stored and shown to the Partnership and the agencies.</summary>
    /// <param name="missing">The message if the text has no letters or digits.</param>
    /// <param name="clean">The text as it is stored: on one line, and shortened.</param>
    /// <returns>The refusal; null if the text can be stored.</returns>
    public static Outcome? Check(string? text, string missing, out string clean)
    {
        clean = Clean(text);
        return !HasWords(clean) ? Outcome.Incomplete(missing)
            : HasPeople(text!) ? Outcome.Incomplete(HasPeopleMessage)
            : null;
    }

    /// <summary>Checks a text that will be published in every format of the feed.</summary>
    /// <param name="publishesNumbers">True if the person has confirmed that its small numbers can be published.</param>
    /// <inheritdoc cref="Check" />
    public static Outcome? CheckPublic(string? text, string missing, bool publishesNumbers, DisclosurePolicy policy, out string clean) =>
        Check(text, missing, out clean) is { } problem ? problem
        : !publishesNumbers && FindSmallNumber(clean, policy) is { } number
            ? Outcome.Incomplete($"The text has a small number: {number}. It could be about a person. We would publish the text like this: \"{clean}\" Remove the number, or choose to publish it anyway.")
        : null;

    /// <summary>Returns true if a text has letters or digits.</summary>
    public static bool HasWords(string? text) => text is not null && text.Any(char.IsLetterOrDigit);

    /// <summary>Returns true if a text seems to contain personal data, or to name a person.</summary>
    public static bool HasPeople(string text) => PersonalDataCheck.IsInText(text);

    /// <summary>Returns a file name that can be stored and shown: the name itself, or only its extension if it seems to be about a person.</summary>
    public static string CheckFileName(string fileName)
    {
        var dot = fileName.LastIndexOf('.');
        return !PersonalDataCheck.IsInFileName(fileName) ? fileName
            : dot >= 0 && fileName.Length - dot <= 6 && fileName.AsSpan(dot + 1).IndexOfAnyExceptInRange('a', 'z') < 0 ? HiddenName + fileName[dot..]
            : HiddenName;
    }

    private static string Clean(string? text) => FindingText.OneLine(text ?? string.Empty, Explanation.MaxLength);

    private static string? FindSmallNumber(string text, DisclosurePolicy policy)
    {
        foreach (Match match in NumberPattern().Matches(PeriodPattern().Replace(text, " ")))
        {
            var word = Array.FindIndex(NumberWords, word => word.Equals(match.Value, StringComparison.OrdinalIgnoreCase)) + 1;
            var number = word > 0 ? word : long.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
            if (policy.IsSmall(number))
            {
                return match.Value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"(?<![\w.,])\d+(?![\w%]|[.,]\d)|\b(one|two|three|four|five|six|seven|eight|nine|ten)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    /// <summary>A date, a year, a quarter, a version or the number of a table.</summary>
    [GeneratedRegex(@"\b(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(st|nd|rd|th)?|(19|20)\d{2}([-/]\d{2,4})?|(q|quarters?|versions?|tables?|releases?) ?\d+)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PeriodPattern();
}

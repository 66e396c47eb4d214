using System.Text;
using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Finds personal data in a single text, independent of the cells around it.</summary>
internal static partial class PersonalText
{
    /// <summary>The minimum length of personal data: a postcode such as M1 1AE without its space.</summary>
    private const int MinLength = 5;

    /// <summary>The number of digits in a National Insurance number. All other numbers have 10 or more.</summary>
    private const int MinDigits = 6;

    public static PersonalKind FindKinds(string text) => MayHold(text) ? Search(PlainText.Normalise(text)) : PersonalKind.None;

    /// <summary>Returns the digits of a text that consists of 10 digits only, or null. The cells around it decide what they are.</summary>
    public static string? FindTenDigits(string text) =>
        text.Length >= NhsNumber.Length && (char.IsDigit(text[0]) || !char.IsAscii(text[0]) || text[0] == ' ')
        && PlainText.Normalise(text).Trim() is { Length: NhsNumber.Length } digits && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? digits
            : null;

    /// <summary>
    /// Checks each character once, to skip most labels, small figures and sentences quickly. Returns true for an @, for enough
    /// digits, for a digit followed by a letter as in postcodes, and for such characters in a text that is not ASCII.
    /// </summary>
    private static bool MayHold(string text)
    {
        // No personal data of 5 characters starts with a digit.
        if (text.Length < MinLength || (text.Length == MinLength && char.IsAsciiDigit(text[0])))
        {
            return false;
        }

        var (digits, letters, previous, isInward) = (0, 0, ' ', false);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (char.IsAsciiLetter(c))
            {
                letters++;
                isInward |= char.IsAsciiDigit(previous);
            }
            else if (c == '@')
            {
                return true;
            }
            else if (c > 127)
            {
                return HasDigitOrAt(text);
            }

            previous = c;
        }

        return digits >= NhsNumber.Length
            || (letters > 0 && (EmailAddress.IsSpelledOut(text) || (digits > 0 && StreetAddress.IsIn(text))))
            || (letters > 0 && ((digits >= MinDigits) || (isInward && digits > 1) || (digits > 2 && BirthDate.IsIn(text))));
    }

    private static bool HasDigitOrAt(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '@' or 0xFF20 || Rune.IsDigit(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static PersonalKind Search(string text)
    {
        var kinds = PersonalKind.None;
        Add(FindTenDigits(text) is null && NhsNumber.IsIn(text), PersonalKind.NhsNumber);
        Add(NationalInsuranceNumber.IsIn(text, needsSuffix: !SaysNationalInsurance(text)), PersonalKind.NationalInsuranceNumber);
        var digits = HasLetterForZero(text) ? LetterForZero().Replace(text, "0") : text;
        Add(Postcode.IsIn(text) || Postcode.IsIn(digits) || StreetAddress.IsIn(text), PersonalKind.Postcode);
        Add(EmailAddress.IsIn(text), PersonalKind.EmailAddress);
        Add(Telephone.IsIn(digits) || MobileWithoutZero().IsMatch(text), PersonalKind.Telephone);
        Add(BirthDate.IsIn(text), PersonalKind.BirthDate);
        return kinds;

        void Add(bool isIn, PersonalKind kind) => kinds |= isIn ? kind : PersonalKind.None;
    }

    private static bool HasLetterForZero(string text) => text.AsSpan().IndexOfAny("Oo") >= 0 && LetterForZero().IsMatch(text);

    /// <summary>The letter O instead of a 0 in a number: "07700 9OO123".</summary>
    [GeneratedRegex(@"(?<=\d[Oo]*)[Oo](?=[Oo]* ?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex LetterForZero();

    /// <summary>A mobile number without its 0, in groups: "7700 900123". A spreadsheet removes the 0 of one group.</summary>
    [GeneratedRegex(@"(?<![\d.,£+] ?)7[4-9]\d{2} \d{3} ?\d{3}(?![\d,.]\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex MobileWithoutZero();

    private static bool SaysNationalInsurance(string text) =>
        text.Contains("national insurance", StringComparison.OrdinalIgnoreCase) || text.Contains("NINO", StringComparison.Ordinal);
}

using System.Text;

namespace DasvPipeline.Core.Validate.People;

/// <summary>What of a person a text holds by itself, whatever stands around it.</summary>
internal static class PersonalText
{
    /// <summary>The shortest is a postcode such as M1 1AE, written without its space.</summary>
    private const int Shortest = 5;

    /// <summary>A National Insurance number's, which has letters besides; all other numbers have ten or more.</summary>
    private const int FewestDigits = 6;

    public static PersonalKind KindsIn(string text) => MayHold(text) ? Search(PlainText.Of(text)) : PersonalKind.None;

    /// <summary>The digits of a text that is ten digits and nothing else: what they are, the cells around it say.</summary>
    public static string? TenDigitsIn(string text) =>
        text.Length >= NhsNumber.Length && (char.IsDigit(text[0]) || !char.IsAscii(text[0]) || text[0] == ' ')
        && PlainText.Of(text).Trim() is { Length: NhsNumber.Length } digits && !digits.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? digits
            : null;

    /// <summary>
    /// One look at each character, for the many texts that hold nothing: labels, small figures, sentences. Says yes to an @,
    /// to enough digits, to a digit with a letter after it, as postcodes have, and to such signs where a text is not plain.
    /// </summary>
    private static bool MayHold(string text)
    {
        // Nothing of five characters that begins with a digit is anything.
        if (text.Length < Shortest || (text.Length == Shortest && char.IsAsciiDigit(text[0])))
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
            || (letters > 0 && ((digits >= FewestDigits) || (isInward && digits > 1) || (digits > 2 && BirthDate.IsIn(text))));
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
        Add(TenDigitsIn(text) is null && NhsNumber.IsIn(text), PersonalKind.NhsNumber);
        Add(NationalInsuranceNumber.IsIn(text, needsSuffix: !SaysNationalInsurance(text)), PersonalKind.NationalInsuranceNumber);
        Add(Postcode.IsIn(text), PersonalKind.Postcode);
        Add(EmailAddress.IsIn(text), PersonalKind.EmailAddress);
        Add(Telephone.IsIn(text), PersonalKind.Telephone);
        Add(BirthDate.IsIn(text), PersonalKind.BirthDate);
        return kinds;

        void Add(bool isIn, PersonalKind kind) => kinds |= isIn ? kind : PersonalKind.None;
    }

    private static bool SaysNationalInsurance(string text) =>
        text.Contains("national insurance", StringComparison.OrdinalIgnoreCase) || text.Contains("NINO", StringComparison.Ordinal);
}

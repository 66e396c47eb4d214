namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>How sure it is that a text names a person.</summary>
internal enum NameCertainty
{
    None,

    /// <summary>A given name and a surname: "Jane Smith". It can also be a place or an organisation.</summary>
    Likely,

    /// <summary>A title, a word for a client or an age says that it is a person: "Mrs Smith", "client Jane", "Jane Smith, 34".</summary>
    Certain,
}

/// <summary>
/// Finds names of people in running text by common given names, titles and words for people. A name that starts with neither, such
/// as a rare given name without a title, is not found.
/// </summary>
internal static class PersonName
{
    private const int MinSurnameLength = 2;
    private const int MaxAge = 110;

    /// <summary>The shortest text with a name: "Mr Li".</summary>
    private const int MinLength = 5;

    private static readonly PersonalDataWords Words = PersonalDataWords.Current;

    /// <summary>Returns how sure it is that a text names a person.</summary>
    public static NameCertainty Find(string text)
    {
        var certainty = NameCertainty.None;
        if (text.Length < MinLength || !MayHold(text))
        {
            return certainty;
        }

        var words = Split(PlainText.Normalise(text));
        for (var i = 0; i < words.Count && certainty != NameCertainty.Certain; i++)
        {
            var found = FindAt(words, i);
            certainty = found > certainty ? found : certainty;
        }

        return certainty;
    }

    /// <summary>Returns true if a text is a given name and a surname, in any order, and nothing else.</summary>
    public static bool Is(string text) =>
        text.Length is >= MinLength and <= 60 && Split(PlainText.Normalise(text)) is { Count: 2 or 3 } words
        && words.TrueForAll(word => word.IsCapitalised && !IsOfAnOrganisation(word))
        && (IsGivenName(words[0]) || ((words[0].After == ", " || words[0].Text.All(char.IsUpper)) && IsGivenName(words[1])));

    /// <summary>Returns true if a word of the text is a given name or a title. Allocates no memory.</summary>
    private static bool MayHold(ReadOnlySpan<char> text)
    {
        var lookup = Words.NameStartsByWord;
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsLetter(text[at]))
            {
                at++;
            }

            if (lookup.Contains(text[start..at]) || text[start..at].ContainsAnyExceptInRange('\0', '\x7F'))
            {
                return true;
            }
        }

        return false;
    }

    private static NameCertainty FindAt(List<Word> words, int at)
    {
        var word = words[at];
        var next = at + 1 < words.Count ? words[at + 1] : default;
        if (IsTitle(word) && next is { Text.Length: 1, After: " " or ". " or ".", IsCapitalised: true } && at + 2 < words.Count)
        {
            next = words[at + 2]; // "Ms J. Brown"
        }

        if (IsTitle(word) && word.After is " " or ". " or "." && next.IsCapitalised && next.Text.Length >= MinSurnameLength && !IsOfAnOrganisation(next))
        {
            return NameCertainty.Certain;
        }

        if ((Words.People.Contains(word.Lower) || Words.Relations.Contains(word.Lower)) && word.After is " " or ": " or ", " or " - " or " (")
        {
            var named = next.Lower is "called" or "named" or "is" && at + 2 < words.Count ? words[at + 2] : next;
            if (named.IsCapitalised && IsGivenName(named))
            {
                return NameCertainty.Certain;
            }
        }

        // "Jane Smith", "Jane A. Smith", "Smith, Jane"
        var surnameAt = next is { Text.Length: 1, After: " " or ". ", IsCapitalised: true } ? at + 2 : at + 1;
        if (IsGivenName(word) && word.After is " " && surnameAt < words.Count && words[surnameAt] is var surname && IsSurname(word, surname))
        {
            if (surname.After == " " && surnameAt + 1 < words.Count && words[surnameAt + 1] is { IsCapitalised: true } last && Words.NotSurnames.Contains(last.Lower))
            {
                return NameCertainty.None; // "Jo Cox Foundation"
            }

            return IsFollowedByAge(words, surnameAt) ? NameCertainty.Certain : NameCertainty.Likely;
        }

        // "SMITH Jane"
        if (word.After == " " && word.Text.Length > 1 && word.Text.All(char.IsUpper) && next is { Text: [_, var second, ..] } && char.IsLower(second) && next.IsCapitalised && IsGivenName(next))
        {
            return NameCertainty.Likely;
        }

        return word.After == ", " && word.IsCapitalised && Words.Surnames.Contains(word.Lower) && next.IsCapitalised && IsGivenName(next) ? NameCertainty.Likely : NameCertainty.None;
    }

    private static bool IsSurname(Word given, Word surname) =>
        surname.Text is { Length: >= MinSurnameLength } && !IsOfAnOrganisation(surname)
        && ((given.IsCapitalised && surname.IsCapitalised) || (!given.IsCapitalised && Words.Surnames.Contains(surname.Lower)));

    /// <summary>Returns true for "Jane Smith, 34", "Jane Smith (34)" and "Jane Smith aged 34".</summary>
    private static bool IsFollowedByAge(List<Word> words, int surname)
    {
        var after = words[surname].After;
        var digits = after.TrimStart(' ', ',', '(', '-', ';');
        if (digits.Length < after.Length && digits.Length > 0 && char.IsAsciiDigit(digits[0]))
        {
            var end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9') is var other and >= 0 ? other : digits.Length;
            return (after[0] is ',' or ';' || after.Contains('(', StringComparison.Ordinal))
                && int.TryParse(digits.AsSpan(0, end), out var age) && age <= MaxAge;
        }

        return surname + 1 < words.Count && words[surname + 1].Lower is "aged" or "age" or "dob" or "born";
    }

    private static bool IsTitle(Word word) => word.IsCapitalised && Words.Titles.Contains(word.Lower) && !(word.Text.Length > 1 && char.IsUpper(word.Text[1]));

    private static bool IsGivenName(Word word) => Words.GivenNames.Contains(word.Lower);

    private static bool IsOfAnOrganisation(Word word) => Words.NotSurnames.Contains(word.Lower) || Words.DescriptiveWords.Contains(word.Lower);

    /// <summary>Splits a text into words of letters, each with what follows it.</summary>
    private static List<Word> Split(string text)
    {
        var words = new List<Word>();
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetter(text[at]) || (text[at] is '\'' or '’' or '-' && at + 1 < text.Length && char.IsLetter(text[at + 1]))))
            {
                at++;
            }

            var end = at;
            while (end < text.Length && !char.IsLetter(text[end]))
            {
                end++;
            }

            words.Add(new Word(text[start..at], text[at..end]));
            at = end;
        }

        return words;
    }

    /// <param name="After">The characters up to the next word.</param>
    private readonly record struct Word(string Text, string After)
    {
        public string Lower { get; } = Lowered(Text);

        public bool IsCapitalised => Text is [var first, ..] && char.IsUpper(first);

        private static string Lowered(string text)
        {
            var lower = text.ToLowerInvariant();
            return lower.EndsWith("'s", StringComparison.Ordinal) || lower.EndsWith("’s", StringComparison.Ordinal) ? lower[..^2] : lower;
        }
    }
}

using System.Buffers;
using System.Collections.Frozen;
using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>The kind of data that a heading says is below or next to it.</summary>
[Flags]
internal enum PersonHeadingKinds
{
    None = 0,

    /// <summary>"Surname", "Client name"</summary>
    Name = 1,

    /// <summary>"Victim": the cells are names only if they look like names.</summary>
    Person = 2,
    BirthDate = 4,
    NhsNumber = 8,
    NationalInsuranceNumber = 16,
    Telephone = 32,

    /// <summary>"Client ID", "Case number": identifies a person.</summary>
    Id = 64,

    /// <summary>"Case": the first column of a list of cases. Some agencies use it for a number of cases.</summary>
    Case = 128,

    /// <summary>"Ref", "No": identifies a row of any kind.</summary>
    RowId = 256,
    Age = 512,
    Gender = 1024,

    /// <summary>Ethnicity, address: an attribute of a single person.</summary>
    Attribute = 2048,

    /// <summary>Date, outcome, area: recorded about people, and about other things.</summary>
    Circumstance = 4096,
}

/// <summary>Recognises headings by their words. A heading with any other word is not recognised: "Course name", "Number of clients".</summary>
internal static class PersonHeadingParser
{
    /// <summary>The maximum length of a heading in characters.</summary>
    private const int MaxLength = 50;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly PersonalDataWords Words = PersonalDataWords.Current;

    /// <summary>Every word of every heading. A text with any other word is skipped. "Service user" is in the lists as one word.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known =
        Words.HeadingLists.SelectMany(list => list).SelectMany(phrase => phrase.Split(' ')).Append("service")
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static PersonHeadingKinds Parse(string text)
    {
        if (text.Length > MaxLength || !MayBe(text))
        {
            return PersonHeadingKinds.None;
        }

        var words = Split(text);
        var rest = words.Where(word => !Words.FillerWords.Contains(word)).ToList();
        return rest.Count is 0 or > 6 ? PersonHeadingKinds.None : Parse(rest);
    }

    /// <summary>Checks each word without allocating memory. Returns true for a text that is not ASCII, because it may hide a word.</summary>
    private static bool MayBe(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        var rest = text;
        while (rest.IndexOfAny(Letters) is >= 0 and var start)
        {
            rest = rest[start..];
            var end = rest.IndexOfAnyExcept(Letters) is >= 0 and var other ? other : rest.Length;
            if (!Known.Contains(rest[..end]))
            {
                return text.ContainsAnyExceptInRange('\0', '\x7F');
            }

            rest = rest[end..];
        }

        return true;
    }

    private static PersonHeadingKinds Parse(List<string> words)
    {
        var phrase = string.Join(' ', words);
        bool Are(params FrozenSet<string>[] lists) => words.TrueForAll(word => Array.Exists(lists, list => list.Contains(word)));
        bool Has(FrozenSet<string> list) => words.Exists(list.Contains);
        bool IsAbout(string phraseToFind) =>
            Without(words, phraseToFind) is { } others && others.TrueForAll(word => Words.People.Contains(word) || Words.BirthDateQualifiers.Contains(word));

        if ((Has(Words.NameWords) && Are(Words.NameWords, Words.NameQualifiers, Words.People, Words.Staff)) || Words.NamePhrases.Contains(phrase))
        {
            return PersonHeadingKinds.Name;
        }

        if (Words.BirthDatePhrases.Any(IsAbout))
        {
            return PersonHeadingKinds.BirthDate;
        }

        if (Has(Words.NhsNumberWords) && Are(Words.NhsNumberWords, Words.IdWords, Words.People))
        {
            return words.Count == 1 ? PersonHeadingKinds.NhsNumber : PersonHeadingKinds.NhsNumber | PersonHeadingKinds.Id;
        }

        if (Has(Words.NationalInsuranceWords)
            || (Has(Words.NationalInsuranceAbbreviations) && Are(Words.NationalInsuranceAbbreviations, Words.IdWords))
            || Words.NationalInsuranceStarts.Any(start => phrase.StartsWith(start, StringComparison.Ordinal)))
        {
            return PersonHeadingKinds.NationalInsuranceNumber | PersonHeadingKinds.Id;
        }

        if ((Has(Words.TelephoneWords) && Are(Words.TelephoneWords, Words.TelephoneQualifiers, Words.People, Words.Staff)) || Words.TelephonePhrases.Contains(phrase))
        {
            return PersonHeadingKinds.Telephone;
        }

        if ((Has(Words.IdWords) && !Are(Words.IdWords) && Are(Words.IdWords, Words.People, Words.IdQualifiers)) || Words.IdPhrases.Contains(phrase))
        {
            return PersonHeadingKinds.Id;
        }

        if (Are(Words.IdWords) && !Words.CountPhrases.Contains(phrase))
        {
            return PersonHeadingKinds.RowId;
        }

        return Words.CasePhrases.Contains(phrase) ? PersonHeadingKinds.Case
            : Words.AgePhrases.Contains(phrase) ? PersonHeadingKinds.Age
            : Words.GenderPhrases.Contains(phrase) ? PersonHeadingKinds.Gender
            : Are(Words.People, Words.PersonQualifiers) || Words.PersonPhrases.Contains(phrase) ? PersonHeadingKinds.Person | PersonHeadingKinds.Case
            : Words.AttributePhrases.Contains(phrase) ? PersonHeadingKinds.Attribute
            : Words.CircumstancePhrases.Contains(phrase) ? PersonHeadingKinds.Circumstance
            : PersonHeadingKinds.None;
    }

    private static List<string> Split(string text)
    {
        if (text.Length > Label.MaxLength)
        {
            return [];
        }

        var name = Label.Normalise(PlainText.Normalise(text));
        var words = new List<string>();
        foreach (var word in name.Split([' ', '-', '_', '.', '/', '(', ')', '\'', ',', ':', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "user" or "users" && words is [.., "service"])
            {
                words[^1] = word == "user" ? "serviceuser" : "serviceusers";
            }
            else
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>Returns the words without a phrase, or null if they do not contain it.</summary>
    private static List<string>? Without(List<string> words, string phrase)
    {
        var parts = phrase.Split(' ');
        for (var at = 0; at + parts.Length <= words.Count; at++)
        {
            if (words.Skip(at).Take(parts.Length).SequenceEqual(parts))
            {
                return [.. words.Take(at), .. words.Skip(at + parts.Length)];
            }
        }

        return null;
    }
}

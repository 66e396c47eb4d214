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

    /// <summary>Date, outcome, area: recorded phraseToFind people, and phraseToFind other things.</summary>
    Circumstance = 4096,
}

/// <summary>Recognises headings by their words. A heading with any other word is not recognised: "Course name", "Number of clients".</summary>
internal static class PersonHeadingParser
{
    /// <summary>The maximum length of a heading in characters.</summary>
    private const int MaxLength = 50;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly FrozenSet<string> Names = Set("name names forename forenames firstname firstnames surname surnames lastname fullname aka");
    private static readonly FrozenSet<string> NameQualifiers = Set("first last full given family middle maiden preferred legal previous known as christian second");

    /// <summary>Words for people, all in the singular. A plural means a count.</summary>
    private static readonly FrozenSet<string> People = Set(
        "client victim survivor child patient perpetrator offender suspect witness complainant person customer resident tenant adult pupil student caller "
        + "mother father parent carer partner spouse husband wife sibling serviceuser user subject referee mum dad woman man applicant nominal");

    private static readonly FrozenSet<string> Staff = Set(
        "worker keyworker caseworker supportworker socialworker staff officer practitioner advocate idva isva chisva volunteer employee trainer attendee delegate participant "
        + "learner contact referrer professional key support social case allocated assigned lead manager");

    private static readonly FrozenSet<string> Filler = Set("of the a an s at in on for their his her and or if only dd mm yy yyyy ddmmyyyy years year");
    private static readonly FrozenSet<string> IdWords = Set("id ids no num number ref reference identifier urn code");
    private static readonly FrozenSet<string> IdQualifiers = Set("case crime custody unique record file hospital referral incident individual young");
    private static readonly FrozenSet<string> Phones = Set("telephone tel phone mobile mob landline");
    private static readonly FrozenSet<string> PhoneQualifiers = Set("number no contact home work daytime evening alternative safe emergency");

    private static readonly FrozenSet<string> Attributes = Set(
        "ethnicity|ethnic origin|ethnic group|ethnic background|race|nationality|citizenship|country birth|religion|faith|first language|preferred language|"
        + "disability|disabled|disability y n|sexuality|sexual orientation|marital status|relationship|relationship to perpetrator|relationship to victim|relationship status|pregnant|"
        + "address|home address|postcode|post code|home postcode|email|e mail|email address|e mail address|occupation|immigration status|gp",
        '|');

    private static readonly FrozenSet<string> Circumstances = Set(
        "street|town|village|city|district|ward|area|location|language|date|referral date|date referral|date referred|start date|date start|end date|date end|date opened|"
        + "date closed|opened|closed|incident date|date incident|date contact|assessment date|date assessment|case opened|case closed|outcome|outcomes|risk|risk level|"
        + "dash score|score|referral source|source|source referral|referred by|referring agency|status|case status|offence|crime type|abuse type|type abuse|support type|"
        + "type support|needs|mental health|school|employment|employment status|housing|accommodation|number children|no children|circumstances|"
        + "exit reason|reason closure|engaged|repeat|marac|worker|keyworker|key worker|caseworker|support worker|social worker",
        '|');

    private static readonly FrozenSet<string> Ages = Set("age|age referral|age contact|client age|age client|victim age|age victim|age now|current age|child age|age child", '|');
    private static readonly FrozenSet<string> Genders = Set("gender|sex|gender identity|client gender|gender client|victim gender|gender victim|client sex|sex client|victim sex|sex victim|m f", '|');
    private static readonly FrozenSet<string> NationalInsurance = Set("ni");
    private static readonly FrozenSet<string> Young = Set("young");

    /// <summary>Every word of every heading. A text with any other word is skipped.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known =
        ((FrozenSet<string>[])[Names, NameQualifiers, People, Staff, Filler, IdWords, IdQualifiers, Phones, PhoneQualifiers, Attributes, Circumstances, Ages, Genders])
        .SelectMany(set => set).SelectMany(phrase => phrase.Split(' ')).Concat("also dob d o b birth born birthdate birthday nhs ni nino national insurance service young case record initials".Split(' '))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static PersonHeadingKinds Parse(string text)
    {
        if (text.Length > MaxLength || !MayBe(text))
        {
            return PersonHeadingKinds.None;
        }

        var words = Words(text);
        var rest = words.Where(word => !Filler.Contains(word)).ToList();
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
        bool Are(params FrozenSet<string>[] sets) => words.TrueForAll(word => Array.Exists(sets, set => set.Contains(word)));
        bool Has(FrozenSet<string> set) => words.Exists(set.Contains);
        bool IsAbout(string phraseToFind) => Without(words, phraseToFind) is { } others && others.TrueForAll(word => People.Contains(word) || word == "date");

        if ((Has(Names) && Are(Names, NameQualifiers, People, Staff)) || phrase is "known as" or "also known as")
        {
            return PersonHeadingKinds.Name;
        }

        if (IsAbout("dob") || IsAbout("d o b") || IsAbout("date birth") || IsAbout("birth date") || IsAbout("birthdate") || IsAbout("birthday") || IsAbout("born"))
        {
            return PersonHeadingKinds.BirthDate;
        }

        if (words.Contains("nhs") && words.TrueForAll(word => word == "nhs" || IdWords.Contains(word) || People.Contains(word)))
        {
            return words.Count == 1 ? PersonHeadingKinds.NhsNumber : PersonHeadingKinds.NhsNumber | PersonHeadingKinds.Id;
        }

        if (words.Contains("nino") || (words.Contains("ni") && Are(IdWords, NationalInsurance)) || phrase.StartsWith("national insurance", StringComparison.Ordinal))
        {
            return PersonHeadingKinds.NationalInsuranceNumber | PersonHeadingKinds.Id;
        }

        if ((Has(Phones) && Are(Phones, PhoneQualifiers, People, Staff)) || phrase is "contact number" or "contact no" or "emergency contact number")
        {
            return PersonHeadingKinds.Telephone;
        }

        if ((Has(IdWords) && words.Exists(word => !IdWords.Contains(word)) && Are(IdWords, People, IdQualifiers)) || phrase is "urn" or "initials" or "client initials")
        {
            return PersonHeadingKinds.Id;
        }

        if (Are(IdWords) && phrase is not ("number" or "num"))
        {
            return PersonHeadingKinds.RowId;
        }

        if (phrase is "case" or "record" or "referral")
        {
            return PersonHeadingKinds.Case;
        }

        if (Ages.Contains(phrase) || Genders.Contains(phrase))
        {
            return Ages.Contains(phrase) ? PersonHeadingKinds.Age : PersonHeadingKinds.Gender;
        }

        return Are(People, Young) || phrase is "attendee" or "delegate" or "participant" ? PersonHeadingKinds.Person | PersonHeadingKinds.Case
            : Attributes.Contains(phrase) ? PersonHeadingKinds.Attribute
            : Circumstances.Contains(phrase) ? PersonHeadingKinds.Circumstance
            : PersonHeadingKinds.None;
    }

    private static List<string> Words(string text)
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

    private static FrozenSet<string> Set(string words, char separator = ' ') => words.Split(separator).ToFrozenSet(StringComparer.Ordinal);
}

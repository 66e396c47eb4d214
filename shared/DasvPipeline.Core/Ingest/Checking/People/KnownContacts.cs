using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Removes the catalogue's contacts from a text in which contact details were found.</summary>
internal sealed class KnownContacts(IReadOnlyList<Contact> contacts)
{
    private const PersonalKind Contacts = PersonalKind.EmailAddress | PersonalKind.Telephone;

    private readonly List<Regex> _patterns =
    [
        .. contacts.Select(contact => contact.Email).OfType<string>().Select(email => Create($@"(?<![\w.+-]){Regex.Escape(email)}(?![\w-])")),
        .. contacts.Select(contact => contact.Telephone).OfType<string>()
            .Select(number => Create($@"(?<!\d){string.Join(@"[ ()./-]{0,2}", number.Where(char.IsAsciiDigit))}(?!\d)")),
    ];

    /// <summary>Returns the kinds of personal data in a text, without the contacts.</summary>
    public PersonalKind FindKinds(string text)
    {
        var kinds = PersonalText.FindKinds(text);
        return _patterns.Count == 0 || (kinds & Contacts) == 0 ? kinds
            : PersonalText.FindKinds(_patterns.Aggregate(PlainText.Normalise(text), (rest, pattern) => pattern.Replace(rest, " ")));
    }

    private static Regex Create(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

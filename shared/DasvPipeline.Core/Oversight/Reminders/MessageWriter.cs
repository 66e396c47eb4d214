using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Reminders;

/// <summary>Writes messages from the templates of the catalogue. A message has names and dates of returns, and never a figure or a person.</summary>
internal static class MessageWriter
{
    private const string ManagerRole = "Manager";

    /// <summary>Writes a message for each contact of an agency that has an e-mail address.</summary>
    /// <param name="occasion">What makes the message different from others of its kind, for example the return, its period and version.</param>
    /// <param name="words">The words that are replaced in the template.</param>
    public static IEnumerable<Message> ToAgency(
        PartnershipCatalogue catalogue, MessageKind kind, AgencyId agency, string occasion, IReadOnlyDictionary<string, string> words, DateTimeOffset at) =>
        catalogue.Agencies.TryGetValue(agency, out var known)
            ? known.Contacts.Where(contact => contact.Email is not null).SelectMany(contact => Write(catalogue, kind, agency, contact.Email!, contact.Role, occasion, words, at))
            : [];

    /// <summary>Writes a message for the manager, if the catalogue has an address.</summary>
    public static IEnumerable<Message> ToManager(
        PartnershipCatalogue catalogue, MessageKind kind, AgencyId? agency, string occasion, IReadOnlyDictionary<string, string> words, DateTimeOffset at) =>
        catalogue.Messages.Manager is { } address ? Write(catalogue, kind, agency, address, ManagerRole, occasion, words, at) : [];

    private static IEnumerable<Message> Write(
        PartnershipCatalogue catalogue, MessageKind kind, AgencyId? agency, string to, string role, string occasion, IReadOnlyDictionary<string, string> words, DateTimeOffset at)
    {
        if (!catalogue.Messages.Templates.TryGetValue(kind, out var template))
        {
            yield break;
        }

        var all = new Dictionary<string, string>(words, StringComparer.Ordinal)
        {
            ["agency"] = agency is { } known ? catalogue.GetAgencyName(known) : catalogue.Publisher.Name,
            ["contact"] = string.Join('\n', new[] { catalogue.Help.Contact, catalogue.Help.ContactAddress }.OfType<string>()),
            ["partnership"] = catalogue.Publisher.Name,
        };
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{agency}\n{occasion}\n{to.ToLowerInvariant()}"))));
        yield return new Message(id, kind, agency, to, role, Replace(template.Subject, all).ReplaceLineEndings(" ").Trim(), Replace(template.Body, all).ReplaceLineEndings("\n"), at);
    }

    private static string Replace(string text, IReadOnlyDictionary<string, string> words) =>
        words.Aggregate(text, (current, word) => current.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));
}

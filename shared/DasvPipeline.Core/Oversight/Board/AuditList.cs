using System.Globalization;
using System.Text.Json.Serialization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>Selects audited events. Each part is null for all.</summary>
/// <param name="Person">The immutable id of the account that did it.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="About">An agency, a return (agency/return), a year, or one of <see cref="Publishing"/> and <see cref="Catalogue"/>.</param>
/// <param name="From">The first day, in UK time.</param>
/// <param name="To">The last day, in UK time.</param>
public sealed record AuditFilter(string? Person, string? Event, string? About, DateOnly? From, DateOnly? To)
{
    public const string Publishing = "publishing";
    public const string Catalogue = "catalogue";

    public static readonly AuditFilter None = new(null, null, null, null, null);

    internal bool Includes(AuditRecord item) =>
        (Person is null || item.Person?.Id == Person)
        && (Event is null || item.Name == Event)
        && (From is null || UkTime.DateOf(item.At) >= From)
        && (To is null || UkTime.DateOf(item.At) <= To)
        && (About is null || IsAbout(item));

    private bool IsAbout(AuditRecord item) => About switch
    {
        Catalogue => item.CatalogueVersion is not null,
        Publishing => item is { Return: null, Agency: null, CatalogueVersion: null, Path: null },
        _ => (item.Agency ?? item.Return?.Return.Agency)?.Value == About || item.Return?.Return.ToString() == About || item.Year?.ToString() == About,
    };
}

/// <summary>Audited events, newest first.</summary>
/// <param name="Unread">The sources that could not be read, so that their events are missing.</param>
/// <param name="People">Everybody who did something, whatever the filter is, each with the newest name.</param>
public sealed record AuditList(IReadOnlyList<AuditElement> Events, IReadOnlyList<AuditSource> Unread, IReadOnlyList<AuditPerson> People)
{
    private static readonly string[] Header =
        ["Time", "Person", "Person id", "Tenant id", "Event", "What happened", "Agency", "Return", "Period", "Year", "Release", "Catalogue version", "Version", "About account", "About account id", "Text", "File"];

    /// <summary>Writes the events. A source that could not be read is a row, so that nobody takes the list for the whole.</summary>
    public byte[] ToCsv() => CsvExport.Write(Header, Unread.Select(source => Row("not-read", GetProblem(source))).Concat(Events.Select(item => new[]
    {
        CsvExport.Format(item.At),
        item.Person?.Name ?? string.Empty,
        item.Person?.Id ?? string.Empty,
        item.Person?.TenantId ?? string.Empty,
        item.Event,
        item.What,
        item.Agency ?? string.Empty,
        item.Return ?? string.Empty,
        item.Period ?? string.Empty,
        item.Year ?? string.Empty,
        CsvExport.Format(item.Release),
        CsvExport.Format(item.CatalogueVersion),
        item.Version == 0 ? string.Empty : item.Version.ToString(CultureInfo.InvariantCulture),
        item.Account?.Name ?? string.Empty,
        item.Account?.Id ?? string.Empty,
        item.Text ?? string.Empty,
        item.File ?? string.Empty,
    })));

    /// <summary>Says which events are missing.</summary>
    public static string GetProblem(AuditSource source) => source switch
    {
        AuditSource.Acts => "We could not read what people did with returns, releases and the catalogue. It is missing here.",
        AuditSource.Results => "We could not read the results of checks, withdrawals and arrangements. They are missing here.",
        AuditSource.Access => "We could not read who asked for access and who gave it. It is missing here.",
        _ => "We could not read who stopped messages. It is missing here.",
    };

    private static string[] Row(string name, string what) => [.. Header.Select((_, column) => column == 4 ? name : column == 5 ? what : string.Empty)];
}

/// <param name="Id">The immutable id of the account.</param>
public sealed record AuditPerson(string Id, string Name, string? TenantId)
{
    internal static AuditPerson? Create(Person? person) => person is null ? null : new AuditPerson(person.Id, person.Name, person.TenantId);
}

/// <summary>An audited event with its text.</summary>
/// <param name="What">What happened, in a sentence.</param>
/// <param name="Return">The return as agency/return; null for none.</param>
/// <param name="Text">The reason or explanation, as the person wrote it.</param>
public sealed record AuditElement(
    DateTimeOffset At, string Event, string What, AuditPerson? Person, string? Agency, string? Return, string? Period, string? Year, int? Release, int? CatalogueVersion, int Version, AuditPerson? Account, string? Text, string? File)
{
    internal static AuditElement Create(AuditRecord item) => new(
        item.At,
        item.Name,
        AuditText.Describe(item),
        AuditPerson.Create(item.Person),
        (item.Agency ?? item.Return?.Return.Agency)?.Value,
        item.Return?.Return.ToString(),
        item.Return?.Period.ToString(),
        item.Year?.ToString(),
        item.Release,
        item.CatalogueVersion,
        item.Version,
        AuditPerson.Create(item.Account),
        item.Text,
        item.Path);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, Converters = [typeof(UkTimeConverter)])]
[JsonSerializable(typeof(AuditList))]
public sealed partial class AuditJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>
/// The Partnership's agencies, code lists, measures, forms, headlines, checks and disclosure policy.
/// It is checked as a whole when it loads. A catalogue with mistakes is never used.
/// </summary>
public sealed class PartnershipCatalogue
{
    internal PartnershipCatalogue(
        Publisher publisher,
        FormHelp help,
        DisclosurePolicy disclosure,
        IReadOnlyDictionary<AgencyId, Agency> agencies,
        IReadOnlyDictionary<string, Dimension> dimensions,
        IReadOnlyDictionary<MeasureId, Measure> measures,
        ImmutableArray<Form> forms,
        ImmutableArray<Headline> headlines,
        ImmutableArray<PublicTable> tables,
        CheckSet checks,
        CatalogueHash hash,
        int number,
        string? reason)
    {
        (Number, Reason) = (number, reason);
        (Publisher, Help, Disclosure, Agencies, Dimensions, Measures, Forms, Headlines, Tables, Checks, _hash) =
            (publisher, help, disclosure, agencies, dimensions, measures, forms, headlines, tables, checks, hash);
        _formsByReturn = forms.ToLookup(form => form.Return);
        _checksByForm = forms.ToDictionary(form => (form.Return, form.FirstPeriod), form => FormChecks.Create(form, checks));
    }

    private readonly CatalogueHash _hash;
    private readonly ILookup<ReturnId, Form> _formsByReturn;
    private readonly Dictionary<(ReturnId Return, Period FirstPeriod), FormChecks> _checksByForm;

    public Publisher Publisher { get; }

    /// <summary>What readers need to know about the figures.</summary>
    public AboutText About { get; init; } = AboutText.Empty;

    /// <summary>When messages are sent, and their texts.</summary>
    public MessageTemplates Messages { get; init; } = MessageTemplates.None;

    /// <summary>The annual report; null if the catalogue has none.</summary>
    public AnnualReport? Report { get; init; }

    /// <summary>The calendar of releases, and the working days of due dates.</summary>
    public ReleaseCalendar Calendar { get; init; } = ReleaseCalendar.Default;

    public FormHelp Help { get; }

    public DisclosurePolicy Disclosure { get; }

    public IReadOnlyDictionary<AgencyId, Agency> Agencies { get; }

    public IReadOnlyDictionary<string, Dimension> Dimensions { get; }

    public IReadOnlyDictionary<MeasureId, Measure> Measures { get; }

    /// <summary>The forms of all periods, in the order of their ids and then of time.</summary>
    public ImmutableArray<Form> Forms { get; }

    /// <summary>The headlines of all years, in the order of publication.</summary>
    public ImmutableArray<Headline> Headlines { get; }

    /// <summary>The tables of all years, in the order of publication.</summary>
    public ImmutableArray<PublicTable> Tables { get; }

    /// <summary>The checks of all periods, in file order.</summary>
    public CheckSet Checks { get; }

    /// <summary>The number of the stored version; 0 if the catalogue is not stored.</summary>
    public int Number { get; private set; }

    /// <summary>Why this version replaced the one before it; null for the first version and for a catalogue that is not stored.</summary>
    public string? Reason { get; private set; }

    /// <summary>The SHA-256 hash of all files. Releases made with different catalogues can differ.</summary>
    public string Hash => _hash.All;

    /// <summary>Returns a hash of everything that a year's documents depend on. A change of the catalogue that keeps it cannot change them.</summary>
    public string GetHash(Period year) => _hash.GetHash(this, year);

    /// <summary>The hash of the disclosure policy.</summary>
    internal string PolicyHash => _hash.Policy;

    /// <summary>Returns a hash of how a headline of a year is defined: its own definition, and the figures that it is made from.</summary>
    internal string GetDefinitionHash(Headline headline, Period year) => CatalogueHash.GetDefinitionHash(this, headline, year);

    /// <summary>Returns the form of a return for its period, or null if it is not due for the period.</summary>
    public Form? FindForm(ReturnKey key) => _formsByReturn[key.Return].FirstOrDefault(form => form.IsDueFor(key.Period));

    /// <summary>Returns the forms of a return, in the order of time. Empty if there is no such return.</summary>
    public IReadOnlyList<Form> GetForms(ReturnId id) => [.. _formsByReturn[id]];

    /// <summary>Returns the form of a return for its period, or its newest form if it is not due for the period, for its title and due dates.</summary>
    public Form? FindFormOrNewest(ReturnKey key) => FindForm(key) ?? FindNewestForm(key.Return);

    public Form? FindNewestForm(ReturnId id) => _formsByReturn[id].LastOrDefault();

    /// <summary>Returns the headlines that are published for a year.</summary>
    public IEnumerable<Headline> GetHeadlines(Period year) => Headlines.Where(headline => headline.Validity.Includes(year));

    /// <summary>Returns the newest headline with each id.</summary>
    public IReadOnlyDictionary<string, Headline> GetNewestHeadlines() => Headlines.GroupBy(headline => headline.Id.Value)
        .ToDictionary(headlines => headlines.Key, headlines => headlines.MaxBy(headline => headline.Validity.From ?? default)!, StringComparer.Ordinal);

    /// <summary>Returns the number of headlines that need any of these returns.</summary>
    public int CountHeadlines(IEnumerable<ReturnId> returns)
    {
        var measures = returns.Distinct().SelectMany(id => FindNewestForm(id)?.Cells.Select(cell => cell.Measure.Id) ?? []).ToHashSet();
        return Headlines.Count(headline => headline.Measures.Any(measures.Contains));
    }

    /// <summary>Returns the tables that are published for a year.</summary>
    public IEnumerable<PublicTable> GetTables(Period year) => Tables.Where(table => table.Validity.Includes(year));

    /// <summary>Returns the tables of the annual report that are published for a year.</summary>
    public IEnumerable<ReportTable> GetReportTables(Period year) => Report?.Tables.Where(table => table.Validity.Includes(year)) ?? [];

    /// <summary>Returns the checks that can be applied to a single return.</summary>
    public FormChecks GetChecks(Form form, Period period)
    {
        var checks = Checks.In(period);
        return ReferenceEquals(checks, Checks) && _checksByForm.TryGetValue((form.Return, form.FirstPeriod), out var known) ? known : FormChecks.Create(form, checks);
    }

    public string GetAgencyName(AgencyId id) => Agencies.TryGetValue(id, out var agency) ? agency.Name : id.Value;

    /// <summary>Returns the name that the agency had in a period.</summary>
    public string GetAgencyName(AgencyId id, Period period) => Agencies.TryGetValue(id, out var agency) ? agency.GetName(period) : id.Value;

    /// <summary>Returns the contacts that a file of an agency can contain: its own, and those of the Partnership.</summary>
    public IReadOnlyList<Contact> GetContacts(AgencyId id) => [.. Publisher.Contacts, .. Agencies.TryGetValue(id, out var agency) ? agency.Contacts : []];

    /// <summary>Returns the forms with which figures are due for a year or its quarters.</summary>
    public IEnumerable<Form> GetFormsDueIn(Period year) => Forms.Where(form => form.GetPeriodsDueIn(year).Any());

    /// <summary>Returns every return that is due for a year or its quarters, with its form.</summary>
    public IEnumerable<(Form Form, ReturnKey Key)> GetReturnsDueIn(Period year) =>
        Forms.SelectMany(form => form.GetPeriodsDueIn(year).Select(period => (form, new ReturnKey(form.Return, period))));

    /// <summary>Loads the catalogue that is embedded in this assembly.</summary>
    /// <exception cref="CatalogueException">The catalogue has mistakes.</exception>
    public static PartnershipCatalogue LoadEmbedded() => Load(EmbeddedFiles());

    /// <summary>Returns the catalogue files that are embedded in this assembly.</summary>
    public static IReadOnlyList<CatalogueFile> EmbeddedFiles()
    {
        const string Prefix = "catalogue/";
        var assembly = typeof(PartnershipCatalogue).Assembly;
        var files = new List<CatalogueFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            files.Add(new CatalogueFile(name[Prefix.Length..].Replace('\\', '/'), reader.ReadToEnd()));
        }

        return files;
    }

    /// <summary>Loads a catalogue from its files.</summary>
    /// <exception cref="CatalogueException">The files have mistakes. The exception lists all of them.</exception>
    public static PartnershipCatalogue Load(IEnumerable<CatalogueFile> files) => Load(files, 0, null);

    /// <summary>Loads a stored version of the catalogue.</summary>
    /// <inheritdoc cref="Load(IEnumerable{CatalogueFile})" path="/exception"/>
    public static PartnershipCatalogue Load(IEnumerable<CatalogueFile> files, int number, string? reason)
    {
        var ordered = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return new CatalogueReader().Read(ordered, CatalogueHash.Create(ordered), number, reason);
    }

    /// <summary>Returns this catalogue as a stored version of it.</summary>
    public PartnershipCatalogue AsVersion(int number, string? reason)
    {
        var version = (PartnershipCatalogue)MemberwiseClone();
        (version.Number, version.Reason) = (number, reason);
        return version;
    }

    /// <summary>Returns the hash of a catalogue's files, whether or not they have mistakes.</summary>
    public static string HashOf(IEnumerable<CatalogueFile> files) => CatalogueHash.Create([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]).All;
}

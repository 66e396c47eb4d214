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
        CatalogueHash hash)
    {
        (Publisher, Help, Disclosure, Agencies, Dimensions, Measures, Forms, Headlines, Tables, Checks, _hash) =
            (publisher, help, disclosure, agencies, dimensions, measures, forms, headlines, tables, checks, hash);
        _formByReturn = forms.ToDictionary(form => form.Return);
        _checksByReturn = forms.ToDictionary(form => form.Return, form => FormChecks.Create(form, checks));
    }

    private readonly CatalogueHash _hash;
    private readonly Dictionary<ReturnId, Form> _formByReturn;
    private readonly Dictionary<ReturnId, FormChecks> _checksByReturn;

    public Publisher Publisher { get; }

    /// <summary>The calendar of releases, and the working days of due dates.</summary>
    public ReleaseCalendar Calendar { get; init; } = ReleaseCalendar.Default;

    public FormHelp Help { get; }

    public DisclosurePolicy Disclosure { get; }

    public IReadOnlyDictionary<AgencyId, Agency> Agencies { get; }

    public IReadOnlyDictionary<string, Dimension> Dimensions { get; }

    public IReadOnlyDictionary<MeasureId, Measure> Measures { get; }

    /// <summary>The forms, in the order of their ids.</summary>
    public ImmutableArray<Form> Forms { get; }

    /// <summary>The headlines, in the order of publication.</summary>
    public ImmutableArray<Headline> Headlines { get; }

    /// <summary>The tables, in the order of publication.</summary>
    public ImmutableArray<PublicTable> Tables { get; }

    /// <summary>The checks, in file order.</summary>
    public CheckSet Checks { get; }

    /// <summary>The SHA-256 hash of all files. Releases made with different catalogues can differ.</summary>
    public string Hash => _hash.All;

    /// <summary>Returns a hash of everything that a year's documents depend on. A change of the catalogue that keeps it cannot change them.</summary>
    public string GetHash(Period year) => _hash.GetHash(this, year);

    /// <summary>The hash of the disclosure policy.</summary>
    internal string PolicyHash => _hash.Policy;

    /// <summary>Returns a hash of how a headline of a year is defined: its own definition, and the figures that it is made from.</summary>
    internal string GetDefinitionHash(Headline headline, Period year) => CatalogueHash.GetDefinitionHash(this, headline, year);

    public Form? FindForm(ReturnId id) => _formByReturn.GetValueOrDefault(id);

    /// <summary>Returns the checks that can be applied to a single return.</summary>
    public FormChecks GetChecks(Form form) => _checksByReturn[form.Return];

    public string GetAgencyName(AgencyId id) => Agencies.TryGetValue(id, out var agency) ? agency.Name : id.Value;

    /// <summary>Returns the contacts that a file of an agency can contain: its own, and those of the Partnership.</summary>
    public IReadOnlyList<Contact> GetContacts(AgencyId id) => [.. Publisher.Contacts, .. Agencies.TryGetValue(id, out var agency) ? agency.Contacts : []];

    /// <summary>Returns every return that is due for a year or its quarters.</summary>
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
    public static PartnershipCatalogue Load(IEnumerable<CatalogueFile> files)
    {
        var ordered = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return new CatalogueReader().Read(ordered, CatalogueHash.Create(ordered));
    }
}

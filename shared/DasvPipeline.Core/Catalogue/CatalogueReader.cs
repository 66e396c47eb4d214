using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads the catalogue's files and checks that they are consistent.</summary>
internal sealed class CatalogueReader
{
    private readonly Mistakes _mistakes = new();
    private readonly Dictionary<AgencyId, Agency> _agencies = [];
    private readonly Dictionary<string, Dimension> _dimensions = new(StringComparer.Ordinal);
    private readonly Dictionary<MeasureId, Measure> _measures = [];
    private readonly List<Form> _forms = [];
    private readonly List<(AgencyId Successor, SourceLocation Place)> _successors = [];
    private readonly List<Headline> _headlines = [];
    private CheckSet _checks = CheckSet.None;
    private readonly List<(MeasureId Weight, SourceLocation Place)> _weights = [];
    private Publisher? _publisher;
    private ReleaseCalendar _calendar = ReleaseCalendar.Default;
    private AboutText _about = AboutText.Empty;
    private FormHelp? _help;
    private readonly List<PublicTable> _tables = [];
    private AnnualReport? _report;
    private DisclosurePolicy _disclosure = DisclosurePolicy.Default;

    public PartnershipCatalogue Read(IReadOnlyList<CatalogueFile> files, CatalogueHash hash, int number, string? reason)
    {
        // A file is read after the files it refers to.
        var kinds = new (string Path, string Schema, Action<YamlMap> Read)[]
        {
            ("partnership.yaml", "partnership", ReadPartnership),
            ("about.yaml", "about", map => _about = AboutText.Read(map)),
            ("calendar.yaml", "calendar", map => _calendar = new CalendarReader(_mistakes).Read(map)),
            ("agencies.yaml", "agencies", ReadAgencies),
            ("dimensions/", "dimension", ReadDimension),
            ("measures/", "measures", ReadMeasures),
            ("disclosure.yaml", "disclosure", ReadDisclosure),
            ("returns/", "return", ReadForm),
            ("headlines.yaml", "headlines", ReadHeadlines),
            ("tables.yaml", "tables", ReadTables),
            ("report.yaml", "report", ReadReport),
            ("checks.yaml", "checks", ReadChecks),
        };
        var unread = files.ToHashSet();
        foreach (var (path, schema, read) in kinds)
        {
            var found = files.Where(file => path.EndsWith('/') ? file.Path.StartsWith(path, StringComparison.Ordinal) : file.Path == path).ToList();
            unread.ExceptWith(found);
            if (found.Count == 0 && !path.EndsWith('/') && path is not ("about.yaml" or "calendar.yaml" or "disclosure.yaml" or "tables.yaml" or "report.yaml" or "checks.yaml"))
            {
                _mistakes.Add(new SourceLocation(path, 1), "the file is missing.");
            }

            foreach (var map in found.Select(file => YamlMap.Parse(file, CatalogueSchema.Named(schema), _mistakes)).OfType<YamlMap>())
            {
                read(map);
            }
        }

        foreach (var file in unread)
        {
            _mistakes.Add(new SourceLocation(file.Path, 1), $"this file is not part of a catalogue. The files are {string.Join(", ", kinds.Select(kind => kind.Path))}.");
        }

        foreach (var (weight, place) in _weights.Where(item => !_measures.ContainsKey(item.Weight)))
        {
            Unknown(place, "measure", weight.Value, _measures.Keys.Select(id => id.Value));
        }

        _mistakes.ThrowIfAny();
        return new PartnershipCatalogue(
            _publisher!,
            _help!,
            _disclosure,
            _agencies,
            _dimensions,
            _measures,
            [.. _forms.OrderBy(form => form.Return.ToString(), StringComparer.Ordinal).ThenBy(form => form.FirstPeriod)],
            [.. _headlines],
            [.. _tables],
            _checks,
            hash,
            number,
            reason)
        {
            Calendar = _calendar,
            About = _about,
            Report = _report,
        };
    }

    private void ReadPartnership(YamlMap map)
    {
        _publisher = new Publisher(map.Text("title"), map.Text("publisher"), map.Text("licence"))
        {
            Contacts = ReadContacts(map),
            Description = map.OptionalText("description"),
            Coverage = map.OptionalText("coverage"),
            ReleaseWorkingDays = map.Has("releaseWorkingDays") ? map.WholeNumber("releaseWorkingDays", 0) : null,
        };
        var explanations = map.Texts("explanations");
        foreach (var duplicate in explanations.GroupBy(Label.Normalise, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _mistakes.Add(map.LocationOf("explanations"), $"the explanation '{duplicate.First()}' appears twice.");
        }

        _help = new FormHelp(map.OptionalText("contact") ?? _publisher.Name, map.OptionalText("contactAt"), explanations);
    }

    private static ImmutableArray<Contact> ReadContacts(YamlMap map) =>
        map.Has("contacts") ? [.. map.Maps("contacts").Select(item => new Contact(item.Text("role"), item.OptionalText("email"), item.OptionalText("telephone")))] : [];

    private void ReadDisclosure(YamlMap map) => _disclosure = new DisclosureReader(_dimensions, _measures, _mistakes).Read(map);

    private void ReadAgencies(YamlMap map)
    {
        foreach (var item in map.Maps("agencies"))
        {
            var agency = ReadAgency(item);
            Unique(_agencies.TryAdd(agency.Id, agency), item, $"the agency '{agency.Id}'");
        }

        foreach (var (successor, place) in _successors.Where(item => !_agencies.ContainsKey(item.Successor)))
        {
            Unknown(place, "agency", successor.Value, _agencies.Keys.Select(id => id.Value));
        }
    }

    private Agency ReadAgency(YamlMap map)
    {
        var successor = map.OptionalText("succeededBy") is { } id ? new AgencyId(id) : (AgencyId?)null;
        var agency = new Agency(new AgencyId(map.Text("id")), map.Text("name"))
        {
            Contacts = ReadContacts(map),
            Validity = map.ReadValidity(_mistakes),
            FormerNames = [.. map.Maps("formerNames").Select(item => (Name: item.Text("name"), Until: item.ReadPeriod("until", _mistakes))).Where(item => item.Until is not null)
                .Select(item => new FormerName(item.Name, item.Until!.Value))],
            SucceededBy = successor,
        };
        if (successor is { } other)
        {
            _successors.Add((other, map.LocationOf("succeededBy")));
            if (agency.Validity.Until is null || other == agency.Id)
            {
                _mistakes.Add(map.LocationOf("succeededBy"), $"the agency '{agency.Id}' can only be succeeded by another one after its last period, 'until'.");
            }
        }

        return agency;
    }

    private void ReadDimension(YamlMap map)
    {
        var codes = ImmutableArray.CreateBuilder<Code>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var dimension = map.Text("dimension");
        var title = map.Text("title");
        foreach (var item in map.Maps("codes"))
        {
            var code = new Code(item.Text("code"), item.Text("label"), item.Texts("aliases")) { Gss = item.OptionalText("gss") };
            Unique(seen.Add(code.Id), item, $"the code '{code.Id}'");
            var names = code.Aliases.Prepend(code.Label).Prepend(code.Id).Select(Label.Normalise).Distinct(StringComparer.Ordinal);
            foreach (var duplicate in names.Where(name => !labels.Add(name)))
            {
                _mistakes.Add(item.Location, $"the label '{duplicate}' is used for two codes.");
            }

            codes.Add(code);
        }

        Unique(_dimensions.TryAdd(dimension, new Dimension(dimension, title, codes.ToImmutable())), map, $"the dimension '{dimension}'");
    }

    private void ReadMeasures(YamlMap map)
    {
        foreach (var item in map.Maps("measures"))
        {
            var quantity = item.Choice(
                "quantity", Quantity.Count, ("count", Quantity.Count), ("number", Quantity.Number), ("hours", Quantity.Hours), ("pounds", Quantity.Pounds), ("percent", Quantity.Percent));
            var weight = item.OptionalText("weight");
            var measure = new Measure(
                new MeasureId(item.Text("id")),
                item.Text("label"),
                item.Texts("aliases"),
                item.Text("unit"),
                quantity,
                item.Choice("adds", Aggregation.Flow, ("flow", Aggregation.Flow), ("stock", Aggregation.Stock), ("distinct", Aggregation.Distinct), ("rate", Aggregation.Rate)),
                weight is null ? null : new MeasureId(weight),
                item.OptionalText("guidance"))
            {
                Coverage = item.Choice("covers", Coverage.Period, ("period", Coverage.Period), ("project", Coverage.Project)),
                AllowsNegative = item.Choice("sign", false, ("positive", false), ("any", true)),
                Per = item.OptionalNumber("per"),
                Breaks = item.ReadBreaks(_mistakes),
            };
            Unique(_measures.TryAdd(measure.Id, measure), item, $"the measure '{measure.Id}'");
            if (item.Has("adds") && (quantity == Quantity.Percent) != (measure.Aggregation == Aggregation.Rate))
            {
                _mistakes.Add(item.Location, $"the measure '{measure.Id}': a percentage must have 'adds: rate', and nothing else can.");
            }

            if (measure.AllowsNegative && quantity is (Quantity.Count or Quantity.Percent))
            {
                _mistakes.Add(item.LocationOf("sign"), $"the measure '{measure.Id}': counts and percentages cannot be negative. Only a number, hours or pounds can.");
            }

            if (measure.Per is not null && quantity != Quantity.Number)
            {
                _mistakes.Add(item.LocationOf("per"), $"the measure '{measure.Id}': 'per' needs 'quantity: number', because a rate has decimals.");
            }

            if (measure.Weight is { } weightId)
            {
                _weights.Add((weightId, item.LocationOf("weight")));
            }

        }

    }

    private void ReadForm(YamlMap map)
    {
        var forms = new FormSequenceReader(_dimensions, _measures, _agencies, _mistakes).Read(map).Select(form => form with { WorkingDays = _calendar.WorkingDays }).ToImmutableArray();
        var id = forms[0].Return;
        if (!_agencies.ContainsKey(id.Agency))
        {
            Unknown(map.LocationOf("agency"), "agency", id.Agency.Value, _agencies.Keys.Select(known => known.Value));
        }

        // A return can have a file for each part of its time.
        Unique(!_forms.Exists(other => other.Return == id && forms.Any(form => form.Validity.Overlaps(other.Validity))), map, $"the return '{id}'");
        _forms.AddRange(forms);
    }

    private void ReadHeadlines(YamlMap map)
    {
        var reported = _forms.SelectMany(form => form.Cells, (form, cell) => (form, cell)).ToLookup(pair => pair.cell.Measure.Id);
        foreach (var item in map.Maps("headlines"))
        {
            var headline = new HeadlineReader(_dimensions, _measures, reported, _mistakes).Read(item);
            Unique(_headlines.TrueForAll(other => other.Id != headline.Id || !other.Validity.Overlaps(headline.Validity)), item, $"the headline '{headline.Id}'");
            foreach (var breakdown in headline.Breakdowns.Where(_dimensions.ContainsKey))
            {
                _disclosure.CheckBreakdownAllowed(breakdown, item.LocationOf("breakdowns"), _mistakes);
            }

            _headlines.Add(headline);
        }

    }

    private void ReadTables(YamlMap map)
    {
        var reader = new PublicTableReader(_dimensions, _measures, [.. _forms.SelectMany(form => form.Cells).Select(cell => cell.Key)], _disclosure, _mistakes);
        foreach (var item in map.Maps("tables"))
        {
            if (reader.Read(item) is { } table)
            {
                Unique(_tables.TrueForAll(other => other.Id != table.Id || !other.Validity.Overlaps(table.Validity)), item, $"the table '{table.Id}'");
                _tables.Add(table);
            }
        }

    }

    private void ReadReport(YamlMap map) =>
        _report = new AnnualReportReader(_dimensions, _measures, _agencies, _headlines, [.. _forms.SelectMany(form => form.Cells).Select(cell => cell.Key).Distinct()], _disclosure, _mistakes).Read(map);

    private void ReadChecks(YamlMap map)
    {
        var reported = _forms.SelectMany(form => form.Cells).ToLookup(cell => cell.Measure.Id, cell => cell.Key);
        _checks = new CheckReader(_dimensions, _measures, reported, _mistakes).Read(map);
    }

    private void Unique(bool isNew, YamlMap map, string subject)
    {
        if (!isNew)
        {
            _mistakes.Add(map.Location, $"{subject} appears twice.");
        }
    }

    private void Unknown(SourceLocation place, string kind, string id, IEnumerable<string> known) => _mistakes.AddUnknown(place, kind, id, known);
}

internal static class MistakesExtensions
{
    public static void AddUnknown(this Mistakes mistakes, SourceLocation place, string kind, string id, IEnumerable<string> known)
    {
        var hint = NearestText.Find(id, known) is { } near ? $" Did you mean '{near}'?" : string.Empty;
        mistakes.Add(place, $"there is no {kind} '{id}'.{hint}");
    }
}

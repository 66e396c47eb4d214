using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The definition of a headline or a measure.</summary>
/// <param name="Kind">headline or measure.</param>
/// <param name="Sources">The names of the agencies and returns that report it.</param>
/// <param name="Breaks">The first period of each new definition, with a note.</param>
public sealed record DictionaryEntry(
    string Kind, string Id, string Title, string Definition, string Unit, IReadOnlyList<string> Sources, IReadOnlyList<string> Breaks)
{
    /// <summary>The periods in which it is reported: "from April 2018".</summary>
    public required string Periods { get; init; }

    public bool IsHeadline => Kind == DataDictionary.Headline;
}

/// <summary>Describes every headline and every measure of the catalogue, for readers and for data catalogues.</summary>
public static class DataDictionary
{
    public const string FileName = "dictionary.csv";

    internal const string Headline = "headline";
    private const string Measure = "measure";

    private static readonly string[] Header = ["kind", "id", "title", "definition", "unit", "sources", "periods", "breaks"];

    public static IReadOnlyList<DictionaryEntry> Create(PartnershipCatalogue catalogue) =>
    [
        .. catalogue.GetNewestHeadlines().Values.OrderBy(headline => catalogue.Headlines.IndexOf(headline)).Select(headline => Describe(catalogue, headline)),
        .. catalogue.Measures.Values.Where(measure => FindForms(catalogue, [measure.Id]).Count > 0).OrderBy(measure => measure.Id.Value, StringComparer.Ordinal).Select(measure => Describe(catalogue, measure)),
    ];

    public static byte[] ToCsv(IEnumerable<DictionaryEntry> entries) => CsvExport.Write(Header, entries.Select(entry => new[]
    {
        entry.Kind, entry.Id, entry.Title, entry.Definition, entry.Unit, string.Join("; ", entry.Sources), entry.Periods, string.Join("; ", entry.Breaks),
    }));

    private static DictionaryEntry Describe(PartnershipCatalogue catalogue, Headline headline)
    {
        var (of, over) = (Name(catalogue, headline.Numerators), Name(catalogue, headline.Denominators));
        var definition = headline.Operation switch
        {
            Operation.Ratio => $"{of}, as a percentage of {over}.",
            Operation.Latest => $"The latest figure of the year: {of}.",
            _ => headline.Numerators.Length > 1 ? $"The sum of {of}." : $"{of}, added up over the year and all agencies.",
        };
        return Create(catalogue, Headline, headline.Id.Value, headline.Title, string.Join(' ', headline.Notes.Prepend(definition)), headline.Unit, [.. headline.Measures], headline.Breaks);
    }

    private static DictionaryEntry Describe(PartnershipCatalogue catalogue, Measure measure)
    {
        var time = measure switch
        {
            { Coverage: Coverage.Project } => "Counts the whole time of the project.",
            { Aggregation: Catalogue.Aggregation.Flow } => "The quarters of a year add up.",
            { Aggregation: Catalogue.Aggregation.Stock } => "The latest figure counts, and quarters do not add up.",
            { Aggregation: Catalogue.Aggregation.Distinct } => "Counts people. Somebody seen in 2 quarters is one person, so quarters do not add up.",
            _ => "A rate, which is never added up.",
        };
        return Create(catalogue, Measure, measure.Id.Value, measure.Label, measure.Guidance is { } guidance ? $"{guidance} {time}" : time, measure.Unit, [measure.Id], measure.Breaks);
    }

    private static DictionaryEntry Create(
        PartnershipCatalogue catalogue, string kind, string id, string title, string definition, string unit, IReadOnlyList<MeasureId> measures, IEnumerable<SeriesBreak> breaks)
    {
        var forms = FindForms(catalogue, measures);
        var first = forms.Count == 0 ? null : (Period?)forms.Min(form => form.FirstPeriod);
        var last = forms.Count == 0 || forms.Exists(form => form.LastPeriod is null) ? null : forms.Max(form => form.LastPeriod);
        return new DictionaryEntry(
            kind,
            id,
            title,
            definition,
            unit,
            [.. forms.Select(form => $"{catalogue.GetAgencyName(form.Return.Agency)}: {form.Title}").Distinct()],
            [.. breaks.Select(item => $"{item.In.Label}: {item.Note}")])
        {
            Periods = first is null ? string.Empty : last is null ? $"from {first}" : $"{first} to {last}",
        };
    }

    private static List<Form> FindForms(PartnershipCatalogue catalogue, IReadOnlyList<MeasureId> measures) =>
        [.. catalogue.Forms.Where(form => form.Cells.Any(cell => measures.Contains(cell.Measure.Id)))];

    private static string Name(PartnershipCatalogue catalogue, IEnumerable<MeasureId> measures) =>
        string.Join(" and ", measures.Select(id => catalogue.Measures.GetValueOrDefault(id)?.Label ?? id.Value));
}

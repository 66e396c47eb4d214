using System.Security.Cryptography;
using System.Text.Json;
using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Publish;

/// <summary>What is to be published of one year: everything but the number and time of its release.</summary>
internal sealed class YearDocument
{
    public const string SchemaPath = "schema/headlines.v1.json";

    /// <summary>A return that is owed is missing.</summary>
    public const string Provisional = "provisional";

    /// <summary>Everything is in.</summary>
    public const string Final = "final";

    /// <summary>Everything is in, and something has changed since that was first so.</summary>
    public const string Revised = "revised";

    private readonly HeadlinesDocument _document;

    private YearDocument(Period year, HeadlinesDocument document, LineageYear lineage, IReadOnlyDictionary<string, IReadOnlyList<string>> sources) =>
        (Year, _document, Lineage, Sources) = (year, document, lineage, sources);

    public Period Year { get; }

    /// <summary>As of a year that was never published before.</summary>
    public LineageYear Lineage { get; }

    /// <summary>The returns behind each headline.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; }

    /// <param name="figures">Of the year, with what must not be shown already hidden.</param>
    /// <param name="before">Of the year before, likewise.</param>
    public static YearDocument Make(
        PartnershipCatalogue catalogue, YearFigures year, IReadOnlyList<HeadlineFigures> figures, IReadOnlyList<HeadlineFigures> before)
    {
        var headlines = figures.Zip(before, (now, then) => Element(now, then, year.Year)).ToList();
        var document = new HeadlinesDocument(
            SchemaPath,
            catalogue.Publisher.Title,
            catalogue.Publisher.Name,
            catalogue.Publisher.Licence,
            new PeriodElement(year.Year.ToString(), year.Year.Label),
            Release: null,
            new CompletenessElement(
                year.Owed.Count,
                year.Owed.Count - year.Missing.Count,
                [.. year.Missing.Select(key => new MissingElement(
                    key.Return.Agency.Value, catalogue.NameOf(key.Return.Agency), key.Return.ToString(), catalogue.FindForm(key.Return)!.Title, key.Period.ToString()))]),
            headlines);
        var isComplete = year.Missing.Count == 0;
        var lineage = new LineageYear(
            Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document, FeedJson.Plain.HeadlinesDocument))),
            new SortedDictionary<string, int>(year.Live.ToDictionary(live => live.Key.ToString(), live => live.Version), StringComparer.Ordinal),
            new SortedDictionary<string, decimal?>(headlines.ToDictionary(headline => headline.Id, headline => headline.Value), StringComparer.Ordinal),
            isComplete ? Final : Provisional,
            isComplete);
        return new YearDocument(year.Year, document, lineage, headlines.ToDictionary(headline => headline.Id, headline => headline.Sources));
    }

    public byte[] ToBytes(int number, string status, DateTimeOffset published, IReadOnlyList<ChangeElement> changes) =>
        JsonSerializer.SerializeToUtf8Bytes(_document with { Release = new ReleaseElement(number, status, published.UtcDateTime, changes) }, FeedJson.Plain.HeadlinesDocument);

    private static HeadlineElement Element(HeadlineFigures now, HeadlineFigures then, Period year)
    {
        var headline = now.Headline;
        var comparable = now.IsComplete && then.IsComplete;
        var previous = then.IsComplete ? then.Total.Value : null;
        var notes = new List<string>(headline.Notes);
        if (now.HasGaps)
        {
            notes.Add("Some figures were not available, or were kept back to protect people, and are not included.");
        }

        return new HeadlineElement(
            headline.Id.Value,
            headline.Title,
            now.Owed.Count == 0
                ? $"{headline.Title}: not collected for {year}."
                : Wording.Sentence(headline, now.Total.Value, now.Total.Markers, year, comparable ? previous : null, now.Missing.Count, now.Owed.Count),
            Shown(now.Total.Value, headline),
            headline.Unit,
            now.Total.Value is { } value ? Wording.Format(value, headline.Quantity) : null,
            now.Total.Markers.ToLetters(),
            previous is { } before ? new PreviousElement(year.PreviousYear.ToString(), Shown(before, headline)!.Value) : null,
            comparable && previous is { } last && now.Total.Value is { } current ? Compare(current, last, headline) : null,
            Shown(headline.Target, headline),
            [.. now.Series.Select(point => new SeriesElement(point.Period.ToString(), Shown(point.Amount.Value, headline), point.Amount.Markers.ToLetters()))],
            [.. now.Breakdowns.Select(breakdown => new BreakdownElement(
                breakdown.Dimension.Id,
                breakdown.Dimension.Title,
                [.. breakdown.Items.Select(item => new BreakdownItemElement(
                    item.Code.Id, item.Code.Label, Shown(item.Amount.Value, headline), item.Amount.Markers.ToLetters()))]))],
            notes,
            [.. now.Owed.Select(key => key.Return.ToString()).Distinct()]);
    }

    private static ChangeFromPreviousElement Compare(decimal now, decimal before, Headline headline) => new(
        Shown(now - before, headline)!.Value,
        headline.Quantity == Quantity.Percent || before == 0 ? null : decimal.Round((now - before) / before * 100, 1, MidpointRounding.AwayFromZero).Trimmed(),
        now > before ? "up" : now < before ? "down" : "same");

    /// <summary>The number as the feed holds it: a percentage as 76, not 0.76; no trailing noughts.</summary>
    private static decimal? Shown(decimal? value, Headline headline) =>
        (headline.Quantity == Quantity.Percent ? value * 100 : value)?.Trimmed();
}

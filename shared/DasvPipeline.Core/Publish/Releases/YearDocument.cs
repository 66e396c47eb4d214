using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The content to publish for one year, without the number and time of the release.</summary>
internal sealed class YearDocument
{
    /// <summary>The status of a year that is not signed off.</summary>
    public const string Provisional = "provisional";

    /// <summary>The status of a year that is signed off.</summary>
    public const string Final = "final";

    /// <summary>The status of a year that was signed off again with different figures.</summary>
    public const string Revised = "revised";

    private readonly HeadlinesDocument _document;
    private readonly YearDecision? _decision;

    private YearDocument(HeadlinesDocument document, YearDecision? decision, LineageYear lineage) =>
        (_document, _decision, Lineage, Year) = (document, decision, lineage, Period.Parse(document.Period.Id));

    public Period Year { get; }

    public LineageYear Lineage { get; }

    /// <summary>The document without its release.</summary>
    public HeadlinesDocument Content => _document;

    /// <summary>The manager's reason for signing the year off; null if it is not signed off.</summary>
    public string? Reason => _decision is { IsSignedOff: true } ? _decision.Reason : null;

    /// <summary>Returns the ids of the returns behind a headline.</summary>
    public IReadOnlyList<string> GetSources(string headline) => _document.Headlines.Single(item => item.Id == headline).Sources;

    /// <summary>Restores the document of a year that has not changed since the last release.</summary>
    public static YearDocument Restore(HeadlinesDocument document, YearDecision? decision, LineageYear lineage) => new(document, decision, lineage);

    /// <summary>Returns the value of each complete headline, by its id.</summary>
    public static SortedDictionary<string, decimal> GetComparable(IEnumerable<HeadlineFigures> headlines) => new(
        headlines.Where(headline => headline.IsComplete).ToDictionary(headline => headline.Headline.Id.Value, headline => headline.Total.Value!.Value), StringComparer.Ordinal);

    /// <param name="disclosed">The year's figures after disclosure control.</param>
    /// <param name="before">The comparable values of the previous year, after disclosure control.</param>
    /// <param name="decision">The manager's decision about the year; null if there is no decision.</param>
    /// <param name="published">The year as last published; null if it was never published.</param>
    public static YearDocument Create(
        PartnershipCatalogue catalogue, YearFigures year, DisclosedYear disclosed, IReadOnlyDictionary<string, decimal> before, YearDecision? decision, LineageYear? published)
    {
        var isSignedOff = decision is { IsSignedOff: true };
        var final = isSignedOff && decision!.SignOffCount == 1 ? FeedNumbers.Collect(disclosed.Headlines, disclosed.Tables) : published?.Final;
        var figures = disclosed.Headlines.Select(headline => FeedNumbers.Transform(headline, Marked)).ToList();
        var headlines = figures.Select(now => Element(catalogue, now, before, year.Year, isSignedOff)).ToList();
        var document = new HeadlinesDocument(
            FeedPaths.Schema,
            catalogue.Publisher.Title,
            catalogue.Publisher.Name,
            catalogue.Publisher.Licence,
            new PeriodElement(year.Year.ToString(), year.Year.Label),
            Release: null,
            new CompletenessElement(
                year.DueReturns.Count,
                year.DueReturns.Count - year.MissingReturns.Count,
                [.. year.MissingReturns.Select(key => new MissingElement(
                    key.Return.Agency.Value,
                    catalogue.GetAgencyName(key.Return.Agency, key.Period),
                    key.Return.ToString(),
                    catalogue.FindForm(key)!.Title,
                    key.Period.ToString(),
                    [.. figures.Where(headline => headline.MissingReturns.Contains(key)).Select(headline => headline.Headline.Id.Value)]))],
                year.Gaps.Count == 0 ? null : [.. year.Gaps.GroupBy(gap => gap.Key).Select(gaps => new GapElement(
                    gaps.Key.Return.Agency.Value,
                    catalogue.GetAgencyName(gaps.Key.Return.Agency, gaps.Key.Period),
                    gaps.Key.Return.ToString(),
                    catalogue.FindForm(gaps.Key)!.Title,
                    gaps.Key.Period.ToString(),
                    gaps.Count(),
                    [.. figures.Where(headline => headline.MissingFigures.Any(gap => gap.Key == gaps.Key)).Select(headline => headline.Headline.Id.Value)]))]),
            headlines,
            [.. disclosed.Tables.Where(table => table.DueReturns.Count > 0).Select(table => TableOf(FeedNumbers.Transform(table, Marked), year.Year))]);
        var status = !isSignedOff ? Provisional : decision!.SignOffCount > 1 ? Revised : Final;
        var lineage = new LineageYear(
            Hash([.. JsonSerializer.SerializeToUtf8Bytes(document, FeedJson.Indented.HeadlinesDocument), .. Encoding.UTF8.GetBytes($"{status}\n{(isSignedOff ? decision!.Reason : null)}")]),
            catalogue.GetHash(year.Year),
            new SortedDictionary<string, int>(year.LiveReturns.ToDictionary(live => live.Key.ToString(), live => live.Version), StringComparer.Ordinal),
            new SortedDictionary<string, decimal?>(headlines.ToDictionary(headline => headline.Id, headline => headline.Value), StringComparer.Ordinal),
            GetComparable(disclosed.Headlines),
            status,
            final);
        return new YearDocument(document, decision, lineage);

        Amount Marked(string id, Amount amount)
        {
            // A figure with a gap stays incomplete after the year is signed off.
            var markers = isSignedOff && !amount.HasGap ? amount.Markers & ~Markers.Provisional : amount.Markers;
            var isRevised = amount.Value is not null && final is not null && final.TryGetValue(id, out var then) && then != amount.Value;
            return amount with { Markers = isRevised ? markers | Markers.Revised : markers };
        }
    }

    public byte[] ToBytes(int number, DateTimeOffset published, IReadOnlyList<ChangeElement> changes) => JsonSerializer.SerializeToUtf8Bytes(
        _document with { Release = new ReleaseElement(number, Lineage.Status, published.UtcDateTime, changes, Reason) }, FeedJson.Indented.HeadlinesDocument);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static TableElement TableOf(TableFigures figures, Period year)
    {
        var table = figures.Table;
        var changed = table.Measure.FindBreak(year.PreviousYear, year);
        return new TableElement(
            table.Id,
            table.Title,
            table.Measure.Unit,
            Side(table.Rows, figures.Cells.Select(cell => cell.Row)),
            Side(table.Columns, figures.Cells.Select(cell => cell.Column)),
            [.. figures.Cells.Select(cell => new TableCellElement(cell.Row?.Id, cell.Column?.Id, cell.Amount.Value, cell.Amount.Markers.ToLetters()))],
            changed is null ? table.Notes : [.. table.Notes, changed.Note],
            [.. figures.DueReturns.Select(key => key.Return.ToString()).Distinct()],
            BreakElement.Create(changed));

        static TableSideElement Side(Dimension dimension, IEnumerable<Code?> codes) => new(
            dimension.Id, dimension.Title, [.. codes.OfType<Code>().Distinct().Select(code => new TableCodeElement(code.Id, code.Label))]);
    }

    private static HeadlineElement Element(PartnershipCatalogue catalogue, HeadlineFigures now, IReadOnlyDictionary<string, decimal> comparable, Period year, bool isSignedOff)
    {
        var headline = now.Headline;
        var changed = headline.FindBreak(year.PreviousYear, year);
        decimal? previous = changed is null && !headline.IsCumulative && comparable.TryGetValue(headline.Id.Value, out var then) ? then : null;
        var notes = new List<string>(headline.Notes);
        if (changed is not null)
        {
            notes.Add(changed.Note);
        }

        if (now.HasGaps)
        {
            notes.Add("Some figures are not included. They were not available, or were hidden to protect people.");
        }

        if (now.MissingFigures.Count > 0)
        {
            notes.Add($"Some figures were not reported and are not included: {NamePeriods(now.MissingFigures.Select(gap => gap.Key).Distinct())}.");
        }

        if (now.MissingReturns.Count > 0)
        {
            notes.Add($"Does not include{(isSignedOff ? string.Empty : " yet")}: {NamePeriods(now.MissingReturns)}.");
        }

        return new HeadlineElement(
            headline.Id.Value,
            headline.Title,
            now.DueReturns.Count == 0
                ? $"{headline.Title}: not collected for {year}."
                : Wording.Sentence(headline, now.Total.Value, now.Total.Markers, year, now.IsComplete ? previous : null, now.MissingReturns.Count, now.DueReturns.Count, now.Total.HasGap),
            ToFeedValue(now.Total.Value, headline),
            headline.Unit,
            now.Total.Value is { } value ? Wording.Format(value, headline.Quantity) : null,
            now.Total.Markers.ToLetters(),
            previous is { } before ? new PreviousElement(year.PreviousYear.ToString(), ToFeedValue(before, headline)!.Value) : null,
            now.IsComplete && previous is { } last && now.Total.Value is { } current ? Compare(current, last, headline) : null,
            ToFeedValue(headline.Target, headline),
            [.. now.Series.Select(point => new SeriesElement(point.Period.ToString(), ToFeedValue(point.Amount.Value, headline), point.Amount.Markers.ToLetters()))],
            [.. now.Breakdowns.Select(breakdown => new BreakdownElement(
                breakdown.Dimension.Id,
                breakdown.Dimension.Title,
                [.. breakdown.Items.Select(item => new BreakdownItemElement(
                    item.Code.Id, item.Code.Label, ToFeedValue(item.Amount.Value, headline), item.Amount.Markers.ToLetters()))]))],
            notes,
            [.. now.DueReturns.Select(key => key.Return.ToString()).Distinct()],
            BreakElement.Create(changed));

        string NamePeriods(IEnumerable<ReturnKey> keys) => string.Join("; ", keys.GroupBy(key => key.Return)
            .Select(periods => $"{catalogue.GetAgencyName(periods.Key.Agency, year)} for {string.Join(", ", periods.Select(key => key.Period.Label))}"));
    }

    private static ChangeFromPreviousElement Compare(decimal now, decimal before, Headline headline) => new(
        ToFeedValue(now - before, headline)!.Value,
        headline.Quantity == Quantity.Percent || before == 0 ? null : decimal.Round((now - before) / before * 100, 1, MidpointRounding.AwayFromZero).TrimTrailingZeros(),
        now > before ? "up" : now < before ? "down" : "same");

    /// <summary>Converts a value to the feed's form: 76 for 76%, without trailing zeros.</summary>
    internal static decimal? ToFeedValue(decimal? value, Headline headline) =>
        (headline.Quantity == Quantity.Percent ? value * 100 : value)?.TrimTrailingZeros();
}

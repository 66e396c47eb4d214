using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Report;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The content to publish for one year, without the number and time of the release.</summary>
internal sealed class YearDocument
{
    private readonly HeadlinesDocument _document;
    private readonly YearDecision? _decision;

    private YearDocument(HeadlinesDocument document, YearDecision? decision, LineageYear lineage) =>
        (_document, _decision, Lineage, Year) = (document, decision, lineage, Period.Parse(document.Period.Id));

    public Period Year { get; }

    public LineageYear Lineage { get; }

    /// <summary>The document without its release.</summary>
    public HeadlinesDocument Content => _document;

    /// <summary>The manager's reason for signing the year off or for re-opening it; null for a year that was never signed off.</summary>
    public string? Reason => _decision?.SignedOffVersions is not null ? _decision.Reason : null;

    /// <summary>Returns the ids of the returns behind a headline.</summary>
    public IReadOnlyList<string> GetSources(string headline) => _document.Headlines.Single(item => item.Id == headline).Sources;

    /// <summary>Restores the document of a year that has not changed since the last release.</summary>
    public static YearDocument Restore(HeadlinesDocument document, YearDecision? decision, LineageYear lineage) => new(document, decision, lineage);

    /// <summary>Creates the document of a year whose figures do not change: only its stage and the reason do.</summary>
    /// <param name="lineage">The lineage of the document as it was signed off or published.</param>
    public static YearDocument Freeze(HeadlinesDocument document, LineageYear lineage, YearDecision decision)
    {
        var stage = decision.IsUnderReview ? YearStage.UnderReview : lineage.Status;
        return new YearDocument(document, decision, lineage with { Stage = stage, Hash = Hash(document, lineage.Status, stage, decision.Reason) });
    }

    /// <param name="disclosed">The year's figures after disclosure control.</param>
    /// <param name="before">The comparable figures of the previous year, after disclosure control.</param>
    /// <param name="decision">The manager's decision about the year; null if there is no decision.</param>
    /// <param name="published">The year as last published; null if it was never published.</param>
    public static YearDocument Create(
        PartnershipCatalogue catalogue, YearFigures year, DisclosedYear disclosed, ComparableFigures before, YearDecision? decision, LineageYear? published)
    {
        var isSignedOff = decision is { IsSignedOff: true };
        var numbers = FeedNumbers.Collect(disclosed.Headlines, disclosed.Tables, disclosed.Report);
        var final = isSignedOff ? published?.Final ?? numbers : published?.Final;
        var figures = disclosed.Headlines.Select(headline => FeedNumbers.Transform(headline, Marked)).ToList();
        var headlines = figures.Select(now => Element(catalogue, now, before, year, isSignedOff)).ToList();
        var document = new HeadlinesDocument(
            FeedPaths.Schema,
            catalogue.Publisher.Title,
            catalogue.Publisher.Name,
            catalogue.Publisher.Licence,
            new PeriodElement(year.Year.ToString(), GetLabel(year)),
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
                    [.. figures.Where(headline => headline.MissingReturns.Contains(key) || headline.OverdueReturns.Contains(key)).Select(headline => headline.Headline.Id.Value)]))],
                year.Gaps.Count == 0 ? null : [.. year.Gaps.GroupBy(gap => gap.Key).Select(gaps => new GapElement(
                    gaps.Key.Return.Agency.Value,
                    catalogue.GetAgencyName(gaps.Key.Return.Agency, gaps.Key.Period),
                    gaps.Key.Return.ToString(),
                    catalogue.FindForm(gaps.Key)!.Title,
                    gaps.Key.Period.ToString(),
                    gaps.Count(),
                    [.. figures.Where(headline => headline.MissingFigures.Any(gap => gap.Key == gaps.Key)).Select(headline => headline.Headline.Id.Value)]))]),
            headlines,
            [.. disclosed.Tables.Where(table => table.DueReturns.Count > 0).Select(table => TableOf(FeedNumbers.Transform(table, Marked), year.Year))])
        {
            Report = ReportContent.Create(catalogue, year.Year, [.. disclosed.Report.Select(table => FeedNumbers.Transform(table, Marked))], before),
        };
        var isRevised = published?.Status == YearStage.Revised || (final is not null && !ReportContent.IsSame(final, numbers));
        var status = !isSignedOff ? YearStage.Provisional : isRevised ? YearStage.Revised : YearStage.Final;
        var stage = !isSignedOff && year.IsInProgress ? YearStage.InProgress : status;
        var comparable = ComparableFigures.Create(disclosed.Headlines);
        var lineage = new LineageYear(
            Hash(document, status, stage, isSignedOff ? decision!.Reason : null),
            catalogue.GetHash(year.Year),
            new SortedDictionary<string, int>(year.LiveReturns.ToDictionary(live => live.Key.ToString(), live => live.Version), StringComparer.Ordinal),
            new SortedDictionary<string, decimal?>(headlines.ToDictionary(headline => headline.Id, headline => headline.Value), StringComparer.Ordinal),
            comparable.Years,
            status,
            final,
            stage,
            year.IsComplete,
            comparable.Quarters)
        {
            Definitions = new SortedDictionary<string, string>(disclosed.Headlines.ToDictionary(headline => headline.Headline.Id.Value, headline => catalogue.GetDefinitionHash(headline.Headline, year.Year)), StringComparer.Ordinal),
            PolicyHash = catalogue.PolicyHash,
            Report = document.Report is null ? null : ReportContent.GetQuarters(disclosed.Report),
        };
        return new YearDocument(document, decision, lineage);

        Amount Marked(string id, Amount amount)
        {
            // A figure with a gap stays incomplete after the year is signed off.
            var markers = isSignedOff && !amount.HasGap ? amount.Markers & ~Markers.Provisional : amount.Markers;
            var differs = amount.Value is not null && final is not null && final.TryGetValue(id, out var then) && then != amount.Value;
            return amount with { Markers = differs ? markers | Markers.Revised : markers };
        }
    }

    /// <summary>Names the year, or the months so far of a year in progress.</summary>
    private static string GetLabel(YearFigures year)
    {
        var last = year.IsInProgress ? year.LiveReturns.Where(live => !live.Key.Period.IsYear).Select(live => live.Key.Period).DefaultIfEmpty(year.Year).Max() : year.Year;
        return last.IsYear ? year.Year.Label : Wording.SoFar(last.LabelFromApril);
    }

    /// <param name="release">The release, with the status of no year.</param>
    /// <param name="path">The path of the file.</param>
    public byte[] ToBytes(ReleaseElement release, FeedLinks links, string path) =>
        YearFiles.ToBytes((_document with { Report = null, Release = release with { Status = Lineage.Status, Stage = Lineage.Stage, Reason = Reason } }).Place(links, path));

    /// <summary>Creates the files of the annual report: the same bytes for the same figures and the same stage. Empty without a report.</summary>
    /// <param name="folder">The folder of the year in a release.</param>
    public IReadOnlyList<FormatFile> CreateReportFiles(FeedLinks links, string folder) =>
        _document.Report is null ? [] : ReportFiles.CreateAll(_document, Lineage.Stage ?? Lineage.Status, Reason, links.ToFile(folder + ReportFiles.Json, FeedSchema.ReportPath));

    private static string Hash(HeadlinesDocument document, string status, string stage, string? reason) => Convert.ToHexStringLower(SHA256.HashData(
        [.. JsonSerializer.SerializeToUtf8Bytes(document, FeedJson.Indented.HeadlinesDocument), .. Encoding.UTF8.GetBytes($"{status}\n{stage}\n{reason}")]));

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

    private static HeadlineElement Element(PartnershipCatalogue catalogue, HeadlineFigures now, ComparableFigures comparable, YearFigures all, bool isSignedOff)
    {
        var (headline, year) = (now.Headline, all.Year);
        var changed = headline.FindBreak(year.PreviousYear, year);
        decimal? previous = changed is null && !headline.IsCumulative && !now.IsInProgress && comparable.Years.TryGetValue(headline.Id.Value, out var then) ? then : null;
        var sameMonths = changed is null && !headline.IsCumulative && now.LastQuarter is { } through && now.IsCompleteSoFar ? comparable.GetSameMonths(headline, through) : null;
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

        var missing = now.MissingReturns.Concat(now.OverdueReturns).ToLookup(all.IsWaived);
        if (missing[false].Any())
        {
            notes.Add($"Does not include{(isSignedOff ? string.Empty : " yet")}: {NamePeriods(missing[false])}.");
        }

        if (missing[true].Any())
        {
            notes.Add($"Does not include returns that are not asked for: {NamePeriods(missing[true])}.");
        }

        return new HeadlineElement(
            headline.Id.Value,
            headline.Title,
            !now.IsCollected
                ? $"{headline.Title}: not collected for {year}."
                : Wording.Sentence(
                    headline, now.Total.Value, now.Total.Markers, year, now.IsComplete ? previous : sameMonths, now.MissingReturns.Count, now.DueReturns.Count, now.Total.HasGap, now.LastQuarter),
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
                    item.Code.Id, item.Code.Label, ToFeedValue(item.Amount.Value, headline), item.Amount.Markers.ToLetters(), item.Code.Gss))]))],
            notes,
            [.. now.Sources.Select(source => source.ToString())],
            now.LastQuarter is { } quarter ? new CoveredElement(quarter.Year.Start, quarter.End, Wording.SoFar(quarter.LabelFromApril)) : null,
            sameMonths is { } same && now.Total.Value is { } soFar
                ? new SameMonthsElement(now.LastQuarter!.Value.PreviousYear.LabelFromApril, ToFeedValue(same, headline)!.Value, Compare(soFar, same, headline))
                : null,
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

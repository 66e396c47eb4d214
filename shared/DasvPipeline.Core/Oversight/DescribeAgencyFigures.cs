using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Oversight;

/// <summary>A figure of an agency in one period, and the published figure for the whole area.</summary>
/// <param name="Value">The agency's figure; null if it has no number.</param>
/// <param name="Text">The figure as a text: "1,864", "[x]", or "not complete" if a part of a sum has no number.</param>
/// <param name="Published">The published figure; null if none is published for this period.</param>
public sealed record AgencyPoint(string Period, string Label, decimal? Value, string Text, string? Published);

/// <summary>A measure of an agency over all periods that it has figures for.</summary>
/// <param name="ReturnTitle">The title of the return that has it.</param>
/// <param name="PublishedTitle">The title of the published headline that counts the same for the whole area; null if there is no such headline.</param>
public sealed record AgencySeries(string Return, string ReturnTitle, string Measure, string Title, string Unit, string? PublishedTitle, IReadOnlyList<AgencyPoint> Points);

/// <summary>
/// Describes the accepted figures of one agency over time, next to the published ones. It reads no figure of another agency: what is published
/// comes from the files of the feed, so a hidden number stays hidden.
/// </summary>
public sealed class DescribeAgencyFigures(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed)
{
    private const int MaxParallelReads = 8;

    public async Task<IReadOnlyList<AgencySeries>> RunAsync(AgencyId agency, CancellationToken ct)
    {
        var forms = catalogue.Forms.Where(form => form.Return.Agency == agency).ToList();
        if (forms.Count == 0)
        {
            return [];
        }

        var live = (await store.ReadAgencyAsync(agency, forms.Min(form => form.FirstPeriod.Year), ct)).Rows.Where(row => row.LiveVersion is not null && catalogue.FindForm(row.Key) is not null).Select(row => (row.Key, Version: row.LiveVersion!.Value)).ToList();
        var figures = new IReadOnlyList<Observation>[live.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, live.Count),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = ct },
            async (i, token) => figures[i] = await store.ReadObservationsAsync(live[i].Key, live[i].Version, token));
        var byReturn = live.Select((item, i) => (item.Key, Figures: (IReadOnlyDictionary<FigureKey, Figure>)figures[i].ToDictionary(figure => figure.Key, figure => figure.Figure)))
            .GroupBy(item => item.Key.Return).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal);
        var published = await ReadPublishedAsync(ct);
        return [.. byReturn.SelectMany(group => Describe(group.Key, group.ToDictionary(item => item.Key.Period, item => item.Figures), published))];
    }

    private IEnumerable<AgencySeries> Describe(
        ReturnId id, Dictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted, Dictionary<(string Headline, string Period), string> published)
    {
        var forms = accepted.Keys.Order().Select(period => (Period: period, Form: catalogue.FindForm(new ReturnKey(id, period))!)).ToList();
        var newest = forms[^1].Form;
        foreach (var cells in newest.Cells.GroupBy(cell => cell.Measure.Id).SelectMany(Split))
        {
            var measure = cells[0].Measure;
            var headline = catalogue.Headlines.FirstOrDefault(item => item.Operation != Operation.Ratio && item.Numerators is [var single] && single == measure.Id);
            yield return new AgencySeries(
                id.ToString(),
                newest.Title,
                measure.Id.Value,
                cells.Count == 1 ? cells[0].FullName : measure.Label,
                measure.Unit,
                headline?.Title,
                [.. forms.Select(item => CreatePoint(item.Period, [.. item.Form.Cells.Where(cell => cells.Exists(wanted => wanted.Key == cell.Key))], accepted[item.Period], measure, headline is null ? null : published.GetValueOrDefault((headline.Id.Value, item.Period.ToString()))))]);
        }
    }

    /// <summary>Returns the figures of a measure that are added up. Percentages and rates are never added, so each is on its own.</summary>
    private static IEnumerable<List<FormCell>> Split(IEnumerable<FormCell> cells)
    {
        var all = cells.ToList();
        return all[0].Measure is { Aggregation: Aggregation.Rate } or { Quantity: Quantity.Percent } ? all.Select(cell => new List<FormCell> { cell }) : [all];
    }

    private static AgencyPoint CreatePoint(Period period, IReadOnlyList<FormCell> cells, IReadOnlyDictionary<FigureKey, Figure> figures, Measure measure, string? published)
    {
        var parts = cells.Select(cell => figures.TryGetValue(cell.Key, out var figure) ? figure : (Figure?)null).ToList();
        var isComplete = parts.Count > 0 && parts.TrueForAll(part => part is { Value: not null });
        decimal? value = isComplete ? parts.Sum(part => part!.Value.Value!.Value) : null;
        var text = value is { } sum ? FigureFormatter.FormatValue(sum, measure.Quantity)
            : parts is [{ } single] ? string.Concat(single.Markers.ToLetters().Select(letter => $"[{letter}]"))
            : parts.Exists(part => part is { Value: not null }) ? "not complete" : "not given";
        return new AgencyPoint(period.ToString(), period.Label, value, text, published);
    }

    /// <summary>Reads the published figures of all years by headline and period.</summary>
    private async Task<Dictionary<(string Headline, string Period), string>> ReadPublishedAsync(CancellationToken ct)
    {
        var published = new Dictionary<(string, string), string>();
        foreach (var year in (await feed.ReadCurrentAsync(ct))?.Years.Keys ?? [])
        {
            if (await feed.ReadAsync($"{year}/{FeedPaths.Headlines}", ct) is not { } file || JsonSerializer.Deserialize(file.Content.Span, FeedJson.Indented.HeadlinesDocument) is not { } document)
            {
                continue;
            }

            foreach (var headline in document.Headlines)
            {
                var quantity = catalogue.Headlines.FirstOrDefault(item => item.Id.Value == headline.Id)?.Quantity ?? Quantity.Count;
                published[(headline.Id, year.ToString())] = Format(headline.Value, headline.Markers, quantity);
                foreach (var point in headline.Series)
                {
                    published[(headline.Id, point.Period)] = Format(point.Value, point.Markers, quantity);
                }
            }
        }

        return published;
    }

    private static string Format(decimal? value, IReadOnlyList<string> markers, Quantity quantity) => string.Join(
        ' ', new[] { value is { } number ? FigureFormatter.FormatValue(number, quantity) : null }.OfType<string>().Concat(markers.Select(letter => $"[{letter}]")));
}

using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Compares the current value of every headline of a year with the published one. For the manager only.</summary>
public sealed class CompareHeadlines(PartnershipCatalogue catalogue, ReleaseBuilder builder, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <summary>Reads the year's live figures, including those that wait for a sign-off, and its published figures.</summary>
    /// <param name="year">Null for the latest published year, or the current year if none is published.</param>
    public async Task<HeadlineComparison> RunAsync(Period? year, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        var (_, decisions, current) = queue;
        var shown = year ?? (current is { Years.Count: > 0 } ? current.Years.Keys.Max() : Period.YearContaining(clock.Today()));
        var figures = await store.ReadVersionsAsync(catalogue, shown, await store.ReadLiveVersionsAsync(shown, ct), recorded: null, ct, clock.Today());
        var hidden = (await builder.DiscloseAsync(figures, queue, ct)).Hidden.ToDictionary(hiding => hiding.Cell);
        var published = await feed.ReadAsync($"{shown}/{FeedPaths.Headlines}", ct) is { } file
            ? JsonSerializer.Deserialize(file.Content.Span, FeedJson.Indented.HeadlinesDocument)
            : null;
        var shownNow = published?.Headlines.ToDictionary(headline => headline.Id, StringComparer.Ordinal) ?? [];
        return new HeadlineComparison(
            shown.ToString(),
            shown.Label,
            published?.Release?.Number,
            published?.Release?.Status,
            decisions.GetYear(shown) is { IsSignedOff: true },
            [
                .. HeadlineCalculator.Calculate(catalogue, figures).Select(now =>
                    Standing(now, hidden.GetValueOrDefault(CellId.Create(now.Headline.Id.Value, CellId.Total)), shownNow.GetValueOrDefault(now.Headline.Id.Value))),
            ]);
    }

    private static ComparedHeadline Standing(HeadlineFigures now, SuppressedCell? hiding, HeadlineElement? published)
    {
        var value = YearDocument.ToFeedValue(now.Total.Value, now.Headline);
        return new ComparedHeadline(
            now.Headline.Id.Value,
            now.Headline.Title,
            now.Headline.Unit,
            new ComparedFigure(value, now.Total.Value is { } known ? Wording.Format(known, now.Headline.Quantity) : null, now.Total.Markers.ToLetters()),
            hiding is null ? null : HiddenNumber.DescribeReason(hiding),
            now.DueReturns.Count,
            now.MissingReturns.Count,
            published is null ? null : new ComparedFigure(published.Value, published.Formatted, published.Markers),
            (hiding is null ? value : null) != published?.Value);
    }
}

using System.Text.Json;
using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Disclose;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>Compares the current value of every headline of a year with the published one. For the manager only.</summary>
public sealed class CompareHeadlines(PartnershipCatalogue catalogue, ReleaseBuilder builder, IReturnStore store, IFeedStore feed, TimeProvider clock)
{
    /// <summary>Reads the year's live figures, including those that wait for a sign-off, and its published figures.</summary>
    /// <param name="year">Null for the latest published year, or the current year if none is published.</param>
    public async Task<HeadlineStandings> RunAsync(Period? year, CancellationToken ct)
    {
        var current = await feed.ReadCurrentAsync(ct);
        var shown = year ?? (current is { Years.Count: > 0 } ? current.Years.Keys.Max() : Period.YearOf(clock.Today()));
        var figures = await store.ReadYearAsync(catalogue, shown, null, ct);
        var hidden = (await builder.DiscloseAsync(figures, current, ct)).Hidden.ToDictionary(hiding => hiding.Cell);
        var published = await feed.ReadAsync($"{shown}/{FeedPaths.Headlines}", ct) is { } file
            ? JsonSerializer.Deserialize(file.Content.Span, FeedJson.Plain.HeadlinesDocument)
            : null;
        var shownNow = published?.Headlines.ToDictionary(headline => headline.Id, StringComparer.Ordinal) ?? [];
        return new HeadlineStandings(
            shown.ToString(),
            shown.Label,
            published?.Release?.Number,
            published?.Release?.Status,
            (await feed.ReadOutstandingAsync(ct)).Decisions.Of(shown) is { IsSignedOff: true },
            [
                .. HeadlineArithmetic.WorkOut(catalogue, figures).Select(now =>
                    Standing(now, hidden.GetValueOrDefault(CellId.Of(now.Headline.Id.Value, CellId.Total)), shownNow.GetValueOrDefault(now.Headline.Id.Value))),
            ]);
    }

    private static HeadlineStanding Standing(HeadlineFigures now, Hiding? hiding, HeadlineElement? published)
    {
        var value = YearDocument.Shown(now.Total.Value, now.Headline);
        return new HeadlineStanding(
            now.Headline.Id.Value,
            now.Headline.Title,
            now.Headline.Unit,
            new StandingFigure(value, now.Total.Value is { } known ? Wording.Format(known, now.Headline.Quantity) : null, now.Total.Markers.ToLetters()),
            hiding is null ? null : PreviewHidden.Why(hiding),
            now.Owed.Count,
            now.Missing.Count,
            published is null ? null : new StandingFigure(published.Value, published.Formatted, published.Markers),
            (hiding is null ? value : null) != published?.Value);
    }
}

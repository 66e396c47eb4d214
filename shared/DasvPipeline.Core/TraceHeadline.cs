using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Disclose;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>Traces a headline to its source figures, files and cells, hidden or not. For the manager only.</summary>
public sealed class TraceHeadline(PartnershipCatalogue catalogue, ReleaseBuilder builder, IReturnStore store, IFeedStore feed)
{
    /// <param name="period">A year or a quarter.</param>
    /// <returns>Null if the headline does not exist or has no figure for the period.</returns>
    public async Task<Trace?> RunAsync(string headline, Period period, CancellationToken ct)
    {
        if (catalogue.Headlines.FirstOrDefault(item => item.Id.Value == headline) is not { } definition)
        {
            return null;
        }

        var decisions = (await feed.ReadOutstandingAsync(ct)).Decisions;
        var current = await feed.ReadCurrentAsync(ct);
        var year = await builder.ReadYearAsync(period.Year, decisions, ct);
        var figures = HeadlineArithmetic.WorkOut(catalogue, [definition], year)[0];
        var (id, amount) = period.IsYear
            ? (CellId.Of(headline, CellId.Total), figures.Total)
            : (CellId.Of(headline, period.ToString()), figures.Series.FirstOrDefault(point => point.Period == period)?.Amount);
        if (amount is null)
        {
            return null;
        }

        var hiding = (await builder.DiscloseAsync(year, current, ct)).Hidden.FirstOrDefault(hiding => hiding.Cell == id);
        var versions = year.Live.ToDictionary(live => live.Key, live => live.Version);
        var submissions = new Dictionary<ReturnKey, Submission>();
        foreach (var key in amount.Of.Concat(amount.Over ?? []).Select(KeyOf).Distinct())
        {
            submissions.Add(key, (await store.ReadSubmissionsAsync(key, ct)).Single(submission => submission.Version == versions[key]));
        }

        return new Trace(
            headline,
            definition.Title,
            period.ToString(),
            amount.Value is { } value ? Wording.Format(value, definition.Quantity) : null,
            amount.Markers.ToLetters(),
            hiding is null ? null : PreviewHidden.Why(hiding),
            [.. amount.Of.Select(item => Source(item, amount.Over is null ? TracedPart.Sum : TracedPart.Numerator)), .. (amount.Over ?? []).Select(item => Source(item, TracedPart.Denominator))],
            [.. figures.Missing.Where(key => period.IsYear || key.Period == period).Select(key => key.ToString())]);

        TracedFigure Source(Reported item, string part)
        {
            var (key, observation) = (KeyOf(item), item.Observation);
            return new TracedFigure(
                part,
                observation.Key.Measure.Value,
                observation.Key.Area.Value,
                observation.Key.Breakdown.ToCodes(),
                observation.Period.ToString(),
                observation.Figure.Value,
                observation.Figure.Markers.ToLetters(),
                observation.Figure.Note,
                key.Return.ToString(),
                submissions[key].Version,
                submissions[key].Path,
                submissions[key].UploadedAt,
                observation.Cell.Sheet,
                observation.Cell.Address);
        }
    }

    private static ReturnKey KeyOf(Reported item) => new(item.Return, item.Observation.Period);
}

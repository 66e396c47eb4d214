using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Traces a headline to its source figures, files and cells, hidden or not. For the manager only.</summary>
public sealed class TraceHeadline(PartnershipCatalogue catalogue, ReleaseBuilder builder, IReturnStore store, IFeedStore feed)
{
    /// <param name="period">A year or a quarter.</param>
    /// <returns>Null if the headline does not exist or has no figure for the period.</returns>
    public async Task<HeadlineTrace?> RunAsync(string headline, Period period, CancellationToken ct)
    {
        if (catalogue.GetHeadlines(period.Year).FirstOrDefault(item => item.Id.Value == headline) is not { } definition)
        {
            return null;
        }

        var queue = await feed.ReadPublishQueueAsync(ct);
        var year = await builder.ReadObservationsAsync(period.Year, queue.Decisions, ct);
        var figures = HeadlineCalculator.Calculate(catalogue, [definition], year)[0];
        var (id, amount) = period.IsYear
            ? (CellId.Create(headline, CellId.Total), figures.Total)
            : (CellId.Create(headline, period.ToString()), figures.Series.FirstOrDefault(point => point.Period == period)?.Amount);
        if (amount is null)
        {
            return null;
        }

        var hiding = (await builder.DiscloseAsync(year, queue, ct)).Hidden.FirstOrDefault(hiding => hiding.Cell == id);
        var versions = year.LiveReturns.ToDictionary(live => live.Key, live => live.Version);
        var (submissions, statements) = (new Dictionary<ReturnKey, Submission>(), new Dictionary<ReturnKey, string>());
        foreach (var key in amount.Numerator.Concat(amount.Denominator ?? []).Select(KeyOf).Distinct())
        {
            submissions.Add(key, (await store.ReadSubmissionsAsync(key, ct)).Single(submission => submission.Version == versions[key]));
            if (UploadName.GetOriginalName(submissions[key].Path) == NilReturnFile.Name
                && (await store.ReadAuditAsync(key, ct)).LastOrDefault(item => item.Name == "nil-stated" && item.At <= submissions[key].UploadedAt) is { } stated)
            {
                statements.Add(key, string.Create(CultureInfo.InvariantCulture, $"Nil return stated by {stated.By} on {UkTime.DateOf(stated.At):d MMMM yyyy}."));
            }
        }

        return new HeadlineTrace(
            headline,
            definition.Title,
            period.ToString(),
            amount.Value is { } value ? Wording.Format(value, definition.Quantity) : null,
            amount.Markers.ToLetters(),
            hiding is null ? null : HiddenNumber.DescribeReason(hiding),
            [.. amount.Numerator.Select(item => Source(item, amount.Denominator is null ? TracedRole.Sum : TracedRole.Numerator)), .. (amount.Denominator ?? []).Select(item => Source(item, TracedRole.Denominator))],
            [.. figures.MissingReturns.Where(key => period.IsYear || key.Period == period).Select(key => key.ToString())]);

        TracedFigure Source(SourcedObservation item, string part)
        {
            var (key, observation) = (KeyOf(item), item.Observation);
            return new TracedFigure(
                part,
                observation.Key.Measure.Value,
                observation.Key.Area.Value,
                observation.Key.Breakdown.ToDictionary(),
                observation.Period.ToString(),
                observation.Figure.Value,
                observation.Figure.Markers.ToLetters(),
                observation.Figure.Note ?? statements.GetValueOrDefault(key),
                key.Return.ToString(),
                submissions[key].Version,
                submissions[key].Path,
                submissions[key].UploadedAt,
                observation.Cell.Sheet,
                observation.Cell.Address);
        }
    }

    private static ReturnKey KeyOf(SourcedObservation item) => new(item.Return, item.Observation.Period);
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>What another year contributes to the disclosure control of a year: its cumulative figures, and what was published of them.</summary>
/// <param name="Live">The figures that are live now, published or not.</param>
/// <param name="PublishedSums">Everything that was published of cumulative figures, in that year or in those that it is linked with.</param>
internal sealed record OtherYear(Period Year, IReadOnlyList<ReportedCount> Live, IReadOnlyList<PublishedSum> PublishedSums)
{
    /// <summary>Returns true if the figures of some years have to be protected together.</summary>
    public static bool IsNeeded(PartnershipCatalogue catalogue) => CumulativeGrowth.GetMeasures(catalogue).Count > 0;

    public static OtherYear Create(PartnershipCatalogue catalogue, Period year, IEnumerable<SourcedObservation> live, DisclosureHistory history)
    {
        var measures = CumulativeGrowth.GetMeasures(catalogue);
        return new OtherYear(
            year,
            [.. CumulativeGrowth.GetLiveCounts(catalogue, live)],
            [.. history.PublishedSums.Where(published => published.Statement.Sum.Counts.Any(count => CumulativeFigure.Parse(count) is { } figure && measures.Contains(figure.Key.Measure)))]);
    }
}

/// <summary>A figure of a return for a period, read from the name of a count.</summary>
internal readonly record struct CumulativeFigure(ReturnId Return, Period Period, FigureKey Key, ReportedCount Count)
{
    private const string GrowthMark = "|growth since ";

    /// <returns>Null if the count is not a reported figure, but the growth of one.</returns>
    public static CumulativeFigure? Parse(ReportedCount count)
    {
        if (count.Figure.Contains(GrowthMark, StringComparison.Ordinal))
        {
            return null;
        }

        var key = ReturnKey.Parse(count.Return);
        return new CumulativeFigure(key.Return, key.Period, FigureKey.Parse(count.Figure[(count.Return.Length + 1)..]), count);
    }

    /// <summary>Returns the growth since an earlier figure, as a count of its own.</summary>
    public ReportedCount GetGrowthSince(CumulativeFigure earlier) =>
        new($"{Count.Figure}{GrowthMark}{earlier.Period}", Count.Value - earlier.Count.Value);
}

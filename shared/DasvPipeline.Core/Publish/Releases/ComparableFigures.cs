using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The published figures of a year with which the next year can be compared: complete ones that are not hidden.</summary>
/// <param name="Years">The value of each complete headline, by its id.</param>
/// <param name="Quarters">The value of each complete quarter, by headline and quarter (<see cref="CellId"/>).</param>
internal sealed record ComparableFigures(SortedDictionary<string, decimal> Years, SortedDictionary<string, decimal> Quarters)
{
    public static readonly ComparableFigures None = new(new(StringComparer.Ordinal), new(StringComparer.Ordinal));

    /// <summary>The published quarters of the annual report's tables; null without a report.</summary>
    public SortedDictionary<string, decimal?>? Report { get; init; }

    /// <summary>Returns the figures of a published year; none if it was not published.</summary>
    public static ComparableFigures From(LineageYear? year) => year is null ? None : new ComparableFigures(year.Comparable, year.Quarters ?? None.Quarters) { Report = year.Report };

    /// <param name="headlines">The headlines of a year after disclosure control.</param>
    public static ComparableFigures Create(IEnumerable<HeadlineFigures> headlines)
    {
        var (years, quarters) = (new SortedDictionary<string, decimal>(StringComparer.Ordinal), new SortedDictionary<string, decimal>(StringComparer.Ordinal));
        foreach (var figures in headlines)
        {
            var id = figures.Headline.Id.Value;
            if (figures.IsComplete)
            {
                years.Add(id, figures.Total.Value!.Value);
            }

            foreach (var (period, amount) in figures.Series)
            {
                var isComplete = !period.IsYear && !figures.HasGaps && !amount.HasGap && figures.MissingReturns.All(key => key.Period != period);
                if (isComplete && amount.Value is { } value)
                {
                    quarters.Add(CellId.Create(id, period.ToString()), value);
                }
            }
        }

        return new ComparableFigures(years, quarters);
    }

    /// <summary>
    /// Returns the value of the same months of this year: from April to the end of a quarter. Null if a quarter is incomplete or hidden. The
    /// percentage of several quarters cannot be calculated from those of each quarter, so it is null.
    /// </summary>
    /// <param name="lastQuarter">The last quarter of the year in progress.</param>
    public decimal? GetSameMonths(Headline headline, Period lastQuarter)
    {
        var quarters = lastQuarter.PreviousYear.Year.Quarters().Take(lastQuarter.Quarter).ToList();
        var values = quarters.ConvertAll(quarter => Quarters.TryGetValue(CellId.Create(headline.Id.Value, quarter.ToString()), out var value) ? value : (decimal?)null);
        return values.Contains(null) ? null : headline.Operation switch
        {
            Operation.Sum => values.Sum(),
            Operation.Latest => values[^1],
            _ => values.Count == 1 ? values[0] : null,
        };
    }
}

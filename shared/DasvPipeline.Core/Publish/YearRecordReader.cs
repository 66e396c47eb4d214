using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>Reads the private records of years. Reads each record once.</summary>
internal sealed class YearRecordReader(IFeedStore feed, PublishQueue queue)
{
    private readonly Dictionary<Period, (YearRecord? Record, string? ETag)> _read = [];

    /// <returns>Null for a year that was never published.</returns>
    /// <exception cref="InvalidOperationException">The record of a published year is missing.</exception>
    public async Task<(YearRecord? Record, string? ETag)> ReadAsync(Period year, CancellationToken ct)
    {
        if (_read.TryGetValue(year, out var known))
        {
            return known;
        }

        if (await feed.ReadYearRecordAsync(year, ct) is { } stored)
        {
            return _read[year] = (YearRecord.Parse(stored.Content.Span), stored.ETag);
        }

        // Without its history, the year could be published with too little suppression.
        return queue.Current?.Years.ContainsKey(year) == true ? throw new InvalidOperationException($"The record of {year} is missing.") : _read[year] = (null, null);
    }

    /// <summary>
    /// Reads what the nearest years before and after a year contribute to its disclosure control. Each of them passes on what it knows of
    /// years further away. Reads nothing if no published figure grows from year to year.
    /// </summary>
    /// <param name="isGrowthNew">False if the cumulative figures of the year are those of its record. Then records are used, but not read.</param>
    public async Task<IReadOnlyList<OtherYear>> ReadOtherYearsAsync(PartnershipCatalogue catalogue, Period year, bool isGrowthNew, CancellationToken ct)
    {
        if (!OtherYear.IsNeeded(catalogue))
        {
            return [];
        }

        var others = new List<OtherYear>();
        var known = queue.Years.Concat(queue.Current?.Years.Keys ?? []).Distinct().Order().ToList();
        foreach (var near in known.FindAll(other => other < year).TakeLast(1).Concat(known.FindAll(other => other > year).Take(1)))
        {
            if ((isGrowthNew || _read.ContainsKey(near)) && (await ReadAsync(near, ct)).Record is { } record)
            {
                others.Add(OtherYear.Create(catalogue, near, record.GetFigures(), DisclosureHistory.From(record.History)));
            }
        }

        return others;
    }
}

using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>
/// Rebuilds the figures in the records of the published years from the observations, and compares them. Changes nothing. For the
/// manager only.
/// </summary>
public sealed class VerifyFigures(PartnershipCatalogue catalogue, IReturnStore store, IFeedStore feed)
{
    /// <returns>Refused, with an obstacle for each difference, if a record has other figures than the observations.</returns>
    public async Task<Outcome> RunAsync(CancellationToken ct)
    {
        var (returns, differences, rebuilt) = (0, new List<string>(), new List<string>());
        foreach (var year in ((await feed.ReadCurrentAsync(ct))?.Years.Keys ?? []).Order())
        {
            if (await feed.ReadYearRecordAsync(year, ct) is not { } stored)
            {
                differences.Add($"{year} has no record. It cannot be published without its disclosure history.");
                continue;
            }

            var record = YearRecord.Parse(stored.Content.Span);
            returns += record.Returns.Count;
            if (record.CatalogueHash != catalogue.GetHash(year))
            {
                rebuilt.Add(year.ToString());
                continue;
            }

            var figures = await store.ReadVersionsAsync(catalogue, year, record.Versions, recorded: null, ct);
            differences.AddRange(record.FindDifferences(YearRecord.Create(catalogue, figures, DisclosureHistory.Empty))
                .Select(key => $"The record of {year} has other figures for {key} than its observations."));
        }

        var compared = string.Create(CultureInfo.InvariantCulture, $"We compared the figures of {returns} returns with their observations.");
        var later = rebuilt.Count == 0 ? string.Empty : $" The catalogue has changed, so the next publish reads the observations of {string.Join(", ", rebuilt)}.";
        return differences.Count == 0 ? Outcome.Done($"{compared} They are the same.{later}") : Outcome.Refused($"{compared} Some are different.{later}", differences);
    }
}

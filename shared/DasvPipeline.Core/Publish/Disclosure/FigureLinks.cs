using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// What an attacker knows about the figures of a year besides its published numbers: which figures are part of others, how cumulative
/// figures grew, and what other years have published of them.
/// </summary>
/// <param name="Statements">Relations between figures, which always hold.</param>
/// <param name="OtherYears">What other years have published of figures that grow from year to year.</param>
/// <param name="Remainders">Sums that could be worked out with the relations.</param>
internal sealed record FigureLinks(IReadOnlyList<PublishedSum> Statements, IReadOnlyList<PublishedSum> OtherYears, IReadOnlyList<ProtectedSum> Remainders)
{
    public static readonly FigureLinks None = new([], [], []);

    /// <param name="history">The disclosure history of the year.</param>
    /// <param name="otherYears">The years before and after it.</param>
    public static FigureLinks Create(PartnershipCatalogue catalogue, YearFigures year, DisclosureHistory history, IReadOnlyList<OtherYear> otherYears)
    {
        var (relations, remainders) = PartsAndWholes.Find(catalogue, year);
        var (growth, totals, known) = CumulativeGrowth.Find(catalogue, year, history, otherYears);
        return new FigureLinks([.. relations, .. growth], known, [.. remainders, .. totals]);
    }
}

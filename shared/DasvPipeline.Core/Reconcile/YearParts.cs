using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Core.Validate.Checks;

namespace DasvPipeline.Core.Reconcile;

/// <summary>Every figure that is due for a year, with its value if it was reported.</summary>
internal sealed class YearParts
{
    public YearParts(PartnershipCatalogue catalogue, YearFigures year)
    {
        (Catalogue, Year) = (catalogue, year);
        var given = year.Live.SelectMany(item => item.Observations, (item, observation) => (item.Key, observation))
            .ToDictionary(pair => (pair.Key, pair.observation.Key), pair => pair.observation);
        ByMeasure = catalogue.OwedIn(year.Year)
            .SelectMany(due => due.Form.Cells, (due, cell) => given.TryGetValue((due.Key, cell.Key), out var observation)
                ? new Part(due.Key, cell, observation.Figure, observation.Cell)
                : new Part(due.Key, cell, null, null))
            .ToLookup(part => part.Asked.Measure.Id);
    }

    public PartnershipCatalogue Catalogue { get; }

    public YearFigures Year { get; }

    public ILookup<MeasureId, Part> ByMeasure { get; }

    public bool IsMissing(Part part) => !Year.IsLive(part.From);

    /// <summary>Adds up figures in groups: by breakdown, or else by agency, or else by period.</summary>
    public IReadOnlyList<(string Label, Bounds Amount)> Split(IReadOnlyCollection<Part> parts)
    {
        if (parts.Select(part => part.Asked.Key).Distinct().Count() > 1)
        {
            var isOneMeasure = parts.Select(part => part.Asked.Measure).Distinct().Count() == 1;
            return Sums(parts.GroupBy(part => part.Asked.Key), group => LabelOf(group.Key, group.First().Asked.Measure, isOneMeasure));
        }

        return parts.Select(part => part.From.Return).Distinct().Count() > 1
            ? Sums(parts.GroupBy(part => part.From.Return), group => Catalogue.NameOf(group.Key.Agency))
            : Sums(parts.GroupBy(part => part.From.Period), group => group.Key.Label);
    }

    public IEnumerable<DiscrepancyFigure> Figures(IEnumerable<Part> parts) => parts
        .GroupBy(part => (part.Asked.Key, part.From.Return))
        .Select(group =>
        {
            var (asked, isStated) = (group.First().Asked, Stated.Is(group.Key.Key.Measure));
            var isRate = asked.Measure.Adds == Adds.Rate;
            var value = isRate && group.Count() > 1
                ? string.Join(", ", group.Select(part => FigureWords.Number(Bounds.Of(part.Figure), Quantity.Percent)))
                : FigureWords.Number(group.Aggregate(Bounds.Nought, (sum, part) => sum + Bounds.Of(part.Figure)), asked.Measure.Quantity);
            return new DiscrepancyFigure(
                LabelOf(group.Key.Key, asked.Measure, isOneMeasure: false), value, isStated ? "stated" : group.Key.Return.ToString(), Year.Year);
        });

    public IReadOnlyList<HeadlineId> HeadlinesOf(IEnumerable<MeasureId> measures)
    {
        var touched = measures.ToHashSet();
        return [.. Catalogue.Headlines.Where(headline => headline.Measures.Any(touched.Contains) || touched.Contains(Stated.Of(headline.Id))).Select(headline => headline.Id)];
    }

    public string AgenciesOf(IEnumerable<Part> parts) =>
        FigureWords.And(parts.Select(part => part.From.Return.Agency).Distinct().Select(Catalogue.NameOf));

    private string LabelOf(FigureKey key, Measure measure, bool isOneMeasure)
    {
        var codes = FigureWords.Codes(Catalogue, key);
        return codes.Length == 0 ? measure.Label : isOneMeasure ? codes : $"{measure.Label}, {codes}";
    }

    private static IReadOnlyList<(string Label, Bounds Amount)> Sums<T>(IEnumerable<IGrouping<T, Part>> groups, Func<IGrouping<T, Part>, string> label) =>
        [.. groups.Select(group => (label(group), group.Aggregate(Bounds.Nought, (sum, part) => sum + Bounds.Of(part.Figure))))];
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>Every figure that is due for a year, with its value if it was reported.</summary>
internal sealed class ExpectedFigures
{
    public ExpectedFigures(PartnershipCatalogue catalogue, YearFigures year)
    {
        (Catalogue, Year, Headlines, Checks) = (catalogue, year, [.. catalogue.GetHeadlines(year.Year)], catalogue.Checks.In(year.Year));
        var given = year.LiveReturns.SelectMany(item => item.Observations, (item, observation) => (item.Key, observation))
            .ToDictionary(pair => (pair.Key, pair.observation.Key), pair => pair.observation);
        ByMeasure = catalogue.GetReturnsDueIn(year.Year)
            .SelectMany(item => item.Form.Cells, (item, cell) => given.TryGetValue((item.Key, cell.Key), out var observation)
                ? new Term(item.Key, cell, observation.Figure, observation.Cell)
                : new Term(item.Key, cell, null, null))
            .ToLookup(part => part.FormCell.Measure.Id);
    }

    public PartnershipCatalogue Catalogue { get; }

    public YearFigures Year { get; }

    /// <summary>The headlines of the year, in the order of publication.</summary>
    public IReadOnlyList<Headline> Headlines { get; }

    /// <summary>The checks that apply to the year.</summary>
    public CheckSet Checks { get; }

    public ILookup<MeasureId, Term> ByMeasure { get; }

    public bool IsMissing(Term part) => !Year.IsLive(part.Return);

    /// <summary>Adds up figures in groups: by breakdown, or else by agency, or else by period.</summary>
    public IReadOnlyList<(string Label, Bounds Amount)> AddUpByGroup(IReadOnlyCollection<Term> parts)
    {
        if (parts.Select(part => part.FormCell.Key).Distinct().Count() > 1)
        {
            var isOneMeasure = parts.Select(part => part.FormCell.Measure).Distinct().Count() == 1;
            return Sums(parts.GroupBy(part => part.FormCell.Key), group => LabelOf(group.Key, group.First().FormCell.Measure, isOneMeasure));
        }

        return parts.Select(part => part.Return.Return).Distinct().Count() > 1
            ? Sums(parts.GroupBy(part => part.Return.Return), group => Catalogue.GetAgencyName(group.Key.Agency))
            : Sums(parts.GroupBy(part => part.Return.Period), group => group.Key.Label);
    }

    public IEnumerable<DiscrepancyFigure> Figures(IEnumerable<Term> parts) => parts
        .GroupBy(part => (part.FormCell.Key, part.Return.Return))
        .Select(group =>
        {
            var (asked, isStated) = (group.First().FormCell, StatedFigures.IsStated(group.Key.Key.Measure));
            var isRate = asked.Measure.Aggregation == Aggregation.Rate;
            var value = isRate && group.Count() > 1
                ? string.Join(", ", group.Select(part => FigureFormatter.FormatValue(Bounds.FromFigure(part.Figure), Quantity.Percent)))
                : FigureFormatter.FormatValue(group.Aggregate(Bounds.Zero, (sum, part) => sum + Bounds.FromFigure(part.Figure)), asked.Measure.Quantity);
            return new DiscrepancyFigure(
                LabelOf(group.Key.Key, asked.Measure, isOneMeasure: false), value, isStated ? "stated" : group.Key.Return.ToString(), Year.Year);
        });

    public IReadOnlyList<HeadlineId> GetHeadlines(IEnumerable<MeasureId> measures)
    {
        var touched = measures.ToHashSet();
        return [.. Headlines.Where(headline => headline.Measures.Any(touched.Contains) || touched.Contains(StatedFigures.GetMeasure(headline.Id))).Select(headline => headline.Id)];
    }

    public string FormatAgencies(IEnumerable<Term> parts) =>
        FindingText.JoinWithAnd(parts.Select(part => part.Return.Return.Agency).Distinct().Select(agency => Catalogue.GetAgencyName(agency)));

    private string LabelOf(FigureKey key, Measure measure, bool isOneMeasure)
    {
        var codes = FigureFormatter.FormatCodes(Catalogue, key);
        return codes.Length == 0 ? measure.Label : isOneMeasure ? codes : $"{measure.Label}, {codes}";
    }

    private static IReadOnlyList<(string Label, Bounds Amount)> Sums<T>(IEnumerable<IGrouping<T, Term>> groups, Func<IGrouping<T, Term>, string> label) =>
        [.. groups.Select(group => (label(group), group.Aggregate(Bounds.Zero, (sum, part) => sum + Bounds.FromFigure(part.Figure))))];
}

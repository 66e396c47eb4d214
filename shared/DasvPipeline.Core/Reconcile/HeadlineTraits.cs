using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Validate.Checks;

namespace DasvPipeline.Core.Reconcile;

/// <summary>Finds headlines whose definition makes them easy to misread, whatever their figures are.</summary>
internal static class HeadlineTraits
{
    public static IEnumerable<Discrepancy> In(YearParts year) =>
        year.Catalogue.Headlines.SelectMany(headline => new[] { MixedUnits(year, headline), NotTheYear(year, headline) }).OfType<Discrepancy>();

    private static Discrepancy? MixedUnits(YearParts year, Headline headline)
    {
        var parts = headline.Of.Select(measure => Side.Of([Term.Of(measure)], Breakdown.None, year.ByMeasure)).OfType<Side>()
            .Where(side => side.Parts.Any(part => part.IsKnown)).ToList();
        if (headline.Operation == Operation.Ratio || parts.Select(side => side.Parts[0].Asked.Measure.Unit).Distinct().Count() < 2)
        {
            return null;
        }

        var sum = parts.Aggregate(Bounds.Nought, (sum, side) => sum + side.Amount);
        var items = parts.Select(side =>
        {
            var measure = side.Parts[0].Asked.Measure;
            return $"{FigureWords.Number(side.Amount, side.Quantity)} {measure.Unit} (\"{measure.Label}\", {year.AgenciesOf(side.Parts)})";
        });
        return new Discrepancy(
            $"mixed-units/{headline.Id}",
            DiscrepancyKind.MixedUnits,
            $"The headline \"{headline.Title}\" adds {FigureWords.And(items)}. The total of {FigureWords.Number(sum, headline.Quantity)} counts neither. "
            + "Ask for a figure of the same kind from each, or publish them separately.",
            [.. year.Figures(parts.SelectMany(side => side.Parts))],
            [headline.Id],
            []);
    }

    private static Discrepancy? NotTheYear(YearParts year, Headline headline)
    {
        var parts = headline.Of.SelectMany(measure => year.ByMeasure[measure]).Where(part => part.Asked.Measure.Covers == Covers.Project && part.IsKnown).ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        var sum = parts.Aggregate(Bounds.Nought, (sum, part) => sum + Bounds.Of(part.Figure));
        return new Discrepancy(
            $"not-the-year/{headline.Id}",
            DiscrepancyKind.NotTheYear,
            $"The headline \"{headline.Title}\" counts {FigureWords.Number(sum, headline.Quantity)} {headline.Unit} over the whole project, not only in {year.Year.Year}. "
            + $"It cannot be compared with a figure for 1 year. Ask {year.AgenciesOf(parts)} for the figure for the year.",
            [.. year.Figures(parts)],
            [headline.Id],
            []);
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>Finds headlines whose definition makes them easy to misread, whatever their figures are.</summary>
internal static class HeadlineDiscrepancies
{
    public static IEnumerable<Discrepancy> Find(ExpectedFigures year) =>
        year.Headlines.SelectMany(headline => new[] { MixedUnits(year, headline), NotTheYear(year, headline) }).OfType<Discrepancy>();

    private static Discrepancy? MixedUnits(ExpectedFigures year, Headline headline)
    {
        var parts = headline.Numerators.Select(measure => Operand.Create([TermDefinition.ForMeasure(measure)], Breakdown.None, year.ByMeasure)).OfType<Operand>()
            .Where(side => side.Terms.Any(part => part.IsKnown)).ToList();
        if (headline.Operation == Operation.Ratio || parts.Select(side => side.Terms[0].FormCell.Measure.Unit).Distinct().Count() < 2)
        {
            return null;
        }

        var sum = parts.Aggregate(Bounds.Zero, (sum, side) => sum + side.Amount);
        var items = parts.Select(side =>
        {
            var measure = side.Terms[0].FormCell.Measure;
            return $"{FigureFormatter.FormatValue(side.Amount, side.Quantity)} {measure.Unit} (\"{measure.Label}\", {year.FormatAgencies(side.Terms)})";
        });
        return new Discrepancy(
            $"mixed-units/{headline.Id}",
            DiscrepancyKind.MixedUnits,
            $"The headline \"{headline.Title}\" adds {FindingText.JoinWithAnd(items)}. The total of {FigureFormatter.FormatValue(sum, headline.Quantity)} counts neither. "
            + "Ask for a figure of the same kind from each, or publish them separately.",
            [.. year.Figures(parts.SelectMany(side => side.Terms))],
            [headline.Id],
            []);
    }

    private static Discrepancy? NotTheYear(ExpectedFigures year, Headline headline)
    {
        var parts = headline.Numerators.SelectMany(measure => year.ByMeasure[measure]).Where(part => part.FormCell.Measure.Coverage == Coverage.Project && part.IsKnown).ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        var sum = parts.Aggregate(Bounds.Zero, (sum, part) => sum + Bounds.FromFigure(part.Figure));
        return new Discrepancy(
            $"not-the-year/{headline.Id}",
            DiscrepancyKind.CoversMoreThanYear,
            $"The headline \"{headline.Title}\" counts {FigureFormatter.FormatValue(sum, headline.Quantity)} {headline.Unit} over the whole project, not only in {year.Year.Year}. "
            + $"It cannot be compared with a figure for 1 year. Ask {year.FormatAgencies(parts)} for the figure for the year.",
            [.. year.Figures(parts)],
            [headline.Id],
            []);
    }
}

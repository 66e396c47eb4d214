using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>Applies the catalogue's comparisons to a whole year.</summary>
internal static class CheckDiscrepancies
{
    public static IEnumerable<Discrepancy> Find(ExpectedFigures year, ExpectedFigures? lastYear, IReadOnlyList<StatedComparison> all)
    {
        var reasons = new StatedFigureReasons(year, all);
        return year.Checks.Comparisons.SelectMany(check => FailedComparison.FindFailures(check, year.ByMeasure)).Select(comparison => ToDiscrepancy(year, lastYear, reasons, comparison));
    }

    private static Discrepancy ToDiscrepancy(ExpectedFigures year, ExpectedFigures? lastYear, StatedFigureReasons reasons, FailedComparison comparison)
    {
        var sides = comparison.LeftOperands.Append(comparison.RightOperand).ToList();
        var isStated = sides.Exists(IsStated);
        var place = string.Join('/', comparison.Breakdown.Codes().Select(code => code.Value));
        return new Discrepancy(
            place.Length == 0 ? comparison.Check.Id : $"{comparison.Check.Id}/{place}",
            isStated ? DiscrepancyKind.StatedDiffers : comparison.Check.CanBeLess ? DiscrepancyKind.PartExceedsWhole : DiscrepancyKind.TablesDiffer,
            isStated && !IsStated(comparison.LeftOperands[0]) ? ReportSentence(year, comparison) : TablesSentence(year, comparison),
            [.. year.Figures(sides.SelectMany(side => side.Terms))],
            year.GetHeadlines(comparison.Check.Terms.Select(term => term.Measure)),
            [.. Hints(year, lastYear, reasons, comparison).Distinct()]);
    }

    private static bool IsStated(Operand side) => side.Definitions.All(term => StatedFigures.IsStated(term.Measure));

    private static string ReportSentence(ExpectedFigures year, FailedComparison comparison)
    {
        var to = comparison.RightOperand;
        var asked = to.Terms[0].FormCell;
        var decimals = FailedComparison.DecimalsOf(to.Amount.Low);
        var places = comparison.Breakdown.Codes().Select(code => FigureFormatter.LabelOf(year.Catalogue, code.Key, code.Value)).ToList();
        var stated = StatedFigures.DescribeValue(FigureFormatter.FormatValue(to.Amount, to.Quantity), asked.Measure) + (places.Count == 0 ? string.Empty : $" ({string.Join(", ", places)})");
        var returns = comparison.LeftOperands is [var single]
            ? ComesTo(year, single, decimals)
            : "add up to " + FindingText.JoinWithAnd(comparison.LeftOperands.Select(of => $"{Rounded(of, decimals)} for {OperandDescription.Describe(year.Catalogue, of)}"));
        return $"{StatedFigures.DescribeLocation(year.Catalogue, asked.Key.Breakdown[StatedFigures.StatementDimension], isFirst: true)} states {stated}. The returns{SoFar(year, comparison)} {returns}. "
            + $"Correct the report, or ask {year.FormatAgencies(comparison.LeftOperands.SelectMany(of => of.Terms))}.";
    }

    private static string TablesSentence(ExpectedFigures year, FailedComparison comparison)
    {
        var catalogue = year.Catalogue;
        var to = $"{FigureFormatter.FormatValue(comparison.RightOperand.Amount, comparison.RightOperand.Quantity)} for {OperandDescription.Describe(catalogue, comparison.RightOperand)}";
        var of = FindingText.JoinWithAnd(comparison.LeftOperands.Select(side => $"{FigureFormatter.FormatValue(side.Amount, side.Quantity)} for {OperandDescription.Describe(catalogue, side)}"));
        var place = OperandDescription.DescribeBreakdown(catalogue, comparison.Breakdown) is { } where ? $"{where}, the" : "The";
        return $"{place} returns of {year.Year.Year}{SoFar(year, comparison)} give {of}, but {to}. "
            + (comparison.Check.CanBeLess ? "The first cannot be more than the second" : "Both should be the same number")
            + $". Ask {year.FormatAgencies(comparison.LeftOperands.Append(comparison.RightOperand).SelectMany(side => side.Terms))}.";
    }

    /// <summary>Words the sum of the returns: "come to 71% (April to June 2019 74%, …)".</summary>
    private static string ComesTo(ExpectedFigures year, Operand side, int decimals)
    {
        if (side.Quantity != Quantity.Percent)
        {
            return "add up to " + FigureFormatter.FormatValue(side.Amount, side.Quantity) + FormatParts(year.AddUpByGroup(side.Terms), side.Quantity);
        }

        return $"come to {Rounded(side, decimals)}" + FormatParts(year.AddUpByGroup(side.Terms), Quantity.Percent);
    }

    public static string FormatParts(IReadOnlyList<(string Label, Bounds Amount)> parts, Quantity quantity) => parts.Count < 2
        ? string.Empty
        : $" ({string.Join(", ", parts.Select(part => $"{part.Label} {FigureFormatter.FormatValue(part.Amount, quantity)}"))})";

    private static string SoFar(ExpectedFigures year, FailedComparison comparison) =>
        comparison.LeftOperands.Append(comparison.RightOperand).SelectMany(side => side.Terms).Any(year.IsMissing) ? " so far" : string.Empty;

    private static string Rounded(Operand side, int decimals) => side.Quantity == Quantity.Percent && side.Amount.IsExact
        ? FigureFormatter.FormatValue(decimal.Round(side.Amount.Low, decimals + 2, MidpointRounding.AwayFromZero), Quantity.Percent)
        : FigureFormatter.FormatValue(side.Amount, side.Quantity);

    private static IEnumerable<string> Hints(ExpectedFigures year, ExpectedFigures? lastYear, StatedFigureReasons reasons, FailedComparison comparison)
    {
        var isStated = comparison.RightOperand.Terms.Length == 1 && IsStated(comparison.RightOperand);
        foreach (var of in comparison.LeftOperands)
        {
            if (UnweightedMean(year, of, comparison.RightOperand) is { } mean)
            {
                yield return mean;
            }
            else if (isStated)
            {
                var figure = StatedComparison.Create(of, comparison.RightOperand, comparison.Breakdown, lastYear);
                if (StatedFigureReasons.Describe(reasons.Find(figure)) is { } hint)
                {
                    yield return hint;
                }
                else if (reasons.FindInReturns(figure) is { } reason)
                {
                    yield return reason.ToString();
                }
            }
            else if (of.Amount.IsExact && comparison.RightOperand.Amount.IsExact && !comparison.Check.CanBeLess
                && TypingMistakes.Find(comparison.RightOperand.Amount.Low, of.Amount.Low, of.Quantity) is { } mistake)
            {
                yield return mistake.ToString();
            }
        }

        if (Quarters(year, comparison) is { } quarters)
        {
            yield return quarters;
        }
    }

    /// <summary>Detects percentages that were averaged without weights.</summary>
    private static string? UnweightedMean(ExpectedFigures year, Operand of, Operand to)
    {
        if (of.Quantity != Quantity.Percent || of.Terms.Length < 2 || !of.Amount.IsExact || of.Terms[0].FormCell.Measure.Weight is not { } weight)
        {
            return null;
        }

        var mean = of.Terms.Average(part => part.Figure!.Value.Value!.Value);
        var decimals = FailedComparison.DecimalsOf(to.Amount.Low);
        return FailedComparison.AreEqual(Bounds.Exactly(mean), to.Amount, Quantity.Percent)
            ? $"{FigureFormatter.FormatValue(to.Amount, Quantity.Percent)} is the plain mean of the {of.Terms.Length} percentages. Weighted by \"{year.Catalogue.Measures[weight].Label}\", they come to {Rounded(of, decimals)}."
            : null;
    }

    /// <summary>Lists the quarters in which the two sides differ.</summary>
    private static string? Quarters(ExpectedFigures year, FailedComparison comparison)
    {
        var all = comparison.LeftOperands.Append(comparison.RightOperand).SelectMany(side => side.Terms).ToList();
        var quarters = all.Select(part => part.Return.Period).Distinct().Order().ToList();
        if (quarters.Exists(period => period.IsYear) || quarters.Count < 2 || comparison.LeftOperands is not [var of])
        {
            return null;
        }

        var differing = quarters.SelectMany(period =>
        {
            var parts = all.Where(part => part.Return.Period == period).ToLookup(part => part.FormCell.Measure.Id);
            return FailedComparison.FindFailures(comparison.Check, parts).Where(found => found.Breakdown == comparison.Breakdown)
                .Select(found => $"{period.Label} ({FigureFormatter.FormatValue(found.LeftOperands[0].Amount, of.Quantity)} and {FigureFormatter.FormatValue(found.RightOperand.Amount, of.Quantity)})");
        }).ToList();
        return differing.Count == 0 ? null : $"They differ in {FindingText.JoinWithAnd(differing)}.";
    }
}

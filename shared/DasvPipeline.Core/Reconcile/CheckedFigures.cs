using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Validate.Checks;

namespace DasvPipeline.Core.Reconcile;

/// <summary>Applies the catalogue's comparisons to a whole year.</summary>
internal static class CheckedFigures
{
    public static IEnumerable<Discrepancy> In(YearParts year) => year.Catalogue.Checks.Comparisons
        .SelectMany(check => Comparison.In(check, year.ByMeasure)).Select(comparison => ToDiscrepancy(year, comparison));

    private static Discrepancy ToDiscrepancy(YearParts year, Comparison comparison)
    {
        var sides = comparison.Of.Append(comparison.To).ToList();
        var isStated = sides.Exists(IsStated);
        var place = string.Join('/', comparison.Place.Codes().Select(code => code.Value));
        return new Discrepancy(
            place.Length == 0 ? comparison.Check.Id : $"{comparison.Check.Id}/{place}",
            isStated ? DiscrepancyKind.StatedDiffers : comparison.Check.MayBeLess ? DiscrepancyKind.PartAboveWhole : DiscrepancyKind.TablesDiffer,
            isStated && !IsStated(comparison.Of[0]) ? ReportSentence(year, comparison) : TablesSentence(year, comparison),
            [.. year.Figures(sides.SelectMany(side => side.Parts))],
            year.HeadlinesOf(comparison.Check.Terms.Select(term => term.Measure)),
            [.. Hints(year, comparison)]);
    }

    private static bool IsStated(Side side) => side.Terms.All(term => Stated.Is(term.Measure));

    private static string ReportSentence(YearParts year, Comparison comparison)
    {
        var to = comparison.To;
        var asked = to.Parts[0].Asked;
        var decimals = Comparison.DecimalsOf(to.Amount.Low);
        var places = comparison.Place.Codes().Select(code => FigureWords.LabelOf(year.Catalogue, code.Key, code.Value)).ToList();
        var stated = Stated.Counted(FigureWords.Number(to.Amount, to.Quantity), asked.Measure) + (places.Count == 0 ? string.Empty : $" ({string.Join(", ", places)})");
        var returns = comparison.Of is [var single]
            ? ComesTo(year, single, decimals)
            : "add up to " + FigureWords.And(comparison.Of.Select(of => $"{Rounded(of, decimals)} for {SideWords.Name(year.Catalogue, of)}"));
        return $"{Stated.Where(year.Catalogue, asked.Key.Breakdown[Stated.Statement], isFirst: true)} states {stated}. The returns{SoFar(year, comparison)} {returns}. "
            + $"Correct the report, or ask {year.AgenciesOf(comparison.Of.SelectMany(of => of.Parts))}.";
    }

    private static string TablesSentence(YearParts year, Comparison comparison)
    {
        var catalogue = year.Catalogue;
        var to = $"{FigureWords.Number(comparison.To.Amount, comparison.To.Quantity)} for {SideWords.Name(catalogue, comparison.To)}";
        var of = FigureWords.And(comparison.Of.Select(side => $"{FigureWords.Number(side.Amount, side.Quantity)} for {SideWords.Name(catalogue, side)}"));
        var place = SideWords.Place(catalogue, comparison.Place) is { } where ? $"{where}, the" : "The";
        return $"{place} returns of {year.Year.Year}{SoFar(year, comparison)} give {of}, but {to}. "
            + (comparison.Check.MayBeLess ? "The first cannot be more than the second" : "Both should be the same number")
            + $". Ask {year.AgenciesOf(comparison.Of.Append(comparison.To).SelectMany(side => side.Parts))}.";
    }

    /// <summary>Words the sum of the returns: "come to 71% (April to June 2019 74%, …)".</summary>
    private static string ComesTo(YearParts year, Side side, int decimals)
    {
        if (side.Quantity != Quantity.Percent)
        {
            return "add up to " + FigureWords.Number(side.Amount, side.Quantity) + Parts(year.Split(side.Parts), side.Quantity);
        }

        return $"come to {Rounded(side, decimals)}" + Parts(year.Split(side.Parts), Quantity.Percent);
    }

    public static string Parts(IReadOnlyList<(string Label, Bounds Amount)> parts, Quantity quantity) => parts.Count < 2
        ? string.Empty
        : $" ({string.Join(", ", parts.Select(part => $"{part.Label} {FigureWords.Number(part.Amount, quantity)}"))})";

    private static string SoFar(YearParts year, Comparison comparison) =>
        comparison.Of.Append(comparison.To).SelectMany(side => side.Parts).Any(year.IsMissing) ? " so far" : string.Empty;

    private static string Rounded(Side side, int decimals) => side.Quantity == Quantity.Percent && side.Amount.IsExact
        ? FigureWords.Number(decimal.Round(side.Amount.Low, decimals + 2, MidpointRounding.AwayFromZero), Quantity.Percent)
        : FigureWords.Number(side.Amount, side.Quantity);

    private static IEnumerable<string> Hints(YearParts year, Comparison comparison)
    {
        foreach (var of in comparison.Of)
        {
            if (UnweightedMean(year, of, comparison.To) is { } mean)
            {
                yield return mean;
            }

            if (Digits.Exchanged(comparison.To.Amount, of.Amount, of.Quantity) is { } exchanged)
            {
                yield return exchanged;
            }
        }

        if (Quarters(year, comparison) is { } quarters)
        {
            yield return quarters;
        }
    }

    /// <summary>Detects percentages that were averaged without weights.</summary>
    private static string? UnweightedMean(YearParts year, Side of, Side to)
    {
        if (of.Quantity != Quantity.Percent || of.Parts.Length < 2 || !of.Amount.IsExact || of.Parts[0].Asked.Measure.Weight is not { } weight)
        {
            return null;
        }

        var mean = of.Parts.Average(part => part.Figure!.Value.Value!.Value);
        var decimals = Comparison.DecimalsOf(to.Amount.Low);
        return Comparison.Agree(Bounds.Exactly(mean), to.Amount, Quantity.Percent)
            ? $"{FigureWords.Number(to.Amount, Quantity.Percent)} is the plain mean of the {of.Parts.Length} percentages. Weighted by \"{year.Catalogue.Measures[weight].Label}\", they come to {Rounded(of, decimals)}."
            : null;
    }

    /// <summary>Lists the quarters in which the two sides differ.</summary>
    private static string? Quarters(YearParts year, Comparison comparison)
    {
        var all = comparison.Of.Append(comparison.To).SelectMany(side => side.Parts).ToList();
        var quarters = all.Select(part => part.From.Period).Distinct().Order().ToList();
        if (quarters.Exists(period => period.IsYear) || quarters.Count < 2 || comparison.Of is not [var of])
        {
            return null;
        }

        var differing = quarters.SelectMany(period =>
        {
            var parts = all.Where(part => part.From.Period == period).ToLookup(part => part.Asked.Measure.Id);
            return Comparison.In(comparison.Check, parts).Where(found => found.Place == comparison.Place)
                .Select(found => $"{period.Label} ({FigureWords.Number(found.Of[0].Amount, of.Quantity)} and {FigureWords.Number(found.To.Amount, of.Quantity)})");
        }).ToList();
        return differing.Count == 0 ? null : $"They differ in {FigureWords.And(differing)}.";
    }
}

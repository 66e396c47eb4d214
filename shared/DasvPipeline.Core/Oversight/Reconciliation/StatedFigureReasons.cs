using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>
/// Looks for the reason why a stated figure differs from the returns. A reason fits the numbers exactly. The most specific
/// one is given. If several are equally specific, all are given and none is asserted.
/// </summary>
/// <param name="all">Every stated figure of the year, so that a figure in the wrong row is recognised.</param>
internal sealed class StatedFigureReasons(ExpectedFigures year, IReadOnlyList<StatedComparison> all)
{
    /// <summary>Parts of a smaller figure match by chance too often.</summary>
    private const decimal SmallestSum = 20;

    /// <summary>A smaller figure matches one of the many other figures of a return by chance too often.</summary>
    private const decimal SmallestOther = 100;

    private static readonly int[] RoundingSteps = [10, 100, 1000];

    /// <summary>Words the reasons: one as a fact and a question, several as facts only.</summary>
    public static string? Describe(IReadOnlyCollection<Reason> reasons) => reasons.Distinct().ToList() switch
    {
        [] => null,
        [var only] => only.ToString(),
        var several => $"{string.Join(' ', several.Select(reason => reason.Fact))} One of these may be the reason.",
    };

    /// <summary>Returns the reasons for a difference. Empty if there is no difference, or no reason fits.</summary>
    public IReadOnlyList<Reason> Find(StatedComparison figure)
    {
        if (figure.Difference is not var (stated, right))
        {
            return [];
        }

        if (FindSwappedPair(figure, stated, right) is { } pair)
        {
            return [pair];
        }

        List<Reason> sums = [.. FindInParts(figure, stated, right)];
        List<Reason> typed = [.. new[] { TypingMistakes.Find(stated, right, figure.Quantity), FindRounding(stated, right, figure.Quantity) }.OfType<Reason>().Take(1)];

        // A part of the figure often has a row of its own, so the row explains nothing more.
        var rows = sums.Count > 0 ? null : FindOtherRow(figure, stated);
        return [.. sums, .. typed, .. rows is { } row ? [row] : Array.Empty<Reason>()];
    }

    /// <summary>Finds the only figure in the returns whose typing mistake explains a difference from the report.</summary>
    public Reason? FindInReturns(StatedComparison figure)
    {
        if (figure.Difference is not var (stated, right) || figure.Quantity == Quantity.Percent)
        {
            return null;
        }

        var found = TypingMistakes.FindInSum(figure.Terms.Where(term => term.IsKnown), term => term.Figure!.Value.Value!.Value, stated - right, figure.Quantity);
        return found.Count == 0 ? null : new Reason($"The returns would agree {TypingMistakes.DescribeCorrections(found, NameOf, figure.Quantity)}.", "Was it mistyped?");
    }

    /// <summary>Names a figure of a return: ""Care coordinators" (Fenland) in April to June 2019".</summary>
    private string NameOf(Term term)
    {
        var codes = FigureFormatter.FormatCodes(year.Catalogue, term.FormCell.Key);
        return $"\"{term.FormCell.Measure.Label}\"{(codes.Length == 0 ? string.Empty : $" ({codes})")} from {year.Catalogue.GetAgencyName(term.Return.Return.Agency)} in {term.Return.Period.Label}";
    }

    /// <summary>Finds another figure of the report that has this one's value, while this one has its value.</summary>
    private Reason? FindSwappedPair(StatedComparison figure, decimal stated, decimal right)
    {
        var other = all.FirstOrDefault(other => IsOther(figure, other) && other.Cell.Table == figure.Cell.Table && other.IsStatedAs(right) && other.IsReturnedAs(stated));
        return other is null
            ? null
            : new Reason(
                $"The report states {Format(stated, figure.Quantity)} for \"{figure.Cell.Name}\" and {Format(right, figure.Quantity)} for \"{other.Cell.Name}\". The returns give them the other way round.",
                "Were 2 figures swapped?");
    }

    private Reason? FindOtherRow(StatedComparison figure, decimal stated)
    {
        var shown = Format(stated, figure.Quantity);
        var others = all.Where(other => IsOther(figure, other) && other.Cell.Measure.Id != figure.Cell.Measure.Id && other.IsReturnedAs(stated)).ToList();
        if (others.Find(other => other.Cell.Table == figure.Cell.Table && Math.Abs(other.Cell.Row - figure.Cell.Row) == 1) is { } next)
        {
            return new Reason($"{shown} is the figure for \"{next.Cell.Name}\", the row {(next.Cell.Row < figure.Cell.Row ? "above" : "below")}.", "Was the wrong row copied?");
        }

        return others.Count > 0
            ? new Reason($"{shown} is the figure for \"{others[0].Cell.Name}\".", "Was the wrong figure copied?")
            : FindInSameReturns(figure, stated) is { } label ? new Reason($"{shown} is the figure for \"{label}\" in the returns.", "Was the wrong figure copied?")
            : null;
    }

    /// <summary>Finds the only other measure in the same returns that comes to the stated number over the year.</summary>
    private string? FindInSameReturns(StatedComparison figure, decimal stated)
    {
        var own = figure.Terms.Select(term => term.FormCell.Measure.Id).ToHashSet();
        var labels = figure.Terms.Select(term => term.Return).Distinct().SelectMany(key => year.Catalogue.FindForm(key)?.Cells ?? []).Select(cell => cell.Measure).Distinct()
            .Where(measure => !own.Contains(measure.Id) && measure.Quantity == figure.Quantity && stated >= SmallestOther
                && Operand.Create([TermDefinition.ForMeasure(measure.Id)], Breakdown.None, year.ByMeasure)?.Amount is { IsExact: true, Low: var amount } && amount == stated)
            .Select(measure => measure.Label).ToList();
        return labels is [var only] ? only : null;
    }

    /// <summary>Compares the stated figure with what the parts of the right one add up to: quarters, agencies, areas, and the year before.</summary>
    private IEnumerable<Reason> FindInParts(StatedComparison figure, decimal stated, decimal right)
    {
        if (figure.Quantity == Quantity.Percent || right < SmallestSum)
        {
            yield break;
        }

        var (shown, total) = (Format(stated, figure.Quantity), Format(right, figure.Quantity));
        if (figure.LastYear is { } before && (stated == before || stated == right + before))
        {
            yield return stated == before
                ? new Reason($"{shown} is the figure for {year.Year.Year.PreviousYear}.", "Was last year's figure copied?")
                : new Reason($"{shown} is {total} for {year.Year.Year} and {Format(before, figure.Quantity)} for {year.Year.Year.PreviousYear}.", "Was last year added?");
        }

        if (figure.Terms.Any(term => !Bounds.FromFigure(term.Figure).IsExact || term.FormCell.Measure.Aggregation is not (Aggregation.Flow or Aggregation.Distinct)))
        {
            yield break;
        }

        var quarters = GroupSums(figure.Terms, term => term.Return.Period, period => period.Label);
        if (Matching(quarters, amount => right - amount == stated) is { } missing)
        {
            yield return new Reason($"{shown} is {total} without {missing}.", "Was a quarter left out, or is one counted twice in the returns?");
        }
        else if (Matching(quarters, amount => amount == stated) is { } only)
        {
            yield return new Reason($"{shown} is the figure for {only} alone.", "Were the other quarters left out?");
        }
        else if (Matching(quarters, amount => right + amount == stated) is { } twice)
        {
            yield return new Reason($"{shown} is {total} with {twice} counted twice.", "Was a quarter added twice?");
        }

        var groups = new[]
        {
            GroupSums(figure.Terms, term => term.Return.Return.Agency, year.Catalogue.GetAgencyName),
            GroupSums(figure.Terms, term => term.FormCell.Key, key => FigureFormatter.FormatCodes(year.Catalogue, key)),
            GroupSums(figure.Terms, term => term.FormCell.Measure, measure => $"\"{measure.Label}\""),
        };
        foreach (var group in groups)
        {
            if (Matching(group, amount => amount == stated) is { } alone)
            {
                yield return new Reason($"{shown} is the figure for {alone} alone.", "Were the others left out?");
                yield break;
            }

            if (Matching(group, amount => right - amount == stated) is { } without)
            {
                yield return new Reason($"{shown} is {total} without {without}.", "Was it left out?");
                yield break;
            }
        }
    }

    private static Reason? FindRounding(decimal stated, decimal right, Quantity quantity)
    {
        var unit = quantity == Quantity.Percent ? 0.01m : 1;
        foreach (var step in RoundingSteps.Select(step => step * unit).Where(step => right >= step && stated % step == 0))
        {
            var size = quantity == Quantity.Percent ? Format(step, quantity) : $"{step:#,0}";
            if (decimal.Round(right / step, MidpointRounding.AwayFromZero) * step == stated)
            {
                return new Reason($"{Format(stated, quantity)} is {Format(right, quantity)} rounded to the nearest {size}.", "Enter the exact figure.");
            }

            if (right >= 10 * step && step >= 100 && decimal.Floor(right / step) * step == stated)
            {
                return new Reason($"{Format(stated, quantity)} is {Format(right, quantity)} rounded down to a full {size}.", "Enter the exact figure.");
            }
        }

        return null;
    }

    /// <summary>Adds up figures in groups. Empty if there is only one group, because a part is then the whole.</summary>
    private static List<(string Name, decimal Amount)> GroupSums<T>(IReadOnlyList<Term> terms, Func<Term, T> keyOf, Func<T, string> nameOf)
    {
        var groups = terms.GroupBy(keyOf).Select(group => (nameOf(group.Key), group.Sum(term => term.Figure!.Value.Value!.Value))).ToList();
        return groups.Count > 1 ? groups : [];
    }

    /// <summary>Names the groups whose amount fits: "April to June 2019 or July to September 2019". Null if there are none.</summary>
    private static string? Matching(List<(string Name, decimal Amount)> groups, Func<decimal, bool> fits)
    {
        var names = groups.Where(group => group.Amount > 0 && group.Name.Length > 0 && fits(group.Amount)).Select(group => group.Name).ToList();
        return names.Count == 0 ? null : FindingText.JoinWithOr(names);
    }

    private static bool IsOther(StatedComparison figure, StatedComparison other) => other.Cell != figure.Cell && other.Quantity == figure.Quantity;

    private static string Format(decimal value, Quantity quantity) => FigureFormatter.FormatValue(value, quantity);
}

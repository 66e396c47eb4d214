using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>A figure that the report states, and the same figure from the returns.</summary>
/// <param name="Stated">The cell in which the report's figure was entered, with its value.</param>
/// <param name="Returned">Not exact if a return is missing or one of its figures is not known.</param>
/// <param name="Terms">The figures of the returns that are added up. Empty for a percentage of 2 counts.</param>
/// <param name="LastYear">The same figure of the year before; null if it is not known exactly.</param>
internal sealed record StatedComparison(Term Stated, Bounds Returned, IReadOnlyList<Term> Terms, decimal? LastYear)
{
    public FormCell Cell => Stated.FormCell;

    public Quantity Quantity => Cell.Measure.Quantity;

    /// <summary>The value in the report and the value from the returns, if both are known exactly and differ.</summary>
    public (decimal Stated, decimal Right)? Difference =>
        Bounds.FromFigure(Stated.Figure) is { IsExact: true, Low: var stated } && Returned.IsExact && !FailedComparison.AreEqual(Bounds.Exactly(stated), Returned, Quantity)
            ? (stated, Round(Returned.Low, stated))
            : null;

    /// <summary>Returns true if the report states this number, or for the other value if the returns give it.</summary>
    public bool IsStatedAs(decimal value) => Bounds.FromFigure(Stated.Figure) is { IsExact: true, Low: var stated } && stated == value;

    public bool IsReturnedAs(decimal value) => Returned.IsExact && Round(Returned.Low, value) == value;

    /// <summary>Lists every comparison of a stated figure with the returns: those of the headlines, and those of the catalogue's checks.</summary>
    public static IReadOnlyList<StatedComparison> CreateAll(ExpectedFigures year, ExpectedFigures? lastYear) =>
    [
        .. year.Headlines.SelectMany(headline => year.ByMeasure[StatedFigures.GetMeasure(headline.Id)].Select(term =>
        {
            var place = BreakdownTable.GetBreakdown(term.FormCell.Key);
            return new StatedComparison(
                term,
                HeadlineAmount.Calculate(headline, place, year),
                headline.Operation == Operation.Ratio ? [] : HeadlineAmount.GetTerms(headline, place, year),
                Exact(lastYear is null ? Bounds.Unknown : HeadlineAmount.Calculate(headline, place, lastYear)));
        })),
        .. year.Checks.Comparisons.Where(check => !check.CanBeLess && check.RightOperand is [var term] && StatedFigures.IsStated(term.Measure)).SelectMany(check =>
            FailedComparison.GetOperands(check, year.ByMeasure).SelectMany(operands => operands.Left.Where(_ => operands.Right.Terms.Length == 1)
                .Select(left => Create(left, operands.Right, operands.Breakdown, lastYear)))),
    ];

    /// <summary>Creates the comparison of one operand of a check with a stated figure.</summary>
    public static StatedComparison Create(Operand returned, Operand stated, Breakdown breakdown, ExpectedFigures? lastYear) => new(
        stated.Terms[0],
        returned.Amount,
        returned.Terms,
        Exact(lastYear is null ? Bounds.Unknown : Operand.Create(returned.Definitions, breakdown, lastYear.ByMeasure)?.Amount ?? Bounds.Unknown));

    private static decimal? Exact(Bounds amount) => amount is { IsExact: true, Low: > 0 } ? amount.Low : null;

    /// <summary>Rounds a percentage as roughly as the stated one.</summary>
    private decimal Round(decimal value, decimal stated) =>
        Quantity == Quantity.Percent ? decimal.Round(value, FailedComparison.DecimalsOf(stated) + 2, MidpointRounding.AwayFromZero) : value;
}

/// <summary>Calculates headlines from the returns, in total or for one breakdown.</summary>
internal static class HeadlineAmount
{
    public static Bounds Calculate(Headline headline, Breakdown place, ExpectedFigures year)
    {
        var of = Sum(headline.Numerators, place, year);
        if (headline.Operation != Operation.Ratio)
        {
            return of;
        }

        var over = Sum(headline.Denominators, place, year);
        return of.IsExact && over is { IsExact: true, Low: > 0 } ? Bounds.Exactly(of.Low / over.Low) : Bounds.Unknown;
    }

    public static IReadOnlyList<Term> GetTerms(Headline headline, Breakdown place, ExpectedFigures year) =>
        [.. Operands(headline.Numerators, place, year).SelectMany(operand => operand?.Terms ?? [])];

    private static Bounds Sum(IEnumerable<MeasureId> measures, Breakdown place, ExpectedFigures year)
    {
        var operands = Operands(measures, place, year).ToList();
        return operands.Exists(operand => operand is null) ? Bounds.Unknown : operands.Aggregate(Bounds.Zero, (sum, operand) => sum + operand!.Amount);
    }

    private static IEnumerable<Operand?> Operands(IEnumerable<MeasureId> measures, Breakdown place, ExpectedFigures year) =>
        measures.Select(measure => Operand.Create([TermDefinition.ForMeasure(measure)], place, year.ByMeasure));
}

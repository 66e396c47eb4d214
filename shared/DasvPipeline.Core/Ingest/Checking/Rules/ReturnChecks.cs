using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>Applies the checks of the catalogue to the figures of one return. A failed check is a query and never an error.</summary>
internal sealed class ReturnChecks(
    PartnershipCatalogue catalogue, Form form, Period period, IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted)
{
    private const string Ask = " If it is right, say why in the notes. If not, correct it.";

    private readonly FormChecks _checks = catalogue.GetChecks(form, period);

    public IEnumerable<Finding> Run(IReadOnlyList<ValidFigure> figures)
    {
        if (_checks.ChecksByMeasure.Count == 0 && _checks.Comparisons.IsEmpty)
        {
            return [];
        }

        var reasons = new ChangeReasons(form, period, _checks, figures);
        var shifted = ShiftedRows.Find(period, figures, accepted);
        var shiftedCells = shifted.SelectMany(finding => finding.OtherCells.Prepend(finding.Cell!.Value)).ToHashSet();
        return [
            .. shifted,
            .. figures.Where(valid => !shiftedCells.Contains(valid.Source.Address)).Select(valid => CheckFigure(valid, reasons)).OfType<Finding>(),
            .. Compare(figures),
        ];
    }

    /// <summary>Returns at most one query for a figure: outside its range, or else far from an earlier figure.</summary>
    private Finding? CheckFigure(ValidFigure valid, ChangeReasons reasons)
    {
        var (key, measure) = (valid.Source.FormCell.Key, valid.Source.FormCell.Measure);
        if (valid.Figure.Value is not { } value || !_checks.ChecksByMeasure.TryGetValue(measure.Id, out var checks))
        {
            return null;
        }

        foreach (var check in checks.Ranges)
        {
            if ((value < check.Min || value > check.Max) && check.Terms.Any(term => term.Includes(key)))
            {
                return CreateQuery(valid, Codes.Implausible, value, $"is unlikely. It is usually {FigureFormatter.FormatRange(check.Min, check.Max, measure.Quantity)}.{FindReason(valid, value, reasons)}");
            }
        }

        string? code = null, reason = null;
        var earlierFigures = new List<string>();
        foreach (var check in checks.Changes)
        {
            var earlierPeriod = check.ComparisonBase == ComparisonBase.LastPeriod ? period.Previous : period.PreviousYear;
            if (measure.IsComparable(earlierPeriod, period) && accepted.TryGetValue(earlierPeriod, out var figures) && figures.TryGetValue(key, out var figure) && figure.Value is { } before
                && check.IsFar(value, before) && (check.Terms.IsEmpty || check.Terms.Any(term => term.Includes(key))))
            {
                code ??= check.ComparisonBase == ComparisonBase.LastPeriod ? Codes.FarFromLastPeriod : Codes.FarFromLastYear;
                reason ??= reasons.Find(valid, value, before, figures, earlierPeriod);
                earlierFigures.Add($"{FigureFormatter.FormatValue(before, measure.Quantity)} in {earlierPeriod.Label}");
            }
        }

        return code is null ? null : CreateQuery(valid, code, value, $"is far from {FindingText.JoinWithAnd(earlierFigures.Distinct())}.{(reason is null ? string.Empty : $" {reason}")}");
    }

    /// <summary>Compares a figure with the last accepted one, and returns the question about the reason, after a space.</summary>
    private string FindReason(ValidFigure valid, decimal value, ChangeReasons reasons)
    {
        foreach (var earlierPeriod in new[] { period.Previous, period.PreviousYear })
        {
            if (valid.Source.FormCell.Measure.IsComparable(earlierPeriod, period) && accepted.TryGetValue(earlierPeriod, out var figures) && figures.TryGetValue(valid.Source.FormCell.Key, out var figure) && figure.Value is { } before
                && reasons.Find(valid, value, before, figures, earlierPeriod) is { } reason)
            {
                return $" {reason}";
            }
        }

        return string.Empty;
    }

    private Finding CreateQuery(ValidFigure valid, string code, decimal value, string reason)
    {
        var (key, measure) = (valid.Source.FormCell.Key, valid.Source.FormCell.Measure);
        var codes = FigureFormatter.FormatCodes(catalogue, key);
        var name = codes.Length == 0 ? measure.Label : $"{measure.Label}, {codes}";
        return Finding.Query(code, valid.Source.Address, $"{FigureFormatter.FormatValue(value, measure.Quantity)} for \"{name}\" {reason}{Ask}", new FindingSubject(key, value));
    }

    private IEnumerable<Finding> Compare(IReadOnlyList<ValidFigure> figures)
    {
        if (_checks.Comparisons.IsEmpty)
        {
            return [];
        }

        var given = new Dictionary<int, ValidFigure>(figures.Count);
        foreach (var valid in figures)
        {
            given.TryAdd(valid.Source.FormCell.Index, valid); // a repeated row is already an error
        }

        var parts = form.Cells.Select(cell => given.TryGetValue(cell.Index, out var valid)
            ? new Term(new ReturnKey(form.Return, period), cell, valid.Figure, valid.Source.Address)
            : new Term(new ReturnKey(form.Return, period), cell, null, null)).ToLookup(part => part.FormCell.Measure.Id);
        return [
            .. _checks.Comparisons.SelectMany(check => FailedComparison.FindFailures(check, parts)).SelectMany(comparison => CreateFindings(comparison, given)),
            .. _checks.Comparisons.Where(check => check.IsUsuallyLess).SelectMany(check => FailedComparison.GetOperands(check, parts))
                .SelectMany(operands => operands.Left.Where(left => IsSame(left.Amount, operands.Right.Amount)).Select(left => CreateSameAsWhole(operands.Breakdown, left, operands.Right, given))),
        ];
    }

    private static bool IsSame(Bounds part, Bounds whole) => part is { IsExact: true, Low: > 0 } && whole.IsExact && part.Low == whole.Low;

    private Finding CreateSameAsWhole(Breakdown breakdown, Operand part, Operand whole, Dictionary<int, ValidFigure> given) => CreateComparison(
        Codes.SameAsWhole,
        breakdown,
        part,
        whole,
        $"{Amount(part)}, and so is {OperandDescription.Describe(catalogue, whole)}. The first is usually less. Was the same figure entered twice? If it is right, say why in the notes.",
        given);

    private IEnumerable<Finding> CreateFindings(FailedComparison comparison, Dictionary<int, ValidFigure> given) => comparison.LeftOperands.Select(operand =>
    {
        var message = comparison.Check.CanBeLess
            ? $"{Amount(operand)}, but {Amount(comparison.RightOperand)}. "
              + "The first figure is part of the second, so it cannot be more. Correct the one that is wrong, or explain it in the notes."
            : $"{Amount(operand)}, but {Amount(comparison.RightOperand)}. They should be equal.{WhyUnequal(operand, comparison.RightOperand)} Correct the one that is wrong, or say in the notes why they differ.";
        return CreateComparison(comparison.Check.CanBeLess ? Codes.PartAboveWhole : Codes.TablesDiffer, comparison.Breakdown, operand, comparison.RightOperand, message, given);
    });

    private Finding CreateComparison(string code, Breakdown breakdown, Operand left, Operand right, string message, Dictionary<int, ValidFigure> given)
    {
        var compared = left.Terms.Concat(right.Terms).Where(part => part.Address is not null).ToList();
        var cells = compared.ConvertAll(part => part.Address!.Value);
        return Finding.Query(code, cells[0], OperandDescription.DescribeBreakdown(catalogue, breakdown) is { } place ? $"{place}, {message}" : message) with
        {
            OtherCells = cells[1..],
            Explanation = compared.Select(part => given[part.FormCell.Index].Source.Note).FirstOrDefault(note => note is not null),
        };
    }

    /// <summary>Names the only figure whose correction, by a single typing mistake, would make 2 sums equal.</summary>
    private static string WhyUnequal(Operand left, Operand right)
    {
        if (!left.Amount.IsExact || !right.Amount.IsExact || left.Quantity == Quantity.Percent)
        {
            return string.Empty;
        }

        var difference = right.Amount.Low - left.Amount.Low;
        List<(Term Item, decimal Right)> found =
        [
            .. TypingMistakes.FindInSum(left.Terms, ValueOf, difference, left.Quantity),
            .. TypingMistakes.FindInSum(right.Terms, ValueOf, -difference, left.Quantity),
        ];
        return found.Count is 1 or 2
            ? $" They would be {TypingMistakes.DescribeCorrections(found, term => $"\"{term.FormCell.Name}\"", left.Quantity)}. Was it mistyped?"
            : string.Empty;

        static decimal ValueOf(Term term) => term.Figure?.Value ?? 0;
    }

    private string Amount(Operand side) =>
        $"{OperandDescription.Describe(catalogue, side)} {(side.Terms.Length > 1 ? "adds up to" : "is")} {FigureFormatter.FormatValue(side.Amount, side.Quantity)}";
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Validate.Checks;

/// <summary>Applies the checks of the catalogue to the figures of one return. A failed check is a query and never an error.</summary>
internal sealed class ReturnChecks(
    PartnershipCatalogue catalogue, Form form, Period period, IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted)
{
    private const string Ask = " If it is right, say why in the notes. If not, correct it.";

    private readonly FormChecks _checks = catalogue.ChecksOf(form);

    public IEnumerable<Finding> Run(IReadOnlyList<ValidFigure> figures)
    {
        if (_checks.ByMeasure.Count == 0 && _checks.Comparisons.IsEmpty)
        {
            return [];
        }

        return figures.Select(CheckFigure).OfType<Finding>().Concat(Compare(figures));
    }

    /// <summary>Returns at most one query for a figure: outside its range, or else far from an earlier figure.</summary>
    private Finding? CheckFigure(ValidFigure valid)
    {
        var (key, measure) = (valid.Found.Asked.Key, valid.Found.Asked.Measure);
        if (valid.Figure.Value is not { } value || !_checks.ByMeasure.TryGetValue(measure.Id, out var checks))
        {
            return null;
        }

        foreach (var check in checks.Ranges)
        {
            if ((value < check.Min || value > check.Max) && check.Each.Any(term => term.Includes(key)))
            {
                return CreateQuery(valid, Codes.Implausible, value, $"is unlikely. It is usually {Usual(check, measure)}.");
            }
        }

        string? code = null;
        var earlierFigures = new List<string>();
        foreach (var check in checks.Changes)
        {
            var earlierPeriod = check.From == Earlier.LastPeriod ? period.Previous : period.PreviousYear;
            if (accepted.TryGetValue(earlierPeriod, out var figures) && figures.TryGetValue(key, out var figure) && figure.Value is { } before
                && check.IsFar(value, before) && (check.Each.IsEmpty || check.Each.Any(term => term.Includes(key))))
            {
                code ??= check.From == Earlier.LastPeriod ? Codes.FarFromLastPeriod : Codes.FarFromLastYear;
                earlierFigures.Add($"{FigureWords.Number(before, measure.Quantity)} in {earlierPeriod.Label}");
            }
        }

        return code is null ? null : CreateQuery(valid, code, value, $"is far from {FigureWords.And(earlierFigures.Distinct())}.");
    }

    private Finding CreateQuery(ValidFigure valid, string code, decimal value, string reason)
    {
        var (key, measure) = (valid.Found.Asked.Key, valid.Found.Asked.Measure);
        var codes = FigureWords.Codes(catalogue, key);
        var name = codes.Length == 0 ? measure.Label : $"{measure.Label}, {codes}";
        return Finding.Query(code, valid.Found.At, $"{FigureWords.Number(value, measure.Quantity)} for \"{name}\" {reason}{Ask}", new FindingSubject(key, value));
    }

    private static string Usual(RangeCheck check, Measure measure) => (check.Min, check.Max) switch
    {
        ({ } min, { } max) => $"between {FigureWords.Number(min, measure.Quantity)} and {FigureWords.Number(max, measure.Quantity)}",
        ({ } min, _) => $"{FigureWords.Number(min, measure.Quantity)} or more",
        (_, var max) => $"{FigureWords.Number(max ?? 0, measure.Quantity)} or less",
    };

    private IEnumerable<Finding> Compare(IReadOnlyList<ValidFigure> figures)
    {
        if (_checks.Comparisons.IsEmpty)
        {
            return [];
        }

        var given = new Dictionary<int, ValidFigure>(figures.Count);
        foreach (var valid in figures)
        {
            given.TryAdd(valid.Found.Asked.Index, valid); // a repeated row is already an error
        }

        var parts = form.Cells.Select(cell => given.TryGetValue(cell.Index, out var valid)
            ? new Part(new ReturnKey(form.Return, period), cell, valid.Figure, valid.Found.At)
            : new Part(new ReturnKey(form.Return, period), cell, null, null)).ToLookup(part => part.Asked.Measure.Id);
        return _checks.Comparisons.SelectMany(check => Comparison.In(check, parts)).SelectMany(comparison => CreateFindings(comparison, given));
    }

    private IEnumerable<Finding> CreateFindings(Comparison comparison, Dictionary<int, ValidFigure> given) => comparison.Of.Select(operand =>
    {
        var compared = operand.Parts.Concat(comparison.To.Parts).Where(part => part.At is not null).ToList();
        var cells = compared.ConvertAll(part => part.At!.Value);
        var message = comparison.Check.MayBeLess
            ? $"{Amount(operand)}, but {Amount(comparison.To)}. "
              + "The first figure is part of the second, so it cannot be more. Correct the one that is wrong, or explain it in the notes."
            : $"{Amount(operand)}, but {Amount(comparison.To)}. They should be equal. Correct the one that is wrong, or say in the notes why they differ.";
        message = SideWords.Place(catalogue, comparison.Place) is { } place ? $"{place}, {message}" : message;
        return Finding.Query(comparison.Check.MayBeLess ? Codes.PartAboveWhole : Codes.TablesDiffer, cells[0], message) with
        {
            OtherCells = cells[1..],
            Explanation = compared.Select(part => given[part.Asked.Index].Found.Note).FirstOrDefault(note => note is not null),
        };
    });

    private string Amount(Side side) =>
        $"{SideWords.Name(catalogue, side)} {(side.Parts.Length > 1 ? "adds up to" : "is")} {FigureWords.Number(side.Amount, side.Quantity)}";
}

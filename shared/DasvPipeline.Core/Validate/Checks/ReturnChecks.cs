using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Validate.Checks;

/// <summary>Holds one return's figures to the checks of the catalogue. What does not hold is doubted, and never refused.</summary>
internal sealed class ReturnChecks(
    PartnershipCatalogue catalogue, Form form, Period period, IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted)
{
    private const string Ask = " If it is right, say why in the notes; if not, correct it.";

    private readonly FormChecks _checks = catalogue.ChecksOf(form);

    public IEnumerable<Finding> Run(IReadOnlyList<ValidFigure> figures)
    {
        if (_checks.ByMeasure.Count == 0 && _checks.Comparisons.IsEmpty)
        {
            return [];
        }

        return figures.Select(Bounded).OfType<Finding>().Concat(Compare(figures));
    }

    /// <summary>One question for one figure: beyond all likelihood, or else far from what was accepted before.</summary>
    private Finding? Bounded(ValidFigure valid)
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
                return Doubt(valid, Codes.Implausible, value, $"is not likely: it is usually {Usual(check, measure)}.");
            }
        }

        string? code = null;
        var befores = new List<string>();
        foreach (var check in checks.Changes)
        {
            var then = check.From == Earlier.LastPeriod ? period.Previous : period.PreviousYear;
            if (accepted.TryGetValue(then, out var figures) && figures.TryGetValue(key, out var figure) && figure.Value is { } before
                && check.IsFar(value, before) && (check.Each.IsEmpty || check.Each.Any(term => term.Includes(key))))
            {
                code ??= check.From == Earlier.LastPeriod ? Codes.FarFromLastPeriod : Codes.FarFromLastYear;
                befores.Add($"the {FigureWords.Number(before, measure.Quantity)} of {then.Label}");
            }
        }

        return code is null ? null : Doubt(valid, code, value, $"is far from {FigureWords.And(befores.Distinct())}.");
    }

    private Finding Doubt(ValidFigure valid, string code, decimal value, string why)
    {
        var (key, measure) = (valid.Found.Asked.Key, valid.Found.Asked.Measure);
        var codes = FigureWords.Codes(catalogue, key);
        var name = codes.Length == 0 ? measure.Label : $"{measure.Label}, {codes}";
        return Finding.Query(code, valid.Found.At, $"{FigureWords.Number(value, measure.Quantity)} for \"{name}\" {why}{Ask}", new FindingSubject(key, value));
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
            given.TryAdd(valid.Found.Asked.Index, valid); // a row that is there twice is an error already
        }

        var parts = form.Cells.Select(cell => given.TryGetValue(cell.Index, out var valid)
            ? new Part(new ReturnKey(form.Return, period), cell, valid.Figure, valid.Found.At)
            : new Part(new ReturnKey(form.Return, period), cell, null, null)).ToLookup(part => part.Asked.Measure.Id);
        return _checks.Comparisons.SelectMany(check => Comparison.In(check, parts)).SelectMany(comparison => Tell(comparison, given));
    }

    private IEnumerable<Finding> Tell(Comparison comparison, Dictionary<int, ValidFigure> given) => comparison.Of.Select(of =>
    {
        var compared = of.Parts.Concat(comparison.To.Parts).Where(part => part.At is not null).ToList();
        var cells = compared.ConvertAll(part => part.At!.Value);
        var message = comparison.Check.MayBeLess
            ? $"{Amount(of)}, which is more than the {FigureWords.Number(comparison.To.Amount, of.Quantity)} of {SideWords.Name(catalogue, comparison.To)}. "
              + "It counts some of them and cannot be more: correct whichever is wrong, or say in the notes how it can be."
            : $"{Amount(of)}, but {Amount(comparison.To)}. Both should be the same number: correct whichever is wrong, or say in the notes why they differ.";
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

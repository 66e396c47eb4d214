using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Validate.Checks;

namespace DasvPipeline.Core.Validate;

/// <summary>A figure that was asked for and understood.</summary>
public readonly record struct ValidFigure(FoundFigure Found, Figure Figure);

/// <summary>The figures of a file, and everything that is to be said of it.</summary>
public sealed record Validated(IReadOnlyList<ValidFigure> Figures, IReadOnlyList<Finding> Findings)
{
    public bool IsAccepted => Findings.All(finding => finding.Severity != Severity.Error);
}

/// <summary>
/// Checks what was read: figure by figure, against the totals beside it, and by the checks of the catalogue. Reports
/// everything, never only the first.
/// </summary>
public static class Validation
{
    /// <param name="accepted">What other periods of this return were accepted with, as far as they are held against this one.</param>
    public static Validated Check(
        PartnershipCatalogue catalogue,
        Form form,
        Period period,
        Reading reading,
        IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted)
    {
        var findings = new List<Finding>(reading.Findings);
        var figures = new List<ValidFigure>(reading.Figures.Count);
        var understood = new Dictionary<CellRef, Figure>(reading.Totals.Count == 0 ? 0 : reading.Figures.Count);
        var blanks = new List<FoundFigure>();
        foreach (var found in reading.Figures)
        {
            if (found.Cell is { IsBlank: true, IsFormula: false })
            {
                blanks.Add(found);
                continue;
            }

            var (figure, finding) = FigureText.Read(found.Cell, found.At, found.Asked.Measure);
            if (finding is not null)
            {
                findings.Add(finding);
            }

            if (figure is { } value)
            {
                figures.Add(new ValidFigure(found, found.Note is null ? value : value with { Note = Join(value.Note, found.Note) }));
                if (reading.Totals.Count > 0)
                {
                    understood[found.At] = value;
                }
            }
        }

        if (figures.Count == 0 && findings.TrueForAll(finding => finding.Severity != Severity.Error))
        {
            findings.Add(Finding.Error(Codes.NoFigures, null, "The tables were found, but no figures were filled in. Fill them in, with 0 where there was none, and upload the file again."));
        }
        else
        {
            findings.AddRange(blanks.Select(Blank));
        }

        CheckOthers(reading.OtherPeriods, accepted, findings, understood);
        foreach (var total in reading.Totals)
        {
            CheckTotal(total, understood, findings);
        }

        findings.AddRange(new ReturnChecks(catalogue, form, period, accepted).Run(figures));
        AddTraits(reading, findings);
        return new Validated(figures, AlikeFindings.Fold(Sort(SameCause.Told(reading.Figures, Explained(reading.Figures, findings)))));
    }

    /// <summary>What the agency wrote in the notes beside a figure answers what would be asked about it.</summary>
    private static List<Finding> Explained(IReadOnlyList<FoundFigure> figures, List<Finding> findings)
    {
        var notes = figures.Where(found => found.Note is not null).ToLookup(found => found.Asked.Key, found => found.Note);
        return findings.ConvertAll(finding => finding is { Severity: Severity.Query, About: { } about } && notes[about.Figure].FirstOrDefault() is { } note
            ? finding with { Explanation = note }
            : finding);
    }

    private static Finding Blank(FoundFigure found) => Finding.Query(
        Codes.Blank,
        found.At,
        $"No figure was given for \"{found.Asked.Name}\". A blank is not nought: enter 0 if there was none, or [x] if the figure is not available.",
        new FindingSubject(found.Asked.Key, null));

    private static void CheckOthers(
        IReadOnlyList<OtherFigure> others,
        IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted,
        List<Finding> findings,
        Dictionary<CellRef, Figure> understood)
    {
        foreach (var other in others.Where(other => !other.Cell.IsBlank))
        {
            if (FigureText.Read(other.Cell, other.At, other.Asked.Measure).Figure is not { } shown)
            {
                continue; // a column that is not read this time is not held against the agency
            }

            understood[other.At] = shown;
            if (accepted.TryGetValue(other.Period, out var then) && then.TryGetValue(other.Asked.Key, out var held)
                && held.Value is { } before && shown.Value is { } now && before != now)
            {
                findings.Add(Finding.Query(
                    Codes.OtherPeriodDiffers,
                    other.At,
                    $"For {other.Period.Label} this file shows {FigureWords.Number(now, other.Asked.Measure.Quantity)} for \"{other.Asked.Name}\", but {FigureWords.Number(before, other.Asked.Measure.Quantity)} was accepted then. "
                    + $"If it has to be corrected, send the file for {other.Period} as well.",
                    new FindingSubject(other.Asked.Key, now)));
            }
        }
    }

    private static void CheckTotal(FoundTotal total, Dictionary<CellRef, Figure> understood, List<Finding> findings)
    {
        var measure = total.Parts[0].Asked.Measure;
        if (total.Cell.IsBlank || total.Parts.Any(part => part.Asked.Measure.Adds != Adds.Flow && part.Asked.Measure.Adds != Adds.Distinct))
        {
            return;
        }

        var (figure, finding) = FigureText.Read(total.Cell, total.At, measure);
        if (figure is not { Value: { } stated })
        {
            if (finding is { Severity: Severity.Error })
            {
                findings.Add(finding);
            }

            return;
        }

        var (sum, sumOfNumbers) = (0m, 0m);
        var isEstimate = (figure.Value.Markers & Markers.Estimated) != 0;
        foreach (var part in total.Parts.Where(part => !part.Cell.IsBlank))
        {
            if (!understood.TryGetValue(part.At, out var value) || value.Value is null)
            {
                return; // a part is not known, so neither is the sum
            }

            sum += value.Value.Value;
            sumOfNumbers += part.Cell.Kind == CellKind.Number ? value.Value.Value : 0;
            isEstimate |= (value.Markers & Markers.Estimated) != 0;
        }

        // A spreadsheet's own SUM leaves out what is written as text, such as "37 approx".
        if (sum != stated && !(total.Cell.IsFormula && sumOfNumbers == stated))
        {
            var message = $"The total of \"{total.Label}\" is {FigureWords.Number(stated, measure.Quantity)}, but its parts add up to {FigureWords.Number(sum, measure.Quantity)}. Correct whichever is wrong.";
            findings.Add(isEstimate ? Finding.Query(Codes.TotalDiffers, total.At, message) : Finding.Error(Codes.TotalDiffers, total.At, message));
        }
    }

    /// <summary>What is said once of a file, not once for each cell.</summary>
    private static void AddTraits(Reading reading, List<Finding> findings)
    {
        if (reading.Figures.All(found => found.Cell.Traits is CellTraits.None or CellTraits.Percent))
        {
            return;
        }

        var formulas = reading.Figures.Where(found => found.Cell is { IsFormula: true, Kind: not (CellKind.Blank or CellKind.Error) }).ToList();
        if (formulas.Count > 0)
        {
            findings.Add(Finding.Note(Codes.FormulaValueUsed, formulas[0].At, $"The results that were saved with formulas were used, in {Plural.Of(formulas.Count, "cell")}."));
        }

        foreach (var sheet in reading.Figures.Where(found => found.Cell.IsHidden).GroupBy(found => found.At.Sheet))
        {
            findings.Add(Finding.Query(
                Codes.HiddenFigures, sheet.First().At, $"Figures were read from hidden cells, {sheet.Count()} in all. Show them, and check that they are meant."));
        }
    }

    private static string Join(string? first, string second) => first is null ? second : $"{first}; {second}";

    /// <summary>Errors first, then as the agency meets them going down its sheets.</summary>
    private static List<Finding> Sort(List<Finding> findings) => [.. findings
        .OrderByDescending(finding => finding.Severity)
        .ThenBy(finding => finding.Cell?.Sheet, StringComparer.Ordinal)
        .ThenBy(finding => finding.Cell?.Row)
        .ThenBy(finding => finding.Cell?.Column)
        .ThenBy(finding => finding.Code, StringComparer.Ordinal)];
}

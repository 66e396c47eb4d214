using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.Rules;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>A figure of the form that was found and parsed.</summary>
public readonly record struct ValidFigure(FoundFigure Source, Figure Figure);

/// <summary>The valid figures of a file, and all its findings.</summary>
public sealed record ValidationResult(IReadOnlyList<ValidFigure> Figures, IReadOnlyList<Finding> Findings);

/// <summary>
/// Checks the figures of a file: each cell, the totals, and the checks of the catalogue. Reports every finding and does
/// not stop at the first.
/// </summary>
public static class FigureChecker
{
    /// <summary>Checks the figures of a file.</summary>
    /// <param name="accepted">The accepted figures of the other periods of the return with which this one is compared.</param>
    /// <param name="identicalPeriod">The other period for which the same bytes were accepted; null if they were not accepted for another.</param>
    public static ValidationResult Check(
        PartnershipCatalogue catalogue,
        Form form,
        Period period,
        FormContents reading,
        IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted,
        Period? identicalPeriod = null)
    {
        var findings = new List<Finding>(reading.Findings);
        var figures = new List<ValidFigure>(reading.Figures.Count);
        var parsed = new Dictionary<CellRef, Figure>(reading.Totals.Count == 0 ? 0 : reading.Figures.Count);
        var blanks = new List<FoundFigure>();
        var ambiguousPercentages = PercentNotation.FindAmbiguous(reading.Figures);
        foreach (var found in reading.Figures)
        {
            if (found.Cell is { IsBlank: true, IsFormula: false })
            {
                blanks.Add(found);
                continue;
            }

            if (ambiguousPercentages.TryGetValue(found.Address, out var ambiguous))
            {
                findings.Add(ambiguous);
                continue;
            }

            var (figure, finding) = FigureParser.Parse(found, form.Symbols);
            if (finding is not null)
            {
                findings.Add(finding);
            }

            if (figure is { } read)
            {
                var value = FigureFlags.Apply(read, found, findings);
                figures.Add(new ValidFigure(found, found.Note is null ? value : value with { Note = Join(value.Note, found.Note) }));
                if (reading.Totals.Count > 0)
                {
                    parsed[found.Address] = value;
                }
            }
        }

        new MonthSums(period, form.Symbols, figures, findings).Add(reading);
        if (figures.Count == 0 && findings.TrueForAll(finding => finding.Severity != Severity.Error))
        {
            findings.Add(Finding.Error(Codes.NoFigures, null, "We found the tables, but they have no figures. Fill them in, enter 0 if there were none, and upload the file again."));
        }
        else
        {
            findings.AddRange(blanks.Select(Blank));
        }

        AddScaled(reading, findings);
        CheckOthers(reading.OtherPeriods, form.Symbols, accepted, findings, parsed);
        findings.AddRange(reading.Totals.Select(total => TotalCheck.Check(total, form.Symbols, parsed)).OfType<Finding>());

        findings.AddRange(new ReturnChecks(catalogue, form, period, accepted).Run(figures));
        findings.AddRange(RepeatedFigures.Find(form, period, reading, figures, accepted, identicalPeriod));
        AddTraits(reading, findings);
        findings.AddRange(CommentFindings.Create(reading.Comments, figures));
        return new ValidationResult(figures, FindingGrouping.Group(reading.Figures, AddNames(reading, AddExplanations(reading.Figures, findings))));
    }

    /// <summary>Adds the notes of a figure as the explanation of its queries.</summary>
    private static List<Finding> AddExplanations(IReadOnlyList<FoundFigure> figures, List<Finding> findings)
    {
        var notes = figures.Where(found => found.Note is not null).ToLookup(found => found.FormCell.Key, found => found.Note);
        return findings.ConvertAll(finding => finding is { Severity: Severity.Query, Subject: { } about } && notes[about.Figure].FirstOrDefault() is { } note
            ? finding with { Explanation = note }
            : finding);
    }

    private static Finding Blank(FoundFigure found) => Finding.Query(
        Codes.Blank,
        found.Address,
        $"There is no figure for \"{found.FormCell.Name}\". A blank does not count as 0. Enter 0 if there were none, or [x] if the figure is not available.",
        new FindingSubject(found.FormCell.Key, null));

    /// <summary>Notes the tables whose figures were multiplied, because their form asks for thousands or another unit.</summary>
    private static void AddScaled(FormContents reading, List<Finding> findings) => findings.AddRange(reading.Figures
        .Where(found => found.FormCell.Table.Scale != 1 && !found.Cell.IsBlank).GroupBy(found => found.FormCell.Table)
        .Select(group => Finding.Note(Codes.Scaled, group.First().Address, $"We multiplied the figures of \"{group.Key.Title}\" by {group.Key.Scale.ToString("#,0", CultureInfo.InvariantCulture)}, because this form asks for that unit.")));

    private static void CheckOthers(
        IReadOnlyList<OtherFigure> others,
        IReadOnlyDictionary<string, Figure> symbols,
        IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted,
        List<Finding> findings,
        Dictionary<CellRef, Figure> parsed)
    {
        foreach (var other in others.Where(other => !other.Cell.IsBlank))
        {
            if (FigureParser.Parse(new FoundFigure(other.FormCell, other.Cell, other.Address), symbols).Figure is not { } shown)
            {
                continue; // mistakes in figures of other periods are not reported
            }

            parsed[other.Address] = shown;
            if (accepted.TryGetValue(other.Period, out var acceptedFigures) && acceptedFigures.TryGetValue(other.FormCell.Key, out var acceptedFigure)
                && acceptedFigure.Value is { } before && shown.Value is { } now && before != now)
            {
                findings.Add(Finding.Query(
                    Codes.OtherPeriodDiffers,
                    other.Address,
                    $"For {other.Period.Label}, this file shows {FigureFormatter.FormatValue(now, other.FormCell.Measure.Quantity)} for \"{other.FormCell.Name}\", but we accepted {FigureFormatter.FormatValue(before, other.FormCell.Measure.Quantity)}. "
                    + $"If the accepted figure is wrong, send a corrected file for {other.Period} too.",
                    new FindingSubject(other.FormCell.Key, now)));
            }
        }
    }

    /// <summary>Adds findings about formulas and hidden cells, one for the file or sheet.</summary>
    private static void AddTraits(FormContents reading, List<Finding> findings)
    {
        var all = reading.AllFigures;
        if (all.All(found => found.Cell.Traits is CellTraits.None or CellTraits.Percent))
        {
            return;
        }

        var formulas = all.Where(found => found.Cell is { IsFormula: true, Kind: not (CellKind.Blank or CellKind.Error) }).ToList();
        if (formulas.Count > 0)
        {
            findings.Add(Finding.Note(Codes.FormulaValueUsed, formulas[0].Address, $"We used the saved results of formulas in {Plural.Format(formulas.Count, "cell")}."));
        }

        foreach (var sheet in all.Where(found => found.Cell.IsHidden).GroupBy(found => found.Address.Sheet))
        {
            findings.Add(Finding.Query(
                Codes.HiddenFigures, sheet.First().Address, $"We read {Plural.Format(sheet.Count(), "figure")} from hidden cells. Unhide the cells, and check that the figures belong in the return."));
        }
    }

    private static string Join(string? first, string second) => first is null ? second : $"{first}; {second}";

    /// <summary>Adds the name of the figure to each finding about the cell of one figure.</summary>
    private static List<Finding> AddNames(FormContents reading, List<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return findings;
        }

        var names = new Dictionary<CellRef, string>();
        foreach (var found in reading.AllFigures)
        {
            names.TryAdd(found.Address, found.FormCell.FullName);
        }

        foreach (var other in reading.OtherPeriods)
        {
            names.TryAdd(other.Address, $"{other.FormCell.FullName}, {other.Period.Label}");
        }

        foreach (var total in reading.Totals)
        {
            names.TryAdd(total.Address, $"{total.Label}, total");
        }

        return findings.ConvertAll(finding => finding is { Cell: { } cell, OtherCells.Count: 0 } && names.TryGetValue(cell, out var name) ? finding with { FigureName = name } : finding);
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>
/// Asks whether a file is the right one if it was accepted for another period, or if all its figures are those of the last period.
/// </summary>
internal static class RepeatedFigures
{
    /// <summary>Fewer figures can be equal by chance. Stocks do not count, because they often stay the same.</summary>
    private const int MinFigures = 3;

    /// <summary>Small figures can be equal by chance. One figure must be larger.</summary>
    private const decimal MaxSmallFigure = 10;

    private const string Ask = "Check that this is the right file.";

    /// <summary>Returns true if the form has enough figures to compare with the last period.</summary>
    public static bool IsComparable(Form form) => form.Cells.Count(IsCompared) >= MinFigures;

    /// <summary>Returns at most one query.</summary>
    /// <param name="accepted">The accepted figures of other periods.</param>
    /// <param name="identicalPeriod">The other period for which the same bytes were accepted; null if they were not accepted for another.</param>
    public static Finding? Find(
        Form form,
        Period period,
        FormContents reading,
        IReadOnlyList<ValidFigure> figures,
        IReadOnlyDictionary<Period, IReadOnlyDictionary<FigureKey, Figure>> accepted,
        Period? identicalPeriod)
    {
        // A file that shows both periods is right for both.
        if (identicalPeriod is { } other && reading.OtherPeriods.All(figure => figure.Period != other))
        {
            return Finding.Query(Codes.SameAsOtherPeriod, null, $"This file is the same as the one for {other.Label}. {Ask}");
        }

        return accepted.TryGetValue(period.Previous, out var previous) && AreEqual(form, figures, previous)
            ? Finding.Query(Codes.SameAsOtherPeriod, null, $"All figures are the same as for {period.Previous.Label}. {Ask}")
            : null;
    }

    private static bool AreEqual(Form form, IReadOnlyList<ValidFigure> figures, IReadOnlyDictionary<FigureKey, Figure> previous)
    {
        var values = new Dictionary<FigureKey, decimal>();
        foreach (var valid in figures)
        {
            if (valid.Figure.Value is { } value && IsCompared(valid.Source.FormCell))
            {
                values[valid.Source.FormCell.Key] = value;
            }
        }

        return values.Count >= MinFigures
            && values.Values.Any(value => value > MaxSmallFigure)
            && form.Cells.Where(IsCompared).All(cell =>
                (values.TryGetValue(cell.Key, out var value) ? value : (decimal?)null) == (previous.TryGetValue(cell.Key, out var before) ? before.Value : null));
    }

    private static bool IsCompared(FormCell cell) => cell.Measure.Aggregation != Aggregation.Stock;
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>
/// Asks whether a file is the right one if it was accepted for another period, or if figures of the last period were left in
/// it: all its figures, all figures of a table, or a single large one.
/// </summary>
internal static class RepeatedFigures
{
    /// <summary>Fewer figures can be equal by chance. Stocks do not count, because they often stay the same.</summary>
    private const int MinFigures = 3;

    /// <summary>Small figures can be equal by chance. One figure must be larger.</summary>
    private const decimal MaxSmallFigure = 10;

    /// <summary>A single figure of this size seldom stays the same.</summary>
    private const decimal LargeFigure = 100;

    private const string Ask = "Check that this is the right file.";

    private const string AskFigure = "Was the old figure left in? If it is right, say why in the notes. If not, correct it.";

    /// <summary>Returns true if the form has enough figures to compare with the last period.</summary>
    public static bool IsComparable(Form form) => form.Cells.Where(IsCompared).Take(MinFigures).Count() == MinFigures;

    /// <summary>Returns one query for the file, or else one for each table and for each single figure.</summary>
    /// <param name="accepted">The accepted figures of other periods.</param>
    /// <param name="identicalPeriod">The other period for which the same bytes were accepted; null if they were not accepted for another.</param>
    public static IEnumerable<Finding> Find(
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
            return [Finding.Query(Codes.SameAsOtherPeriod, null, $"This file is the same as the one for {other.Label}. {Ask}")];
        }

        if (!accepted.TryGetValue(period.Previous, out var previous))
        {
            return [];
        }

        var values = figures.Where(valid => valid.Figure.Value is not null && IsCompared(valid.Source.FormCell)).DistinctBy(valid => valid.Source.FormCell)
            .ToDictionary(valid => valid.Source.FormCell);
        if (AreRepeated([.. form.Cells.Where(IsCompared)], values, previous))
        {
            return [Finding.Query(Codes.SameAsOtherPeriod, null, $"All figures are the same as for {period.Previous.Label}. {Ask}")];
        }

        var tables = form.Tables.Select(table => (Table: table, Cells: table.Cells.Where(IsCounted).ToList())).Where(item => AreRepeated(item.Cells, values, previous)).ToList();
        var inTables = tables.SelectMany(item => item.Cells).ToHashSet();
        return
        [
            .. tables.Select(item => FindingOf(
                item.Cells.ConvertAll(cell => values[cell]), $"All figures of \"{item.Table.Title}\" are the same as for {period.Previous.Label}. Were the old figures left in? If they are right, say why in the notes.")),
            .. values.Values.Where(valid => IsCounted(valid.Source.FormCell) && !inTables.Contains(valid.Source.FormCell)
                    && valid.Figure.Value >= LargeFigure && IsRepeated(valid.Source.FormCell, values, previous))
                .Select(valid => FindingOf(
                    [valid],
                    $"{FigureFormatter.FormatValue(valid.Figure.Value!.Value, valid.Source.FormCell.Measure.Quantity)} for \"{valid.Source.FormCell.Name}\" is the same as in {period.Previous.Label}. {AskFigure}")),
        ];
    }

    private static Finding FindingOf(List<ValidFigure> figures, string message) =>
        Finding.Query(Codes.SameAsOtherPeriod, figures[0].Source.Address, message, figures is [var only] ? new FindingSubject(only.Source.FormCell.Key, only.Figure.Value) : null) with
        {
            OtherCells = [.. figures.Skip(1).Select(valid => valid.Source.Address)],
        };

    private static bool AreRepeated(IReadOnlyList<FormCell> cells, Dictionary<FormCell, ValidFigure> values, IReadOnlyDictionary<FigureKey, Figure> previous)
    {
        var given = cells.Where(values.ContainsKey).Select(cell => values[cell].Figure.Value).ToList();
        return given.Count >= MinFigures && given.Exists(value => value > MaxSmallFigure) && cells.All(cell => IsRepeated(cell, values, previous));
    }

    private static bool IsRepeated(FormCell cell, Dictionary<FormCell, ValidFigure> values, IReadOnlyDictionary<FigureKey, Figure> previous) =>
        (values.TryGetValue(cell, out var valid) ? valid.Figure.Value : null) == (previous.TryGetValue(cell.Key, out var before) ? before.Value : null);

    private static bool IsCompared(FormCell cell) => cell.Measure.Aggregation != Aggregation.Stock;

    /// <summary>Percentages often stay the same too.</summary>
    private static bool IsCounted(FormCell cell) => IsCompared(cell) && cell.Measure.Quantity != Quantity.Percent;
}

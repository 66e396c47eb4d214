using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>Adds up the figures of the three months of a quarter, or compares their sum with the figure of the quarter.</summary>
internal sealed class MonthSums(Period period, IReadOnlyDictionary<string, Figure> symbols, List<ValidFigure> figures, List<Finding> findings)
{
    private const int MonthsInQuarter = 3;

    public void Add(FormContents reading)
    {
        if (reading.Months.Count == 0)
        {
            return;
        }

        var wholes = figures.Where(figure => reading.Months.Any(months => months.FormCell == figure.Source.FormCell)).ToDictionary(figure => figure.Source.FormCell);
        var isGiven = reading.Figures.Select(found => found.FormCell).ToHashSet();
        var added = new List<FoundFigure>();
        foreach (var months in reading.Months)
        {
            if (wholes.TryGetValue(months.FormCell, out var whole))
            {
                Compare(months, whole);
            }
            else if (!isGiven.Contains(months.FormCell) && Sum(months) is { } sum)
            {
                figures.Add(sum);
                added.Add(sum.Source);
            }
        }

        if (added.Count > 0)
        {
            findings.Add(Finding.Note(Codes.MonthsAdded, added[0].Address, $"We added up the 3 months of the quarter for {Plural.Format(added.Count, "figure")}."));
        }
    }

    private void Compare(MonthFigures months, ValidFigure whole)
    {
        if (months.FormCell.Measure.Aggregation != Aggregation.Flow || !IsComplete(months))
        {
            return;
        }

        // If no month has a figure, the quarter's figure is enough.
        if (months.Parts.All(part => IsBlank(part.Figure)) || ParseAll(months, "we could not check the figure of the quarter", whole.Figure.Value) is not { } figures)
        {
            return;
        }

        var values = figures.ConvertAll(figure => figure.Value);
        if (whole.Figure.Value is { } stated && values.TrueForAll(value => value is not null) && values.Sum() is { } sum && sum != stated)
        {
            findings.Add(Finding.Error(
                Codes.TotalDiffers,
                whole.Source.Address,
                $"\"{months.FormCell.Name}\" is {Format(stated, months)} for the quarter, but its 3 months add up to {Format(sum, months)}. Correct the one that is wrong."));
        }
    }

    private ValidFigure? Sum(MonthFigures months)
    {
        var first = months.Parts[0].Figure;
        if (months.FormCell.Measure.Aggregation != Aggregation.Flow)
        {
            Refuse(first, $"\"{months.FormCell.Name}\" is given by month. Figures of this kind cannot be added up. Enter one figure for {period.Label}.");
            return null;
        }

        if (!IsComplete(months))
        {
            var shown = FindingText.JoinWithAnd(months.Parts.Select(part => part.Month.Describe()).Distinct());
            Refuse(first, $"These figures are for {shown} only. Enter the figures for {period.Label}.");
            return null;
        }

        if (ParseAll(months, "the quarter is not known", null) is not { } parts)
        {
            return null;
        }

        var sum = new Figure(0);
        foreach (var figure in parts)
        {
            sum = figure.Value is null || sum.Value is null
                ? new Figure(null, figure.Value is null ? figure.Markers : sum.Markers)
                : new Figure(sum.Value + figure.Value, sum.Markers | figure.Markers, Join(sum.Note, figure.Note));
        }

        var notes = months.Parts.Select(part => part.Figure.Note).OfType<string>().Distinct().ToList();
        sum = notes.Count == 0 ? sum : sum with { Note = Join(sum.Note, string.Join("; ", notes)) };
        var cell = sum.Value is { } value ? new Cell(CellKind.Number, null, (double)value) : first.Cell;
        return new ValidFigure(first with { Cell = cell }, sum);
    }

    private bool IsComplete(MonthFigures months)
    {
        var distinct = months.Parts.Select(part => part.Month).Distinct().Count();
        if (distinct < months.Parts.Count)
        {
            var second = months.Parts.GroupBy(part => part.Month).First(group => group.Count() > 1).Last().Figure;
            findings.Add(Finding.Error(Codes.SameRowTwice, second.Address, $"\"{months.FormCell.Name}\" appears twice for the same month. Keep one of them."));
        }

        return distinct == MonthsInQuarter;
    }

    private Figure? Parse(FoundFigure part)
    {
        var (figure, finding) = FigureParser.Parse(part, symbols);
        if (finding is not null)
        {
            findings.Add(finding);
        }

        return figure;
    }

    /// <summary>Parses the figures of all months, and reports every mistake and the first blank.</summary>
    /// <param name="consequence">What follows if a month is blank.</param>
    /// <param name="value">The figure of the quarter, if the file gives it.</param>
    /// <returns>The figures, or null if one is blank or has a mistake.</returns>
    private List<Figure>? ParseAll(MonthFigures months, string consequence, decimal? value)
    {
        var parts = months.Parts.Select(part => part.Figure).ToList();
        var figures = parts.Where(part => !IsBlank(part)).Select(Parse).OfType<Figure>().ToList();
        if (parts.Exists(IsBlank))
        {
            var blank = parts.Find(IsBlank);
            findings.Add(Finding.Query(
                Codes.Blank,
                blank.Address,
                $"There is no figure for \"{blank.FormCell.Name}\" in this month, so {consequence}. A blank does not count as 0. Enter 0 if there were none, or [x] if the figure is not available.",
                new FindingSubject(blank.FormCell.Key, value)));
        }

        return figures.Count == parts.Count ? figures : null;
    }

    private static bool IsBlank(FoundFigure part) => part.Cell is { IsBlank: true, IsFormula: false };

    private void Refuse(FoundFigure at, string message) => findings.Add(Finding.Error(Codes.MonthsOnly, at.Address, message));

    private static string Format(decimal value, MonthFigures months) => FigureFormatter.FormatValue(value, months.FormCell.Measure.Quantity);

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first}; {second}";
}

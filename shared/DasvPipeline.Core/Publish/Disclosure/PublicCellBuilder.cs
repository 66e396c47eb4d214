using System.Collections.Immutable;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Lists the numbers of a year's feed that count people.</summary>
internal sealed class PublicCellBuilder(DisclosurePolicy policy)
{
    /// <summary>Headline totals are hidden last, and the totals of a table after its cells.</summary>
    private const double TotalCost = 1000;
    private const double MarginCost = 8;

    /// <summary>The same number can be in a headline and in the report. The report's is hidden first.</summary>
    private const double ReportCost = 1;

    private readonly List<PublicCell> _cells = [];
    private readonly List<ProtectedSum> _remainders = [];

    public IReadOnlyList<PublicCell> Cells => _cells;

    /// <summary>
    /// What follows from the numbers, also for an agency that subtracts its own figures: the people whom a breakdown does not count, and those
    /// whom a percentage leaves out.
    /// </summary>
    public IReadOnlyList<ProtectedSum> Remainders => _remainders;

    public void Add(HeadlineFigures figures)
    {
        var id = figures.Headline.Id.Value;
        if (figures.Headline.Quantity is not (Quantity.Count or Quantity.Percent))
        {
            return;
        }

        Add(CellId.Create(id, CellId.Total), figures.Total, TotalCost);
        foreach (var point in figures.Series)
        {
            Add(CellId.Create(id, point.Period.ToString()), point.Amount, 1, id);
        }

        foreach (var (dimension, items) in figures.Breakdowns)
        {
            foreach (var (code, amount) in items)
            {
                Add(CellId.Create(id, dimension.Id, code.Id), amount, 1, CellId.Create(id, dimension.Id));
            }

            AddRest(CellId.Create(id, dimension.Id), figures.Total, [.. items.Select(item => item.Amount)]);
        }
    }

    public void Add(TableFigures figures)
    {
        var id = figures.Table.Id;
        foreach (var (row, column, amount) in figures.Cells)
        {
            Add(TableFigures.CreateCellId(figures.Table, row, column), amount, (row, column) switch { (null, null) => TotalCost, (null, _) or (_, null) => MarginCost, _ => 1 }, [.. LinesOf(id, row, column)]);
        }

        foreach (var line in figures.Totals)
        {
            AddRest(id, line.Total, line.Items);
        }
    }

    /// <param name="published">The measures of which a headline publishes the whole.</param>
    public void Add(ReportTableFigures figures, IReadOnlySet<MeasureId> published)
    {
        foreach (var cell in figures.Cells.Where(cell => cell.Measure.Quantity == Quantity.Count))
        {
            Add(figures.CreateCellId(cell), cell.Amount, ReportCost, [.. LinesOf(figures.Table, cell)]);
        }

        foreach (var (measure, name, whole, parts) in figures.Wholes.Where(item => published.Contains(item.Measure)))
        {
            AddRest($"report/{figures.Table.Id}/{name}", whole, parts);
        }
    }

    private static IEnumerable<string> LinesOf(ReportTable table, ReportCell cell)
    {
        if (!IsTotal(cell.Column))
        {
            yield return $"{ReportTableFigures.CreateCellId(table, cell.Row.Id, CellId.Total)} by column";
        }

        if (!IsTotal(cell.Row))
        {
            yield return $"{ReportTableFigures.CreateCellId(table, CellId.Total, cell.Column.Id)} by row";
        }

        static bool IsTotal(ReportLine line) => line.Kind is ReportAxis.Total or ReportAxis.Year;
    }

    private static IEnumerable<string> LinesOf(string table, Code? row, Code? column)
    {
        if (row is not null)
        {
            yield return $"{table}: {column?.Id ?? CellId.Total} by row";
        }

        if (column is not null)
        {
            yield return $"{table}: {row?.Id ?? CellId.Total} by column";
        }
    }

    private void Add(string id, Amount amount, double cost, params ImmutableArray<string> lines)
    {
        if (amount.Value is null)
        {
            return;
        }

        var of = SumOf(amount.Numerator);
        cost *= 10 + Math.Log2(of.Value + 1);
        if (amount.Denominator is { } over)
        {
            var all = SumOf(over);
            var rest = all.Minus(of);
            Suppression? primaryReason = policy.IsSmall(of.Value) || policy.IsSmall(rest.Value) || policy.IsSmall(all.Value) ? Suppression.Primary
                : all.Value < policy.SmallestBase ? Suppression.SmallBase : null;
            _cells.Add(new PublicCell(id, cost, primaryReason, [of, all], [.. new[] { of, rest, all }.Where(sum => policy.IsSmall(sum.Value)).Select(sum => new SumConstraint(sum, 0, false))])
            {
                PermanentConstraints = [new SumConstraint(rest, 0, false)],
                Lines = lines,
            });
            _remainders.AddRange([new ProtectedSum(of, id), new ProtectedSum(all, $"{id}: its denominator"), new ProtectedSum(rest, $"{id}: people left out")]);
        }
        else
        {
            var hidesZero = amount.Numerator.Any(item => policy.MeasuresWithSuppressedZeros.Contains(item.Observation.Key.Measure));
            Suppression? primaryReason = of.IsSmall(policy) || (of.Value == 0 && hidesZero) ? Suppression.Primary : null;
            _cells.Add(new PublicCell(id, cost, primaryReason, [of], [new SumConstraint(of, hidesZero ? 0 : 1, false)]) { IsAlwaysShown = of.Value == 0 && !hidesZero, Lines = lines });
            _remainders.Add(new ProtectedSum(of, id));
        }
    }

    private void AddRest(string name, Amount total, IReadOnlyList<Amount> items)
    {
        if (total is { Value: not null, Denominator: null })
        {
            var counted = items.SelectMany(item => item.Numerator).Select(ReportedCount.Create).ToHashSet();
            var rest = Sum.Create(total.Numerator.Select(ReportedCount.Create).Where(count => !counted.Contains(count)));
            _remainders.Add(new ProtectedSum(rest, $"{name}: people not counted under any item"));
        }
    }

    private static Sum SumOf(IEnumerable<SourcedObservation> figures) => Sum.Create(figures.Where(item => item.Observation.Figure.Value is not null).Select(ReportedCount.Create));
}

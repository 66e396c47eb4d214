using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Disclose;

/// <summary>Lists the numbers that would be published of a year, as far as they count people.</summary>
internal sealed class CellSheet(DisclosurePolicy policy)
{
    /// <summary>Headline totals are kept whenever it is possible, the totals of a table as long as its cells can go instead.</summary>
    private const double TotalCost = 1000;
    private const double MarginCost = 8;

    /// <summary>Nought is shown, so that what is hidden seems not to be nought: it is hidden only where nothing else helps.</summary>
    private const double NoughtCost = 100;

    private readonly List<PublicCell> _cells = [];
    private readonly List<Guard> _guards = [];

    public IReadOnlyList<PublicCell> Cells => _cells;

    /// <summary>What is published nowhere and follows from what is: those that a breakdown leaves uncounted.</summary>
    public IReadOnlyList<Guard> Guards => _guards;

    public void Add(HeadlineFigures figures)
    {
        var id = figures.Headline.Id.Value;
        if (figures.Headline.Quantity is not (Quantity.Count or Quantity.Percent))
        {
            return;
        }

        Add(CellId.Of(id, CellId.Total), figures.Total, TotalCost);
        foreach (var point in figures.Series)
        {
            Add(CellId.Of(id, point.Period.ToString()), point.Amount, 1);
        }

        foreach (var (dimension, items) in figures.Breakdowns)
        {
            foreach (var (code, amount) in items)
            {
                Add(CellId.Of(id, dimension.Id, code.Id), amount, 1);
            }

            AddRest(CellId.Of(id, dimension.Id), figures.Total, [.. items.Select(item => item.Amount)]);
        }
    }

    public void Add(TableFigures figures)
    {
        var id = figures.Table.Id;
        foreach (var (row, column, amount) in figures.Cells)
        {
            Add(TableFigures.IdOf(figures.Table, row, column), amount, (row, column) switch { (null, null) => TotalCost, (null, _) or (_, null) => MarginCost, _ => 1 });
        }

        foreach (var line in figures.Lines)
        {
            AddRest(id, line.Total, line.Items);
        }
    }

    private void Add(string id, Amount amount, double cost)
    {
        if (amount.Value is null)
        {
            return;
        }

        var of = SumOf(amount.Of);
        cost *= 10 + Math.Log2(of.Value + 1);
        if (amount.Over is { } over)
        {
            var all = SumOf(over);
            var rest = all.Minus(of);
            HiddenBecause? own = policy.IsSmall(of.Value) || policy.IsSmall(rest.Value) || policy.IsSmall(all.Value) ? HiddenBecause.Small
                : all.Value < policy.SmallestBase ? HiddenBecause.SmallBase : null;
            _cells.Add(new PublicCell(id, cost, own, [of, all], [.. new[] { of, rest, all }.Where(sum => policy.IsSmall(sum.Value)).Select(sum => new Statement(sum, 0, false))])
            {
                Always = [new Statement(rest, 0, false)],
            });
        }
        else
        {
            var hidesZero = amount.Of.Any(item => policy.HidesZerosOf.Contains(item.Observation.Key.Measure));
            HiddenBecause? own = policy.IsSmall(of.Value) || (of.Value == 0 && hidesZero) ? HiddenBecause.Small : null;
            _cells.Add(new PublicCell(id, of.Value == 0 ? cost * NoughtCost : cost, own, [of], [new Statement(of, hidesZero || of.Value == 0 ? 0 : 1, false)]));
        }
    }

    private void AddRest(string name, Amount total, IReadOnlyList<Amount> items)
    {
        if (total is { Value: not null, Over: null })
        {
            var counted = items.SelectMany(item => item.Of).Select(Count.Of).ToHashSet();
            var rest = Sum.OfAll(total.Of.Select(Count.Of).Where(count => !counted.Contains(count)));
            if (policy.IsSmall(rest.Value))
            {
                _guards.Add(new Guard(rest, $"{name}: those under none of its items"));
            }
        }
    }

    private static Sum SumOf(IEnumerable<Reported> figures) => Sum.OfAll(figures.Where(item => item.Observation.Figure.Value is not null).Select(Count.Of));
}

/// <summary>What must stay uncertain although it is published nowhere.</summary>
internal static class Guards
{
    public static IEnumerable<Guard> Of(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known)
    {
        var sums = cells.SelectMany(cell => cell.Tells).Concat(known.Told.Where(told => told.Statement.IsExact).Select(told => told.Statement.Sum)).Distinct().ToList();

        // Every single figure that a return gave.
        foreach (var count in sums.SelectMany(sum => sum.Counts).Distinct().Where(count => policy.IsSmall(count.Value)))
        {
            yield return new Guard(Sum.OfAll([count]), count.Figure);
        }

        // What one return adds to a number: it shows when the return comes late.
        foreach (var part in sums.SelectMany(sum => sum.Of.GroupBy(count => count.Return)).Select(part => Sum.OfAll(part)).Distinct().Where(part => policy.IsSmall(part.Value)))
        {
            yield return new Guard(part, part.Of[0].Return);
        }

        // What has come, or gone, since a number was published before.
        var before = known.Told.Where(told => told.Statement.IsExact).ToLookup(told => told.Cell, told => told.Statement.Sum, StringComparer.Ordinal);
        foreach (var (cell, then) in cells.SelectMany(cell => before[cell.Id], (cell, then) => (cell, then)))
        {
            foreach (var now in cell.Tells)
            {
                var difference = now.Minus(then);
                foreach (var side in new[] { Sum.OfAll(difference.Of), Sum.OfAll(difference.Less) }.Where(side => policy.IsSmall(side.Value)))
                {
                    yield return new Guard(side, $"{cell.Id}: since the release before");
                }
            }
        }
    }
}

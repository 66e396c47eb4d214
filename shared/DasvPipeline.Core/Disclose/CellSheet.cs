using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Disclose;

/// <summary>Lists the numbers of a year's feed that count people.</summary>
internal sealed class CellSheet(DisclosurePolicy policy)
{
    /// <summary>Headline totals are hidden last, and the totals of a table after its cells.</summary>
    private const double TotalCost = 1000;
    private const double MarginCost = 8;

    /// <summary>Zeros are hidden only if nothing else helps: an attacker assumes that a hidden number is not zero.</summary>
    private const double ZeroCost = 100;

    private readonly List<PublicCell> _cells = [];
    private readonly List<Guard> _protectedSums = [];

    public IReadOnlyList<PublicCell> Cells => _cells;

    /// <summary>Sums that are not published but follow from what is: the people whom a breakdown does not count.</summary>
    public IReadOnlyList<Guard> Guards => _protectedSums;

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
            HiddenBecause? primaryReason = policy.IsSmall(of.Value) || policy.IsSmall(rest.Value) || policy.IsSmall(all.Value) ? HiddenBecause.Small
                : all.Value < policy.SmallestBase ? HiddenBecause.SmallBase : null;
            _cells.Add(new PublicCell(id, cost, primaryReason, [of, all], [.. new[] { of, rest, all }.Where(sum => policy.IsSmall(sum.Value)).Select(sum => new Statement(sum, 0, false))])
            {
                Always = [new Statement(rest, 0, false)],
            });
        }
        else
        {
            var hidesZero = amount.Of.Any(item => policy.HidesZerosOf.Contains(item.Observation.Key.Measure));
            HiddenBecause? primaryReason = policy.IsSmall(of.Value) || (of.Value == 0 && hidesZero) ? HiddenBecause.Small : null;
            _cells.Add(new PublicCell(id, of.Value == 0 ? cost * ZeroCost : cost, primaryReason, [of], [new Statement(of, hidesZero || of.Value == 0 ? 0 : 1, false)]));
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
                _protectedSums.Add(new Guard(rest, $"{name}: people not counted under any item"));
            }
        }
    }

    private static Sum SumOf(IEnumerable<Reported> figures) => Sum.OfAll(figures.Where(item => item.Observation.Figure.Value is not null).Select(Count.Of));
}

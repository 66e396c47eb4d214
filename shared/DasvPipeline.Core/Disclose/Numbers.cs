using DasvPipeline.Core.Aggregate;

namespace DasvPipeline.Core.Disclose;

/// <summary>Lists every number of a year's feed by its id, so that two releases can be compared.</summary>
internal static class Numbers
{
    public static SortedDictionary<string, decimal?> Of(IEnumerable<HeadlineFigures> headlines, IEnumerable<TableFigures> tables)
    {
        var numbers = new SortedDictionary<string, decimal?>(StringComparer.Ordinal);
        foreach (var headline in headlines)
        {
            Change(headline, Record);
        }

        foreach (var table in tables)
        {
            Change(table, Record);
        }

        return numbers;

        Amount Record(string id, Amount amount)
        {
            numbers[id] = amount.Value;
            return amount;
        }
    }

    public static HeadlineFigures Change(HeadlineFigures figures, Func<string, Amount, Amount> change)
    {
        var id = figures.Headline.Id.Value;
        return figures with
        {
            Total = change(CellId.Of(id, CellId.Total), figures.Total),
            Series = [.. figures.Series.Select(point => point with { Amount = change(CellId.Of(id, point.Period.ToString()), point.Amount) })],
            Breakdowns = [.. figures.Breakdowns.Select(breakdown => breakdown with
            {
                Items = [.. breakdown.Items.Select(item => item with { Amount = change(CellId.Of(id, breakdown.Dimension.Id, item.Code.Id), item.Amount) })],
            })],
        };
    }

    public static TableFigures Change(TableFigures figures, Func<string, Amount, Amount> change) => figures with
    {
        Cells = [.. figures.Cells.Select(cell => cell with { Amount = change(TableFigures.IdOf(figures.Table, cell.Row, cell.Column), cell.Amount) })],
    };
}

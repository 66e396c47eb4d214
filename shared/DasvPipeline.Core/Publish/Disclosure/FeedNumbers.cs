using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Aggregation;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Lists every number of a year's feed by its id, so that two releases can be compared.</summary>
internal static class FeedNumbers
{
    public static SortedDictionary<string, decimal?> Collect(IEnumerable<HeadlineFigures> headlines, IEnumerable<TableFigures> tables, IEnumerable<ReportTableFigures>? report = null)
    {
        var numbers = new SortedDictionary<string, decimal?>(StringComparer.Ordinal);
        foreach (var headline in headlines)
        {
            Transform(headline, Record);
        }

        foreach (var table in tables)
        {
            Transform(table, Record);
        }

        foreach (var table in report ?? [])
        {
            Transform(table, Record);
        }

        return numbers;

        Amount Record(string id, Amount amount)
        {
            numbers[id] = amount.Value;
            return amount;
        }
    }

    /// <summary>Returns the ids of the numbers to which returns or figures are still to come.</summary>
    public static IReadOnlySet<string> FindProvisional(IEnumerable<HeadlineFigures> headlines, IEnumerable<TableFigures> tables, IEnumerable<ReportTableFigures>? report = null)
    {
        var provisional = new HashSet<string>(StringComparer.Ordinal);
        foreach (var headline in headlines)
        {
            Transform(headline, Record);
        }

        foreach (var table in tables)
        {
            Transform(table, Record);
        }

        foreach (var table in report ?? [])
        {
            Transform(table, Record);
        }

        return provisional;

        Amount Record(string id, Amount amount)
        {
            if ((amount.Markers & Markers.Provisional) != 0)
            {
                provisional.Add(id);
            }

            return amount;
        }
    }

    public static HeadlineFigures Transform(HeadlineFigures figures, Func<string, Amount, Amount> change)
    {
        var id = figures.Headline.Id.Value;
        return figures with
        {
            Total = change(CellId.Create(id, CellId.Total), figures.Total),
            Series = [.. figures.Series.Select(point => point with { Amount = change(CellId.Create(id, point.Period.ToString()), point.Amount) })],
            Breakdowns = [.. figures.Breakdowns.Select(breakdown => breakdown with
            {
                Items = [.. breakdown.Items.Select(item => item with { Amount = change(CellId.Create(id, breakdown.Dimension.Id, item.Code.Id), item.Amount) })],
            })],
        };
    }

    public static TableFigures Transform(TableFigures figures, Func<string, Amount, Amount> change) => figures with
    {
        Cells = [.. figures.Cells.Select(cell => cell with { Amount = change(TableFigures.CreateCellId(figures.Table, cell.Row, cell.Column), cell.Amount) })],
    };

    public static ReportTableFigures Transform(ReportTableFigures figures, Func<string, Amount, Amount> change) => figures with
    {
        Cells = [.. figures.Cells.Select(cell => cell with { Amount = change(figures.CreateCellId(cell), cell.Amount) })],
    };
}

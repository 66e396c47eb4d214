using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Says which place is which table, the surest first: places with a table's title, then places without any, then those
/// where nothing looks like a figure. A place belongs to one table; where two are equally likely both are named, and
/// nothing is guessed.
/// </summary>
internal sealed class TableChoice(FigureCollector collector, Period period)
{
    private readonly List<TableSpot> _taken = [];

    public void Choose(List<(FormTable Table, List<TableSpot> Spots)> tables, List<Sheet> sheets)
    {
        var chosen = new Dictionary<FormTable, TableSpot>();
        var settled = new HashSet<FormTable>();
        foreach (var (isGuess, rank) in new[] { (false, 2), (false, 1), (true, 2), (true, 1) })
        {
            var round = new List<(FormTable Table, TableSpot Best, TableSpot? Twice)>();
            foreach (var (table, spots) in tables.Where(item => !settled.Contains(item.Table)))
            {
                var open = spots.FindAll(spot => spot.HasValues && spot.TitleRank == rank && spot.IsGuess == isGuess && !_taken.Exists(spot.Overlaps));
                if (open.OrderByDescending(spot => spot.Filled).ThenBy(spot => spot.View.Turned).FirstOrDefault() is { } best)
                {
                    round.Add((table, best, open.Find(spot => IsAsLikely(spot, best))));
                }
            }

            foreach (var (table, best, twice) in round)
            {
                settled.Add(table);
                _taken.Add(best);
                if (round.Find(other => other.Table != table && other.Best.Overlaps(best)) is { Table: { } other })
                {
                    AddAmbiguous(table, other, best);
                    continue;
                }

                chosen.Add(table, best);
                if (twice is not null)
                {
                    collector.MarkTaken(twice.Cells());
                    collector.Add(Finding.Error(
                        Codes.TableTwice,
                        twice.At,
                        $"The table \"{table.Title}\" seems to be there twice, at {best.At} and at {twice.At}. Keep one of them, or put a title above each."));
                }
            }
        }

        foreach (var (table, spots) in tables)
        {
            if (chosen.TryGetValue(table, out var spot))
            {
                collector.Take(spot);
            }
            else if (!settled.Contains(table))
            {
                AddMissing(table, spots, sheets, isAlone: chosen.Count == 0);
            }
        }
    }

    private static bool IsAsLikely(TableSpot spot, TableSpot best) =>
        spot != best && spot.Filled > 0 && spot.Filled * 2 > best.Filled && !spot.Overlaps(best) && !spot.SharesLabels(best);

    private void AddAmbiguous(FormTable table, FormTable other, TableSpot spot)
    {
        collector.MarkTaken(spot.Cells());
        collector.Add(Finding.Error(
            Codes.TableNotFound,
            spot.At,
            $"The figures here could be \"{table.Title}\" or \"{other.Title}\". Put its title above each table."));
    }

    private void AddMissing(FormTable table, List<TableSpot> spots, List<Sheet> sheets, bool isAlone)
    {
        if (spots.Find(spot => spot.HasOnlyOtherPeriods && spot.TitleRank > 0) is { } elsewhen)
        {
            collector.MarkTaken(elsewhen.Cells());
            collector.Add(Finding.Error(
                Codes.TableNotFound,
                elsewhen.At,
                $"The table \"{table.Title}\" has no figures for {period.Label} ({period}), only for other periods. Add them, or send the file for its own period."));
            return;
        }

        var looked = string.Join(", ", table.Rows.Where(row => !row.IsTotal).Select(row => $"\"{row.Label}\"").Take(12));
        var seen = sheets is [{ Name: null }] ? isAlone ? string.Empty : " A .csv file keeps one sheet only: if this table is on another, send the whole workbook as .xlsx, .xls or .ods." : $" The sheets looked at are: {string.Join(", ", sheets.Select(sheet => FindingText.Quote(sheet.Name ?? string.Empty)))}.";
        collector.Add(Finding.Error(Codes.TableNotFound, null, $"The table \"{table.Title}\" was not found. It is known by its labels: {looked}.{seen}"));
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Says which place is which table, the surest first: places with a table's title, then places without any, then tables
/// that show a single row each, then places where nothing looks like a figure. A place belongs to one table; where two
/// are equally likely both are named, and nothing is guessed.
/// </summary>
internal sealed class TableChoice(FigureCollector collector, TableSearch search, Period period)
{
    /// <summary>Places of one table for other periods that are looked at: more than there are quarters to report.</summary>
    private const int MostOthers = 100;

    private readonly Dictionary<FormTable, List<TableSpot>> _chosen = [];
    private readonly HashSet<FormTable> _settled = [];
    private readonly List<TableSpot> _taken = [];

    public void Choose(IReadOnlyList<FormTable> tables)
    {
        var found = tables.Select(table => (Table: table, Spots: search.Of(table))).ToList();
        ChooseFrom(found, isGuess: false);
        var elsewhere = found.ToDictionary(item => item.Table, item => item.Spots);
        foreach (var table in tables.Where(table => !_settled.Contains(table)))
        {
            elsewhere[table] = [.. elsewhere[table], .. ChooseParts(table)];
        }

        ChooseFrom(found, isGuess: true);
        foreach (var table in tables.Where(_chosen.ContainsKey))
        {
            collector.Take(table, _chosen[table]);
        }

        var others = elsewhere.ToDictionary(pair => pair.Key, pair => pair.Value.Where(spot => spot.HasOnlyOthers && spot.TitleRank > 0).Take(MostOthers).ToList());
        foreach (var table in tables)
        {
            TakeOthers(table, others);
        }

        var missing = new MissingTables(collector.Labels, search, period);
        foreach (var finding in missing.Say([.. tables.Where(table => !_settled.Contains(table)).Select(table => (table, others[table].FirstOrDefault()))], _taken))
        {
            collector.Add(finding);
        }
    }

    private void ChooseFrom(List<(FormTable Table, List<TableSpot> Spots)> tables, bool isGuess)
    {
        foreach (var rank in (int[])[2, 1])
        {
            var round = new List<(FormTable Table, List<TableSpot> Open, TableSpot Best)>();
            foreach (var (table, spots) in tables.Where(item => !_settled.Contains(item.Table)))
            {
                var open = spots.FindAll(spot => spot.HasValues && spot.TitleRank == rank && spot.IsGuess == isGuess && !_taken.Exists(spot.Overlaps));
                if (open.OrderByDescending(spot => spot.Filled).ThenBy(spot => spot.View.Turned).FirstOrDefault() is { } best)
                {
                    round.Add((table, open, best));
                }
            }

            foreach (var (table, open, best) in round)
            {
                _settled.Add(table);
                if (round.Find(other => other.Table != table && other.Best.Overlaps(best)) is { Table: { } other })
                {
                    _taken.Add(best);
                    AddAmbiguous(table, other, best);
                    continue;
                }

                var parts = WithTheRest(best, open);
                _taken.AddRange(parts);
                _chosen.Add(table, parts);
                if (open.Find(spot => !parts.Contains(spot) && IsAsLikely(spot, best)) is { } twice)
                {
                    AddTwice(table, best, twice);
                }
            }
        }
    }

    /// <summary>A table may stand in pieces, each with rows of its own.</summary>
    private static List<TableSpot> WithTheRest(TableSpot best, List<TableSpot> open)
    {
        List<TableSpot> parts = [best];
        foreach (var spot in open.Where(spot => spot != best && spot.Filled > 0).OrderByDescending(spot => spot.Filled))
        {
            if (parts.TrueForAll(part => !part.Overlaps(spot) && !part.SharesLabels(spot) && !spot.Hits.Any(hit => part.HasMember(hit.Member))))
            {
                parts.Add(spot);
            }
        }

        return parts;
    }

    /// <returns>Where its rows are shown for other periods.</returns>
    private List<TableSpot> ChooseParts(FormTable table)
    {
        var chosen = new List<TableSpot>();
        var others = new List<TableSpot>();
        foreach (var (part, spots) in search.OfParts(table))
        {
            others.AddRange(spots.Where(spot => spot.HasOnlyOthers));
            var open = spots.FindAll(spot => spot is { HasValues: true, IsGuess: false } && !_taken.Exists(spot.Overlaps));
            if (open.OrderByDescending(spot => spot.Filled).ThenBy(spot => spot.View.Turned).FirstOrDefault() is { } best)
            {
                chosen.Add(best);
                _taken.Add(best);
                if (open.Find(spot => IsAsLikely(spot, best)) is { } twice)
                {
                    AddTwice(part, best, twice);
                }
            }
        }

        if (chosen.Count > 0)
        {
            _settled.Add(table);
            _chosen.Add(table, chosen);
        }

        return others;
    }

    private static bool IsAsLikely(TableSpot spot, TableSpot best) =>
        spot != best && spot.Filled > 0 && spot.Filled * 2 > best.Filled && !spot.Overlaps(best) && !spot.SharesLabels(best);

    /// <summary>The same table for other periods, on the sheets of their own: compared, unless it could be another table's.</summary>
    private void TakeOthers(FormTable table, Dictionary<FormTable, List<TableSpot>> others)
    {
        foreach (var spot in others[table].Where(spot => !_taken.Exists(spot.SharesLabels)))
        {
            var claims = others.Where(pair => pair.Key != table).SelectMany(pair => pair.Value)
                .Where(other => other.TitleRank >= spot.TitleRank && other.SharesLabels(spot));
            if (claims.Any() || !_chosen.ContainsKey(table))
            {
                collector.MarkTaken(spot.Cells());
            }
            else
            {
                collector.TakeOthers(spot);
            }
        }
    }

    private void AddTwice(FormTable table, TableSpot best, TableSpot twice)
    {
        collector.MarkTaken(twice.Cells());
        collector.Add(Finding.Error(
            Codes.TableTwice,
            twice.At,
            $"The table \"{table.Title}\" is there twice, at {best.At} and at {twice.At}. Delete the one that does not count; or, if it is for another period than {period}, write above it for which."));
    }

    private void AddAmbiguous(FormTable table, FormTable other, TableSpot spot)
    {
        collector.MarkTaken(spot.Cells());
        collector.Add(Finding.Error(
            Codes.TableNotFound,
            spot.At,
            $"The figures here could be \"{table.Title}\" or \"{other.Title}\". Put its title above each table."));
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Assigns candidates to tables, the most certain first: candidates with the table's title, then without any title, then
/// tables that show a single row each, then candidates without figures. A candidate belongs to one table. If two tables
/// are equally likely, both are reported and neither is chosen.
/// </summary>
internal sealed class TableSelector(FigureCollector collector, TableSearch search, Period period)
{
    /// <summary>The maximum number of candidates for other periods of one table. It is larger than the number of quarters in any file.</summary>
    private const int MostOthers = 100;

    private readonly Dictionary<FormTable, List<TableCandidate>> _chosen = [];
    private readonly HashSet<FormTable> _settled = [];
    private readonly List<TableCandidate> _taken = [];

    public void Choose(IReadOnlyList<FormTable> tables)
    {
        var found = tables.Select(table => (Table: table, Candidates: search.FindCandidates(table))).ToList();
        var inOtherUnit = found.Where(item => item.Candidates.Exists(candidate => candidate.Columns.Any(column => column.Role == ColumnRole.OtherUnit))).Select(item => item.Table).ToHashSet();

        // Labels without figures are not the table if its figures are there in another unit.
        ChooseFrom(found.ConvertAll(item => (item.Table, inOtherUnit.Contains(item.Table) ? item.Candidates.FindAll(candidate => candidate.FilledCount > 0) : item.Candidates)), isGuess: false);
        ChooseMonths(found);
        var otherCandidates = found.ToDictionary(item => item.Table, item => item.Candidates);
        foreach (var table in tables.Where(table => !_settled.Contains(table) && !inOtherUnit.Contains(table)))
        {
            otherCandidates[table] = [.. otherCandidates[table], .. ChooseParts(table)];
        }

        ChooseFrom(found.FindAll(item => !inOtherUnit.Contains(item.Table)), isGuess: true);
        foreach (var table in tables.Where(_chosen.ContainsKey))
        {
            collector.CollectTable(table, _chosen[table]);
        }

        var others = otherCandidates.ToDictionary(pair => pair.Key, pair => pair.Value.Where(candidate => candidate.HasOnlyOthers && candidate.TitleMatch > TitleMatch.OtherTable).Take(MostOthers).ToList());
        foreach (var table in tables)
        {
            TakeOthers(table, others);
        }

        var missing = new MissingTables(collector.Labels, search, period);
        foreach (var finding in missing.CreateFindings([.. tables.Where(table => !_settled.Contains(table)).Select(table => (table, others[table].FirstOrDefault()))], _taken))
        {
            collector.Add(finding);
        }
    }

    /// <summary>Chooses tables on the sheets next to one in the long layout. No table has to be there, because the list may have its figures.</summary>
    public void ChooseNextToList(IReadOnlyList<FormTable> tables)
    {
        ChooseFrom([.. tables.Select(table => (table, search.FindCandidates(table)))], isGuess: false);
        foreach (var table in tables.Where(_chosen.ContainsKey))
        {
            collector.CollectTable(table, _chosen[table], isNextToList: true);
        }
    }

    private void ChooseFrom(List<(FormTable Table, List<TableCandidate> Candidates)> tables, bool isGuess)
    {
        foreach (var titleMatch in (TitleMatch[])[TitleMatch.Own, TitleMatch.Similar, TitleMatch.NoTitle])
        {
            var round = new List<(FormTable Table, List<TableCandidate> Open, TableCandidate Best)>();
            foreach (var (table, candidates) in tables.Where(item => !_settled.Contains(item.Table)))
            {
                var open = candidates.FindAll(candidate => candidate.HasValues && candidate.TitleMatch == titleMatch && candidate.IsGuess == isGuess && !_taken.Exists(candidate.Overlaps));
                if (open.OrderByDescending(candidate => candidate.FilledCount).ThenBy(candidate => candidate.View.IsTransposed).FirstOrDefault() is { } best)
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

                var parts = AddRemainingParts(best, open);
                _taken.AddRange(parts);
                _chosen.Add(table, parts);
                if (open.Find(candidate => !parts.Contains(candidate) && IsAsLikely(candidate, best)) is { } duplicate)
                {
                    AddDuplicate(table, best, duplicate);
                }
            }
        }
    }

    /// <summary>Chooses, for tables without figures for the quarter, the candidates that show its months, on one sheet or on several.</summary>
    private void ChooseMonths(List<(FormTable Table, List<TableCandidate> Candidates)> tables)
    {
        foreach (var (table, candidates) in tables.Where(item => !_settled.Contains(item.Table)))
        {
            var chosen = new List<TableCandidate>();
            foreach (var candidate in candidates.Where(candidate => candidate is { HasOnlyMonths: true, TitleMatch: > TitleMatch.OtherTable })
                .OrderByDescending(candidate => candidate.TitleMatch).ThenByDescending(candidate => candidate.Cells().Count()).ThenBy(candidate => candidate.View.IsTransposed))
            {
                if (!chosen.Concat(_taken).Any(other => ReferenceEquals(other.View.Sheet, candidate.View.Sheet) && other.Cells().Intersect(candidate.Cells()).Any()))
                {
                    chosen.Add(candidate);
                }
            }

            if (chosen.Count > 0)
            {
                _settled.Add(table);
                _taken.AddRange(chosen);
                _chosen.Add(table, chosen);
            }
        }
    }

    /// <summary>Adds the other parts of a table that is split into several, each with different rows.</summary>
    private static List<TableCandidate> AddRemainingParts(TableCandidate best, List<TableCandidate> open)
    {
        List<TableCandidate> parts = [best];
        foreach (var candidate in open.Where(candidate => candidate != best && candidate.FilledCount > 0).OrderByDescending(candidate => candidate.FilledCount))
        {
            if (parts.TrueForAll(part => !part.Overlaps(candidate) && !part.SharesLabels(candidate) && !candidate.LabelRows.Any(hit => part.HasMember(hit.Member))))
            {
                parts.Add(candidate);
            }
        }

        return parts;
    }

    /// <summary>Chooses candidates for the single rows of a list.</summary>
    /// <returns>The candidates that show the rows for other periods.</returns>
    private List<TableCandidate> ChooseParts(FormTable table)
    {
        var chosen = new List<TableCandidate>();
        var others = new List<TableCandidate>();
        foreach (var (part, candidates) in search.FindPartCandidates(table))
        {
            others.AddRange(candidates.Where(candidate => candidate.HasOnlyOthers));
            var open = candidates.FindAll(candidate => candidate is { HasValues: true, IsGuess: false } && !_taken.Exists(candidate.Overlaps));
            if (open.OrderByDescending(candidate => candidate.FilledCount).ThenBy(candidate => candidate.View.IsTransposed).FirstOrDefault() is { } best)
            {
                chosen.Add(best);
                _taken.Add(best);
                if (open.Find(candidate => IsAsLikely(candidate, best)) is { } duplicate)
                {
                    AddDuplicate(part, best, duplicate);
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

    private static bool IsAsLikely(TableCandidate candidate, TableCandidate best) =>
        candidate != best && candidate.FilledCount > 0 && candidate.FilledCount * 2 > best.FilledCount && !candidate.Overlaps(best) && !candidate.SharesLabels(best);

    /// <summary>Collects the same table for other periods, which is compared. A candidate that could be another table is skipped.</summary>
    private void TakeOthers(FormTable table, Dictionary<FormTable, List<TableCandidate>> others)
    {
        foreach (var candidate in others[table].Where(candidate => !_taken.Exists(candidate.SharesLabels)))
        {
            var competing = others.Where(pair => pair.Key != table).SelectMany(pair => pair.Value)
                .Where(other => other.TitleMatch >= candidate.TitleMatch && other.SharesLabels(candidate));
            if (competing.Any() || !_chosen.ContainsKey(table))
            {
                collector.MarkUsed(candidate.Cells());
            }
            else
            {
                collector.CollectOtherPeriods(candidate);
            }
        }
    }

    private void AddDuplicate(FormTable table, TableCandidate best, TableCandidate duplicate)
    {
        collector.MarkUsed(duplicate.Cells());
        collector.Add(Finding.Error(
            Codes.TableTwice,
            duplicate.Address,
            $"The table \"{table.Title}\" appears twice, at {best.Address} and at {duplicate.Address}. Delete the one that is wrong. If one is not for {period}, write its period above it."));
    }

    private void AddAmbiguous(FormTable table, FormTable other, TableCandidate candidate)
    {
        collector.MarkUsed(candidate.Cells());
        collector.Add(Finding.Error(
            Codes.TableNotFound,
            candidate.Address,
            $"These figures could be \"{table.Title}\" or \"{other.Title}\". Write the title above each table."));
    }
}

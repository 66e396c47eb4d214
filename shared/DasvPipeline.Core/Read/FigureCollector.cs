using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Collects the figures of the tables that were found, and records which cells of the sheets were used.</summary>
internal sealed class FigureCollector(FormLabels labels)
{
    private const int Listed = 8;

    private readonly List<FoundFigure> _figures = [];
    private readonly List<OtherFigure> _others = [];
    private readonly List<FoundTotal> _totals = [];
    private readonly List<Finding> _findings = [];
    private readonly HashSet<CellRef> _taken = [];
    private readonly Dictionary<Sheet, List<CellRef>> _otherAreas = [];

    public FormLabels Labels => labels;

    public void Add(Finding finding) => _findings.Add(finding);

    public void Add(Reading list)
    {
        _figures.AddRange(list.Figures);
        _others.AddRange(list.OtherPeriods);
        _totals.AddRange(list.Totals);
        _findings.AddRange(list.Findings);
    }

    /// <summary>Collects the figures of a table.</summary>
    /// <param name="candidates">One candidate with the whole table, or several with different rows of it.</param>
    public void Take(FormTable table, IReadOnlyList<TableSpot> candidates)
    {
        var isUnclear = false;
        foreach (var candidate in candidates)
        {
            isUnclear |= candidate.Rivals.Count > 1 ? AddAmbiguousColumns(candidate) : Take(candidate, isWhole: candidates.Count == 1 && candidate.Table == table);
        }

        if (!isUnclear)
        {
            AddMissingRows(table, candidates);
        }
    }

    /// <summary>Collects the figures of a table for other periods or areas.</summary>
    public void TakeOthers(TableSpot candidate)
    {
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in candidate.Hits.Where(hit => rowOf.TryAdd(hit.Member, hit.Row)))
        {
            TakeRow(candidate, member, row, []);
        }

        MarkTaken(candidate.Cells());
        MarkTaken(SpotTotals.Of(candidate, rowOf, [], isWhole: false).Select(total => candidate.View.RefOf(total.Row, total.Column)));
    }

    private bool AddAmbiguousColumns(TableSpot candidate)
    {
        MarkTaken(candidate.Rivals.SelectMany(column => candidate.Hits.Select(hit => candidate.View.RefOf(hit.Row, column.Column))));
        Add(Finding.Error(
            Codes.WhichColumn,
            candidate.View.RefOf(candidate.FirstRow, candidate.Rivals[0].Column),
            $"The table \"{candidate.Table.Title}\" has more than one figure for each label, at {FindingText.List(candidate.Rivals.Take(Listed).Select(column => candidate.View.RefOf(candidate.FirstRow, column.Column).Address), candidate.Rivals.Count - Listed)}. "
            + "Write \"Number\" as the heading of the figures we should use. Give the other figures a heading too: a period, or \"Notes\"."));
        return true;
    }

    /// <returns>True if some labels were not recognised, so that figures that seem to be missing may be there.</returns>
    private bool Take(TableSpot candidate, bool isWhole)
    {
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in candidate.Hits)
        {
            if (!rowOf.TryAdd(member, row))
            {
                MarkTaken(candidate.Columns.Select(column => candidate.View.RefOf(row, column.Column)));
                Add(Finding.Error(
                    Codes.SameRowTwice,
                    candidate.View.RefOf(row, candidate.LabelColumn),
                    $"\"{candidate.Table.Rows[member].Label}\" appears twice, at {candidate.View.RefOf(rowOf[member], candidate.LabelColumn)} and at "
                    + $"{candidate.View.RefOf(row, candidate.LabelColumn)}. Keep one of them."));
            }
        }

        var found = new List<(FoundFigure Figure, int Row, SpotColumn Column)>();
        foreach (var (member, row) in rowOf.OrderBy(pair => pair.Value))
        {
            TakeRow(candidate, member, row, found);
        }

        foreach (var (row, column, parts) in SpotTotals.Of(candidate, rowOf, found, isWhole))
        {
            var at = candidate.View.RefOf(row, column);
            _taken.Add(at);
            if (parts.Count > 0)
            {
                _totals.Add(new FoundTotal(candidate.Table.Title, candidate.View[row, column], at, parts));
            }
        }

        return new Strangers(this).Find(candidate);
    }

    /// <summary>Returns the labels to suggest, or none if there are already enough suggestions.</summary>
    public IEnumerable<string> Hints(IEnumerable<Member> members) => _findings.Count < FindingText.MostAlike ? members.Select(member => member.Label) : [];

    /// <summary>Records cells that were used, or that a finding already reports.</summary>
    public void MarkTaken(IEnumerable<CellRef> cells) => _taken.UnionWith(cells);

    /// <summary>Reports figures that are missing from a list. A list has no empty rows for them.</summary>
    public void AddMissingFigures()
    {
        if (_findings.Exists(finding => finding.Code is Codes.UnknownLabel or Codes.RaggedRows or Codes.TableNotFound))
        {
            return; // the missing figures may be the ones that were not recognised
        }

        var isGiven = new bool[labels.Form.Cells.Length];
        _figures.ForEach(figure => isGiven[figure.Asked.Index] = true);
        var missing = labels.Form.Cells.Where(cell => !isGiven[cell.Index]).Select(cell => $"\"{cell.Name}\"").ToList();
        if (missing.Count > 0)
        {
            var more = missing.Count > Listed ? FormattableString.Invariant($" and {missing.Count - Listed} more") : string.Empty;
            Add(Finding.Query(
                Codes.MissingLabel,
                null,
                $"There is no row for {string.Join(", ", missing.Take(Listed))}{more}. A missing figure does not count as 0. Add the row, and enter 0 if there were none."));
        }
    }

    public Reading ToReading(List<Sheet> sheets)
    {
        foreach (var (sheet, cells) in _otherAreas)
        {
            _findings.Add(Finding.Note(
                Codes.NotRead,
                cells[0],
                $"We did not use the figures at {Leftovers.List(cells)}. This return does not ask for figures of that area."));
        }

        _findings.AddRange(sheets.SelectMany(sheet => Leftovers.On(sheet, _taken)));

        // Tables that share rows find the same unrecognised labels, which are reported once.
        return new Reading(RemoveDuplicates(), _others, _totals, [.. _findings.DistinctBy(finding => finding.Severity == Severity.Error ? (finding.Code, finding.Cell, string.Empty) : (finding.Code, finding.Cell, finding.Message))]);
    }

    /// <summary>Removes repeated figures and reports each of them.</summary>
    private List<FoundFigure> RemoveDuplicates()
    {
        var positions = new int[labels.Form.Cells.Length];
        for (var i = 0; i < _figures.Count; i++)
        {
            var figure = _figures[i];
            ref var position = ref positions[figure.Asked.Index];
            if (position > 0)
            {
                Add(Finding.Error(
                    Codes.SameRowTwice,
                    figure.At,
                    $"\"{figure.Asked.Name}\" appears twice, at {_figures[position - 1].At} and at {figure.At}. Keep one of them."));
                continue;
            }

            position = i + 1;
        }

        return positions.Count(position => position > 0) == _figures.Count
            ? _figures
            : [.. _figures.Where((figure, i) => positions[figure.Asked.Index] == i + 1)];
    }

    /// <summary>Records figures of areas that the form does not ask for. Blank cells among them are ignored.</summary>
    public void AddOtherArea(IEnumerable<CellRef> cells, Sheet sheet)
    {
        var filled = cells.Where(at => _taken.Add(at) && WrittenFigure.IsLike(sheet[at.Row, at.Column])).ToList();
        if (filled.Count > 0 && !_otherAreas.TryAdd(sheet, filled))
        {
            _otherAreas[sheet].AddRange(filled);
        }
    }

    private void TakeRow(TableSpot candidate, int member, int row, List<(FoundFigure Figure, int Row, SpotColumn Column)> found)
    {
        var note = candidate.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => candidate.View[row, column.Column])
            .Where(cell => !cell.IsBlank).Select(cell => cell.Shown.Trim()).FirstOrDefault();
        MarkTaken(candidate.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => candidate.View.RefOf(row, column.Column)));
        AddOtherArea(candidate.Columns.Where(column => column.Role == ColumnRole.OtherArea).Select(column => candidate.View.RefOf(row, column.Column)), candidate.View.Sheet);
        foreach (var column in candidate.Columns.Where(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod))
        {
            var at = candidate.View.RefOf(row, column.Column);
            _taken.Add(at);
            if (candidate.Table[member, column.Member] is not { } formCell)
            {
                continue;
            }

            var figure = new FoundFigure(formCell, candidate.View[row, column.Column], at, note);
            if (column.Role == ColumnRole.OtherPeriod)
            {
                _others.Add(new OtherFigure(formCell, column.Period!.Value, figure.Cell, at));
            }
            else
            {
                _figures.Add(figure);
            }

            found.Add((figure, row, column));
        }
    }

    private void AddMissingRows(FormTable table, IReadOnlyList<TableSpot> candidates)
    {
        // In a candidate that shows a single row of the table, the label of that row is the title.
        var missing = table.Rows.Where((row, index) => !row.IsTotal && !candidates.Any(candidate => candidate.Table == table ? candidate.HasMember(index) : candidate.Table.Title == row.Label))
            .Select(row => $"\"{row.Label}\"").ToList();
        var missingColumns = table.IsList ? [] : table.Columns
            .Where((column, index) => !column.IsTotal && !candidates.Any(candidate => candidate.Columns.Any(found => found.Role == ColumnRole.Value && found.Member == index)))
            .Select(column => $"\"{column.Label}\"").ToList();
        foreach (var (labelled, kind) in new[] { (missing, "row"), (missingColumns, "column") }.Where(pair => pair.Item1.Count > 0))
        {
            Add(Finding.Query(
                Codes.MissingLabel,
                candidates[0].At,
                $"The table \"{table.Title}\" has no {kind} for {string.Join(", ", labelled)}. A missing figure does not count as 0. Add the {kind}, and enter 0 if there were none."));
        }
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Collects the figures of the tables that were found, and records which cells of the sheets were used.</summary>
internal sealed class FigureCollector
{
    private const int Listed = 8;

    private readonly FormLabels _labels;
    private readonly Period _period;
    private readonly TableReports _reports;
    private readonly List<FoundFigure> _figures = [];
    private readonly List<OtherFigure> _others = [];
    private readonly List<(MonthRange Month, FoundFigure Figure)> _months = [];
    private readonly List<FoundTotal> _totals = [];
    private readonly List<Finding> _findings = [];
    private readonly HashSet<CellRef> _taken = [];
    private readonly HashSet<FormCell> _reportedMissing = [];
    private readonly Dictionary<Sheet, CellList> _otherAreas = [];

    public FigureCollector(FormLabels labels, Period period)
    {
        (_labels, _period) = (labels, period);
        _reports = new TableReports(this, period);
    }

    public FormLabels Labels => _labels;

    public void Add(Finding finding) => _findings.Add(finding);

    public void Add(FormContents list)
    {
        _figures.AddRange(list.Figures);
        _others.AddRange(list.OtherPeriods);
        _totals.AddRange(list.Totals);
        _months.AddRange(list.Months.SelectMany(months => months.Parts));
        _findings.AddRange(list.Findings);
    }

    /// <summary>Collects the figures of a table.</summary>
    /// <param name="candidates">One candidate with the whole table, or several with different rows of it.</param>
    /// <param name="isNextToList">True if a list may have the rows that the table lacks.</param>
    public void CollectTable(FormTable table, IReadOnlyList<TableCandidate> candidates, bool isNextToList = false)
    {
        var isUnclear = false;
        foreach (var candidate in candidates)
        {
            _reports.AddStatements(candidate);
            isUnclear |= candidate.AmbiguousColumns.Count > 1 ? _reports.AddAmbiguousColumns(candidate) : CollectTable(candidate, isWhole: candidates.Count == 1 && candidate.Table == table);
        }

        if (!isUnclear && !isNextToList)
        {
            AddMissingRows(table, candidates);
        }
    }

    /// <summary>Collects the figures of a table for other periods or areas.</summary>
    public void CollectOtherPeriods(TableCandidate candidate)
    {
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in candidate.LabelRows.Where(hit => rowOf.TryAdd(hit.Member, hit.Row)))
        {
            CollectRow(candidate, member, row, []);
        }

        MarkUsed(candidate.Cells());
        MarkLabels(candidate);
        _reports.AddOtherKinds(candidate);
        _reports.AddOtherUnits(candidate);
        MarkUsed(TableTotals.Find(candidate, rowOf, [], isWhole: false).Select(total => candidate.View.AddressOf(total.Row, total.Column)));
    }

    /// <returns>True if some labels were not recognised, so that figures that seem to be missing may be there.</returns>
    private bool CollectTable(TableCandidate candidate, bool isWhole)
    {
        MarkLabels(candidate);
        _reports.AddSubtotals(candidate);
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in candidate.LabelRows)
        {
            if (!rowOf.TryAdd(member, row))
            {
                MarkUsed(candidate.Columns.Select(column => candidate.View.AddressOf(row, column.Column)));
                Add(Finding.Error(
                    Codes.SameRowTwice,
                    candidate.LabelAddress(row),
                    $"\"{candidate.Table.Rows[member].Label}\" appears twice, at {candidate.LabelAddress(rowOf[member])} and at {candidate.LabelAddress(row)}. Keep one of them."));
            }
        }

        var found = new List<(FoundFigure Figure, int Row, CandidateColumn Column)>();
        foreach (var (member, row) in rowOf.OrderBy(pair => pair.Value))
        {
            CollectRow(candidate, member, row, found);
        }

        _reports.AddOtherKinds(candidate);
        _reports.AddOtherUnits(candidate);
        foreach (var (row, column, parts) in TableTotals.Find(candidate, rowOf, found, isWhole))
        {
            var at = candidate.View.AddressOf(row, column);
            _taken.Add(at);
            if (parts.Count > 0)
            {
                _totals.Add(new FoundTotal(candidate.Table.Title, candidate.View[row, column], at, parts));
            }
        }

        return new UnrecognisedLabels(this).Find(candidate);
    }

    /// <summary>Returns the labels to suggest, or none if there are already enough suggestions.</summary>
    public IEnumerable<string> SuggestLabels(IEnumerable<Member> members) => _findings.Count < FindingLimit.MaxSimilarFindings ? members.Select(member => member.Label) : [];

    /// <summary>Records cells that were used, or that a finding already reports.</summary>
    public void MarkUsed(IEnumerable<CellRef> cells) => _taken.UnionWith(cells);

    /// <summary>Records figures whose absence a finding already reports.</summary>
    public void MarkReported(IEnumerable<FormCell> cells) => _reportedMissing.UnionWith(cells);

    /// <summary>Reports figures that are missing from a list. A list has no empty rows for them.</summary>
    public void AddMissingFigures()
    {
        if (_findings.Exists(finding => finding.Code is Codes.UnknownLabel or Codes.RaggedRows or Codes.TableNotFound))
        {
            return; // the missing figures may be the ones that were not recognised
        }

        AddMissing("There is no row for", "Add the row, and enter 0 if there were none.");
    }

    /// <summary>Reports the figures that the form asks for in the period and that neither the file nor a finding mentions.</summary>
    private void AddMissing(string sentence, string advice)
    {
        var isGiven = new bool[_labels.Form.Cells.Length];
        _figures.ForEach(figure => isGiven[figure.FormCell.Index] = true);
        _months.ForEach(part => isGiven[part.Figure.FormCell.Index] = true);
        var missing = _labels.Form.GetRequestedCells(_period).Where(cell => !isGiven[cell.Index] && _reportedMissing.Add(cell)).Select(cell => $"\"{cell.Name}\"").ToList();
        if (missing.Count > 0)
        {
            var more = missing.Count > Listed ? FormattableString.Invariant($" and {missing.Count - Listed} more") : string.Empty;
            Add(Finding.Query(
                Codes.MissingLabel, null, $"{sentence} {string.Join(", ", missing.Take(Listed))}{more}. A missing figure does not count as 0. {advice}"));
        }
    }

    public FormContents ToReading(List<Sheet> sheets)
    {
        foreach (var (sheet, cells) in _otherAreas)
        {
            _findings.Add(Finding.Note(
                Codes.FigureNotRead,
                cells.First,
                $"We did not use the figures at {cells}. This return does not ask for figures of that area."));
        }

        if (!_findings.Exists(finding => finding.Severity == Severity.Error))
        {
            AddMissing("There is no figure for", "Add it, and enter 0 if there were none.");
        }

        _findings.AddRange(sheets.SelectMany(sheet => UnusedNumbers.FindOn(sheet, _taken)));

        // Tables that share rows find the same unrecognised labels, which are reported once.
        return new FormContents(RemoveDuplicates(), _others, _totals, [.. _findings.DistinctBy(finding => finding.Severity == Severity.Error ? (finding.Code, finding.Cell, string.Empty) : (finding.Code, finding.Cell, finding.Message))])
        {
            Months = MonthFigures.Group(_months),
        };
    }

    /// <summary>Marks years that are headings, and those that state the period of a row.</summary>
    private void MarkLabels(TableCandidate candidate)
    {
        var view = candidate.View;
        MarkUsed(candidate.HeadingRows.SelectMany(row => Enumerable.Range(1, view.Columns).Where(column => FigureSyntax.IsYear(view[row, column])).Select(column => view.AddressOf(row, column))));
        if (candidate.PeriodColumn > 0)
        {
            MarkUsed(candidate.LabelRows.Select(hit => view.AddressOf(hit.Row, candidate.PeriodColumn)));
        }
    }

    /// <summary>Removes repeated figures and reports each of them.</summary>
    private List<FoundFigure> RemoveDuplicates()
    {
        var positions = new int[_labels.Form.Cells.Length];
        var removed = 0;
        for (var i = 0; i < _figures.Count; i++)
        {
            var figure = _figures[i];
            ref var position = ref positions[figure.FormCell.Index];
            if (position > 0)
            {
                removed++;
                if (IsSame(_figures[position - 1], figure))
                {
                    continue; // a list and a table that agree
                }

                Add(Finding.Error(
                    Codes.SameRowTwice,
                    figure.Address,
                    $"\"{figure.FormCell.Name}\" appears twice, at {_figures[position - 1].Address} and at {figure.Address}. Keep one of them."));
                continue;
            }

            position = i + 1;
        }

        return removed == 0
            ? _figures
            : [.. _figures.Where((figure, i) => positions[figure.FormCell.Index] == i + 1)];
    }

    /// <summary>Returns true if two sheets give a figure in the same way.</summary>
    private static bool IsSame(FoundFigure first, FoundFigure second) =>
        first.Address.Sheet != second.Address.Sheet && (first.Cell.Kind, first.Cell.Number, first.Cell.Text?.Trim()) == (second.Cell.Kind, second.Cell.Number, second.Cell.Text?.Trim());

    /// <summary>Records figures of areas that the form does not ask for. Blank cells among them are ignored.</summary>
    public void AddOtherArea(IEnumerable<CellRef> cells, Sheet sheet)
    {
        foreach (var filled in cells.Where(at => _taken.Add(at) && FigureSyntax.IsLikeFigure(sheet[at.Row, at.Column])))
        {
            if (!_otherAreas.TryGetValue(sheet, out var list))
            {
                _otherAreas[sheet] = list = new CellList();
            }

            list.Add(filled);
        }
    }

    private void CollectRow(TableCandidate candidate, int member, int row, List<(FoundFigure Figure, int Row, CandidateColumn Column)> found)
    {
        var notes = candidate.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => column.Column).ToList();
        var note = notes.Select(column => candidate.View[row, column]).Where(cell => !cell.IsBlank).Select(cell => cell.DisplayText.Trim()).FirstOrDefault();
        CellRef? noteAddress = notes.Count == 0 ? null : candidate.View.AddressOf(row, notes[0]);
        MarkUsed(notes.Select(column => candidate.View.AddressOf(row, column)));
        AddOtherArea(candidate.Columns.Where(column => column.Role == ColumnRole.OtherArea).Select(column => candidate.View.AddressOf(row, column.Column)), candidate.View.Sheet);
        foreach (var column in candidate.Columns.Where(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod or ColumnRole.Month))
        {
            var at = candidate.View.AddressOf(row, column.Column);
            _taken.Add(at);
            if (candidate.Table[member, column.MemberIndex] is not { } formCell)
            {
                continue;
            }

            var figure = new FoundFigure(formCell, candidate.View[row, column.Column], at, note, FlagOf(candidate, row, column)) { IsUnderPercent = column.IsPercent, NoteAddress = noteAddress };
            if (column.Month is { } month)
            {
                _months.Add((month, figure));
            }
            else if (column.Role == ColumnRole.OtherPeriod)
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

    private static FigureFlag? FlagOf(TableCandidate candidate, int row, CandidateColumn column) =>
        column.FlagColumn > 0 && candidate.View[row, column.FlagColumn] is { IsBlank: false } flag ? new FigureFlag(flag.DisplayText.Trim(), candidate.View.AddressOf(row, column.FlagColumn)) : null;

    private void AddMissingRows(FormTable table, IReadOnlyList<TableCandidate> candidates)
    {
        // In a candidate that shows a single row of the table, the label of that row is the title.
        var missing = table.Rows.Where((row, index) => !row.IsTotal && !candidates.Any(candidate => candidate.Table == table ? candidate.HasMember(index) : candidate.Table.Title == row.Label))
            .Select(row => $"\"{row.Label}\"").ToList();
        var missingColumns = table.IsList ? [] : table.Columns
            .Where((column, index) => !column.IsTotal && !candidates.Any(candidate => candidate.Columns.Any(found => found.Role is ColumnRole.Value or ColumnRole.Month or ColumnRole.OtherUnit && found.MemberIndex == index)))
            .Select(column => $"\"{column.Label}\"").ToList();
        MarkReported(table.Cells.Where(cell => missing.Contains($"\"{table.Rows[cell.Row].Label}\"") || missingColumns.Contains($"\"{table.Columns[cell.Column].Label}\"")));
        foreach (var (labelled, kind) in new[] { (missing, "row"), (missingColumns, "column") }.Where(pair => pair.Item1.Count > 0))
        {
            Add(Finding.Query(
                Codes.MissingLabel,
                candidates[0].Address,
                $"The table \"{table.Title}\" has no {kind} for {string.Join(", ", labelled)}. A missing figure does not count as 0. Add the {kind}, and enter 0 if there were none."));
        }
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Takes the figures out of the places where tables were found, and keeps account of what nobody took.</summary>
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

    /// <param name="places">The places that hold it: one with all of it, or several with rows of their own.</param>
    public void Take(FormTable table, IReadOnlyList<TableSpot> places)
    {
        var isUnclear = false;
        foreach (var spot in places)
        {
            isUnclear |= spot.Rivals.Count > 1 ? AddRivals(spot) : Take(spot, isWhole: places.Count == 1 && spot.Table == table);
        }

        if (!isUnclear)
        {
            AddMissingRows(table, places);
        }
    }

    /// <summary>The table for other periods or areas.</summary>
    public void TakeOthers(TableSpot spot)
    {
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in spot.Hits.Where(hit => rowOf.TryAdd(hit.Member, hit.Row)))
        {
            TakeRow(spot, member, row, []);
        }

        MarkTaken(spot.Cells());
        MarkTaken(SpotTotals.Of(spot, rowOf, [], isWhole: false).Select(total => spot.View.RefOf(total.Row, total.Column)));
    }

    private bool AddRivals(TableSpot spot)
    {
        MarkTaken(spot.Rivals.SelectMany(column => spot.Hits.Select(hit => spot.View.RefOf(hit.Row, column.Column))));
        Add(Finding.Error(
            Codes.WhichColumn,
            spot.View.RefOf(spot.FirstRow, spot.Rivals[0].Column),
            $"The table \"{spot.Table.Title}\" has several figures for each label, at {FindingText.List(spot.Rivals.Take(Listed).Select(column => spot.View.RefOf(spot.FirstRow, column.Column).Address), spot.Rivals.Count - Listed)}. "
            + "Write \"Number\" at the head of those that are meant, and at the head of the others what they are for: a period, or \"Notes\"."));
        return true;
    }

    /// <returns>Whether something in it could not be told, so that what seems to be missing may be there.</returns>
    private bool Take(TableSpot spot, bool isWhole)
    {
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in spot.Hits)
        {
            if (!rowOf.TryAdd(member, row))
            {
                MarkTaken(spot.Columns.Select(column => spot.View.RefOf(row, column.Column)));
                Add(Finding.Error(
                    Codes.SameRowTwice,
                    spot.View.RefOf(row, spot.LabelColumn),
                    $"\"{spot.Table.Rows[member].Label}\" is there twice, at {spot.View.RefOf(rowOf[member], spot.LabelColumn)} and at "
                    + $"{spot.View.RefOf(row, spot.LabelColumn)}. Keep one of the two."));
            }
        }

        var found = new List<(FoundFigure Figure, int Row, SpotColumn Column)>();
        foreach (var (member, row) in rowOf.OrderBy(pair => pair.Value))
        {
            TakeRow(spot, member, row, found);
        }

        foreach (var (row, column, parts) in SpotTotals.Of(spot, rowOf, found, isWhole))
        {
            var at = spot.View.RefOf(row, column);
            _taken.Add(at);
            if (parts.Count > 0)
            {
                _totals.Add(new FoundTotal(spot.Table.Title, spot.View[row, column], at, parts));
            }
        }

        return new Strangers(this).Find(spot);
    }

    /// <summary>The labels to hint at; none where there have been hints enough.</summary>
    public IEnumerable<string> Hints(IEnumerable<Member> members) => _findings.Count < FindingText.MostAlike ? members.Select(member => member.Label) : [];

    /// <summary>Cells that a finding already speaks of.</summary>
    public void MarkTaken(IEnumerable<CellRef> cells) => _taken.UnionWith(cells);

    /// <summary>What a list, which has no empty rows for them, says nothing of.</summary>
    public void AddMissingFigures()
    {
        if (_findings.Exists(finding => finding.Code is Codes.UnknownLabel or Codes.RaggedRows or Codes.TableNotFound))
        {
            return; // what could not be told may be what is missing
        }

        var given = new bool[labels.Form.Cells.Length];
        _figures.ForEach(figure => given[figure.Asked.Index] = true);
        var missing = labels.Form.Cells.Where(cell => !given[cell.Index]).Select(cell => $"\"{cell.Name}\"").ToList();
        if (missing.Count > 0)
        {
            var more = missing.Count > Listed ? FormattableString.Invariant($" and {missing.Count - Listed} more") : string.Empty;
            Add(Finding.Query(
                Codes.MissingLabel,
                null,
                $"There is no row for {string.Join(", ", missing.Take(Listed))}{more}. Not supplied is not nought: add the row, with 0 where there was none."));
        }
    }

    public Reading ToReading(List<Sheet> sheets)
    {
        foreach (var (sheet, cells) in _otherAreas)
        {
            _findings.Add(Finding.Note(
                Codes.NotRead,
                cells[0],
                $"Not read, because these figures are of an area that this return does not ask for: {Leftovers.List(cells)}."));
        }

        _findings.AddRange(sheets.SelectMany(sheet => Leftovers.On(sheet, _taken)));

        // Tables that share their rows find the same stranger; it is said once.
        return new Reading(Once(), _others, _totals, [.. _findings.DistinctBy(finding => finding.Severity == Severity.Error ? (finding.Code, finding.Cell, string.Empty) : (finding.Code, finding.Cell, finding.Message))]);
    }

    /// <summary>A figure is one figure, however many lists or columns give it.</summary>
    private List<FoundFigure> Once()
    {
        var places = new int[labels.Form.Cells.Length];
        for (var i = 0; i < _figures.Count; i++)
        {
            var figure = _figures[i];
            ref var place = ref places[figure.Asked.Index];
            if (place > 0)
            {
                Add(Finding.Error(
                    Codes.SameRowTwice,
                    figure.At,
                    $"\"{figure.Asked.Name}\" is there twice, at {_figures[place - 1].At} and at {figure.At}. Keep one of the two."));
                continue;
            }

            place = i + 1;
        }

        return places.Count(place => place > 0) == _figures.Count
            ? _figures
            : [.. _figures.Where((figure, i) => places[figure.Asked.Index] == i + 1)];
    }

    /// <summary>Figures of areas that the form does not ask for; blanks among them do not matter.</summary>
    public void AddOtherArea(IEnumerable<CellRef> cells, Sheet sheet)
    {
        var filled = cells.Where(at => _taken.Add(at) && WrittenFigure.IsLike(sheet[at.Row, at.Column])).ToList();
        if (filled.Count > 0 && !_otherAreas.TryAdd(sheet, filled))
        {
            _otherAreas[sheet].AddRange(filled);
        }
    }

    private void TakeRow(TableSpot spot, int member, int row, List<(FoundFigure Figure, int Row, SpotColumn Column)> found)
    {
        var note = spot.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => spot.View[row, column.Column])
            .Where(cell => !cell.IsBlank).Select(cell => cell.Shown.Trim()).FirstOrDefault();
        MarkTaken(spot.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => spot.View.RefOf(row, column.Column)));
        AddOtherArea(spot.Columns.Where(column => column.Role == ColumnRole.OtherArea).Select(column => spot.View.RefOf(row, column.Column)), spot.View.Sheet);
        foreach (var column in spot.Columns.Where(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod))
        {
            var at = spot.View.RefOf(row, column.Column);
            _taken.Add(at);
            if (spot.Table[member, column.Member] is not { } asked)
            {
                continue;
            }

            var figure = new FoundFigure(asked, spot.View[row, column.Column], at, note);
            if (column.Role == ColumnRole.OtherPeriod)
            {
                _others.Add(new OtherFigure(asked, column.Period!.Value, figure.Cell, at));
            }
            else
            {
                _figures.Add(figure);
            }

            found.Add((figure, row, column));
        }
    }

    private void AddMissingRows(FormTable table, IReadOnlyList<TableSpot> places)
    {
        // In a place that shows a single row, that row is the title.
        var missing = table.Rows.Where((row, index) => !row.IsTotal && !places.Any(spot => spot.Table == table ? spot.HasMember(index) : spot.Table.Title == row.Label))
            .Select(row => $"\"{row.Label}\"").ToList();
        var missingColumns = table.IsList ? [] : table.Columns
            .Where((column, index) => !column.IsTotal && !places.Any(spot => spot.Columns.Any(found => found.Role == ColumnRole.Value && found.Member == index)))
            .Select(column => $"\"{column.Label}\"").ToList();
        foreach (var (labelled, kind) in new[] { (missing, "row"), (missingColumns, "column") }.Where(pair => pair.Item1.Count > 0))
        {
            Add(Finding.Query(
                Codes.MissingLabel,
                places[0].At,
                $"The table \"{table.Title}\" has no {kind} for {string.Join(", ", labelled)}. Not supplied is not nought: add the {kind}, with 0 where there was none."));
        }
    }
}

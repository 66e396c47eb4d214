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

    public FormLabels Labels => labels;

    public void Add(Finding finding) => _findings.Add(finding);

    public void Add(Reading list)
    {
        _figures.AddRange(list.Figures);
        _totals.AddRange(list.Totals);
        _findings.AddRange(list.Findings);
    }

    public void Take(TableSpot spot)
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

        foreach (var (row, column, parts) in SpotTotals.Of(spot, rowOf, found))
        {
            var at = spot.View.RefOf(row, column);
            _taken.Add(at);
            if (parts.Count > 0)
            {
                _totals.Add(new FoundTotal(spot.Table.Title, spot.View[row, column], at, parts));
            }
        }

        if (!(FindStrangers(spot) | FindStrangeColumns(spot)))
        {
            AddMissingRows(spot, rowOf);
        }
    }

    /// <summary>Cells that a finding already speaks of.</summary>
    public void MarkTaken(IEnumerable<CellRef> cells) => _taken.UnionWith(cells);

    /// <summary>What a list, which has no empty rows for them, says nothing of.</summary>
    public void AddMissingFigures()
    {
        if (_findings.Exists(finding => finding.Code is Codes.UnknownLabel or Codes.RaggedRows))
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

    private void TakeRow(TableSpot spot, int member, int row, List<(FoundFigure Figure, int Row, SpotColumn Column)> found)
    {
        var note = spot.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => spot.View[row, column.Column])
            .Where(cell => !cell.IsBlank).Select(cell => cell.Shown.Trim()).FirstOrDefault();
        MarkTaken(spot.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => spot.View.RefOf(row, column.Column)));
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

    /// <summary>Rows with figures among the table's own whose label nobody knows: an error, for their figures would be lost.</summary>
    private bool FindStrangers(TableSpot spot)
    {
        var view = spot.View;
        var values = spot.Columns.Where(column => column.Role == ColumnRole.Value).Select(column => column.Column).ToList();
        var hits = spot.Hits.Select(hit => hit.Row).ToHashSet();
        var any = false;
        foreach (var row in Neighbours(spot, hits))
        {
            var name = view.NameAt(row, spot.LabelColumn);
            if (hits.Contains(row) || labels.IsAnyRow(name) || FormLabels.IsTotal(name) || Label.ReadPeriod(name) is not null
                || !values.Exists(column => WrittenFigure.IsLike(view[row, column])))
            {
                continue;
            }

            MarkTaken(values.Select(column => view.RefOf(row, column)));
            if (row < spot.FirstRow && FormLabels.IsAboutWord(name))
            {
                continue;
            }

            any = true;
            var at = view.RefOf(row, spot.LabelColumn);
            Add(view[row, spot.LabelColumn].Kind == CellKind.Text
                ? FindingText.UnknownLabel(at, view[row, spot.LabelColumn].Shown, Hints(spot.Table.Rows), spot.Table.Rows.SelectMany(member => member.Names))
                : Finding.Error(Codes.UnknownLabel, at, $"There is a figure beside this empty cell in the table \"{spot.Table.Title}\". Say what it counts, or delete it."));
        }

        return any;
    }

    private IEnumerable<string> Hints(IEnumerable<Member> members) => _findings.Count < FindingText.MostAlike ? members.Select(member => member.Label) : [];

    /// <summary>The same for the columns of a table of rows by columns.</summary>
    private bool FindStrangeColumns(TableSpot spot)
    {
        var strangers = spot.Columns.Where(column => column.Role == ColumnRole.Stranger).ToList();
        foreach (var column in strangers)
        {
            MarkTaken(spot.Hits.Select(hit => spot.View.RefOf(hit.Row, column.Column)));
            Add(FindingText.UnknownLabel(
                spot.View.RefOf(spot.LabelRow, column.Column), spot.View[spot.LabelRow, column.Column].Shown, Hints(spot.Table.Columns), spot.Table.Columns.SelectMany(member => member.Names)));
        }

        return strangers.Count > 0;
    }

    /// <summary>The rows from the first label to the last, and those that follow or precede without a blank.</summary>
    private static IEnumerable<int> Neighbours(TableSpot spot, HashSet<int> hits)
    {
        var (first, last) = (hits.Min(), hits.Max());
        while (first > 1 && !spot.View[first - 1, spot.LabelColumn].IsBlank)
        {
            first--;
        }

        while (last < spot.View.Rows && !spot.View[last + 1, spot.LabelColumn].IsBlank)
        {
            last++;
        }

        return Enumerable.Range(first, last - first + 1);
    }

    private void AddMissingRows(TableSpot spot, Dictionary<int, int> rowOf)
    {
        var missing = spot.Table.Rows.Where((row, index) => !row.IsTotal && !rowOf.ContainsKey(index)).Select(row => $"\"{row.Label}\"").ToList();
        var missingColumns = spot.Table.IsList ? [] : spot.Table.Columns
            .Where((column, index) => !column.IsTotal && !spot.Columns.Any(found => found.Role == ColumnRole.Value && found.Member == index))
            .Select(column => $"\"{column.Label}\"").ToList();
        foreach (var (labelled, kind) in new[] { (missing, "row"), (missingColumns, "column") }.Where(pair => pair.Item1.Count > 0))
        {
            Add(Finding.Query(
                Codes.MissingLabel,
                spot.At,
                $"The table \"{spot.Table.Title}\" has no {kind} for {string.Join(", ", labelled)}. Not supplied is not nought: add the {kind}, with 0 where there was none."));
        }
    }
}

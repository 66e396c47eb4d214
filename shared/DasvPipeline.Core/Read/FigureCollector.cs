using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Takes the figures out of the places where tables were found, and keeps account of what nobody took.</summary>
internal sealed class FigureCollector(FormLabels labels)
{
    private const int ListedCells = 8;

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
        _findings.AddRange(list.Findings);
    }

    public void Take(TableSpot spot)
    {
        var rowOf = new Dictionary<int, int>();
        foreach (var (row, member) in spot.Hits)
        {
            if (!rowOf.TryAdd(member, row))
            {
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

        TakeTotals(spot, rowOf, found);
        var strangers = FindStrangers(spot);
        if (!strangers)
        {
            AddMissingRows(spot, rowOf);
        }
    }

    public void AddMissing(List<FormTable> missing, List<Sheet> sheets)
    {
        if (missing.Count == 0)
        {
            return;
        }

        var seen = sheets is [{ Name: null }] ? string.Empty : $" The sheets looked at are: {string.Join(", ", sheets.Select(sheet => $"\"{sheet.Name}\""))}.";
        foreach (var table in missing)
        {
            var looked = string.Join(", ", table.Rows.Where(row => !row.IsTotal).Select(row => $"\"{row.Label}\"").Take(12));
            Add(Finding.Error(
                Codes.TableNotFound,
                null,
                $"The table \"{table.Title}\" was not found. It is known by its labels: {looked}.{seen}"));
        }
    }

    public Reading ToReading(List<Sheet> sheets)
    {
        foreach (var sheet in sheets)
        {
            AddNotRead(sheet);
        }

        return new Reading(_figures, _others, _totals, _findings);
    }

    private void TakeRow(TableSpot spot, int member, int row, List<(FoundFigure Figure, int Row, SpotColumn Column)> found)
    {
        var note = spot.Columns.Where(column => column.Role == ColumnRole.Notes).Select(column => spot.View[row, column.Column])
            .Where(cell => !cell.IsBlank).Select(cell => cell.Shown.Trim()).FirstOrDefault();
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

    private void TakeTotals(TableSpot spot, Dictionary<int, int> rowOf, List<(FoundFigure Figure, int Row, SpotColumn Column)> found)
    {
        // A total row adds what stands in its column; so does a row that is only called "Total" below the table.
        var totalRows = rowOf.Where(pair => spot.Table.Rows[pair.Key].IsTotal).Select(pair => pair.Value).ToList();
        if (totalRows.Count == 0 && FormLabels.IsTotal(spot.View.NameAt(spot.LastRow + 1, spot.LabelColumn)))
        {
            totalRows.Add(spot.LastRow + 1);
        }

        foreach (var row in totalRows)
        {
            foreach (var column in spot.Columns.Where(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod))
            {
                AddTotal(spot, row, column.Column, [.. found.Where(item => item.Column == column).Select(item => item.Figure)]);
            }
        }

        foreach (var column in spot.Columns.Where(column => column.Role == ColumnRole.Total))
        {
            foreach (var row in rowOf.Values.Concat(totalRows).Distinct())
            {
                var year = (Period? period) => period?.FirstYear ?? 0;
                var parts = found.Where(item => item.Row == row).ToList();
                var isOneYear = parts.Select(item => year(item.Column.Period)).Where(first => first != 0).Distinct().Count() <= 1;
                AddTotal(spot, row, column.Column, totalRows.Contains(row) || !isOneYear ? [] : [.. parts.Select(item => item.Figure)]);
            }
        }
    }

    private void AddTotal(TableSpot spot, int row, int column, IReadOnlyList<FoundFigure> parts)
    {
        var at = spot.View.RefOf(row, column);
        _taken.Add(at);
        if (parts.Count > 0)
        {
            _totals.Add(new FoundTotal(spot.Table.Title, spot.View[row, column], at, parts));
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
                || !values.Exists(column => TableFinder.LooksLikeFigure(view[row, column]) && Label.ReadPeriod(view.NameAt(row, column)) is null))
            {
                continue;
            }

            any = true;
            values.ForEach(column => _taken.Add(view.RefOf(row, column)));
            var at = view.RefOf(row, spot.LabelColumn);
            Add(name.Length > 0
                ? FindingText.UnknownLabel(at, view[row, spot.LabelColumn].Shown, spot.Table.Rows.Select(member => member.Label))
                : Finding.Error(Codes.UnknownLabel, at, $"There is a figure beside this empty cell in the table \"{spot.Table.Title}\". Say what it counts, or delete it."));
        }

        return any;
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

    /// <summary>Numbers that stand in none of the tables: nothing is left out in silence.</summary>
    private void AddNotRead(Sheet sheet)
    {
        var left = new List<CellRef>();
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var column = 1; column <= cells.Length; column++)
            {
                var cell = cells[column - 1];
                var at = new CellRef(sheet.Name, row, column);
                if (cell.Kind == CellKind.Number && !_taken.Contains(at) && !IsYear(cell))
                {
                    left.Add(at);
                }
            }
        }

        if (left.Count > 0)
        {
            var more = left.Count > ListedCells ? string.Create(CultureInfo.InvariantCulture, $" and {left.Count - ListedCells} more") : string.Empty;
            Add(Finding.Query(
                Codes.NotRead,
                left[0],
                $"Not read, because no label beside or above says which figure it is: {string.Join(", ", left.Take(ListedCells).Select(at => at.Address))}{more}."));
        }
    }

    private static bool IsYear(Cell cell) => cell.Number is >= 1990 and <= 2100 && cell.Number == Math.Truncate(cell.Number);
}

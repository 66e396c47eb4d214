using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Looks for tables on all sheets of a file, read down and across.</summary>
internal sealed class TableSearch
{
    /// <summary>Rows between a title and the only row of figures beneath it.</summary>
    private const int Between = Headings.Most + 2;

    /// <summary>Places of one label that may be a title: more than a file has tables.</summary>
    private const int MostTitles = 500;

    private readonly FormLabels _labels;
    private readonly TableFinder _finder;
    private readonly List<SheetView> _views;
    private readonly List<(SheetView View, ILookup<string, (int Row, int Column)> Places)> _places;

    public TableSearch(FormLabels labels, Period period, IReadOnlyList<Sheet> sheets)
    {
        (_labels, _finder, Sheets) = (labels, new TableFinder(labels, period), sheets);
        _views = [.. sheets.SelectMany(sheet => new[] { new SheetView(sheet, turned: false), new SheetView(sheet, turned: true) })];
        _places = FindPlaces(labels.IsAnyRow);
    }

    public IReadOnlyList<Sheet> Sheets { get; }

    public List<TableSpot> Of(FormTable table) => [.. _places.SelectMany(item => _finder.Find(table, item.View, item.Places))];

    /// <summary>The places of tables that each show one row of this list, under its label.</summary>
    public List<(FormTable Part, List<TableSpot> Spots)> OfParts(FormTable table)
    {
        if (!table.IsList || !table.Rows.SelectMany(row => row.Names).Any(name => _places.Exists(item => item.Places.Contains(name))))
        {
            return [];
        }

        var parts = _labels.PartsOf(table);
        var areas = FindPlaces(name => parts[0].Rows[0].Names.Contains(name));
        return
        [
            .. parts.Select(part => (part, areas.SelectMany(item => _finder.Find(part, item.View, item.Places)).Where(spot => spot.TitleRank == 2)
                .Concat(_places.SelectMany(item => FindUnlabelled(part, item.View, item.Places))).ToList())),
        ];
    }

    /// <summary>Where on the sheets, read down, labels of the table's rows stand.</summary>
    public IEnumerable<(Member Row, CellRef At)> LabelsOf(FormTable table) =>
        table.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Names.SelectMany(name => _places.Where(item => !item.View.Turned)
            .SelectMany(item => item.Places[name].Select(place => (row, item.View.RefOf(place.Row, place.Column))))));

    /// <summary>What else the sheets say.</summary>
    public IEnumerable<(string Text, CellRef At)> Texts() =>
        from sheet in Sheets
        from row in Enumerable.Range(1, sheet.RowCount)
        from column in Enumerable.Range(1, sheet.Row(row).Length)
        let cell = sheet[row, column]
        where cell is { Kind: CellKind.Text, Text.Length: > 0 and <= 100 }
        select (cell.Text, new CellRef(sheet.Name, row, column));

    private List<(SheetView View, ILookup<string, (int Row, int Column)> Places)> FindPlaces(Func<string, bool> isLabel) =>
        _views.ConvertAll(view => (view, PlacesOf(view, isLabel)));

    private static ILookup<string, (int Row, int Column)> PlacesOf(SheetView view, Func<string, bool> isLabel)
    {
        var places = new List<(string Name, int Row, int Column)>();
        for (var row = 1; row <= view.Rows; row++)
        {
            for (var column = 1; column <= view.Columns; column++)
            {
                if (view.NameAt(row, column) is { Length: > 0 } name && isLabel(name))
                {
                    places.Add((name, row, column));
                }
            }
        }

        return places.ToLookup(place => place.Name, place => (place.Row, place.Column), StringComparer.Ordinal);
    }

    /// <summary>Under a title a single row of figures, each under its period and beside no label of their own.</summary>
    private IEnumerable<TableSpot> FindUnlabelled(FormTable part, SheetView view, ILookup<string, (int Row, int Column)> places)
    {
        foreach (var (titleRow, titleColumn) in part.Names.SelectMany(name => places[name]).Distinct().Take(MostTitles))
        {
            var (firstRow, firstColumn) = view.Turned ? (titleRow, titleColumn + 1) : (titleRow + 1, titleColumn);
            var last = Enumerable.Range(titleColumn + 1, Math.Max(0, view.Columns - titleColumn))
                .FirstOrDefault(column => view.NameAt(titleRow, column) is var name && !FormLabels.IsTotal(name) && (_labels.IsAnyRow(name) || _labels.IsAnyTitle(name)), view.Columns + 1) - 1;
            for (var row = firstRow; row <= Math.Min(view.Rows, firstRow + Between); row++)
            {
                if (row > titleRow && _labels.IsAnyRow(view.NameAt(row, titleColumn)))
                {
                    break; // the next title
                }

                var figure = Figures(row).FirstOrDefault();
                if (figure == 0)
                {
                    continue;
                }

                if (view.NameAt(row, figure - 1).Length == 0 && !Figures(row + 1).Any()
                    && _finder.Describe(part, view, figure - 1, [(row, 0)], last) is var spot && spot.Columns.Any(column => column.Period is not null))
                {
                    yield return spot with { TitleRank = 2 };
                }

                break;
            }

            IEnumerable<int> Figures(int row) =>
                Enumerable.Range(firstColumn, Math.Max(0, last - firstColumn + 1)).Where(column => WrittenFigure.IsLike(view[row, column]));
        }
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds candidates for the tables of a form on all sheets of a file, in both directions.</summary>
internal sealed class TableSearch
{
    /// <summary>The maximum number of rows between a title and the single row of figures below it.</summary>
    private const int MaxRowsBelowTitle = ColumnHeadings.MaxRows + 2;

    /// <summary>The maximum number of cells with one title. It is larger than the number of tables in any file.</summary>
    private const int MostTitles = 500;

    private readonly FormLabels _labels;
    private readonly TableFinder _finder;
    private readonly List<(SheetView View, SheetView Transposed)> _views;
    private readonly List<(SheetView View, ILookup<string, (int Row, int Column)> LabelCells)> _labelCells;

    public TableSearch(FormLabels labels, Period period, IReadOnlyList<Sheet> sheets)
    {
        (_labels, _finder, Sheets) = (labels, new TableFinder(labels, period), sheets);
        var texts = new LabelTexts(labels);
        _views = [.. sheets.Select(sheet => (new SheetView(sheet, transposed: false, texts), new SheetView(sheet, transposed: true, texts)))];
        _labelCells = FindLabelCells(labels.IsAnyRow);
    }

    public IReadOnlyList<Sheet> Sheets { get; }

    public List<TableCandidate> FindCandidates(FormTable table) => [.. _labelCells.SelectMany(item => _finder.Find(table, item.View, item.LabelCells))];

    /// <summary>Returns the candidates that each show one row of a list under its label.</summary>
    public List<(FormTable Part, List<TableCandidate> Candidates)> FindPartCandidates(FormTable table)
    {
        if (!table.IsList || !table.Rows.SelectMany(row => row.Names).Any(name => _labelCells.Exists(item => item.LabelCells.Contains(name))))
        {
            return [];
        }

        var parts = _labels.SplitByRow(table);
        var areas = FindLabelCells(name => parts[0].Rows[0].Names.Contains(name));
        return
        [
            .. parts.Select(part => (part, areas.SelectMany(item => _finder.Find(part, item.View, item.LabelCells)).Where(candidate => candidate.TitleMatch == TitleMatch.Own)
                .Concat(_labelCells.SelectMany(item => FindUnlabelled(part, item.View, item.LabelCells))).ToList())),
        ];
    }

    /// <summary>Returns the cells that contain a row label of the table.</summary>
    public IEnumerable<(Member Row, CellRef At)> FindLabels(FormTable table) =>
        table.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Names.SelectMany(name => _labelCells.Where(item => !item.View.IsTransposed)
            .SelectMany(item => item.LabelCells[name].Select(cell => (row, item.View.AddressOf(cell.Row, cell.Column))))));

    /// <summary>Returns all short texts on the sheets.</summary>
    public IEnumerable<(string Text, CellRef At)> Texts() =>
        from sheet in Sheets
        from row in Enumerable.Range(1, sheet.RowCount)
        from column in Enumerable.Range(1, sheet.Row(row).Length)
        let cell = sheet[row, column]
        where cell is { Kind: CellKind.Text, Text.Length: > 0 and <= 100 }
        select (cell.Text, new CellRef(sheet.Name, row, column));

    /// <summary>Finds the cells with a label in each view, in the order of its rows. The two views of a sheet have the same cells, so one is searched.</summary>
    private List<(SheetView View, ILookup<string, (int Row, int Column)> LabelCells)> FindLabelCells(Func<string, bool> isLabel)
    {
        var found = new List<(SheetView, ILookup<string, (int, int)>)>();
        foreach (var (view, transposed) in _views)
        {
            var cells = LabelCellsOf(view, isLabel);
            found.Add((view, ToLookup(cells)));

            // The sort is stable, so the cells of a row stay in the order of their columns.
            found.Add((transposed, ToLookup(cells.Select(cell => (cell.Name, Row: cell.Column, Column: cell.Row)).OrderBy(cell => cell.Row))));
        }

        return found;

        static ILookup<string, (int Row, int Column)> ToLookup(IEnumerable<(string Name, int Row, int Column)> cells) =>
            cells.ToLookup(cell => cell.Name, cell => (cell.Row, cell.Column), StringComparer.Ordinal);
    }

    private static List<(string Name, int Row, int Column)> LabelCellsOf(SheetView view, Func<string, bool> isLabel)
    {
        var labelCells = new List<(string Name, int Row, int Column)>();
        for (var row = 1; row <= view.Rows; row++)
        {
            for (var column = 1; column <= view.Columns; column++)
            {
                if (view.LabelAt(row, column) is { Length: > 0 } name && isLabel(name))
                {
                    labelCells.Add((name, row, column));
                }
            }
        }

        return labelCells;
    }

    /// <summary>Returns candidates that have a title and below it a single row of figures under their periods, without a row label.</summary>
    private IEnumerable<TableCandidate> FindUnlabelled(FormTable part, SheetView view, ILookup<string, (int Row, int Column)> labelCells)
    {
        foreach (var (titleRow, titleColumn) in part.Names.SelectMany(name => labelCells[name]).Distinct().Take(MostTitles))
        {
            var (firstRow, firstColumn) = view.IsTransposed ? (titleRow, titleColumn + 1) : (titleRow + 1, titleColumn);
            var last = Enumerable.Range(titleColumn + 1, Math.Max(0, view.Columns - titleColumn))
                .FirstOrDefault(column => view.LabelAt(titleRow, column) is var name && !FormLabels.IsTotal(name) && (_labels.IsAnyRow(name) || _labels.IsAnyTitle(name)), view.Columns + 1) - 1;
            for (var row = firstRow; row <= Math.Min(view.Rows, firstRow + MaxRowsBelowTitle); row++)
            {
                if (row > titleRow && _labels.IsAnyRow(view.LabelAt(row, titleColumn)))
                {
                    break; // the next title
                }

                var figure = Figures(row).FirstOrDefault();
                if (figure == 0)
                {
                    continue;
                }

                if (view.LabelAt(row, figure - 1).Length == 0 && !Figures(row + 1).Any()
                    && _finder.Describe(part, view, figure - 1, new LabelledRows([(row, 0)], [(row, 0)]), last) is var candidate && candidate.Columns.Any(column => column.Period is not null))
                {
                    yield return candidate with { TitleMatch = TitleMatch.Own };
                }

                break;
            }

            IEnumerable<int> Figures(int row) =>
                Enumerable.Range(firstColumn, Math.Max(0, last - firstColumn + 1)).Where(column => FigureSyntax.IsLikeFigure(view[row, column]));
        }
    }
}

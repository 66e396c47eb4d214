using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>
/// Reads the long layout: a row for each figure, under the headings <c>measure</c>, <c>value</c>, and where they matter
/// <c>area</c>, a column for each breakdown, and <c>note</c>.
/// </summary>
internal sealed class ListReader
{
    private const int HeadingRows = 50;

    private readonly Form _form;
    private readonly IReadOnlyDictionary<string, Dimension> _dimensions;
    private readonly Sheet _sheet;
    private readonly List<Finding> _findings = [];
    private readonly List<FoundFigure> _figures = [];
    private readonly List<FoundTotal> _totals = [];
    private readonly int[] _rowOf;
    private readonly List<ListBreakdown> _breakdowns = [];
    private int _measureColumn, _valueColumn, _noteColumn;

    private ListReader(Form form, IReadOnlyDictionary<string, Dimension> dimensions, Sheet sheet)
    {
        (_form, _dimensions, _sheet) = (form, dimensions, sheet);
        _rowOf = new int[form.Cells.Length];
    }

    /// <summary>Reads a sheet laid out this way; null when it is not.</summary>
    public static Reading? TryRead(Form form, IReadOnlyDictionary<string, Dimension> dimensions, Sheet sheet)
    {
        var reader = new ListReader(form, dimensions, sheet);
        for (var row = 1; row <= Math.Min(sheet.RowCount, HeadingRows); row++)
        {
            if (reader.TakeHeadings(row))
            {
                reader.ReadRows(row + 1);
                return new Reading(reader._figures, [], reader._totals, reader._findings);
            }
        }

        return null;
    }

    private bool TakeHeadings(int row)
    {
        (_measureColumn, _valueColumn, _noteColumn) = (0, 0, 0);
        _breakdowns.Clear();
        var cells = _sheet.Row(row);
        for (var column = 1; column <= cells.Length; column++)
        {
            var name = cells[column - 1].Text is { } text ? Label.Normalise(text) : string.Empty;
            _ = name switch
            {
                "measure" => _measureColumn = column,
                "value" => _valueColumn = column,
                "note" or "notes" => _noteColumn = column,
                _ => TakeBreakdown(name, column),
            };
        }

        return _measureColumn > 0 && _valueColumn > 0;
    }

    private int TakeBreakdown(string name, int column)
    {
        var dimension = _dimensions.Values.FirstOrDefault(item => item.Id == name || Label.Normalise(item.Title) == name);
        if (dimension is not null)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < dimension.Codes.Length; i++)
            {
                var code = dimension.Codes[i];
                foreach (var word in code.Aliases.Prepend(code.Label).Prepend(code.Id))
                {
                    known.TryAdd(Label.Normalise(word), IndexOf(dimension, i));
                }
            }

            _breakdowns.Add(new ListBreakdown(column, dimension, known));
        }

        return column;
    }

    /// <summary>From 1; 0 is "not broken down by it", which for areas is the same as the whole area.</summary>
    private static int IndexOf(Dimension dimension, int code) =>
        dimension.Id == Dimension.Area && dimension.Codes[code].Id == AreaId.All.Value ? 0 : code + 1;

    private void ReadRows(int first)
    {
        var index = new ListIndex(_form, _breakdowns);
        for (var row = first; row <= _sheet.RowCount; row++)
        {
            var cells = _sheet.Row(row);
            var value = At(cells, _valueColumn);
            if (At(cells, _measureColumn) is not { IsBlank: false } measure)
            {
                if (!value.IsBlank)
                {
                    Add(Finding.Error(Codes.UnknownLabel, Ref(row, _measureColumn), "This row has a value but no measure. Say which figure it is."));
                }

                continue;
            }

            if (_figures.Count > 0 && index.MeaningOf(measure.Text ?? measure.Shown) < 0 && TakeTotal(measure, value, Ref(row, _valueColumn)))
            {
                continue;
            }

            if (Resolve(index, row, cells, measure, isNote: value.IsBlank) is not { } asked)
            {
                continue;
            }

            ref var seen = ref _rowOf[asked.Index];
            if (seen > 0)
            {
                Add(Finding.Error(Codes.SameRowTwice, Ref(row, _valueColumn), $"This figure is already given in row {seen}. Keep one of the two rows."));
                continue;
            }

            seen = row;
            var note = At(cells, _noteColumn) is { IsBlank: false } noted ? noted.Shown.Trim() : null;
            _figures.Add(new FoundFigure(asked, value, Ref(row, _valueColumn), note));
        }
    }

    /// <summary>A row only called "Total" is that of the table whose figures stand above it.</summary>
    private bool TakeTotal(Cell measure, Cell value, CellRef at)
    {
        if (measure.Text is not { } text || !FormLabels.IsTotal(Label.Normalise(text)))
        {
            return false;
        }

        var table = _figures[^1].Asked.Table;
        var parts = _figures.FindAll(figure => figure.Asked.Table == table);
        _totals.Add(new FoundTotal(table.Title, value, at, parts));
        return true;
    }

    private static Cell At(ReadOnlySpan<Cell> cells, int column) => column >= 1 && column <= cells.Length ? cells[column - 1] : Cell.Blank;

    private CellRef Ref(int row, int column) => new(_sheet.Name, row, column);

    private void Add(Finding finding) => _findings.Add(finding);

    private void AddUnless(bool isNote, Finding finding)
    {
        if (!isNote)
        {
            Add(finding);
        }
    }

    /// <param name="isNote">The row has no value: what it says need not be a measure.</param>
    private FormCell? Resolve(ListIndex index, int row, ReadOnlySpan<Cell> cells, Cell measure, bool isNote)
    {
        var text = measure.Text ?? measure.Shown;
        var meaning = index.MeaningOf(text);
        if (meaning < 0)
        {
            AddUnless(isNote, FindingText.UnknownLabel(Ref(row, _measureColumn), text, _form.Cells.Select(cell => cell.Measure.Label).Distinct(), _form.Cells.SelectMany(cell => cell.Measure.Aliases)));
            return null;
        }

        long key = meaning;
        foreach (var (column, dimension, known) in _breakdowns)
        {
            var code = 0;
            if (At(cells, column) is { IsBlank: false } cell)
            {
                var word = cell.Text ?? cell.Shown;
                if (!known.TryGetValue(word, out code))
                {
                    code = known.TryGetValue(Label.Normalise(word), out var found) ? found : -1;
                    known.Add(word, code);
                }

                if (code < 0)
                {
                    Add(FindingText.UnknownLabel(Ref(row, column), word, dimension.Codes.Select(item => item.Label), dimension.Codes.SelectMany(item => item.Aliases)));
                    return null;
                }
            }

            key = ListIndex.With(key, dimension, code);
        }

        var asked = index.Find(meaning, key);
        if (asked is null)
        {
            Add(Finding.Error(
                Codes.UnknownLabel,
                Ref(row, _measureColumn),
                $"This form does not ask for \"{text}\" with the area and breakdowns of this row, or asks for several figures that it could be."));
        }

        return asked;
    }
}

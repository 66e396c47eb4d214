using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Reads the long layout, which has a row for each figure. The headings are <c>measure</c> and <c>value</c> and,
/// optionally, <c>area</c>, a heading for each breakdown, <c>period</c> and <c>note</c>.
/// </summary>
internal sealed class ListReader
{
    private const int HeadingRows = 50;

    private readonly Form _form;
    private readonly Sheet _sheet;
    private readonly ListIndex _index;
    private readonly Period _period;
    private readonly ListHeadings _headings;
    private readonly int _measureColumn, _valueColumn, _noteColumn, _width;
    private readonly IReadOnlyList<int> _periodColumns;
    private readonly IReadOnlyList<(int Column, Dimension Dimension)> _breakdowns;

    // Caches of resolved texts, because the rows repeat a few texts.
    private readonly TextCache<int> _measures = new();
    private readonly Dictionary<string, int>[] _codes;
    private readonly List<Finding> _findings = [];
    private readonly List<FoundFigure> _figures;
    private readonly List<(MonthRange Month, FoundFigure Figure)> _months = [];
    private readonly List<FoundTotal> _totals = [];
    private readonly List<OtherFigure> _others = [];
    private readonly int[] _rowOf;

    private ListReader(Form form, Period period, Sheet sheet, ListHeadings headings)
    {
        (_period, _sheet, _periodColumns) = (period, sheet, headings.Periods);
        (_form, _headings) = (form, headings);
        (_measureColumn, _valueColumn, _noteColumn, _width, _breakdowns) = (headings.Measure, headings.Value, headings.Note, headings.Width, headings.Breakdowns);
        _index = ListIndex.Get(form, [.. _breakdowns.Select(breakdown => breakdown.Dimension)]);
        _codes = [.. _breakdowns.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        _rowOf = new int[form.Cells.Length];
        _figures = new List<FoundFigure>(Math.Min(sheet.RowCount, form.Cells.Length));
    }

    /// <summary>Reads a sheet in the long layout. Returns null if the sheet has another layout.</summary>
    public static FormContents? TryRead(Form form, Period period, IReadOnlyDictionary<string, Dimension> dimensions, Sheet sheet)
    {
        for (var row = 1; row <= Math.Min(sheet.RowCount, HeadingRows); row++)
        {
            if (ListHeadings.Read(sheet.Row(row), dimensions) is { } headings)
            {
                var reader = new ListReader(form, period, sheet, headings);
                reader._findings.AddRange(headings.FindUnused(sheet, row));
                reader.CheckTextsAbove(row);
                reader.ReadRows(row + 1);
                return new FormContents(reader._figures, reader._others, reader._totals, reader._findings) { Months = MonthFigures.Group(reader._months) };
            }
        }

        return null;
    }

    /// <summary>Checks what the texts above the list say about the unit and the kind of its figures.</summary>
    private void CheckTextsAbove(int headingRow)
    {
        for (var row = 1; row < headingRow; row++)
        {
            foreach (var (text, column) in _sheet.Row(row).ToArray().Select((cell, i) => (cell.Text, i + 1)).Where(item => item.Text is { Length: <= Label.MaxLength }))
            {
                CheckUnit(UnitStatement.FindInLabel(text!, Ref(row, column)));
                var statement = PeriodStatement.Create(text!, Ref(row, column), PeriodExpressionParser.Parse(text!), _period);
                if (!text!.TrimEnd().EndsWith('.')
                    && (statement is { Meaning: StatementMeaning.OtherKind, Comparison.Outcome: PeriodOutcome.NotThisKind } || (statement.IsFrequency && _periodColumns.Count == 0)))
                {
                    _findings.Add(statement.CreateQuery(Ref(row, column), _period));
                }
            }
        }
    }

    /// <summary>Reports a unit for the whole list, if a table of the form asks for another one.</summary>
    private void CheckUnit(UnitStatement? unit)
    {
        if (unit is not null && _form.Tables.FirstOrDefault(table => unit.Kind == UnitKind.Rounded || !TableUnits.Agrees(unit, table, null)) is { } table)
        {
            _findings.Add(unit.CreateFinding(table));
        }
    }

    private void ReadRows(int first)
    {
        var periods = _periodColumns.Count == 0 ? null : new ListPeriods(_period, _sheet, _periodColumns, first);
        var ragged = new List<int>();
        for (var row = first; row <= _sheet.RowCount; row++)
        {
            var cells = _sheet.Row(row);
            if (_sheet.Name is null && cells.Length > _width)
            {
                ragged.Add(row);
                continue;
            }

            var value = CellAt(cells, _valueColumn);
            var flag = FlagOf(row, cells);
            if (CellAt(cells, _measureColumn) is not { IsBlank: false } measure)
            {
                if (!value.IsBlank)
                {
                    _findings.Add(Finding.Error(Codes.UnknownLabel, Ref(row, _measureColumn), "This row has a value but no measure. Enter the measure."));
                }

                continue;
            }

            if (periods is not null && periods.GetPeriod(row) is var rowPeriod && rowPeriod.Period != _period)
            {
                if (rowPeriod.Problem is { } problem)
                {
                    _findings.Add(problem);
                }
                else if (rowPeriod.Month is { } month)
                {
                    if (Resolve(row, cells, measure.Text ?? measure.DisplayText, value) is { } monthCell)
                    {
                        _months.Add((month, new FoundFigure(monthCell, value, Ref(row, _valueColumn), NoteOf(cells), flag)));
                    }
                }
                else if (rowPeriod.Period is { } other)
                {
                    ReadOtherPeriod(row, cells, measure.Text ?? measure.DisplayText, value, other);
                }

                continue;
            }

            if (Resolve(row, cells, measure.Text ?? measure.DisplayText, value) is not { } formCell)
            {
                continue;
            }

            ref var previousRow = ref _rowOf[formCell.Index];
            if (previousRow > 0)
            {
                _findings.Add(Finding.Error(
                    Codes.SameRowTwice,
                    Ref(row, _valueColumn),
                    $"This figure is already given at {Ref(previousRow, _valueColumn)}. Keep one of the 2 rows."));
                continue;
            }

            previousRow = row;
            _figures.Add(new FoundFigure(formCell, value, Ref(row, _valueColumn), NoteOf(cells), flag));
            CheckUnit(row, cells, formCell);
        }

        if (ragged.Count > 0)
        {
            _findings.Add(ReadingFindings.RaggedRows(Ref(ragged[0], _width + 1), ragged));
        }

        if (_figures.Count == 0 && _months.Count == 0 && _others.Count > 0)
        {
            var shown = _others.Select(other => other.Period).Distinct().Order().Select(other => other.ToString());
            _findings.Add(Finding.Error(
                Codes.TableNotFound,
                Ref(first - 1, _periodColumns[0]),
                $"This list has no figures for {_period.Label} ({_period}). It only has figures for {FindingText.JoinWithAnd(shown)}. Add the missing figures, or send the file for the period it covers."));
        }
    }

    private FigureFlag? FlagOf(int row, ReadOnlySpan<Cell> cells) =>
        CellAt(cells, _headings.Flag) is { IsBlank: false } flag ? new FigureFlag(flag.DisplayText.Trim(), Ref(row, _headings.Flag)) : null;

    private void CheckUnit(int row, ReadOnlySpan<Cell> cells, FormCell formCell)
    {
        if (CellAt(cells, _headings.Unit) is { Kind: CellKind.Text } cell && UnitStatement.FindInLabel(cell.Text!, Ref(row, _headings.Unit)) is { } unit && !unit.Agrees(formCell.Measure, formCell.Table))
        {
            _findings.Add(unit.CreateFinding(formCell.Table));
        }
    }

    private string? NoteOf(ReadOnlySpan<Cell> cells) => CellAt(cells, _noteColumn) is { IsBlank: false } note ? note.DisplayText.Trim() : null;

    private static Cell CellAt(ReadOnlySpan<Cell> cells, int column) => column >= 1 && column <= cells.Length ? cells[column - 1] : Cell.Blank;

    private CellRef Ref(int row, int column) => new(_sheet.Name, row, column);

    private FormCell? Resolve(int row, ReadOnlySpan<Cell> cells, string text, Cell value)
    {
        if (!_measures.TryGetValue(text, out var measure))
        {
            _measures.Add(text, measure = _index.MeasureOf(text));
        }

        if (measure < 0)
        {
            // A row without a value may be a note instead of a measure.
            if (value.IsBlank)
            {
                CheckUnit(text.Length <= Label.MaxLength ? UnitStatement.FindInNote(text, Ref(row, _measureColumn)) : null);
            }
            else if (!TryReadTotal(text, value, Ref(row, _valueColumn)))
            {
                _findings.Add(ReadingFindings.UnknownLabel(Ref(row, _measureColumn), text, Hints(_index.MeasureLabels), _index.MeasureAliases));
            }

            return null;
        }

        Span<int> codes = stackalloc int[_breakdowns.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            var (column, dimension) = _breakdowns[i];
            if (CellAt(cells, column) is { IsBlank: false } cell && (codes[i] = CodeOf(i, cell.Text ?? cell.DisplayText)) < 0)
            {
                _findings.Add(ReadingFindings.UnknownLabel(
                    Ref(row, column), cell.DisplayText, Hints(dimension.Codes.Select(item => item.Label)), dimension.Codes.SelectMany(item => item.Aliases)));
                return null;
            }
        }

        var formCell = _index.Find(_index.KeyOf(measure, codes));
        if (formCell is null)
        {
            _findings.Add(Finding.Error(
                Codes.UnknownLabel,
                Ref(row, _measureColumn),
                $"We cannot tell which figure this row is. The form does not ask for {FindingText.Quote(text)} with this area and these breakdowns, or it asks for more than one such figure."));
        }

        return formCell;
    }

    private IEnumerable<string> Hints(IEnumerable<string> known) => _findings.Count < FindingLimit.MaxSimilarFindings ? known : [];

    /// <summary>Reads a row labelled "Total" as the total of the table whose figures are above it.</summary>
    private bool TryReadTotal(string text, Cell value, CellRef at)
    {
        if (_figures.Count == 0 || !FormLabels.IsTotal(Label.Normalise(text)))
        {
            return false;
        }

        var table = _figures[^1].FormCell.Table;
        _totals.Add(new FoundTotal(table.Title, value, at, _figures.FindAll(figure => figure.FormCell.Table == table)));
        return true;
    }

    /// <summary>Reads a row for another period, which is only compared. Its findings are discarded.</summary>
    private void ReadOtherPeriod(int row, ReadOnlySpan<Cell> cells, string text, Cell value, Period rowPeriod)
    {
        var findingCount = _findings.Count;
        if (_index.MeasureOf(text) >= 0 && Resolve(row, cells, text, value) is { } formCell)
        {
            _others.Add(new OtherFigure(formCell, rowPeriod, value, Ref(row, _valueColumn)));
        }

        _findings.RemoveRange(findingCount, _findings.Count - findingCount);
    }

    private int CodeOf(int column, string word)
    {
        if (!_codes[column].TryGetValue(word, out var code))
        {
            _codes[column].Add(word, code = _index.Words[column].TryGetValue(Label.Normalise(word), out var known) ? known : -1);
        }

        return code;
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Receive.FormStyles;

namespace DasvPipeline.Core.Receive;

/// <summary>
/// The sheet of one table: cells to fill in, beside each what was accepted for the period before, totals that add
/// themselves up, a place for notes, and what to count.
/// </summary>
internal sealed class FormTableSheet
{
    private const int HeadingRow = 4;
    private const int FirstRow = HeadingRow + 1;
    private const string Symbols = "[x] stands for not available, [z] for does not apply. 37 approx is an estimate. Explanations belong in the column Notes.";

    private readonly FormTable _table;
    private readonly PreviousFigures? _previous;

    // The column on the sheet of each column of the table; its figures of the period before stand in the next one.
    private readonly int[] _columns;
    private readonly List<(string Label, double Width)> _headings;

    private FormTableSheet(PartnershipCatalogue catalogue, FormTable table, PreviousFigures? previous)
    {
        (_table, _previous) = (table, previous);
        _columns = new int[table.Columns.Length];
        _headings = [(RowHeading(catalogue, table), 46)];
        for (var column = 0; column < _columns.Length; column++)
        {
            _headings.Add((table.Columns[column].Label, 16));
            _columns[column] = _headings.Count;
            if (HasPrevious(column))
            {
                _headings.Add((PreviousHeading(column), 16));
            }
        }

        _headings.AddRange([("Notes", 36), ("What to count", 60)]);
    }

    private int NotesColumn => _headings.Count - 1;

    /// <param name="explanations">The cells that hold what is suggested for the notes; null where nothing is.</param>
    public static FormSheet Of(PartnershipCatalogue catalogue, FormTable table, string name, Period period, PreviousFigures? previous, string? explanations)
    {
        var sheet = new FormTableSheet(catalogue, table, previous);
        return new FormSheet(
            name,
            [
                FormSheet.Line(1, FormSheet.Text(table.Title, Style.Title)),
                FormSheet.Line(2, FormSheet.Text(string.Join(' ', sheet.Description(period)), Style.Plain)),
                FormSheet.Line(3, FormSheet.Text(Symbols, Style.Plain)),
                FormSheet.Line(HeadingRow, sheet._headings.Select(heading => FormSheet.Text(heading.Label, Style.ColumnHeading))),
                .. table.Rows.Select((_, row) => FormSheet.Line(FirstRow + row, sheet.Cells(row))),
            ],
            [.. sheet._headings.Select(heading => heading.Width)])
        {
            Grid = new FormGrid($"table_{table.Id.Replace('-', '_')}", HeadingRow, FirstRow + table.Rows.Length - 1, [.. sheet._headings.Select(heading => heading.Label)]),
            Entries =
            [
                .. table.Cells.GroupBy(cell => cell.Measure).Select(asked => FormEntries.OfFigures(
                    asked.Key, [.. asked.Select(cell => (FirstRow + cell.Row, sheet._columns[cell.Column]))])),
                FormEntries.OfNotes(explanations, [.. table.Rows.Select((_, row) => (FirstRow + row, sheet.NotesColumn))]),
            ],
        };
    }

    /// <summary>What the rows are: the title of the one dimension whose codes they are, else the things that are counted.</summary>
    private static string RowHeading(PartnershipCatalogue catalogue, FormTable table)
    {
        var kinds = table.Rows.Where(row => !row.IsTotal)
            .Select(row => row.Coordinates is { Measure: null, Codes.Count: 1 } only ? only.Codes.First().Key : string.Empty).Distinct().ToList();
        return kinds is [{ Length: > 0 } dimension] ? catalogue.Dimensions[dimension].Title : "What is counted";
    }

    private IEnumerable<string> Description(Period period)
    {
        yield return $"{period.Label}. This sheet contains one table.";
        if (_previous is { } previous)
        {
            yield return $"What was accepted for {previous.Period.Label} stands beside each cell.";
        }

        if (_table.Guidance is { } guidance)
        {
            yield return guidance;
        }
    }

    private bool HasPrevious(int column) => _previous is not null && !_table.Columns[column].IsTotal;

    /// <summary>As the reader tells another period's column: by the period alone, or after the column's own label.</summary>
    private string PreviousHeading(int column) => _table.IsList ? _previous!.Period.Label : $"{_table.Columns[column].Label}, {_previous!.Period}";

    private IEnumerable<Cell> Cells(int row)
    {
        yield return FormSheet.Text(_table.Rows[row].Label, _table.Rows[row].IsTotal ? Style.ColumnHeading : Style.Label);
        for (var column = 0; column < _columns.Length; column++)
        {
            yield return _table[row, column] is { } asked
                ? new Cell { StyleIndex = (uint)StyleOf(Style.Input, asked.Measure.Quantity) }
                : Sum(row, column);
            if (HasPrevious(column))
            {
                yield return Previous(row, column);
            }
        }

        yield return FormSheet.Text(string.Empty, Style.Notes);
        yield return FormSheet.Text(Guidance(row), Style.Label);
    }

    /// <summary>What to count in a row; where its columns count different things, each with its column's label.</summary>
    private string Guidance(int row)
    {
        if (_table.Rows[row].IsTotal)
        {
            return "Added up from the figures.";
        }

        var given = _table.Columns.Select((column, i) => (column.Label, Text: _table[row, i]?.Measure.Guidance)).Where(item => item.Text is not null).ToList();
        return given.DistinctBy(item => item.Text).Count() < 2
            ? given.Select(item => item.Text).FirstOrDefault() ?? string.Empty
            : string.Join(' ', given.Select(item => $"{item.Label}: {item.Text}"));
    }

    /// <summary>A total row adds its column, a total column its row; where they meet, the column.</summary>
    private Cell Sum(int row, int column)
    {
        var parts = Parts(row, column).ToList();
        var addresses = parts.Select(part => new CellRef(null, FirstRow + part.Row, _columns[part.Column]).Address);
        return new Cell
        {
            StyleIndex = (uint)StyleOf(Style.Total, QuantityOf(parts)),
            CellFormula = new CellFormula($"SUM({string.Join(',', addresses)})"),
        };
    }

    private IEnumerable<(int Row, int Column)> Parts(int row, int column) => _table.Rows[row].IsTotal
        ? Enumerable.Range(0, _table.Rows.Length).Where(other => !_table.Rows[other].IsTotal).Select(other => (other, column))
        : Enumerable.Range(0, _columns.Length).Where(other => !_table.Columns[other].IsTotal).Select(other => (row, other));

    private Quantity QuantityOf(IEnumerable<(int Row, int Column)> parts) =>
        parts.Select(part => _table[part.Row, part.Column]?.Measure.Quantity).FirstOrDefault(quantity => quantity is not null) ?? Quantity.Count;

    /// <summary>What was accepted: its number, else its marker; a total only of what is all known.</summary>
    private Cell Previous(int row, int column)
    {
        if (_table[row, column] is { } asked)
        {
            return Accepted(_previous!.Figures.TryGetValue(asked.Key, out var figure) ? figure : null, StyleOf(Style.Before, asked.Measure.Quantity));
        }

        var parts = Parts(row, column).ToList();
        var values = parts.ConvertAll(part => _table[part.Row, part.Column] is { } cell && _previous!.Figures.TryGetValue(cell.Key, out var figure) ? figure.Value : null);
        return Accepted(values.TrueForAll(value => value is not null) ? new Figure(values.Sum()) : null, StyleOf(Style.Before, QuantityOf(parts)));
    }

    private static Cell Accepted(Figure? figure, Style style) => figure switch
    {
        { Value: { } value } => FormSheet.Number(value, style),
        { Markers: var markers } => FormSheet.Text($"[{markers.ToLetters().FirstOrDefault("x")}]", style),
        null => FormSheet.Text(string.Empty, style),
    };
}

using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// Creates the sheet of one table: cells to fill in, the accepted figure of the previous period next to each, totals with
/// formulas, a notes column, and guidance on what to count.
/// </summary>
internal sealed class FormTableSheet
{
    private const int HeadingRow = 4;
    private const int FirstRow = HeadingRow + 1;
    private const string Symbols = "[x] means not available, and [z] means does not apply. 37 approx is an estimate. Write explanations in the Notes column.";

    private readonly FormTable _table;
    private readonly PreviousFigures? _previous;

    // The sheet column of each table column. The figures of the previous period are in the next one.
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

    /// <summary>Creates the sheet.</summary>
    /// <param name="explanations">The range of the suggestions for the notes, or null if there are none.</param>
    public static FormSheet Create(PartnershipCatalogue catalogue, FormTable table, string name, Period period, PreviousFigures? previous, string? explanations)
    {
        var sheet = new FormTableSheet(catalogue, table, previous);
        return new FormSheet(
            name,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell(table.Title, FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell(string.Join(' ', sheet.Description(period)), FormStyle.Plain)),
                FormSheet.CreateRow(3, FormSheet.CreateTextCell(Symbols, FormStyle.Plain)),
                FormSheet.CreateRow(HeadingRow, sheet._headings.Select(heading => FormSheet.CreateTextCell(heading.Label, FormStyle.ColumnHeading))),
                .. table.Rows.Select((_, row) => FormSheet.CreateRow(FirstRow + row, sheet.Cells(row))),
            ],
            [.. sheet._headings.Select(heading => heading.Width)])
        {
            Grid = new FormGrid($"table_{table.Id.Replace('-', '_')}", HeadingRow, FirstRow + table.Rows.Length - 1, [.. sheet._headings.Select(heading => heading.Label)]),
            Validations =
            [
                .. table.Cells.GroupBy(cell => cell.Measure).Select(group => FormValidations.CreateForFigures(
                    group.Key, table.Scale, [.. group.Select(cell => (FirstRow + cell.Row, sheet._columns[cell.Column]))])),
                FormValidations.CreateForNotes(explanations, [.. table.Rows.Select((_, row) => (FirstRow + row, sheet.NotesColumn))]),
            ],
        };
    }

    /// <summary>Returns the heading of the row labels: the title of their dimension, or "What is counted" if they are not all from one dimension.</summary>
    private static string RowHeading(PartnershipCatalogue catalogue, FormTable table)
    {
        var kinds = table.Rows.Where(row => !row.IsTotal)
            .Select(row => row.Coordinates is { Measure: null, Codes.Count: 1 } coordinates ? coordinates.Codes.First().Key : string.Empty).Distinct().ToList();
        return kinds is [{ Length: > 0 } dimension] ? catalogue.Dimensions[dimension].Title : "What is counted";
    }

    private IEnumerable<string> Description(Period period)
    {
        yield return $"{period.Label}. This sheet contains one table.";
        if (_previous is { } previous)
        {
            yield return $"The figures we accepted for {previous.Period.Label} are next to each cell.";
        }

        if (_table.Scale != 1)
        {
            yield return $"Enter these figures in units of {_table.Scale.ToString("#,0", CultureInfo.InvariantCulture)}.";
        }

        if (_table.Guidance is { } guidance)
        {
            yield return guidance;
        }
    }

    private bool HasPrevious(int column) => _previous is not null && !_table.Columns[column].IsTotal;

    /// <summary>Returns the heading of the previous period, in the format that the reader recognises: the period alone, or after the column's label.</summary>
    private string PreviousHeading(int column) => _table.IsList ? _previous!.Period.Label : $"{_table.Columns[column].Label}, {_previous!.Period}";

    private IEnumerable<Cell> Cells(int row)
    {
        yield return FormSheet.CreateTextCell(_table.Rows[row].Label, _table.Rows[row].IsTotal ? FormStyle.ColumnHeading : FormStyle.Label);
        for (var column = 0; column < _columns.Length; column++)
        {
            yield return _table[row, column] is { } formCell
                ? new Cell { StyleIndex = (uint)StyleOf(FormStyle.Input, formCell.Measure.Quantity) }
                : Sum(row, column);
            if (HasPrevious(column))
            {
                yield return Previous(row, column);
            }
        }

        yield return FormSheet.CreateTextCell(string.Empty, FormStyle.Notes);
        yield return FormSheet.CreateTextCell(Guidance(row), FormStyle.Label);
    }

    /// <summary>Returns the guidance for a row. If its columns count different things, each is listed with its label.</summary>
    private string Guidance(int row)
    {
        if (_table.Rows[row].IsTotal)
        {
            return "The sum of the figures.";
        }

        var guidances = _table.Columns.Select((column, i) => (column.Label, Text: _table[row, i]?.Measure.Guidance)).Where(item => item.Text is not null).ToList();
        return guidances.DistinctBy(item => item.Text).Count() < 2
            ? guidances.Select(item => item.Text).FirstOrDefault() ?? string.Empty
            : string.Join(' ', guidances.Select(item => $"{item.Label}: {item.Text}"));
    }

    /// <summary>Creates the formula of a total.</summary>
    private Cell Sum(int row, int column)
    {
        var parts = _table.GetParts(row, column).ToList();
        var addresses = parts.Select(part => new CellRef(null, FirstRow + part.Row, _columns[part.Column]).Address);
        return new Cell
        {
            StyleIndex = (uint)StyleOf(FormStyle.Total, QuantityOf(parts)),
            CellFormula = new CellFormula($"SUM({string.Join(',', addresses)})"),
        };
    }

    private Quantity QuantityOf(IEnumerable<(int Row, int Column)> parts) =>
        parts.Select(part => _table[part.Row, part.Column]?.Measure.Quantity).FirstOrDefault(quantity => quantity is not null) ?? Quantity.Count;

    /// <summary>Creates the cell of an accepted figure: its number, or else its marker. A total is shown only if all its parts are known.</summary>
    private Cell Previous(int row, int column)
    {
        if (_table[row, column] is { } formCell)
        {
            return Accepted(_previous!.Figures.TryGetValue(formCell.Key, out var figure) ? figure with { Value = figure.Value / _table.Scale } : null, StyleOf(FormStyle.Previous, formCell.Measure.Quantity));
        }

        var parts = _table.GetParts(row, column).ToList();
        var values = parts.ConvertAll(part => _table[part.Row, part.Column] is { } cell && _previous!.Figures.TryGetValue(cell.Key, out var figure) ? figure.Value : null);
        return Accepted(values.TrueForAll(value => value is not null) ? new Figure(values.Sum() / _table.Scale) : null, StyleOf(FormStyle.Previous, QuantityOf(parts)));
    }

    private static Cell Accepted(Figure? figure, FormStyle style) => figure switch
    {
        { Value: { } value } => FormSheet.CreateNumberCell(value, style),
        { Markers: var markers } => FormSheet.CreateTextCell($"[{markers.ToLetters().FirstOrDefault("x")}]", style),
        null => FormSheet.CreateTextCell(string.Empty, style),
    };
}

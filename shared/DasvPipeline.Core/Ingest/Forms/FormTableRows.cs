using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// Creates the rows of a form's table: cells to fill in, the accepted figures of earlier periods next to each, totals with
/// formulas, live checks, notes, and guidance on what to count.
/// </summary>
internal sealed class FormTableRows(FormTableLayout layout, LiveChecks checks)
{
    private readonly FormTable _table = layout.Table;

    public IEnumerable<Row> Create() =>
    [
        FormSheet.CreateRow(layout.HeadingRow, layout.Columns.Select(column => FormSheet.CreateTextCell(column.Heading, FormStyle.ColumnHeading))),
        .. _table.Rows.Select((_, row) => FormSheet.CreateRow(layout.FirstRow + row, layout.Columns.Select(column => CreateCell(row, column)))),
    ];

    private Cell CreateCell(int row, FormColumn column) => column.Kind switch
    {
        FormColumnKind.Label => FormSheet.CreateTextCell(_table.Rows[row].Label, _table.Rows[row].IsTotal ? FormStyle.TotalLabel : FormStyle.Label),
        FormColumnKind.Figure when _table[row, column.TableColumn] is { } formCell => new Cell { StyleIndex = (uint)StyleOf(FormStyle.Input, formCell.Measure.Quantity) },
        FormColumnKind.Figure => CreateSum(row, column.TableColumn),
        FormColumnKind.Earlier => CreateEarlier(row, column),
        FormColumnKind.Check => CreateCheck(row),
        FormColumnKind.Notes => FormSheet.CreateTextCell(string.Empty, FormStyle.Notes),
        _ => FormSheet.CreateTextCell(layout.GuidanceOf(row), FormStyle.Label),
    };

    /// <summary>Creates the formula of a total. It is empty while its parts are.</summary>
    private Cell CreateSum(int row, int column)
    {
        var parts = _table.GetParts(row, column).ToList();
        var list = string.Join(',', parts.Select(part => layout.AddressOf(part.Row, part.Column, layout.Sheet)));
        return new Cell
        {
            StyleIndex = (uint)StyleOf(FormStyle.Total, QuantityOf(parts)),
            CellFormula = new CellFormula($"IF(COUNT({list})=0,\"\",SUM({list}))"),
        };
    }

    /// <summary>Creates the formula of a row's checks. Its result is a text, which is empty in the blank form.</summary>
    private Cell CreateCheck(int row) => new()
    {
        StyleIndex = (uint)FormStyle.Check,
        DataType = CellValues.String,
        CellFormula = new CellFormula(checks.CreateFormula(layout, row)),
        CellValue = new CellValue(string.Empty),
    };

    private Quantity QuantityOf(IEnumerable<(int Row, int Column)> parts) =>
        parts.Select(part => _table[part.Row, part.Column]?.Measure.Quantity).FirstOrDefault(quantity => quantity is not null) ?? Quantity.Count;

    /// <summary>Creates the cell of an accepted figure: its number, or else its marker. A total is shown only if all its parts are known.</summary>
    private Cell CreateEarlier(int row, FormColumn column)
    {
        var figures = column.Earlier!.Figures;
        if (_table[row, column.TableColumn] is { } formCell)
        {
            return CreateAccepted(figures.TryGetValue(formCell.Key, out var figure) ? figure with { Value = figure.Value / _table.Scale } : null, StyleOf(FormStyle.Previous, formCell.Measure.Quantity));
        }

        var parts = _table.GetParts(row, column.TableColumn).ToList();
        var values = parts.ConvertAll(part => _table[part.Row, part.Column] is { } cell && figures.TryGetValue(cell.Key, out var figure) ? figure.Value : null);
        return CreateAccepted(values.TrueForAll(value => value is not null) ? new Figure(values.Sum() / _table.Scale) : null, StyleOf(FormStyle.Previous, QuantityOf(parts)));
    }

    private static Cell CreateAccepted(Figure? figure, FormStyle style) => figure switch
    {
        { Value: { } value } => FormSheet.CreateNumberCell(value, style),
        { Markers: var markers } => FormSheet.CreateTextCell($"[{markers.ToLetters().FirstOrDefault("x")}]", style),
        null => FormSheet.CreateTextCell(string.Empty, style),
    };
}

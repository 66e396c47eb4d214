using System.Globalization;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

public enum CellKind : byte
{
    Blank,
    Text,
    Number,
    Boolean,
    Date,

    /// <summary>An error value. <see cref="Cell.Text"/> contains it as shown, e.g. <c>#REF!</c>.</summary>
    Error,
}

[Flags]
public enum CellTraits : byte
{
    None = 0,

    /// <summary>Formatted as a percentage: 0.76 is shown as 76%.</summary>
    Percent = 1,

    /// <summary>Calculated by a formula.</summary>
    Formula = 2,

    /// <summary>In a hidden row, column or sheet.</summary>
    Hidden = 4,

    /// <summary>Some characters are superscript or subscript. In a label, such a footnote mark is removed from the text.</summary>
    Raised = 8,

    /// <summary>Some characters are struck through, and some are not.</summary>
    PartlyStruck = 16,

    /// <summary>All characters are struck through.</summary>
    Struck = 32,
}

/// <summary>One cell as stored in the file, not yet parsed.</summary>
public readonly record struct Cell(CellKind Kind, string? Text, double Number = 0, CellTraits Traits = CellTraits.None)
{
    public static readonly Cell Blank;

    public bool IsBlank => Kind == CellKind.Blank;

    public bool IsPercent => (Traits & CellTraits.Percent) != 0;

    public bool IsFormula => (Traits & CellTraits.Formula) != 0;

    public bool IsHidden => (Traits & CellTraits.Hidden) != 0;

    /// <summary>The text that a person sees in the cell.</summary>
    public string DisplayText => Kind switch
    {
        CellKind.Number when IsPercent => (Number * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%",
        CellKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        CellKind.Boolean => Number == 0 ? "FALSE" : "TRUE",
        CellKind.Blank => string.Empty,
        _ => Text ?? string.Empty,
    };
}

/// <summary>A range of cells, such as B5:C5. Rows and columns count from 1.</summary>
public readonly record struct CellRange(int FirstRow, int FirstColumn, int LastRow, int LastColumn)
{
    /// <summary>Returns true if the cell is in the range. The sheet of the cell does not matter.</summary>
    public bool Contains(CellRef cell) =>
        cell.Row >= FirstRow && cell.Row <= LastRow && cell.Column >= FirstColumn && cell.Column <= LastColumn;

    public override string ToString() => $"{new CellRef(null, FirstRow, FirstColumn)}:{new CellRef(null, LastRow, LastColumn)}";
}

/// <summary>A comment on a cell. In Excel it is also called a note.</summary>
/// <param name="Author">The name of the author, or an empty text.</param>
public sealed record CellComment(int Row, int Column, string Author, string Text)
{
    /// <summary>The author of the comments in a marked copy.</summary>
    public const string FindingsAuthor = "Findings";
}

/// <summary>
/// The cells of one sheet. Rows and columns count from 1. The size comes from the cells and not from the file's
/// declaration: a sheet that declares a million rows but has 3 takes the memory of 3.
/// </summary>
public sealed class Sheet(string? name, IReadOnlyList<Cell[]> rows)
{
    /// <summary>The name of the sheet. Null in a CSV file, which has no sheets.</summary>
    public string? Name { get; } = name;

    /// <summary>The ranges of merged cells. Only the first cell of each is visible.</summary>
    public IReadOnlyList<CellRange> Merges { get; init; } = [];

    public IReadOnlyList<CellComment> Comments { get; init; } = [];

    public int RowCount => rows.Count;

    public int ColumnCount { get; } = rows.Count == 0 ? 0 : rows.Max(row => row.Length);

    /// <summary>Returns the cells of a row, starting with column A. Rows can have different lengths.</summary>
    public ReadOnlySpan<Cell> Row(int row) => rows[row - 1];

    /// <summary>The cell at a row and column, counted from 1. Blank outside the sheet.</summary>
    public Cell this[int row, int column] =>
        row >= 1 && row <= rows.Count && rows[row - 1] is var cells && column >= 1 && column <= cells.Length
            ? cells[column - 1]
            : Cell.Blank;
}

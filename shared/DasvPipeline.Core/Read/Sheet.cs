using System.Globalization;

namespace DasvPipeline.Core.Read;

public enum CellKind : byte
{
    Blank,
    Text,
    Number,
    Boolean,
    Date,

    /// <summary>A spreadsheet's own error value; <see cref="Cell.Text"/> holds it as shown, e.g. <c>#REF!</c>.</summary>
    Error,
}

[Flags]
public enum CellTraits : byte
{
    None = 0,

    /// <summary>Shown as a percentage: the stored 0.76 is seen as 76%.</summary>
    Percent = 1,

    /// <summary>Worked out by a formula.</summary>
    Formula = 2,

    /// <summary>In a hidden row, column or sheet.</summary>
    Hidden = 4,
}

/// <summary>One cell as the file holds it; nothing about it has been interpreted yet.</summary>
public readonly record struct Cell(CellKind Kind, string? Text, double Number = 0, CellTraits Traits = CellTraits.None)
{
    public static readonly Cell Blank;

    public bool IsBlank => Kind == CellKind.Blank;

    public bool IsPercent => (Traits & CellTraits.Percent) != 0;

    public bool IsFormula => (Traits & CellTraits.Formula) != 0;

    public bool IsHidden => (Traits & CellTraits.Hidden) != 0;

    /// <summary>What a person would read in the cell.</summary>
    public string Shown => Kind switch
    {
        CellKind.Number when IsPercent => (Number * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%",
        CellKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        CellKind.Boolean => Number == 0 ? "FALSE" : "TRUE",
        CellKind.Blank => string.Empty,
        _ => Text ?? string.Empty,
    };
}

/// <summary>
/// The cells of one sheet, addressed from 1 as the agency sees them. Holds what is there, never what the file declares:
/// a sheet that claims a million rows and has three holds three.
/// </summary>
public sealed class Sheet(string? name, IReadOnlyList<Cell[]> rows)
{
    /// <summary>Null in a CSV file, which has no sheets.</summary>
    public string? Name { get; } = name;

    public int RowCount => rows.Count;

    public int ColumnCount { get; } = rows.Count == 0 ? 0 : rows.Max(row => row.Length);

    /// <summary>The cells of row <paramref name="row"/>, the first being column A; may be shorter than other rows.</summary>
    public ReadOnlySpan<Cell> Row(int row) => rows[row - 1];

    /// <summary>The cell at a row and column from 1; blank outside the sheet.</summary>
    public Cell this[int row, int column] =>
        row >= 1 && row <= rows.Count && rows[row - 1] is var cells && column >= 1 && column <= cells.Length
            ? cells[column - 1]
            : Cell.Blank;
}

using System.Globalization;

namespace DasvPipeline.Core.Domain.Findings;

/// <summary>Words the cells of a finding.</summary>
internal static class FindingLocation
{
    /// <summary>The maximum number of cells that are listed. Further cells are only counted.</summary>
    private const int MaxCells = 10;

    /// <summary>Returns "Sheet Referrals, cell C14", "Cells B2 to B11" or "The whole file".</summary>
    public static string Describe(Finding finding)
    {
        if (finding.Cell is not { } cell)
        {
            return "The whole file";
        }

        var word = finding.OtherCells.Count == 0 ? "cell" : "cells";
        return cell.Sheet is null
            ? $"{char.ToUpperInvariant(word[0])}{word[1..]} {FormatCells(finding)}"
            : $"Sheet {FindingFormatter.RemoveInvisible(cell.Sheet)}, {word} {FormatCells(finding)}";
    }

    /// <summary>Returns the addresses: "C14", "B2 to B11", "B5, B6 and B2". Empty for the whole file. Cells on other sheets have their sheet's name.</summary>
    public static string FormatCells(Finding finding)
    {
        if (finding.Cell is not { } first)
        {
            return string.Empty;
        }

        List<CellRef> cells = [first, .. finding.OtherCells];
        if (cells.Count > 2 && IsLine(cells))
        {
            return $"{first.Address} to {cells[^1].Address}";
        }

        var listed = cells.Take(MaxCells).Select(cell => cell.Sheet == first.Sheet ? cell.Address : FindingFormatter.RemoveInvisible(cell.ToString()));
        return FindingText.JoinWithAnd(listed, cells.Count - MaxCells);
    }

    /// <summary>Returns true if the cells are next to one another in one column or row, in order.</summary>
    private static bool IsLine(List<CellRef> cells) =>
        cells.Zip(cells.Skip(1)).All(pair => pair.Second == pair.First with { Row = pair.First.Row + 1 })
        || cells.Zip(cells.Skip(1)).All(pair => pair.Second == pair.First with { Column = pair.First.Column + 1 });

    /// <summary>Words one address, or the whole file.</summary>
    public static string Describe(string? sheet, string? cell) => (sheet, cell) switch
    {
        (_, null) => "The whole file",
        (null, _) => string.Create(CultureInfo.InvariantCulture, $"Cell {cell}"),
        _ => $"Sheet {sheet}, cell {cell}",
    };
}

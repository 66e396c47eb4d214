using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Numbers that stand in none of the tables: nothing is left out in silence.</summary>
internal static class Leftovers
{
    private const int ListedCells = 8;

    /// <summary>One query for a sheet that has some; null for one that has none.</summary>
    public static Finding? On(Sheet sheet, HashSet<CellRef> taken)
    {
        var left = new List<CellRef>();
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var column = 1; column <= cells.Length; column++)
            {
                if (IsNumber(cells[column - 1]) && new CellRef(sheet.Name, row, column) is var at && !taken.Contains(at)
                    && !(column > 1 && cells[column - 2].Text is { } label && FormLabels.IsAboutWord(Label.Normalise(label))))
                {
                    left.Add(at);
                }
            }
        }

        if (left.Count == 0)
        {
            return null;
        }

        var more = left.Count > ListedCells ? string.Create(CultureInfo.InvariantCulture, $" and {left.Count - ListedCells} more") : string.Empty;
        return Finding.Query(
            Codes.NotRead,
            left[0],
            $"Not read, because no label beside or above says which figure it is: {string.Join(", ", left.Take(ListedCells).Select(at => at.Address))}{more}.");
    }

    private static bool IsNumber(Cell cell) => cell.Kind switch
    {
        CellKind.Number => !IsYear(cell.Number),
        CellKind.Text => WrittenFigure.TryNumber(cell.Text.AsSpan().Trim(), out _),
        _ => false,
    };

    private static bool IsYear(double number) => number is >= 1990 and <= 2100 && number == Math.Truncate(number);
}

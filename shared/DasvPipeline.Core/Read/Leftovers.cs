using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Numbers that stand in none of the tables: nothing is left out in silence.</summary>
internal static class Leftovers
{
    private const int ListedCells = 8;

    /// <summary>
    /// One query for a sheet that has some. In a text file a number right beside a figure is an error: where "1,864" was
    /// written without quotation marks, the figure that was read is 1 or 864.
    /// </summary>
    public static IEnumerable<Finding> On(Sheet sheet, HashSet<CellRef> taken)
    {
        var (left, tooMany) = (new List<CellRef>(), new List<CellRef>());
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var column = 1; column <= cells.Length; column++)
            {
                if (IsNumber(cells[column - 1]) && new CellRef(sheet.Name, row, column) is var at && !taken.Contains(at)
                    && !(column > 1 && cells[column - 2].Text is { } label && FormLabels.IsAboutWord(Label.Normalise(label))))
                {
                    (sheet.Name is null && IsTooMany(cells, at, taken) ? tooMany : left).Add(at);
                }
            }
        }

        if (tooMany.Count > 0)
        {
            yield return FindingText.RaggedRows(tooMany[0], [.. tooMany.Select(at => at.Row).Distinct()]);
        }

        if (left.Count == 0)
        {
            yield break;
        }

        yield return Finding.Query(
            Codes.NotRead,
            left[0],
            $"Not read, because no label beside or above says which figure it is: {List(left)}.");
    }

    /// <summary>The first of some cells of one sheet, and how many more there are.</summary>
    public static string List(List<CellRef> cells)
    {
        var more = cells.Count > ListedCells ? string.Create(CultureInfo.InvariantCulture, $" and {cells.Count - ListedCells} more") : string.Empty;
        return string.Join(", ", cells.Take(ListedCells).Select(at => at.Address)) + more;
    }

    /// <summary>A number that is no year.</summary>
    public static bool IsNumber(Cell cell) => cell.Kind switch
    {
        CellKind.Number => !IsYear(cell.Number),
        CellKind.Text => WrittenFigure.TryNumber(cell.Text.AsSpan().Trim(), out _),
        _ => false,
    };

    /// <summary>It stands behind a figure, or begins a number of which a figure is the rest: "2" before "091".</summary>
    private static bool IsTooMany(ReadOnlySpan<Cell> cells, CellRef at, HashSet<CellRef> taken) =>
        (at.Column > 1 && taken.Contains(at with { Column = at.Column - 1 }) && HasDigits(cells[at.Column - 2]))
        || (at.Column < cells.Length && taken.Contains(at with { Column = at.Column + 1 })
            && cells[at.Column - 1].Shown.Trim().Length <= 3 && cells[at.Column].Shown is [_, _, _] rest && rest.All(char.IsAsciiDigit));

    private static bool HasDigits(Cell cell) => cell.Kind == CellKind.Number || (cell.Text is { } text && text.AsSpan().Trim().ContainsAnyInRange('0', '9'));

    private static bool IsYear(double number) => number is >= 1990 and <= 2100 && number == Math.Truncate(number);
}

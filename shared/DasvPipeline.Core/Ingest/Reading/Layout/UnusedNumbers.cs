using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds numbers that are in none of the tables, so that every number is used or reported.</summary>
internal static class UnusedNumbers
{
    /// <summary>
    /// Reports the unused numbers of a sheet in one query. In a text file, a number directly next to a figure is an error:
    /// if "1,864" was written without quotation marks, the figure read is 1 or 864.
    /// </summary>
    public static IEnumerable<Finding> FindOn(Sheet sheet, HashSet<CellRef> taken)
    {
        var (unused, tooMany) = (new CellList(), new List<CellRef>());
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);
            for (var column = 1; column <= cells.Length; column++)
            {
                if (IsNumber(cells[column - 1]) && new CellRef(sheet.Name, row, column) is var at && !taken.Contains(at)
                    && !(column > 1 && cells[column - 2].Text is { } label && FormLabels.IsMetadataWord(Label.Normalise(label))))
                {
                    if (sheet.Name is null && IsTooMany(cells, at, taken))
                    {
                        tooMany.Add(at);
                    }
                    else
                    {
                        unused.Add(at);
                    }
                }
            }
        }

        if (tooMany.Count > 0)
        {
            yield return ReadingFindings.RaggedRows(tooMany[0], [.. tooMany.Select(at => at.Row).Distinct()]);
        }

        if (unused.Count == 0)
        {
            yield break;
        }

        yield return Create(unused);
    }

    /// <summary>Numbers that are in no table or list of the form.</summary>
    public static Finding Create(CellList cells) => Finding.Query(
        Codes.FigureNotRead,
        cells.First,
        $"We did not use the {(cells.Count == 1 ? "number" : "numbers")} at {cells}. We could not tell which figure of this return {(cells.Count == 1 ? "it is" : "they are")}. If {(cells.Count == 1 ? "it is" : "they are")} not needed, you do not need to do anything.");

    /// <summary>Returns true for a number, also as text.</summary>
    public static bool IsNumber(Cell cell) => cell.Kind switch
    {
        CellKind.Number => true,
        CellKind.Text => FigureSyntax.TryParseNumber(cell.Text.AsSpan().Trim(), out _),
        _ => false,
    };

    /// <summary>Returns true if a number follows a figure, or if a figure is the rest of it: "2" before "091".</summary>
    private static bool IsTooMany(ReadOnlySpan<Cell> cells, CellRef at, HashSet<CellRef> taken) =>
        (at.Column > 1 && taken.Contains(at with { Column = at.Column - 1 }) && HasDigits(cells[at.Column - 2]))
        || (at.Column < cells.Length && taken.Contains(at with { Column = at.Column + 1 })
            && cells[at.Column - 1].DisplayText.Trim().Length <= 3 && cells[at.Column].DisplayText is [_, _, _] rest && rest.All(char.IsAsciiDigit));

    private static bool HasDigits(Cell cell) => cell.Kind == CellKind.Number || (cell.Text is { } text && text.AsSpan().Trim().ContainsAnyInRange('0', '9'));
}

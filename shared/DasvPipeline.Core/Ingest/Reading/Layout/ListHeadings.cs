using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The columns of a sheet in the long layout. A column that the sheet does not have is 0.</summary>
/// <param name="Values">The columns headed "value". One is used, and more than one is an error.</param>
internal sealed record ListHeadings(
    int Measure, IReadOnlyList<int> Values, int Note, int Unit, int Flag, int Width, IReadOnlyList<int> Periods, IReadOnlyList<(int Column, Dimension Dimension)> Breakdowns)
{
    public int Value => Values[0];

    /// <summary>Reads the headings in a row. Returns null if they are not those of the long layout.</summary>
    public static ListHeadings? Read(ReadOnlySpan<Cell> cells, IReadOnlyDictionary<string, Dimension> dimensions)
    {
        var (measure, note, unit, flag) = (0, 0, 0, 0);
        var (values, periods) = (new List<int>(), new List<int>());
        var breakdowns = new List<(int, Dimension)>();
        for (var column = 1; column <= cells.Length; column++)
        {
            switch (cells[column - 1].Text is { } text ? Label.Normalise(text) : string.Empty)
            {
                case "measure":
                    measure = column;
                    break;
                case "value":
                    values.Add(column);
                    break;
                case "period" or "quarter" or "year" or "financial year":
                    periods.Add(column);
                    break;
                case "note" or "notes":
                    note = column;
                    break;
                case "unit" or "units":
                    unit = column;
                    break;
                case var name when FlagColumns.IsHeading(name):
                    flag = column;
                    break;
                case var name when dimensions.Values.FirstOrDefault(item => item.Id == name || Label.Normalise(item.Title) == name) is { } dimension:
                    breakdowns.Add((column, dimension));
                    break;
                default:
                    break;
            }
        }

        return measure > 0 && values.Count > 0 ? new ListHeadings(measure, values, note, unit, flag, cells.Length, periods, breakdowns) : null;
    }

    /// <summary>Reports what the sheet has and the reader does not use: a second column of values, other columns, numbers outside the list.</summary>
    /// <param name="headingRow">The row of the headings.</param>
    public IEnumerable<Finding> FindUnused(Sheet sheet, int headingRow)
    {
        if (Values.Count > 1)
        {
            yield return Finding.Error(
                Codes.AmbiguousColumns,
                new CellRef(sheet.Name, headingRow, Values[1]),
                $"The list has {Values.Count} columns with the heading \"value\", at {FindingText.JoinWithAnd(Values.Select(column => new CellRef(null, headingRow, column).Address))}. Keep the heading of the one we should use.");
        }

        HashSet<int> used = [Measure, .. Values, Note, Unit, Flag, .. Periods, .. Breakdowns.Select(breakdown => breakdown.Column)];
        var columns = new SortedSet<int>();
        var loose = new CellList();
        for (var row = 1; row <= sheet.RowCount; row++)
        {
            var cells = sheet.Row(row);

            // In a text file, a row that is too long is reported as such.
            var last = row > headingRow && sheet.Name is null ? Math.Min(cells.Length, Width) : cells.Length;
            for (var column = 1; column <= last; column++)
            {
                if ((row > headingRow && used.Contains(column)) || row == headingRow || !UnusedNumbers.IsNumber(cells[column - 1]))
                {
                    continue;
                }

                if (row > headingRow && !sheet[headingRow, column].IsBlank)
                {
                    columns.Add(column);
                }
                else if (!(column > 1 && cells[column - 2].Text is { } label && FormLabels.IsMetadataWord(Label.Normalise(label))))
                {
                    loose.Add(new CellRef(sheet.Name, row, column));
                }
            }
        }

        if (columns.Count > 0)
        {
            yield return ReadingFindings.NotAskedFor("column", new CellRef(sheet.Name, headingRow, columns.Min), [.. columns.Select(column => sheet[headingRow, column].DisplayText)]);
        }

        if (loose.Count > 0)
        {
            yield return UnusedNumbers.Create(loose);
        }
    }
}

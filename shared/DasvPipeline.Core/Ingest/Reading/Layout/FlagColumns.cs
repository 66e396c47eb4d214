namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds columns of signs next to figures, such as R for revised and P for provisional.</summary>
internal static class FlagColumns
{
    private const int MaxLength = 14;

    private static readonly string[] Headings = ["flag", "flags", "marker", "markers", "status", "symbol", "symbols", "shorthand", "r/p"];

    /// <summary>Returns true for a heading of a column of signs.</summary>
    public static bool IsHeading(string name) => Headings.Contains(name, StringComparer.Ordinal);

    /// <summary>Returns true for a sign such as * directly next to a number. Alone in a cell, it replaces a figure.</summary>
    public static bool IsSign(SheetView view, int row, int column) =>
        view[row, column] is { Kind: CellKind.Text, Text: { Length: <= MaxLength } text } && FigureSyntax.IsOneOf(text.AsSpan().Trim(), FigureSyntax.SmallNumberSigns) && UnusedNumbers.IsNumber(view[row, column - 1]);

    /// <summary>Gives each column of figures the column of signs directly to its right.</summary>
    public static List<CandidateColumn> Assign(SheetView view, List<(int Row, int Member)> run, List<CandidateColumn> columns, ColumnHeadings headings)
    {
        var used = columns.Select(column => column.Column).ToHashSet();
        return columns.ConvertAll(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod && column.Column + 1 is var next && next <= view.Columns && !used.Contains(next)
            && (!headings.HasOwnLabel(next) || headings.OwnLabels(next).Exists(IsHeading)) && ContainsFlags(view, run, next)
                ? column with { FlagColumn = next }
                : column);
    }

    private static bool ContainsFlags(SheetView view, List<(int Row, int Member)> run, int column)
    {
        var texts = run.Select(hit => view[hit.Row, column]).Where(cell => !cell.IsBlank).ToList();
        return texts.Count > 0 && texts.TrueForAll(cell => cell is { Kind: CellKind.Text, Text.Length: <= MaxLength } && !cell.Text.AsSpan().ContainsAnyInRange('0', '9'));
    }
}

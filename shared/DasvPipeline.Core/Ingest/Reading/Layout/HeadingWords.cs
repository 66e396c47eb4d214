using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>
/// Judges the heading of the only column of figures of a list. "Number of referrals" says what the form asks for. "Men" or
/// "Cases closed" may be other figures.
/// </summary>
internal static class HeadingWords
{
    private static readonly HashSet<string> Plain =
    [
        "a", "actual", "actuals", "all", "amount", "and", "by", "cases", "clients", "count", "data", "figure", "figures", "for", "from", "in", "is", "made", "new", "no", "number", "numbers",
        "of", "our", "people", "period", "quarter", "received", "reported", "return", "returns", "series", "sum", "the", "this", "to", "total", "totals", "value", "values", "year", "your",
    ];

    /// <summary>Returns the heading if it has a word that is in neither the form nor plain words for figures. Returns null otherwise.</summary>
    public static string? FindUnknown(FormTable table, string heading)
    {
        var known = table.Names.Concat(table.Rows.SelectMany(row => row.Names)).Concat(table.Columns.SelectMany(column => column.Names))
            .Concat(table.Cells.SelectMany(cell => cell.Measure.Aliases.Append(cell.Measure.Label).Append(cell.Measure.Unit)).Select(Label.Normalise))
            .SelectMany(Label.SplitWords).ToHashSet(StringComparer.Ordinal);
        return Label.SplitWords(Label.Normalise(heading)).All(word => Plain.Contains(word) || known.Contains(word) || word.Length == 1 || word.Any(char.IsDigit)) ? null : heading;
    }
}

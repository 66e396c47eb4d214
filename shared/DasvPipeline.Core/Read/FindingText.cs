using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Findings and quotations that several readers share.</summary>
internal static class FindingText
{
    /// <summary>The maximum length of a quotation from the file, in characters.</summary>
    private const int MaxQuoteLength = 60;

    /// <summary>The maximum number of findings of one kind that are reported singly. The rest are summed up in one finding.</summary>
    public const int MaxSimilarFindings = 100;

    private const int MaxRows = 8;

    /// <summary>The maximum number of labels in a suggestion.</summary>
    private const int MaxLabels = 12;

    /// <summary>Reports a label that the form does not know.</summary>
    /// <param name="known">The labels to suggest. Empty if there are already enough suggestions.</param>
    /// <param name="aliases">Other accepted words for these labels.</param>
    public static Finding UnknownLabel(CellRef at, string text, IEnumerable<string> known, IEnumerable<string> aliases)
    {
        if (Label.FindLookAlike(text) is { } rune)
        {
            return Finding.Error(
                Codes.UnknownLabel,
                at,
                $"{Quote(text)} contains the character U+{rune.Value:X4}, which is invisible or looks like another character. Type the label again.");
        }

        var labels = known.Distinct().ToList();
        var hint = labels.Count == 0 ? string.Empty
            : NearestText.Find(text, labels.Concat(aliases)) is { } near ? $" Did you mean {Quote(near)}?"
            : $" The labels are: {JoinWithAnd(labels.Take(MaxLabels).Select(Quote), labels.Count - MaxLabels)}. Use one of them, or delete the figure.";
        return Finding.Error(Codes.UnknownLabel, at, $"{Quote(text)} is not one of the labels we ask for here.{hint}");
    }

    /// <summary>Joins items as in a sentence: "a", "a and b", "a, b and c", "a, b and 7 more".</summary>
    public static string JoinWithAnd(IEnumerable<string> items, int more = 0)
    {
        List<string> all = [.. items, .. more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{more} more")] : Array.Empty<string>()];
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }

    /// <summary>Reports rows of a text file that have too many cells.</summary>
    /// <param name="at">The first surplus cell.</param>
    /// <param name="rows">The numbers of the rows.</param>
    public static Finding RaggedRows(CellRef at, IReadOnlyList<int> rows)
    {
        var listed = rows.Take(MaxRows).Select(row => row.ToString("N0", CultureInfo.InvariantCulture)).ToList();
        var last = rows.Count > MaxRows ? string.Create(CultureInfo.InvariantCulture, $"{rows.Count - MaxRows:N0} more") : listed[^1];
        var others = rows.Count > MaxRows ? listed : listed[..^1];
        var subject = rows.Count == 1 ? $"Row {last} has" : $"Rows {string.Join(", ", others)} and {last} each have";
        return Finding.Error(
            Codes.RaggedRows,
            at,
            $"{subject} too many cells, so we cannot tell which figure is which. A comma inside a number or a text can cause this. Write 1,864 as 1864, and put quotation marks round a text that has a comma.");
    }

    /// <summary>Quotes a text from the file on one line, shortened. Invisible characters and direction marks become U+FFFD.</summary>
    public static string Quote(string text)
    {
        var line = OneLine(text, MaxQuoteLength + 2);
        return line.Length <= MaxQuoteLength ? $"\"{line}\"" : $"\"{Shorten(line, MaxQuoteLength)}…\"";
    }

    /// <summary>Returns a text from the file on one line, at most <paramref name="length"/> characters long. Every character is visible and valid in XML.</summary>
    public static string OneLine(string text, int length)
    {
        var line = new StringBuilder();
        for (var i = 0; i < text.Length && line.Length <= length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                line.Append(text, i++, 2);
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                line.Append(IsInvisible(text[i]) ? '\uFFFD' : text[i]);
            }
            else if (line is [.., not ' '])
            {
                line.Append(' ');
            }
        }

        return Shorten(line.ToString(), length).Trim();
    }

    private static bool IsInvisible(char c) =>
        c is '\uFFFE' or '\uFFFF' || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate;

    /// <summary>Shortens a text without splitting a surrogate pair.</summary>
    public static string Shorten(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

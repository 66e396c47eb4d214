using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Sentences that more than one reader needs.</summary>
internal static class FindingText
{
    /// <summary>How much of what somebody typed is quoted back.</summary>
    private const int Quoted = 60;

    /// <summary>Findings of one kind that are told one by one; a file that is wrong throughout is told of the others together.</summary>
    public const int MostAlike = 100;

    private const int ListedRows = 8;

    /// <summary>How many labels are named.</summary>
    private const int Listed = 12;

    /// <param name="known">The labels to choose from; none where there have been hints enough.</param>
    /// <param name="aliases">Other words for them, which may be what was meant.</param>
    public static Finding UnknownLabel(CellRef at, string text, IEnumerable<string> known, IEnumerable<string> aliases)
    {
        if (Label.FindLookAlike(text) is { } rune)
        {
            return Finding.Error(
                Codes.UnknownLabel,
                at,
                $"{Quote(text)} contains the character U+{rune.Value:X4}, which looks like another one or cannot be seen. Type the label again.");
        }

        var labels = known.Distinct().ToList();
        var hint = labels.Count == 0 ? string.Empty
            : Nearest.To(text, labels.Concat(aliases)) is { } near ? $" Did you mean {Quote(near)}?"
            : $" Those are: {List(labels.Take(Listed).Select(Quote), labels.Count - Listed)}. Use one of them, or take the figure out.";
        return Finding.Error(Codes.UnknownLabel, at, $"{Quote(text)} is not one of the labels asked for here.{hint}");
    }

    /// <summary>"a", "a and b", "a, b and c", "a, b and 7 more".</summary>
    public static string List(IEnumerable<string> items, int more = 0)
    {
        List<string> all = [.. items, .. more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{more} more")] : Array.Empty<string>()];
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }

    /// <param name="at">The first cell that is too many.</param>
    /// <param name="rows">Of a text file, which have one.</param>
    public static Finding RaggedRows(CellRef at, IReadOnlyList<int> rows)
    {
        var named = rows.Take(ListedRows).Select(row => row.ToString("N0", CultureInfo.InvariantCulture)).ToList();
        var last = rows.Count > ListedRows ? string.Create(CultureInfo.InvariantCulture, $"{rows.Count - ListedRows:N0} more") : named[^1];
        var others = rows.Count > ListedRows ? named : named[..^1];
        var which = rows.Count == 1 ? $"Row {last} has" : $"Rows {string.Join(", ", others)} and {last} each have";
        return Finding.Error(
            Codes.RaggedRows,
            at,
            $"{which} a cell too many, so it cannot be told which figure is which. A comma inside a number or a text does that: write 1864 for 1,864, and put a text with a comma in quotation marks.");
    }

    /// <summary>What somebody typed, in quotation marks, shortened, on one line; marks that cannot be seen, or turn the text round, are shown as one that can.</summary>
    public static string Quote(string text)
    {
        var seen = OneLine(text, Quoted + 2);
        return seen.Length <= Quoted ? $"\"{seen}\"" : $"\"{Shorten(seen, Quoted)}…\"";
    }

    /// <summary>At most so many characters of what somebody typed, on one line, each of which can be seen and stands in any format, XML among them.</summary>
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
                line.Append(CannotBeSeen(text[i]) ? '\uFFFD' : text[i]);
            }
            else if (line is [.., not ' '])
            {
                line.Append(' ');
            }
        }

        return Shorten(line.ToString(), length).Trim();
    }

    private static bool CannotBeSeen(char c) =>
        c is '\uFFFE' or '\uFFFF' || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate;

    /// <summary>At most so many characters, never half of one.</summary>
    public static string Shorten(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

using System.Globalization;
using System.Text;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>
/// The names of the sheets in the copy: those they had, unless a workbook cannot have such a name (none of
/// <c>: \ / ? * [ ]</c>, no apostrophe at either end, none twice); and one for the sheet of findings that no other has.
/// </summary>
internal sealed class SheetNames
{
    /// <summary>The longest that Excel opens, in UTF-16 units.</summary>
    public const int LongestInExcel = 31;

    /// <summary>LibreOffice has no limit of its own, and a name is no text.</summary>
    public const int LongestElsewhere = 255;

    private const string Nameless = "Sheet";

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly int longest;

    public SheetNames(IReadOnlyList<string> names, int longest)
    {
        this.longest = longest;
        InOrder = [.. names.Select(name => Free(Possible(name)))];
        Findings = Free(FindingsTable.Name);
        ByOldName = names.Zip(InOrder).DistinctBy(pair => pair.First, StringComparer.Ordinal).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> InOrder { get; }

    public string Findings { get; }

    public IReadOnlyDictionary<string, string> ByOldName { get; }

    private string Possible(string name)
    {
        var clean = string.Concat(name.EnumerateRunes().Select(letter => letter.Value is ':' or '\\' or '/' or '?' or '*' or '[' or ']' or 0xFFFE or 0xFFFF || Rune.IsControl(letter) ? Rune.ReplacementChar : letter));
        clean = FindingText.Shorten(clean, longest).Trim('\'', ' ');
        return clean.Length > 0 ? clean : Nameless;
    }

    private string Free(string name)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $" {i}");
            free = FindingText.Shorten(name, longest - ending.Length) + ending;
        }

        return free;
    }
}

using System.Globalization;
using System.Text;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>
/// The names of the sheets in the copy: those they had, unless a workbook cannot have such a name (31 letters, none of
/// <c>: \ / ? * [ ]</c>, no apostrophe at either end, none twice); and one for the sheet of findings that no other has.
/// </summary>
internal sealed class SheetNames
{
    private const int Longest = 31;
    private const string Nameless = "Sheet";

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    public SheetNames(IReadOnlyList<string> names)
    {
        InOrder = [.. names.Select(name => Free(Possible(name)))];
        Findings = Free(FindingsSheet.Name);
        ByOldName = names.Zip(InOrder).DistinctBy(pair => pair.First, StringComparer.Ordinal).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> InOrder { get; }

    public string Findings { get; }

    public IReadOnlyDictionary<string, string> ByOldName { get; }

    private static string Possible(string name)
    {
        var clean = string.Concat(name.EnumerateRunes().Select(letter => letter.Value is ':' or '\\' or '/' or '?' or '*' or '[' or ']' or 0xFFFE or 0xFFFF || Rune.IsControl(letter) ? Rune.ReplacementChar : letter));
        clean = FindingText.Shorten(clean, Longest).Trim('\'', ' ');
        return clean.Length > 0 ? clean : Nameless;
    }

    private string Free(string name)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $" {i}");
            free = FindingText.Shorten(name, Longest - ending.Length) + ending;
        }

        return free;
    }
}

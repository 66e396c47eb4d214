using System.Globalization;
using System.Text;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>
/// The names of the sheets in the copy. Original names are kept if they are valid and unique: none of
/// <c>: \ / ? * [ ]</c>, and no apostrophe at the start or end. The findings sheet has a name of its own.
/// </summary>
internal sealed class SheetNames
{
    /// <summary>Excel's limit, in UTF-16 units.</summary>
    public const int MaxLengthInExcel = 31;

    /// <summary>Our limit for LibreOffice, which has none.</summary>
    public const int MaxLengthElsewhere = 255;

    private const string DefaultName = "Sheet";

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly int maxLength;

    public SheetNames(IReadOnlyList<string> names, int maxLength)
    {
        this.maxLength = maxLength;
        InOrder = [.. names.Select(name => MakeUnique(MakeValid(name)))];
        Findings = MakeUnique(FindingsTable.Name);
        ByOldName = names.Zip(InOrder).DistinctBy(pair => pair.First, StringComparer.Ordinal).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> InOrder { get; }

    public string Findings { get; }

    public IReadOnlyDictionary<string, string> ByOldName { get; }

    private string MakeValid(string name)
    {
        var clean = string.Concat(name.EnumerateRunes().Select(letter => letter.Value is ':' or '\\' or '/' or '?' or '*' or '[' or ']' or 0xFFFE or 0xFFFF || Rune.IsControl(letter) ? Rune.ReplacementChar : letter));
        clean = FindingText.Shorten(clean, maxLength).Trim('\'', ' ');
        return clean.Length > 0 ? clean : DefaultName;
    }

    private string MakeUnique(string name)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" {i}");
            unique = FindingText.Shorten(name, maxLength - suffix.Length) + suffix;
        }

        return unique;
    }
}

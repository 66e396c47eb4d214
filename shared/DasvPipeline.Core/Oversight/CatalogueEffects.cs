using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Oversight;

/// <summary>What a changed catalogue would change.</summary>
/// <param name="Files">The changed files, with their lines.</param>
/// <param name="Forms">The forms that change, a sentence each.</param>
/// <param name="Due">Returns that would be due, would not be due any more, or would be due on another day.</param>
/// <param name="Checks">The checks that change.</param>
/// <param name="Figures">The published figures that change, by year.</param>
/// <param name="Headlines">Headlines and tables that would be added, left out or worded in another way.</param>
public sealed record CatalogueEffects(
    IReadOnlyList<FileDifference> Files,
    IReadOnlyList<string> Forms,
    IReadOnlyList<string> Due,
    IReadOnlyList<string> Checks,
    IReadOnlyList<CatalogueFigureChange> Figures,
    IReadOnlyList<string> Headlines)
{
    public static readonly CatalogueEffects None = new([], [], [], [], [], []);
}

/// <summary>A number of the feed that a changed catalogue would change.</summary>
/// <param name="What">changes, hidden or shown.</param>
/// <param name="From">What would be published without the change; null if no number is published.</param>
public sealed record CatalogueFigureChange(string Year, string Title, string Number, string What, decimal? From, decimal? To);

/// <summary>A file that differs between two versions.</summary>
/// <param name="Lines">The lines that differ, each with a sign: - for the first version, + for the second.</param>
public sealed record FileDifference(string Path, IReadOnlyList<string> Lines)
{
    public static IReadOnlyList<FileDifference> FindAll(IReadOnlyList<CatalogueFile> before, IReadOnlyList<CatalogueFile> after)
    {
        var (one, two) = (before.ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal), after.ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal));
        return
        [
            .. one.Keys.Union(two.Keys).Order(StringComparer.Ordinal)
                .Select(path => new FileDifference(path, Compare(LinesOf(one.GetValueOrDefault(path)), LinesOf(two.GetValueOrDefault(path)))))
                .Where(difference => difference.Lines.Count > 0),
        ];
    }

    private static string[] LinesOf(string? text) => text is null ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Compares lines by their longest common sequence.</summary>
    private static List<string> Compare(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
        {
            start++;
        }

        var (endBefore, endAfter) = (before.Length, after.Length);
        while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1])
        {
            (endBefore, endAfter) = (endBefore - 1, endAfter - 1);
        }

        var (one, two) = (before[start..endBefore], after[start..endAfter]);
        var lengths = new int[one.Length + 1, two.Length + 1];
        for (var i = one.Length - 1; i >= 0; i--)
        {
            for (var j = two.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = one[i] == two[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < one.Length || j < two.Length;)
        {
            if (i < one.Length && j < two.Length && one[i] == two[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == two.Length || (i < one.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                lines.Add("- " + one[i++]);
            }
            else
            {
                lines.Add("+ " + two[j++]);
            }
        }

        return lines;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UkTimeConverter)])]
[JsonSerializable(typeof(CatalogueProposal))]
[JsonSerializable(typeof(IReadOnlyList<Ports.CatalogueVersion>))]
public sealed partial class CatalogueJson : JsonSerializerContext;

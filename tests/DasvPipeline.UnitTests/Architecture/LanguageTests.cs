using System.Text.RegularExpressions;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Architecture;

/// <summary>Keeps old and private words out of everything that people read: names, comments, messages, pages and documents.</summary>
public sealed partial class LanguageTests
{
    private static readonly string[] Extensions =
        [".cs", ".razor", ".md", ".yaml", ".yml", ".html", ".js", ".cjs", ".css", ".sh", ".bicep", ".bicepparam", ".props", ".targets", ".csproj"];

    private static readonly string[] Folders = ["shared", "functions", "local", "tests", "bench", "site", "infra", "catalogue", "docs", ".github", ".ci"];

    /// <summary>Contracts that keep their value although a word in them is old.</summary>
    private static readonly string[] Contracts = ["period-not-owed", "\"owed\"", "\"told\"", "Returns owed"];

    public static TheoryData<string> Files =>
    [
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(LocalFolders.Repository, folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(LocalFolders.Repository))
            .Select(file => Path.GetRelativePath(LocalFolders.Repository, file).Replace('\\', '/'))
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !Generated().IsMatch(file) && !file.EndsWith("/LanguageTests.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_uses_none_of_the_old_words(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(LocalFolders.Repository, file));
        var found = lines.SelectMany((line, i) => FindOldWords(line).Select(word => $"{file}:{i + 1}: \"{word}\" in: {line.Trim()}"));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("// Whoever decides is told.", "Whoever", "told")]
    [InlineData("public bool IsOwedFor(Period period)", "Owed")]
    [InlineData("A_file_that_is_nought_is_mended", "nought", "mended")]
    [InlineData("// The label beside the number stands for it.", "beside", "stands")]
    [InlineData("<param name=\"Title\">Null where it is none.</param>", "is none")]
    [InlineData("// Null if there is none.", "is none")]
    [InlineData("// Recommended: it amends nothing.")]
    [InlineData("[JsonPropertyName(\"told\")]")]
    public void Old_words_are_found_in_names_and_in_sentences(string line, params string[] expected) => Assert.Equal(expected, FindOldWords(line));

    private static IEnumerable<string> FindOldWords(string line)
    {
        var text = Contracts.Aggregate(line, (rest, contract) => rest.Replace(contract, string.Empty, StringComparison.Ordinal));
        return OldWord().Matches(WordBoundary().Replace(text, " ")).Select(match => match.Value);
    }

    /// <summary>Splits names into words: "IsOwedFor", "is_owed_for".</summary>
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|_")]
    private static partial Regex WordBoundary();

    [GeneratedRegex(
        @"\b(noughts?|anew|mend(?:s|ed|ing)?|owe[sd]?|whoever|told|telling|beside|stands|held against|is none(?! else|:)|what is to do|of itself|the one who|may nothing)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex OldWord();

    [GeneratedRegex("(^|/)(node_modules|bin|obj|artifacts|TestResults|BenchmarkDotNet\\.Artifacts|\\.data)/|govuk\\.css$|package-lock\\.json$")]
    private static partial Regex Generated();
}

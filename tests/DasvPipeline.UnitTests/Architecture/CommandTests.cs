using System.Text.RegularExpressions;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Architecture;

/// <summary>The commands in the documents work on Windows, macOS and Linux.</summary>
public sealed partial class CommandTests
{
    /// <summary>Options and programs of GNU that macOS or Windows lacks, and where a document may not use them.</summary>
    private static readonly Dictionary<string, string> Absent = new(StringComparer.Ordinal)
    {
        ["base64 with options"] = @"\bbase64\s+-",
        ["curl before 7.82"] = @"\bcurl\b.*--json\b",
        ["date of GNU"] = @"\bdate\s+(-d|--date|-Is)\b",
        ["find of GNU"] = @"\bfind\b.*\s-printf\b",
        ["grep of GNU"] = @"\bgrep\s+-\w*P",
        ["mktemp of GNU"] = @"\bmktemp\s+--",
        ["programs of GNU"] = @"(^|[|;&(]\s*)(g?awk|jq|nproc|numfmt|readlink|realpath|seq|sha256sum|md5sum|shuf|tac|timeout|truncate|wget|xdg-open)\b",
        ["sed of GNU"] = @"\bsed\s+(-i|-r|--)",
        ["sort of GNU"] = @"\bsort\s+(-V|--)",
        ["stat of GNU"] = @"\bstat\s+(-c|--)",
        ["xargs of GNU"] = @"\bxargs\s+(-r|-d|--)",
        ["apt"] = @"\b(apt|apt-get|yum|dnf)\s+",
    };

    /// <summary>What only a shell of Unix understands. Everybody starts with these documents.</summary>
    private static readonly Dictionary<string, string> OnlyUnixShells = new(StringComparer.Ordinal)
    {
        ["a variable"] = @"^\w+=|\$\w|\$\(",
        ["a continued line"] = @"\\$",
        ["a pipe"] = @"\s\|\s",
        ["single quotes"] = "'",
        ["export"] = @"^export\b",
        ["a background job"] = @"&\s*$",
    };

    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(LocalFolders.Repository, "*.md").Concat(new[] { "docs", "site", "infra", "samples", "bench", "catalogue" }
                .Select(folder => Path.Combine(LocalFolders.Repository, folder)).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(LocalFolders.Repository, file).Replace('\\', '/')).Where(file => !file.Contains("node_modules/", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_names_no_command_that_only_GNU_has(string document) => Assert.Empty(FindAbsent(Read(document)));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/first-ten-minutes.md")]
    public void The_documents_to_start_with_work_in_each_shell(string document) => Assert.Empty(Find(Read(document), OnlyUnixShells));

    [Theory]
    [InlineData("as=$(printf x | base64 -w0)")]
    [InlineData("curl --json '{}' http://localhost | jq -r .address")]
    [InlineData("sed -i s/a/b/ file")]
    [InlineData("date -d yesterday")]
    [InlineData("cat list | sort -V")]
    public void The_check_finds_such_a_command(string command) => Assert.NotEmpty(FindAbsent($"Text\n```\n{command}\n```\n"));

    private static string Read(string document) => File.ReadAllText(Path.Combine(LocalFolders.Repository, document));

    private static IEnumerable<string> FindAbsent(string text) => Find(text, Absent);

    /// <summary>Looks at blocks of commands, and not at those of a programming language.</summary>
    private static IEnumerable<string> Find(string text, Dictionary<string, string> patterns) =>
        from block in Block().Matches(text.ReplaceLineEndings("\n"))
        where block.Groups[1].Value is "" or "bash" or "sh" or "powershell"
        from line in block.Groups[2].Value.Split('\n')
        where !line.TrimStart().StartsWith('#') && Command().IsMatch(line)
        from pattern in patterns
        where Regex.IsMatch(line, pattern.Value)
        select $"{pattern.Key}: {line}";

    [GeneratedRegex(@"^ *```(\w*)\n(.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>A line that starts with a program, or sets a variable from one.</summary>
    [GeneratedRegex(@"^\s*(\w+=\$\(|\(?cd |az |azd |bash |cat |curl |date |dotnet |export |find |git |grep |node |npm |printf |python3? |sed |sort |stat |xargs |base64 |jq |mktemp |apt)")]
    private static partial Regex Command();
}

using System.Reflection;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Domain.Findings;

/// <summary>The page that explains the codes is generated from the code, and its examples are real messages.</summary>
public sealed class FindingGuideTests
{
    private static string Page => Path.Combine(LocalFolders.Repository, "docs", "findings.md");

    /// <summary>Codes that only the use cases report. Their own tests cover them.</summary>
    private static string[] OfUseCases => [Codes.AlreadyReceived, Codes.Corrected];

    public static TheoryData<string> Explained() => [.. FindingGuide.Entries.Select(entry => entry.Code).Except(OfUseCases)];

    [Fact]
    public void Every_code_has_one_explanation() => Assert.Equal(
        typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        FindingGuide.Entries.Select(entry => entry.Code).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Explained))]
    public async Task Each_example_is_a_message_that_a_file_received(string code)
    {
        var messages = await FindingExamples.ReadMessagesAsync();
        var example = FindingGuide.Entries.Single(entry => entry.Code == code).Example;
        Assert.True(messages.Contains((code, example)), $"No file received:\n{example}\nbut:\n{string.Join('\n', messages.Where(item => item.Code == code).Select(item => item.Message).Take(5))}");
    }

    [Fact]
    public void The_page_matches_the_code()
    {
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            File.WriteAllText(Page, FindingGuide.ToMarkdown());
        }

        Assert.Equal(FindingGuide.ToMarkdown(), File.ReadAllText(Page));
    }
}

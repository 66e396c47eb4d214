using System.Reflection;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.Tests.Oversee;

/// <summary>The page that explains the codes is the code's own.</summary>
public sealed class FindingGuideTests
{
    private static string Page => Path.Combine(Folders.Repository, "docs", "findings.md");

    [Fact]
    public void Every_code_is_explained_once() => Assert.Equal(
        typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        FindingGuide.Entries.Select(entry => entry.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_says_what_the_code_says()
    {
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            File.WriteAllText(Page, FindingGuide.ToMarkdown());
        }

        Assert.Equal(FindingGuide.ToMarkdown(), File.ReadAllText(Page));
    }
}

using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Publish.Report;

/// <summary>docs/annual-report.md shows section by section what is made from the figures. DASV_REGENERATE=1 regenerates the table.</summary>
public sealed class AnnualReportPageTests
{
    private static readonly string Page = Path.Combine(LocalFolders.Repository, "docs", "annual-report.md");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_what_is_made_for_each_section()
    {
        var page = (await File.ReadAllTextAsync(Page, Ct)).ReplaceLineEndings("\n");
        var wanted = Regex.Replace(page, "(?s)(<!-- sections -->\n).*?(<!-- /sections -->)", match => match.Groups[1].Value + CreateTable(Examine.Catalogue.Report!) + match.Groups[2].Value, RegexOptions.None, TimeSpan.FromSeconds(5));
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await File.WriteAllTextAsync(Page, wanted, Ct);
        }

        Assert.Equal(wanted, (await File.ReadAllTextAsync(Page, Ct)).ReplaceLineEndings("\n"));
        Assert.Contains("| 4.2.1 IDVA Service | 4 |", wanted, StringComparison.Ordinal);
    }

    private static string CreateTable(AnnualReport report)
    {
        var text = new StringBuilder("| section | sentences from headlines | other sentences | tables (with a chart: *) | the author adds |\n|---|---|---|---|---|\n");
        foreach (var section in report.Sections)
        {
            var tables = section.Tables.Select(table => table.Title + (table.Chart == ReportChart.None ? string.Empty : " *"));
            text.Append($"| {section.Number} {section.Title} | {Number(section.Headlines.Length)} | {Number(section.Sentences.Length)} | {string.Join("<br>", tables)} | {section.Hint} |\n".Replace("|  ", "| ", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static string Number(int count) => count == 0 ? string.Empty : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Local.Commands;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using DasvPipeline.Tests.Hostile;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DasvPipeline.UnitTests.Domain.Findings;

/// <summary>
/// The page with an example of every finding is generated: what each says on the page, in the marked copy, in JSON and on
/// the console. The words are checked as a whole.
/// </summary>
public sealed partial class FindingExamplesTests
{
    /// <summary>The maximum number of words in a sentence. A quotation counts as one word.</summary>
    private const int MaxWords = 20;

    private static readonly ReturnKey Key = new(ReturnId.TryParse("elms-sarc/referrals")!.Value, Period.Parse("2019-20-Q1"));

    /// <summary>The rows of the promises that are not about the content of one file.</summary>
    private static readonly (string Input, string Answer)[] OtherInputs =
    [
        ("the same bytes again", FindingGuide.Find(Codes.AlreadyReceived)!.Example),
        ("a corrected file", FindingGuide.Find(Codes.Corrected)!.Example),
        ("the blob is replaced while being read", "No finding. The newer file gets its own."),
        ("the blob is deleted while being read", "No finding. The return is shown as withdrawn."),
    ];

    private static string Page => Path.Combine(LocalFolders.Repository, "docs", "finding-examples.md");

    [Fact]
    public async Task The_page_matches_the_code()
    {
        var page = await ToMarkdownAsync();
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await File.WriteAllTextAsync(Page, page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(page, await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_sentence_of_a_finding_is_long()
    {
        var messages = (await FindingExamples.ReadMessagesAsync()).Select(item => item.Message).Where(message => message.EndsWith('.') || message.EndsWith('?'));
        var sentences = messages.Concat(FindingGuide.Entries.SelectMany(entry => new[] { entry.Meaning, entry.Advice })).SelectMany(SentencesOf).Distinct();
        var tooLong = sentences.Where(sentence => sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > MaxWords).ToList();
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong));
    }

    [Fact]
    public async Task No_sentence_is_said_twice_on_the_page()
    {
        foreach (var entry in FindingGuide.Entries)
        {
            var sentences = SentencesOf(await RenderAsync(await FindingExamples.FindAsync(entry))).ToList();
            Assert.Equal(sentences.Distinct(StringComparer.OrdinalIgnoreCase), sentences);
            Assert.DoesNotContain(sentences, sentence => sentences.Exists(other => other != sentence && Likeness(sentence, other) > 0.7));
        }
    }

    [Fact]
    public async Task Each_finding_says_what_to_do_on_the_page()
    {
        foreach (var entry in FindingGuide.Entries)
        {
            var finding = await FindingExamples.FindAsync(entry);
            var text = await RenderAsync(finding);
            Assert.True(finding.Severity == Severity.Note || ActionPattern().IsMatch(text), text);
        }
    }

    private static async Task<string> ToMarkdownAsync()
    {
        var page = new StringBuilder("""
            # Examples of findings

            This page is generated. It shows what people read for each input that is not as it should be, and for each code.
            [Findings in your file](findings.md) explains the codes.

            ## What each bad input gets
            | input | answer | what it says |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var answer in new AnswerFile("bad-inputs.csv").Read().SelectMany(file => file))
        {
            page.Append($"| {Cell(answer.File)} | {answer.Severity} | {Cell(answer.Severity == "accepted" ? $"The figures are {answer.Sentence}." : answer.Sentence)} |\n");
        }

        foreach (var (input, answer) in OtherInputs)
        {
            page.Append($"| {input} | | {Cell(answer)} |\n");
        }

        page.Append("\n## What each code says\n");
        foreach (var entry in FindingGuide.Entries)
        {
            var finding = await FindingExamples.FindAsync(entry);
            page.Append($"\n### {entry.Code}\n| where | what it says |\n|---|---|\n")
                .Append($"| page | {Cell(await RenderAsync(finding))} |\n")
                .Append($"| marked copy | {Cell(new CellMark(1, 1, [finding]).Comment)} |\n")
                .Append($"| JSON | `{Json(finding).Replace("|", "\\|", StringComparison.Ordinal)}` |\n")
                .Append($"| console | {Cell(FindingFormatter.FormatLine(finding))} |\n");
        }

        return page.ToString();
    }

    /// <summary>Returns the text of the finding on the page of a version: its heading, its message, and advice or links.</summary>
    private static async Task<string> RenderAsync(Finding finding)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<FindingList>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(FindingList.PageContext)] = new PageContext(null, "/", "A partnership", new FormToken("t", "t"), new SignInAddresses("/in", "/out")),
            [nameof(FindingList.Key)] = Key,
            [nameof(FindingList.Title)] = "Title",
            [nameof(FindingList.Lead)] = "Lead",
            [nameof(FindingList.Findings)] = new List<(ReportedFinding, string)> { (ReportedFinding.Create(finding), "finding-1") },
        }))).ToHtmlString());
        var item = html[html.IndexOf("<li", StringComparison.Ordinal)..html.LastIndexOf("</li>", StringComparison.Ordinal)];
        return SpacePattern().Replace(WebUtility.HtmlDecode(TagPattern().Replace(item.Replace("</h3>", ". ", StringComparison.Ordinal).Replace("</a>", ". ", StringComparison.Ordinal), " ")), " ").Trim();
    }

    private static string Json(Finding finding)
    {
        var json = Encoding.UTF8.GetString(SubmissionReport.Create(null, null, new ExaminationResult([finding], [])).ToJson());
        var start = json.IndexOf("\"findings\":[", StringComparison.Ordinal) + "\"findings\":[".Length;
        return json[start..json.IndexOf("],\"observations\"", StringComparison.Ordinal)];
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static IEnumerable<string> SentencesOf(string text) =>
        SentencePattern().Split(QuotePattern().Replace(text, "quoted")).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);

    /// <summary>The share of words that 2 sentences have in common.</summary>
    private static double Likeness(string left, string right)
    {
        var (first, second) = (left.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase), right.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase));
        return (double)first.Count(second.Contains) / first.Union(second).Count();
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex TagPattern();

    [GeneratedRegex("\\s+")]
    private static partial Regex SpacePattern();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotePattern();

    [GeneratedRegex("(?<=[.?:;])\\s+")]
    private static partial Regex SentencePattern();

    [GeneratedRegex("\\b(Did you mean|Were|Was|Send|send|Save|save|Enter|enter|Correct|correct|Check|Choose|Write|write|Add|Delete|delete|Use|Close|Fill|Unmerge|Unhide|Keep|Put|Type|put|Upload|upload|choose)\\b")]
    private static partial Regex ActionPattern();
}

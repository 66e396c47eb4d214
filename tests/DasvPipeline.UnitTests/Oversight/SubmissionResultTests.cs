using System.Net;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DasvPipeline.UnitTests.Oversight;

/// <summary>The groups of findings on a page say what they mean for this file.</summary>
public sealed class SubmissionResultTests
{
    private static readonly ReturnKey Key = new(ReturnId.TryParse("elms-sarc/referrals")!.Value, Period.Parse("2019-20-Q1"));

    private static readonly Finding Error = Finding.Error(Codes.NotANumber, new CellRef(null, 1, 2), "\"lots\" is not a number.") with { FigureName = "Referrals to SARC, 18 and over" };
    private static readonly Finding Query = Finding.Query(Codes.Blank, new CellRef(null, 2, 2), "There is no figure.");
    private static readonly Finding Note = Finding.Note(Codes.ReadAs, new CellRef(null, 2, 2), "This was read.");

    [Fact]
    public async Task A_rejected_file_has_no_group_that_says_its_figures_are_used()
    {
        var text = await RenderAsync(isOnlyChecked: false, Error, Query, Note);
        Assert.Contains("We cannot use this file until you fix these.", text, StringComparison.Ordinal);
        Assert.Contains("Before you send the file again, correct these too.", text, StringComparison.Ordinal);
        Assert.Contains("We have not used any figure from this file.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("We accepted the file", text, StringComparison.Ordinal);
        Assert.Contains("Not a number. Cell B1: Referrals to SARC, 18 and over", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "We accepted the file, but we need to ask about these.")]
    [InlineData(true, "We would accept the file, and ask about these.")]
    public async Task An_accepted_file_has_a_group_of_questions(bool isOnlyChecked, string lead)
    {
        var text = await RenderAsync(isOnlyChecked, Query, Note);
        Assert.Contains(lead, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fix these", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Already explained", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explained_query_asks_for_nothing()
    {
        var text = await RenderAsync(isOnlyChecked: false, Query with { Explanation = "The clinic was closed." });
        Assert.Contains("Already explained You do not need to do anything about these.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("we need to ask", text, StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync(bool isOnlyChecked, params Finding[] findings)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<SubmissionResult>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(SubmissionResult.PageContext)] = new PageContext(null, "/", "A partnership", new FormToken("t", "t"), SignInAddresses.Laptop),
            [nameof(SubmissionResult.Form)] = Examine.Form(Key.Return.ToString()),
            [nameof(SubmissionResult.Key)] = Key,
            [nameof(SubmissionResult.IsOnlyChecked)] = isOnlyChecked,
            [nameof(SubmissionResult.Report)] = SubmissionReport.Create(Key.Return, Key.Period, new ExaminationResult(findings, [])),
            [nameof(SubmissionResult.ChildContent)] = (RenderFragment)(_ => { }),
        }))).ToHtmlString());
        return string.Join(' ', WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]+>", " ")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Oversight.Papers;
using DasvPipeline.Core.Publish.Report;
using DasvPipeline.IntegrationTests.Ingest.Reading;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The files of the annual report in the programs that people open them with: LibreOffice, and the browser that prints the board paper.</summary>
public sealed partial class ReportOpenedTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string PdfToText = "/usr/bin/pdftotext";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task LibreOffice_opens_the_report_and_each_page_says_that_the_figures_are_provisional()
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        Assert.SkipUnless(File.Exists(PdfToText), "pdftotext is not on this machine: install the package poppler-utils.");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.At("report.docx"), await SampleReports.FileAsync(ReportFiles.Document), Ct);
        await File.WriteAllBytesAsync(folder.At("tables.xlsx"), await SampleReports.FileAsync(ReportFiles.Workbook), Ct);

        await LibreOffice.SaveAsync(folder.At("office"), folder.At("pdf"), "pdf", [folder.At("report.docx"), folder.At("tables.xlsx")], Ct);

        var pages = await ReadPagesAsync(folder.At("pdf/report.pdf"));
        Assert.InRange(pages.Count, 15, 35);
        Assert.All(pages, page => Assert.Contains("Provisional: these figures may change.", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.InRange(page.Length, 200, 10_000));
        Assert.Contains(pages, page => page.Contains("14,116", StringComparison.Ordinal) && page.Contains("4.3.1 Police domestic abuse data", StringComparison.Ordinal));
        Assert.Contains("14,116", string.Concat(await ReadPagesAsync(folder.At("pdf/tables.pdf"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_paper_prints_on_two_pages_however_much_there_is_to_say()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("a long sentence about figures that disagree", 20));
        var paper = new BoardPaper(
            "The Partnership", "2019-20", "Provisional: these figures may change", new DateOnly(2020, 6, 1),
            [.. Enumerable.Range(1, 60).Select(i => new PaperHeadline(string.Create(CultureInfo.InvariantCulture, $"Headline {i} with a title that is as long as the longest"), "14,116", "13,999", "up 117 (0.8%)", i == 3))],
            [.. Enumerable.Range(1, 40).Select(_ => new PaperChange("Women housed in refuges", "2019-20", "89", "91", sentence))],
            [.. Enumerable.Range(1, 40).Select(_ => new PaperLateReturn("Cambridge and Peterborough Rape Crisis Partnership", "Helpline and emotional support", "January to March 2020", new DateOnly(2020, 4, 30), 32))],
            [.. Enumerable.Range(1, 40).Select(_ => new PaperDisagreement(sentence, null))]);

        Assert.Equal(2, await CountPrintedPagesAsync(BoardPaperHtml.Write(paper)));
        Assert.Equal(2, await CountPrintedPagesAsync(BoardPaperHtml.Write(paper with { Headlines = [], Changes = [], Late = [], Disagreements = [] })));
    }

    private async Task<int> CountPrintedPagesAsync(byte[] html)
    {
        await using var visit = await chromium.VisitAsync("about:blank");
        await visit.Page.SetContentAsync(Encoding.UTF8.GetString(html));
        return PageObject().Count(Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { PreferCSSPageSize = true })));
    }

    /// <summary>Returns the text of each page.</summary>
    private static async Task<IReadOnlyList<string>> ReadPagesAsync(string pdf)
    {
        using var process = Process.Start(new ProcessStartInfo(PdfToText, ["-layout", pdf, "-"]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
        return text.Split('\f')[..^1];
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();
}

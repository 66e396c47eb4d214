using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Oversight.Papers;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Creates the paper for the Partnership's board: the headlines of a year, what the next release would change, who is late, and which figures
/// disagree. It has figures that are not public, so only the manager gets it, and it is never written to the feed.
/// </summary>
public sealed class CreateBoardPaper(
    PartnershipCatalogue catalogue, CreateReport report, CompareHeadlines compare, PreviewRelease preview, DescribeStatus status, IFeedStore feed, TimeProvider clock)
{
    public const string FileName = "board-paper.html";
    private const string ContentType = "text/html; charset=utf-8";
    private const string NoFigure = "–";

    /// <returns>Null if the year has no figures, or the catalogue has no report.</returns>
    public async Task<ReportFile?> RunAsync(Period year, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        if (await report.CreateDocumentAsync(year, queue, ct) is not { } document)
        {
            return null;
        }

        var created = report.Describe(document, await report.DescribePublishedAsync(year, queue.Current, ct));
        var today = clock.Today();
        var now = (await compare.RunAsync(year, ct)).Headlines;
        var elements = document.Content.Headlines.ToDictionary(headline => headline.Id, StringComparer.Ordinal);
        var titles = catalogue.GetNewestHeadlines();
        var changes = (await preview.RunAsync(ct)).Changes.Where(change => change.Period == year.ToString());
        var late = (await status.GetBoardAsync(year, ct)).Returns.Where(row => row.State == BoardStates.Overdue).OrderBy(row => row.Due);
        var found = await status.GetDisagreementsAsync(year, ct);
        return new ReportFile(FileName, BoardPaperHtml.Write(new BoardPaper(
            catalogue.Publisher.Name,
            year.ToString(),
            $"{created.Published} These figures would be published as: “{created.Stage}”.",
            today,
            [.. now.Select(headline => Describe(headline, elements.GetValueOrDefault(headline.Id)))],
            [.. changes.Select(change => new PaperChange(titles.GetValueOrDefault(change.Headline)?.Title ?? change.Headline, change.Period, Format(change.From), Format(change.To), change.Reason))],
            [.. late.Select(row => new PaperLateReturn(row.AgencyName, row.Title, Period.Parse(row.Period).Label, row.Due, today.DayNumber - row.Due.DayNumber))],
            [.. found.Discrepancies.OrderBy(item => item.Explanation is null ? 0 : 1).Select(item => new PaperDisagreement(item.Sentence, item.Explanation))])), ContentType);
    }

    private static PaperHeadline Describe(ComparedHeadline now, Publish.Formats.HeadlineElement? element) => new(
        now.Title,
        now.Now.Formatted ?? NoFigure,
        element?.Previous is { } previous ? FormatAs(now, previous.Value) : NoFigure,
        now.Hidden is null && element?.Change is { } change ? DescribeChange(change) : string.Empty,
        now.Hidden is not null);

    private static string DescribeChange(Publish.Formats.ChangeFromPreviousElement change)
    {
        var amount = Math.Abs(change.Absolute).ToString("#,0.#", CultureInfo.InvariantCulture);
        var share = change.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Abs(percent):0.#}%)") : " percentage points";
        return change.Direction switch { "up" => $"up {amount}{share}", "down" => $"down {amount}{share}", _ => "the same" };
    }

    /// <summary>Formats a value of the feed like the current figure: 76 as 76%.</summary>
    private static string FormatAs(ComparedHeadline headline, decimal value) => Format(value) + (headline.Unit == "percent" ? "%" : string.Empty);

    private static string Format(decimal? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? NoFigure;
}

using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Report;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Publish;

/// <summary>A file of the annual report, or a paper about the same figures.</summary>
public sealed record ReportFile(string Name, byte[] Content, string ContentType);

/// <summary>The annual report of a year as it would be published now.</summary>
/// <param name="Title">The title with the year.</param>
/// <param name="Stage">The status that these figures would be published with, in words.</param>
/// <param name="Published">Says in a sentence what is published of the year now, which may be older.</param>
/// <param name="KeyHeadlines">The sentences of the first section, as ready text.</param>
public sealed record CreatedReport(Period Year, string Title, string Stage, string Published, IReadOnlyList<string> KeyHeadlines, IReadOnlyList<ReportFile> Files);

/// <summary>
/// Creates the annual report of a year from the figures that a release would publish now, after disclosure control. Writes nothing. A year that is
/// signed off has the report that was signed off.
/// </summary>
public sealed class CreateReport(PartnershipCatalogue catalogue, ReleaseBuilder builder, IFeedStore feed, PublishOptions options)
{
    public const string KeyHeadlinesFile = "key-headlines.txt";

    /// <param name="year">Null for the featured year, or the newest with figures.</param>
    /// <returns>Null if the year has no figures, or the catalogue has no report.</returns>
    public async Task<CreatedReport?> RunAsync(Period? year, CancellationToken ct)
    {
        var queue = await feed.ReadPublishQueueAsync(ct);
        var known = queue.Years.Concat(queue.Current?.Years.Keys ?? []).ToHashSet();
        return (year ?? (known.Count == 0 ? null : known.Max())) is { } chosen && await CreateDocumentAsync(chosen, queue, ct) is { } document ? Describe(document, await DescribePublishedAsync(chosen, queue.Current, ct)) : null;
    }

    internal async Task<YearDocument?> CreateDocumentAsync(Period year, PublishQueue queue, CancellationToken ct) =>
        catalogue.Report is null ? null : await builder.CreateDocumentAsync(year, queue, ct) is { Content.Report: not null } document ? document : null;

    /// <summary>Says what is published of a year.</summary>
    internal async Task<string> DescribePublishedAsync(Period year, CurrentRelease? current, CancellationToken ct) => await builder.FindPublishedAsync(year, current, ct) is { } published
        ? FormattableString.Invariant($"Published in release {current!.Years[year]}. Readers see: “{ReportText.DescribeStage(published.Stage ?? published.Status)}”.")
        : "Nothing of this year is published yet.";

    internal CreatedReport Describe(YearDocument document, string published)
    {
        var content = ReportFiles.CreateContent(document.Content, document.Lineage.Stage ?? document.Lineage.Status, document.Reason, FeedSchema.ReportPath);
        var text = string.Concat(content.KeyHeadlines.Select(sentence => $"- {sentence}\n"));
        return new CreatedReport(
            document.Year,
            ReportText.CreateTitle(content),
            ReportText.DescribeStage(content.Stage),
            published,
            content.KeyHeadlines,
            [
                .. document.CreateReportFiles(options.Links, $"{FeedPaths.GetReleaseFolder(0)}{document.Year}/").Select(file => new ReportFile(file.Name, file.Content, file.ContentType)),
                new ReportFile(KeyHeadlinesFile, Encoding.UTF8.GetBytes($"{ReportText.CreateTitle(content)}\n{ReportText.DescribeStage(content.Stage)}\n\n{text}"), "text/plain; charset=utf-8"),
            ]);
    }
}

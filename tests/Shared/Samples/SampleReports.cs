using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Samples;

/// <summary>The annual reports of the samples, made as a publish makes them, without a store.</summary>
internal static class SampleReports
{
    public static readonly Period Year = Period.FromYear(2019);

    private static readonly Lazy<Task<YearDocument>> Made = new(() => CreateAsync(Examine.Catalogue));

    private static readonly Lazy<Task<IReadOnlyList<FormatFile>>> Files = new(async () => CreateFiles(await DocumentAsync()));

    /// <summary>Returns the document of 2019-20 with its report.</summary>
    public static Task<YearDocument> DocumentAsync() => Made.Value;

    /// <summary>Returns a file of the report of 2019-20.</summary>
    public static async Task<byte[]> FileAsync(string name) => (await Files.Value).Single(file => file.Name == name).Content;

    public static IReadOnlyList<FormatFile> CreateFiles(YearDocument document) => document.CreateReportFiles(FeedLinks.Relative, $"releases/1/{document.Year}/");

    /// <param name="change">Changes the observations of a return before they are published.</param>
    public static async Task<YearDocument> CreateAsync(PartnershipCatalogue catalogue, Func<ReturnKey, IReadOnlyList<Observation>, IReadOnlyList<Observation>>? change = null)
    {
        var samples = await ExaminedSamples.AllAsync();
        var before = Create(Year.PreviousYear, ComparableFigures.None);
        return Create(Year, ComparableFigures.From(before.Lineage));

        YearDocument Create(Period year, ComparableFigures earlier)
        {
            var live = samples.Where(sample => sample.Key.Period.Year == year)
                .Select(sample => new LiveReturn(sample.Key, 1, change?.Invoke(sample.Key, sample.Examined.Observations) ?? sample.Examined.Observations)).ToList();
            var figures = new YearFigures(catalogue, year, live);
            return YearDocument.Create(catalogue, figures, DisclosureControl.Apply(catalogue, figures, DisclosureHistory.Empty, []), earlier, decision: null, published: null);
        }
    }
}

using System.IO.Compression;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Report;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Publish.Report;

/// <summary>A hidden figure is in no part of any public file of the annual report: no table, sentence, chart, chart workbook or property.</summary>
public sealed class HiddenFigureTests
{
    private const string Clients = "isva-service.clients-by-age";
    private const string Felt = "refuge.felt-safer";

    /// <summary>Values that occur nowhere else: 2 counts of a row with a small third, and a percentage of few women.</summary>
    private static readonly Dictionary<string, decimal> Canaries = new()
    {
        ["age-band=35-to-44;gender=female"] = 39871,
        ["age-band=35-to-44;gender=male"] = 49767,
        [string.Empty] = 0.8675m,
    };

    [Fact]
    public async Task A_hidden_figure_is_in_no_part_of_a_public_file()
    {
        var document = await SampleReports.CreateAsync(Examine.Catalogue, (_, observations) => [.. observations.Select(Change)]);
        var content = document.Content.Report!;
        var ages = content.Tables.Single(table => table.Id == "adviser-ages").Cells.Where(cell => cell is { Row: "35-to-44", Column: "female" or "male" }).ToList();
        var hidden = ages.FindAll(cell => cell.Text == "[c]");
        Assert.NotEmpty(hidden);
        Assert.Equal("[c]", content.Tables.Single(table => table.Id == "refuge-outcomes").Cells.Single(cell => cell.Row == Felt).Text);

        var forbidden = hidden.Select(cell => Canaries[$"age-band=35-to-44;gender={cell.Column}"].ToString("0", System.Globalization.CultureInfo.InvariantCulture))
            .SelectMany(number => new[] { number, number.Insert(2, ",") }).Concat(["0.8675", "86.75", "86.8%", "87%"]).ToList();
        var shown = ages.Except(hidden).Select(cell => cell.Text).ToList();
        foreach (var file in SampleReports.CreateFiles(document))
        {
            var texts = ReadParts(file.Content);
            Assert.All(forbidden, number => Assert.DoesNotContain(texts, text => text.Contains(number, StringComparison.Ordinal)));
            Assert.All(shown, number => Assert.Contains(texts, text => text.Contains(number, StringComparison.Ordinal) || text.Contains(number.Replace(",", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Every_hidden_number_of_the_report_is_shown_as_hidden()
    {
        var samples = await ExaminedSamples.AllAsync();
        var year = new YearFigures(Examine.Catalogue, SampleReports.Year, [.. samples.Where(sample => sample.Key.Period.Year == SampleReports.Year).Select(sample => new LiveReturn(sample.Key, 1, sample.Examined.Observations))]);
        var disclosed = DisclosureControl.Apply(Examine.Catalogue, year, DisclosureHistory.Empty, []);
        var hidden = disclosed.Hidden.Select(item => item.Cell).Where(cell => cell.StartsWith("report/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var content = ReportFiles.Parse(await SampleReports.FileAsync(ReportFiles.Json));
        Assert.InRange(hidden.Count, 20, 60);
        Assert.Equal(
            hidden.Order(StringComparer.Ordinal),
            content.Tables.SelectMany(table => table.Cells.Where(cell => cell.Markers.Contains("c")), (table, cell) => $"report/{table.Id}/{cell.Row}/{cell.Column}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0.5", "20", false)]
    [InlineData("0.96", "29", true)]    // 1 or 2 of 29 said something else
    [InlineData("0.84", "29", true)]    // 24.36 is not a count, so an attacker tries 24 and 25
    [InlineData("0.91", "1000", false)]
    [InlineData("1", "575", false)]     // all of them, like none, is published
    [InlineData("0", "575", false)]
    [InlineData("0.5", "9", true)]      // fewer than the smallest base
    [InlineData("0.003", "1000", true)] // 2 to 4 of 1,000
    public async Task A_stated_percentage_is_hidden_if_a_small_count_fits_it(string share, string women, bool isHidden)
    {
        var document = await SampleReports.CreateAsync(Examine.Catalogue, (key, observations) =>
        [
            .. observations.Select(observation => observation.Key.Measure.Value switch
            {
                Felt => observation with { Figure = new Figure(Parse(share)) },
                "refuge.women" when key.Return.Agency.Value == "refuge" => observation with { Figure = new Figure(key.Period.Quarter == 1 ? Parse(women) : 0) },
                _ => observation,
            }),
        ]);
        var cell = document.Content.Report!.Tables.Single(table => table.Id == "refuge-outcomes").Cells.Single(cell => cell.Row == Felt);
        Assert.Equal(isHidden, cell.Text == "[c]");
        Assert.Equal(isHidden, cell.Value is null);
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Observation Change(Observation observation) => observation.Key.Measure.Value is Clients or Felt && Canaries.TryGetValue(observation.Key.Breakdown.ToString(), out var canary)
        ? observation with { Figure = new Figure(canary) }
        : observation;

    /// <summary>Returns the text of each part of a package, and of the packages inside it.</summary>
    private static List<string> ReadParts(byte[] content)
    {
        if (content is not [(byte)'P', (byte)'K', ..])
        {
            return [Encoding.UTF8.GetString(content)];
        }

        using var archive = new ZipArchive(new MemoryStream(content));
        return [.. archive.Entries.SelectMany(entry =>
        {
            using var stream = entry.Open();
            using var part = new MemoryStream();
            stream.CopyTo(part);
            return ReadParts(part.ToArray());
        })];
    }
}

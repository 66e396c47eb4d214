using System.Globalization;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>A made-up county runs from a folder of YAML files: its own agencies, areas, returns and headlines, and no code.</summary>
public sealed class AnotherCountyTests
{
    private static readonly Period Year = Period.Parse("2022-23");

    private static PartnershipCatalogue County => CatalogueFolder.Load(new DirectoryInfo(Folder));

    private static string Folder => Path.Combine(LocalFolders.Repository, "tests", "DasvPipeline.UnitTests", "Catalogue", "county");

    [Fact]
    public async Task A_file_for_a_form_of_the_county_becomes_its_published_headline()
    {
        var catalogue = County;
        var live = new List<LiveReturn>();
        foreach (var (quarter, hill, shore) in new[] { (1, 100, 40), (2, 110, 50), (3, 120, 60), (4, 130, 70) })
        {
            var path = FormattableString.Invariant($"glen-line/calls/2022-23-Q{quarter}/calls.csv");
            var (form, key, problem) = UploadPath.Resolve(catalogue, path, new DateOnly(2023, 4, 30));
            Assert.Null(problem);
            Assert.NotEmpty(FormWorkbook.Write(catalogue, form!, key.Period));
            var csv = FormattableString.Invariant($"Calls to the Glen Line,Calls\nThe Hills,{hill}\nThe Shore,{shore}\nTotal,{hill + shore}\n");
            var examined = await new CheckReturn(catalogue).RunAsync(form!, key.Period, Encoding.UTF8.GetBytes(csv), "calls.csv", CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
            Assert.True(examined.IsAccepted, string.Join('\n', examined.Findings));
            live.Add(new LiveReturn(key, 1, examined.Observations));
        }

        var figures = new YearFigures(catalogue, Year, live);
        var disclosed = DisclosureControl.Apply(catalogue.Disclosure, HeadlineCalculator.Calculate(catalogue, figures), [], DisclosureHistory.Empty);
        var document = YearDocument.Create(catalogue, figures, disclosed, ComparableFigures.None, decision: null, published: null).Content;
        Assert.Equal(("The Glen Partnership", 4, 4), (document.Publisher, document.Completeness.Expected, document.Completeness.Received));
        var headline = Assert.Single(document.Headlines);
        Assert.Equal((680m, "The Glen Line answered 680 calls."), (headline.Value!.Value, headline.Sentence));
        Assert.Equal([("hills", 460m), ("shore", 220m)], headline.Breakdowns.Single().Items.Select(item => (item.Code, item.Value!.Value)));
        Assert.DoesNotContain("Cambridge", JsonSerializer.Serialize(document, FeedJson.Indented.HeadlinesDocument), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Its_agencies_have_their_own_time()
    {
        var catalogue = County;
        Assert.Equal(["2022-23-Q1", "2022-23-Q2", "2022-23-Q3", "2022-23-Q4"], catalogue.GetReturnsDueIn(Year).Select(due => due.Key.Period.ToString()));
        Assert.Equal(["moor-line/calls"], catalogue.GetReturnsDueIn(Year.NextYear).Select(due => due.Key.Return.ToString()).Distinct());
        Assert.Contains("Moor Line took over from Glen Line.", UploadPath.Resolve(catalogue, "glen-line/calls/2023-24-Q1/calls.csv").Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(Codes.UnknownPath, UploadPath.Resolve(catalogue, "refuge/services/2022-23-Q1/calls.csv").Problem!.Code);
    }

    [Theory]
    [InlineData("2022-23-Q1", "2022-07-22")] // The proclaimed 11 July is no working day.
    [InlineData("2022-23-Q2", "2022-10-21")]
    [InlineData("2022-23-Q3", "2023-01-24")] // 2 and 3 January are holidays in Scotland; only 2 January is one in England.
    [InlineData("2022-23-Q4", "2023-04-24")] // Easter Monday, 10 April, is a working day in Scotland; Good Friday, 7 April, is not.
    public void Its_due_dates_follow_the_holidays_of_Scotland_and_its_proclaimed_day(string period, string due)
    {
        var key = Period.Parse(period);
        var form = County.GetReturnsDueIn(Year).Single(item => item.Key.Period == key).Form;
        Assert.Equal(DateOnly.Parse(due, CultureInfo.InvariantCulture), form.GetDueDate(key));
    }

    [Theory]
    [InlineData("2022-07-11", false)] // Proclaimed.
    [InlineData("2022-07-12", true)]
    [InlineData("2022-08-01", false)] // The summer holiday of Scotland.
    [InlineData("2022-08-29", true)] // The summer holiday of England.
    [InlineData("2022-09-19", false)] // The State Funeral, which the package knows.
    [InlineData("2022-11-30", false)] // St Andrew's Day.
    public void Its_working_days_are_those_of_Scotland_without_the_proclaimed_day(string day, bool isWorking) =>
        Assert.Equal(isWorking, County.Calendar.WorkingDays.IsWorkingDay(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_file_of_a_catalogue_names_its_schema_for_editors()
    {
        foreach (var folder in new[] { Folder, Path.Combine(LocalFolders.Repository, "catalogue") })
        {
            var files = Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories);
            Assert.NotEmpty(files);
            Assert.All(files, file =>
            {
                const string Start = "# yaml-language-server: $schema=";
                var first = File.ReadLines(file).First();
                Assert.StartsWith(Start, first, StringComparison.Ordinal);
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(file)!, first[Start.Length..])), $"{file}: {first}");
            });
        }
    }
}

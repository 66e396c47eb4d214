using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>A new agency, its return, its measures and a headline need only YAML and no code.</summary>
public sealed class NewAgencyTests
{
    private static readonly ReturnId Chats = ReturnId.TryParse("night-line/chats")!.Value;

    private static PartnershipCatalogue Catalogue => Shipped
        .Change("agencies.yaml", "agencies:\n", "agencies:\n  - { id: night-line, name: Night Line }\n")
        .With("measures/night-line.yaml", """
            measures:
              - { id: night-line.chats, label: Chats held, aliases: [Chats], unit: chats, adds: flow }
            """)
        .With("returns/night-line.chats.yaml", """
            agency: night-line
            return: chats
            title: Chats with young people
            every: quarter
            from: 2019-20
            tables:
              - id: chats
                title: Chats held
                measure: night-line.chats
                rows: [{ age: 18-and-over }, { age: under-18 }, { total: Total }]
            """)
        .Change("headlines.yaml", "headlines:\n", """
            headlines:
              - id: night-line-chats
                title: Chats with the Night Line
                of: night-line.chats
                breakdowns: [age]
                sentence: "The Night Line held {value} chats{change}."

            """)
        .Load();

    [Fact]
    public async Task A_file_of_an_invented_agency_becomes_a_headline()
    {
        var catalogue = Catalogue;
        var form = catalogue.FindNewestForm(Chats)!;
        var live = new List<LiveReturn>();
        foreach (var (quarter, adults, children) in new[] { (1, 1200, 40), (2, 1100, 50), (3, 1150, 60), (4, 1050, 70) })
        {
            var period = Period.FromYear(2019).WithQuarter(quarter);
            var csv = FormattableString.Invariant($"Night Line,\n\nChats held,{period}\nOver 18s,\"{adults:N0}\"\nChildren,{children}\nTotal,{adults + children}\n");
            var examined = await new CheckReturn(catalogue).RunAsync(form, period, Encoding.UTF8.GetBytes(csv), "chats.csv", CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
            Assert.True(examined.IsAccepted, string.Join('\n', examined.Findings));
            live.Add(new LiveReturn(new ReturnKey(Chats, period), 1, examined.Observations));
        }

        var figures = HeadlineCalculator.Calculate(catalogue, new YearFigures(catalogue, Period.FromYear(2019), live))[0];
        Assert.Equal("night-line-chats", figures.Headline.Id.Value);
        Assert.Equal(new Amount(4720, Markers.None), figures.Total);
        Assert.Equal([1240m, 1150, 1210, 1120], figures.Series.Select(point => point.Amount.Value));
        Assert.Equal([("18-and-over", 4500m), ("under-18", 220)], figures.Breakdowns.Single().Items.Select(item => (item.Code.Id, item.Amount.Value!.Value)));
        Assert.Equal(
            "The Night Line held 4,720 chats.",
            Wording.Sentence(figures.Headline, figures.Total.Value, figures.Total.Markers, Period.FromYear(2019), null, 0, 4));
    }

    [Theory]
    [InlineData("2019-20 Q1,2019-20 Q2,2019-20 Q3,2019-20 Q4")]
    [InlineData("2019-20-Q1,2019-20-Q2,2019-20-Q3,2019-20-Q4")]
    [InlineData("Q1 2019/20,Q2 2019/20,Q3 2019/20,Q4 2019/20")]
    [InlineData("Q1 (Apr-Jun),Q2 (Jul-Sep),Q3 (Oct-Dec),Q4 (Jan-Mar)")]
    [InlineData("April to June 2019,July to September 2019,October to December 2019,January to March 2020")]
    [InlineData("2018-19 Q3,2019-20 Q2,2019-20 Q3,April 2018 to March 2019")]
    public async Task The_column_of_the_period_of_the_file_is_read(string columns)
    {
        var csv = Encoding.UTF8.GetBytes($"Chats held,{columns}\nOver 18s,100,200,300,400\nUnder 18,10,20,30,40\n");
        var examined = await new CheckReturn(Catalogue).RunAsync(Catalogue.FindNewestForm(Chats)!, Period.FromYear(2019).WithQuarter(3), csv, "chats.csv", CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
        Assert.Empty(examined.Findings);
        Assert.Equal([300m, 30], examined.Observations.Select(observation => observation.Figure.Value));
    }

    [Fact]
    public async Task A_finding_uses_the_labels_of_the_new_form()
    {
        var form = Catalogue.FindNewestForm(Chats)!;
        var csv = "Chats held,Q1\nOver 18s,twelve\nUnder 18,40\n"u8.ToArray();
        var examined = await new CheckReturn(Catalogue).RunAsync(form, Period.FromYear(2019).WithQuarter(1), csv, "chats.csv", CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
        Assert.Contains(examined.Findings, finding => finding is { Severity: Severity.Error, Code: Codes.NotANumber, Cell.Address: "B2" });
    }
}

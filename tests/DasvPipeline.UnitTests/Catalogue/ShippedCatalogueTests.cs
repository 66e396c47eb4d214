using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

public sealed class ShippedCatalogueTests
{
    private static readonly PartnershipCatalogue Catalogue = PartnershipCatalogue.LoadEmbedded();

    /// <summary>The ids in the feed, on which other programs depend.</summary>
    public static TheoryData<string> PublicIds =>
    [
        "idva-referrals", "marac-cases", "police-da-incidents", "victim-witness-supported", "refuge-women", "refuge-children",
        "outreach-supported", "isva-referrals", "chisva-referrals", "adult-safeguarding-da", "adult-safeguarding-sv", "vawg-young-people",
        "police-sexual-offences", "police-serious-sexual-offences", "sarc-referrals", "perpetrator-panel-referrals", "helpline-calls",
        "cada-children", "idva-engagement-rate", "idva-repeat-rate",
    ];

    [Fact]
    public void The_catalogue_publishes_the_promised_headlines_first_and_in_order() =>
        Assert.Equal(PublicIds.Select(row => row.Data), Catalogue.Headlines.Select(headline => headline.Id.Value).Take(PublicIds.Count));

    [Theory]
    [MemberData(nameof(PublicIds))]
    public void A_headline_can_be_calculated_from_the_returns(string id)
    {
        var year = Period.FromYear(2019);
        var live = Catalogue.GetReturnsDueIn(year).Select(due => new LiveReturn(
            due.Key, 1, [.. due.Form.Cells.Select(cell => new Observation(cell.Key, due.Key.Period, new Figure(100), new CellRef(null, 1, 1)))])).ToList();
        var figures = HeadlineCalculator.Calculate(Catalogue, new YearFigures(Catalogue, year, live)).Single(item => item.Headline.Id.Value == id);

        Assert.True(figures.IsComplete);
        Assert.All(figures.Series, point => Assert.NotNull(point.Amount.Value));
        Assert.All(figures.Breakdowns, breakdown => Assert.True(breakdown.Items.Count > 1));
        Assert.All(figures.Breakdowns.SelectMany(breakdown => breakdown.Items), item => Assert.NotNull(item.Amount.Value));
        Assert.NotEmpty(figures.DueReturns);
    }

    [Fact]
    public void A_return_is_in_the_file_of_its_name() => Assert.Equal(
        Catalogue.Forms.Select(form => $"returns/{form.Return.Agency}.{form.Return.Name}.yaml").Distinct(),
        Shipped.Select(file => file.Path).Where(path => path.StartsWith("returns/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_agency_has_a_return_and_every_measure_is_in_a_form()
    {
        Assert.All(Catalogue.Agencies.Keys, agency => Assert.Contains(Catalogue.Forms, form => form.Return.Agency == agency));
        Assert.All(Catalogue.Measures.Keys, measure => Assert.Contains(Catalogue.Forms, form => form.Cells.Any(cell => cell.Measure.Id == measure)));
    }

    [Fact]
    public void Every_measure_has_a_short_sentence_that_says_what_to_count()
    {
        Assert.All(Catalogue.Measures.Values, measure =>
        {
            Assert.True(measure.Guidance is { Length: > 15 and <= FormValidations.MaxPromptLength }, $"{measure.Id}: {measure.Guidance}");
            Assert.Matches("^[A-Z].*[.]$", measure.Guidance);
        });
    }

    [Fact]
    public void The_hash_depends_on_content_but_not_on_order_or_line_ends()
    {
        Assert.Equal(Catalogue.Hash, Shipped.Reverse().Load().Hash);
        Assert.Equal(Catalogue.Hash, Shipped.Select(file => file with { Text = file.Text.ReplaceLineEndings("\r\n") }).Load().Hash);
        Assert.NotEqual(Catalogue.Hash, Shipped.Change("disclosure.yaml", "threshold: 5", "threshold: 10").Load().Hash);
        Assert.Matches("^[0-9a-f]{64}$", Catalogue.Hash);
    }

    [Fact]
    public void A_quarter_that_is_given_without_its_number_begins_with_the_first() =>
        Assert.Equal("2019-20-Q1", Catalogue.FindNewestForm(ReturnId.TryParse("constabulary/domestic-abuse")!.Value)!.FirstPeriod.ToString());
}

using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ports;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Oversight;

/// <summary>The receipt of a corrected file says which headlines change. It must not disclose what other agencies reported.</summary>
public sealed class SharedHeadlineTests
{
    private static readonly ReturnKey Key = new(ReturnId.TryParse("north/calls")!.Value, Period.Parse("2019-20-Q3"));

    [Fact]
    public void A_headline_of_one_agency_is_shown() =>
        Assert.EndsWith(" The headline \"Calls taken\" changes from 50 to 60.", Correct(new Figures()).ToFinding().Message, StringComparison.Ordinal);

    [Fact]
    public void A_headline_with_figures_of_other_agencies_is_named_without_its_value()
    {
        var correction = Correct(new Figures().South(4, 30));
        Assert.EndsWith(" The headline \"Calls taken\" changes. It also includes figures of other agencies, so it is not shown before it is published.", correction.ToFinding().Message, StringComparison.Ordinal);
        var reported = Assert.Single(ReportedCorrection.Create(correction).Headlines);
        Assert.Equal(("not shown", "not shown"), (reported.From, reported.To));
    }

    private static Correction Correct(Figures others) => Correction.Create(Figures.Catalogue, Figures.Catalogue.FindForm(Key)!, Calls(20), Calls(30), others.ToYear());

    private static LiveReturn Calls(int city) => new(
        Key, 1, [.. new Figures().Calls(3, city, 30).ToYear().GetObservations([new("calls")]).Select(item => item.Observation)]);
}

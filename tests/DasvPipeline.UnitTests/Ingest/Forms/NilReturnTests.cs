using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>A nil return says 0 for every count of every form, and is accepted.</summary>
public sealed class NilReturnTests
{
    public static TheoryData<string> Returns => [.. Examine.Catalogue.Forms.Select(form => form.Return.ToString()).Distinct()];

    [Theory]
    [MemberData(nameof(Returns))]
    public async Task A_nil_return_of_each_form_is_accepted_with_every_figure(string id)
    {
        var form = Examine.Catalogue.FindNewestForm(ReturnId.TryParse(id)!.Value)!;
        var period = form.FirstPeriod;
        var examined = await new CheckReturn(Examine.Catalogue).RunAsync(form, period, NilReturnFile.Write(form, period), NilReturnFile.Name, CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);

        Assert.True(examined.IsAccepted, string.Join('\n', examined.Findings));
        Assert.Equal(form.GetRequestedCells(period).Select(cell => cell.Key.ToString()).Order(StringComparer.Ordinal), examined.Observations.Select(observation => observation.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.All(examined.Observations, observation => Assert.True(
            observation.Figure is { Value: 0, Markers: Markers.None } or { Value: null, Markers: Markers.NotApplicable }, $"{observation.Key}: {observation.Figure}"));

        // Zero is unlikely for some figures. Such a return is queried, and nothing in the file answers the query.
        Assert.All(examined.Findings.Where(finding => finding.Severity == Severity.Query), finding => Assert.Null(finding.Explanation));
    }

    [Fact]
    public void A_percentage_of_nothing_is_not_applicable()
    {
        var form = Examine.Catalogue.FindNewestForm(ReturnId.TryParse("constabulary/perpetrator-panel")!.Value)!;
        Assert.Equal(["[z]", "0"], form.GetRequestedCells(Period.Parse("2019-20-Q1")).Select(NilReturnFile.GetValue).Order(StringComparer.Ordinal).Reverse());
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Checking.Rules;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>The amounts that checks compare, and the observations of a file.</summary>
public sealed class OperandTests
{
    private static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small
        .Change("measures/all.yaml", "  - { id: people,", "  - { id: visitors, label: Visitors, unit: visitors, adds: distinct }\n  - { id: people,")
        .Change("returns/north.calls.yaml", "      - { measure: answered }", "      - { measure: answered }\n      - { measure: calls, label: Elsewhere }\n      - { measure: visitors }")
        .Load();

    [Theory]
    [InlineData("share", 0.5, 0.25, 100, 300, 0.3125)]
    [InlineData("share", 0.5, 0.25, 0, 300, 0.25)]
    [InlineData("share", 0.5, 0.25, 0, 0, null)]
    [InlineData("share", 0.5, 0.25, null, 300, null)]
    [InlineData("visitors", 50, 40, 100, 300, null)]
    [InlineData("answered", 50, 40, 100, 300, 90.0)]
    [InlineData("volunteers", 50, 40, 100, 300, 40.0)]
    public void Figures_of_2_quarters_are_combined_by_the_kind_of_their_measure(string measure, double first, double second, int? firstWeight, int? secondWeight, double? combined)
    {
        var parts = new[] { Part(1, measure, (decimal)first), Part(2, measure, (decimal)second), Part(1, "calls", firstWeight), Part(2, "calls", secondWeight) }.ToLookup(part => part.FormCell.Measure.Id);
        var operand = Operand.Create([TermDefinition.ForMeasure(new MeasureId(measure))], Breakdown.None, parts);
        Assert.Equal(combined is { } value ? Bounds.Exactly((decimal)value) : Bounds.Unknown, operand!.Amount);
    }

    [Theory]
    [InlineData(Quantity.Count, false)]
    [InlineData(Quantity.Hours, false)]
    [InlineData(Quantity.Pounds, false)]
    [InlineData(Quantity.Percent, true)]
    public void Only_percentages_are_equal_if_they_differ_by_less_than_their_precision(Quantity quantity, bool areEqual) =>
        Assert.Equal(areEqual, FailedComparison.AreEqual(Bounds.Exactly(0.76m), Bounds.Exactly(0.764m), quantity));

    [Fact]
    public async Task Observations_are_in_the_order_of_the_form_and_without_trailing_zeros_whatever_the_order_of_the_file()
    {
        var examined = await Examine.CsvAsync("elms-sarc/referrals", "2018-19-Q1", "Referrals to SARC under 18s,24.0\r\nReferrals to SARC over 18s,51.00\r\n", Examine.Unchecked);
        Assert.Equal(Examine.Form("elms-sarc/referrals").Cells.Select(cell => cell.Key), examined.Observations.Select(observation => observation.Key));
        Assert.Equal("51 24", Examine.Values(examined, Examine.Form("elms-sarc/referrals")));
    }

    private static Term Part(int quarter, string measure, decimal? value)
    {
        var form = Catalogue.FindNewestForm(ReturnId.TryParse("north/calls")!.Value)!;
        return new Term(
            new ReturnKey(form.Return, Period.Parse("2019-20").WithQuarter(quarter)),
            form.Cells.Single(cell => cell.Measure.Id.Value == measure && cell.Key.Area == AreaId.All && cell.Key.Breakdown.IsEmpty),
            value is null ? null : new Figure(value),
            null);
    }
}

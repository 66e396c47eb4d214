using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;

namespace DasvPipeline.UnitTests.Oversight;

/// <summary>The manager reads names of numbers, and not their ids.</summary>
public sealed class NumberNameTests
{
    [Theory]
    [InlineData("marac-cases/total", "Cases heard at Multi-Agency Risk Assessment Conferences")]
    [InlineData("marac-cases/2019-20-Q1", "Cases heard at Multi-Agency Risk Assessment Conferences, April to June 2019")]
    [InlineData("report/marac/marac.cases/q1", "Annual report, Cases heard at Multi-Agency Risk Assessment Conferences, MARAC cases heard, Q1")]
    [InlineData("report/no-such-table/a/b", "report/no-such-table/a/b")]
    public void A_number_has_a_name(string id, string name) => Assert.Equal(name, NumberNames.Get(id, PartnershipCatalogue.LoadEmbedded()));
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.UnitTests.Domain;

/// <summary>The labels of the shipped catalogue are not taken for periods.</summary>
public sealed class PeriodExpressionCatalogueTests
{
    /// <summary>The title of a dimension. Alone, it is also the heading of a column with changes.</summary>
    private const string Change = "Change";

    public static TheoryData<string> Labels
    {
        get
        {
            var catalogue = PartnershipCatalogue.LoadEmbedded();
            var dimensions = catalogue.Dimensions.Values;
            var tables = catalogue.Forms.SelectMany(form => form.Tables).ToList();
            return
            [
                .. catalogue.Measures.Values.SelectMany(measure => measure.Aliases.Prepend(measure.Label).Append(measure.Unit))
                    .Concat(dimensions.Select(dimension => dimension.Title))
                    .Concat(dimensions.SelectMany(dimension => dimension.Codes).SelectMany(code => code.Aliases.Prepend(code.Label)))
                    .Concat(catalogue.Forms.Select(form => form.Title))
                    .Concat(tables.SelectMany(table => table.Names.Prepend(table.Title)))
                    .Concat(tables.SelectMany(table => table.Rows.Concat(table.Columns)).SelectMany(member => member.Names.Prepend(member.Label)))
                    .Concat(catalogue.Agencies.Values.Select(agency => agency.Name))
                    .Concat(catalogue.Headlines.Select(headline => headline.Title))
                    .Where(label => label != Change)
                    .Distinct(StringComparer.Ordinal),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_label_of_the_catalogue_says_nothing_about_time(string label)
    {
        var expression = PeriodExpressionParser.Parse(label);
        Assert.True(expression.IsSilent, expression.Describe());
        Assert.Equal(label.Trim(), expression.Rest);
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void A_label_is_found_next_to_a_period(string label)
    {
        foreach (var text in (string[])[$"{label} 2019-20 Q2", $"Q2 2019-20: {label}", $"{label} (Jul-Sep 2019)", $"{label} for the quarter ending 30 September 2019"])
        {
            var expression = PeriodExpressionParser.Parse(text);
            Assert.Equal(new MonthRange(7, 3, 2019), Assert.Single(Assert.Single(expression.Periods).Readings));
            Assert.Equal(label.Trim(' ', ':', '-'), expression.TextWithoutPeriods);
        }
    }

    [Fact]
    public void The_title_of_a_dimension_can_be_the_name_of_a_kind() => Assert.Equal(FigureKinds.Change, PeriodExpressionParser.Parse(Change).Kinds);
}

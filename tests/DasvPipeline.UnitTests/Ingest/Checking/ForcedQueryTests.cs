using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>A form must not force a query: a breakdown that has to add up to a total has a place for people who fit none of its parts.</summary>
public sealed class ForcedQueryTests
{
    /// <summary>The codes for people who fit none of the others.</summary>
    private static readonly string[] Rest = ["other", "not-stated", "not-recorded", "dont-know"];

    [Fact]
    public void A_breakdown_that_must_add_up_has_a_place_for_the_rest()
    {
        var year = Period.FromYear(2020);
        var found = Examine.Catalogue.Forms.Where(form => form.GetPeriodsDueIn(year).Any()).SelectMany(form => Examine.Catalogue.GetChecks(form, form.GetPeriodsDueIn(year).First()).Comparisons
            .Where(check => !check.CanBeLess)
            .SelectMany(check => check.LeftOperands.SelectMany(terms => Split(form, check, terms)).Select(dimension => (form.Return, check.Id, dimension.Dimension, dimension.HasRest)))).ToList();
        Assert.Equal(
            [
                "adult-safeguarding-cambridgeshire/mash da-care-act care-act", "adult-safeguarding-cambridgeshire/mash sv-care-act care-act",
                "adult-safeguarding-peterborough/mash da-care-act care-act", "adult-safeguarding-peterborough/mash sv-care-act care-act",
                "peterborough-womens-aid/services early-intervention-gender gender",
                "rape-crisis/clients adviser-ages age-band", "rape-crisis/clients adviser-ages gender",
            ],
            found.Select(item => $"{item.Return} {item.Id} {item.Dimension}").Order(StringComparer.Ordinal));
        Assert.All(found, item => Assert.True(item.HasRest, $"{item.Return}: {item.Dimension}"));
    }

    [Theory]
    [InlineData("peterborough-womens-aid/services", "2020-21-Q1", "pwa.supported=100 pwa.supported-by-gender|female=80 pwa.supported-by-gender|male=15 pwa.supported-by-gender|other=2 pwa.supported-by-gender|not-stated=3", "")]
    [InlineData("peterborough-womens-aid/services", "2020-21-Q1", "pwa.supported=100 pwa.supported-by-gender|female=80 pwa.supported-by-gender|male=15 pwa.supported-by-gender|other=2 pwa.supported-by-gender|not-stated=2", "tables-differ")]
    [InlineData("peterborough-womens-aid/services", "2019-20-Q1", "pwa.supported=100 pwa.supported-by-gender|female=80 pwa.supported-by-gender|male=15", "tables-differ")] // as it was
    [InlineData("adult-safeguarding-peterborough/mash", "2020-21-Q1", "mash.da-cases=100 mash.da-care-act|yes=60 mash.da-care-act|no=30 mash.da-care-act|not-recorded=10", "")]
    [InlineData("rape-crisis/clients", "2020-21", "isva-service.clients|isva=60 isva-service.clients|chisva=40 isva-service.single|isva=60 isva-service.single|chisva=40 isva-service.clients-by-age|18-to-24|female=90 isva-service.clients-by-age|not-stated|not-stated=10", "")]
    public async Task People_who_fit_no_other_part_have_a_place(string id, string period, string figures, string codes)
    {
        var at = Period.Parse(period);
        var form = Examine.Catalogue.FindForm(new ReturnKey(ReturnId.TryParse(id)!.Value, at))!;
        var given = figures.Split(' ').Select(item => item.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]);
        var texts = form.Cells.ToDictionary(
            cell => cell.Key.ToString(),
            cell => given.FirstOrDefault(item => item.Key.Split('|') is var names && names[0] == cell.Measure.Id.Value && names.Skip(1).Order().SequenceEqual(cell.Key.Breakdown.Codes().Select(code => code.Value).Order())).Value ?? "0",
            StringComparer.Ordinal);
        Assert.Equal(given.Count, texts.Values.Count(text => text != "0"));
        var workbook = EntryWorkbook.Create(Examine.Catalogue, form, at, null, new EntryTexts(texts, new Dictionary<string, string>()));
        var examined = await Examine.FileAsync(id, period, workbook.Content, EntryWorkbook.FileName);
        Assert.Equal(codes, string.Join(' ', examined.Findings.Where(finding => finding.Code is Codes.TablesDiffer or Codes.PartAboveWhole).Select(finding => finding.Code)));
    }

    /// <summary>Returns the dimensions by which a check's parts are broken down and its total is not, and whether they have a code for the rest.</summary>
    private static IEnumerable<(string Dimension, bool HasRest)> Split(Form form, ComparisonCheck check, IEnumerable<TermDefinition> terms)
    {
        var parts = form.Cells.Where(cell => terms.Any(term => term.Includes(cell.Key))).ToList();
        var wholes = form.Cells.Where(cell => check.RightOperand.Any(term => term.Includes(cell.Key))).ToList();
        return parts.SelectMany(cell => cell.Key.Breakdown.Codes().Select(code => code.Key)).Distinct()
            .Where(dimension => !check.SeparateDimensions.Contains(dimension) && wholes.TrueForAll(cell => cell.Key.Breakdown[dimension] is null))
            .Select(dimension => (dimension, parts.Exists(cell => Rest.Contains(cell.Key.Breakdown[dimension]))));
    }
}

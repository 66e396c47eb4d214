using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight.Reconciliation;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

public sealed class CheckTests
{
    private static readonly PartnershipCatalogue Catalogue = Examine.Catalogue;

    /// <summary>A new check of care coordinators and the victims they support needs a line of YAML and no code.</summary>
    [Fact]
    public async Task A_new_check_needs_only_a_line_of_YAML()
    {
        var catalogue = Shipped
            .Change("checks.yaml", "checks:\n", "checks:\n  - { id: few-coordinators, operation: not-above, of: hub.coordinators, to: hub.supported }\n").Load();
        var form = Examine.Form("victim-witness-hub/support", catalogue);
        var period = Period.FromYear(2019).WithQuarter(1);
        var examined = await new CheckReturn(catalogue).RunAsync(form, period, Encoding.UTF8.GetBytes("measure,value\nhub.supported,17\nhub.coordinators,20\n"), "hub.csv", CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
        Assert.StartsWith(
            "\"Care coordinators\" is 20, but \"Victims of violent crime supported\" is 17. ",
            Examine.Only(examined, Severity.Query, Codes.PartAboveWhole).Message,
            StringComparison.Ordinal);

        var live = Enumerable.Range(1, 4).Select(quarter => new LiveReturn(
            new ReturnKey(form.Return, period.Year.WithQuarter(quarter)),
            1,
            [.. form.Cells.Select(cell => new Observation(cell.Key, period.Year.WithQuarter(quarter), new Figure(cell.Measure.Aggregation == Aggregation.Stock ? 20 : 4), new CellRef(null, 1, 1)))])).ToList();
        var found = Assert.Single(Reconciler.Find(catalogue, new YearFigures(catalogue, period.Year, live)));
        Assert.Equal(
            ("few-coordinators", "The returns of 2019-20 give 20 for \"Care coordinators\", but 16 for \"Victims of violent crime supported\". The first cannot be more than the second. Ask Victim and Witness Hub."),
            (found.Id, found.Sentence));
    }

    [Fact]
    public void Everything_that_the_report_states_is_compared_with_a_figure()
    {
        var stated = Catalogue.Measures.Keys.Where(measure => measure.Value.StartsWith("stated.", StringComparison.Ordinal)).Select(measure => measure.Value).ToList();
        var headlines = Catalogue.Headlines.Select(headline => $"stated.{headline.Id}");
        var compared = Catalogue.Checks.Comparisons.SelectMany(check => check.Terms).Select(term => term.Measure.Value);
        Assert.True(stated.Count > 20);
        Assert.Empty(stated.Except(headlines).Except(compared));
    }

    [Fact]
    public void Every_figure_that_is_not_stated_has_likely_bounds()
    {
        var bounded = Catalogue.Checks.Ranges.SelectMany(check => check.Terms).Select(term => term.Measure).ToHashSet();
        Assert.Equal([], Catalogue.Measures.Keys.Where(measure => !measure.Value.StartsWith("stated.", StringComparison.Ordinal)).Except(bounded));
    }

    [Fact]
    public void Every_check_refers_to_a_figure_reported_in_the_same_return_or_over_the_year()
    {
        Assert.All(Catalogue.Checks.Ranges.SelectMany(check => check.Terms), term => Assert.Contains(Catalogue.Forms.SelectMany(form => form.Cells), cell => term.Includes(cell.Key)));
        Assert.Contains(Catalogue.GetChecks(Examine.Form("adult-safeguarding-peterborough/mash"), Period.Parse("2019-20-Q1")).Comparisons, check => check.Id == "da-care-act");
        Assert.DoesNotContain(Catalogue.GetChecks(Examine.Form("idva-service/feedback"), Period.Parse("2019-20")).Comparisons, check => check.Id == "stated-feedback-clients");
    }

    [Theory]
    [InlineData("- { id: a, operation: equal, of: calls, to: answered }", null)]
    [InlineData("- { id: a, operation: equal, of: { measure: people, age: [adult, child] }, to: calls }", null)]
    [InlineData("- { id: a, operation: range, of: calls, max: 5 }", null)]
    [InlineData("- { id: a, operation: change, comparedWith: last-year, absolute: 1, relative: 0.1 }", null)]
    [InlineData("- { id: a, operation: equals, of: calls, to: answered }", "'operation' is 'equals'. It can be range, change, equal, not-above.")]
    [InlineData("- { id: a, operation: equal, of: cals, to: answered }", "there is no measure 'cals'. Did you mean 'calls'?")]
    [InlineData("- { id: a, operation: equal, of: { measure: people, age: childe }, to: calls }", "there is no code in 'age' 'childe'. Did you mean 'child'?")]
    [InlineData("- { id: a, operation: equal, of: { measure: people, aeg: child }, to: calls }", "there is no key or dimension 'aeg'. Did you mean 'age'?")]
    [InlineData("- { id: a, operation: equal, of: { measure: calls, age: child }, to: answered }", "no return reports 'calls' with these codes.")]
    [InlineData("- { id: a, operation: equal, of: [[calls]], to: answered }", "'of' must be a text, a mapping, or a list of them.")]
    [InlineData("- { id: a, operation: equal, of: calls }", "the check 'a' needs 'to' if it is equal or not-above, and no 'to' otherwise.")]
    [InlineData("- { id: a, operation: equal, to: calls }", "the check 'a' needs exactly one of 'of' and 'each'.")]
    [InlineData("- { id: a, operation: equal, of: calls, each: calls, to: calls }", "the check 'a' needs exactly one of 'of' and 'each'.")]
    [InlineData("- { id: a, operation: equal, of: share, to: calls }", "the check 'a' needs percentages in both operands or in neither.")]
    [InlineData("- { id: a, operation: equal, of: [share, share], to: share }", "the check 'a' needs a single percentage in each operand: percentages are never added up.")]
    [InlineData("- { id: a, operation: equal, of: calls, to: answered, by: [aera] }", "there is no dimension 'aera'. Did you mean 'area'?")]
    [InlineData("- { id: a, operation: equal, of: calls, to: answered, by: [age] }", "'calls' is reported without 'age', so 'by' cannot use it.")]
    [InlineData("- { id: a, operation: range, of: calls }", "the check 'a' needs 'min' or 'max' if it is a range, and neither otherwise.")]
    [InlineData("- { id: a, operation: range, of: calls, min: 5, max: 5 }", "the check 'a' needs a 'min' that is less than its 'max'.")]
    [InlineData("- { id: a, operation: range, of: [calls, answered], max: 5 }", "the check 'a' needs 'each' if it has several measures: bounds apply to one figure at a time.")]
    [InlineData("- { id: a, operation: range, of: calls, max: 5, by: [area] }", "the check 'a' needs to leave out 'by': only equal and not-above can have it.")]
    [InlineData("- { id: a, operation: change, of: calls, comparedWith: last-year, absolute: 5 }", "the check 'a' needs 'comparedWith', 'absolute' and 'relative' if it is a change, and none of them otherwise.")]
    [InlineData("- { id: a, operation: range, of: calls, max: 5 }\n  - { id: a, operation: range, of: calls, max: 5 }", "the check 'a' appears twice.", 3)]
    [InlineData("- { id: a, operation: change, comparedWith: last-year, absolute: 1, relative: 0.1 }\n  - { id: b, operation: change, comparedWith: last-year, absolute: 1, relative: 0.1 }", "'a' and 'b' both apply to every flow, with the same 'comparedWith'.")]
    public void A_mistake_in_a_check_names_file_and_line(string check, string? mistake, int line = 2)
    {
        var files = Small.With("checks.yaml", $"checks:\n  {check}\n");
        if (mistake is null)
        {
            files.Load();
            return;
        }

        Assert.Contains(FormattableString.Invariant($"catalogue/checks.yaml:{line}: {mistake}"), MistakesOf(files));
    }
}

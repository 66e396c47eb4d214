using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal;
using DasvPipeline.Tests.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

public sealed class MistakeTests
{
    private const string Measures = "measures/all.yaml";
    private const string North = "returns/north.calls.yaml";
    private const string People = "returns/north.people.yaml";
    private const string Headlines = "headlines.yaml";

    [Fact]
    public void The_small_catalogue_has_no_mistakes() => Assert.Equal(3, Small.Load().Forms.Length);

    [Theory]
    [InlineData("agencies.yaml", "name: South }", "name: South", 4, "this is not YAML: ")]
    [InlineData("agencies.yaml", "{ id: south, name", "{ id: south, id: east, name", 3, "this is not YAML: Duplicate key")]
    [InlineData("disclosure.yaml", "threshold: 5", "- 5", 1, "the file must contain one mapping of keys to values.")]
    [InlineData("disclosure.yaml", "threshold: 5", "threshold: five", 1, "'threshold' must be a whole number.")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "licence:", 3, "'licence' must be a text.")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "license: OGL-UK-3.0", 3, "'license' is not a known key here. Did you mean 'licence'?")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "", 1, "'licence' is missing.")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "licence: OGL-UK-3.0\ncontact: [a]", 4, "'contact' must be a text.")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "licence: OGL-UK-3.0\ncontactat: a", 4, "'contactat' is not a known key here. Did you mean 'contactAt'?")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "licence: OGL-UK-3.0\nexplanations: [{ a: b }]", 4, "an item of 'explanations' must be a text.")]
    [InlineData("partnership.yaml", "licence: OGL-UK-3.0", "licence: OGL-UK-3.0\nexplanations: [Closed, closed.]", 4, "the explanation 'Closed' appears twice.")]
    [InlineData("agencies.yaml", "agencies:", "agencis:", 1, "'agencis' is not a known key here. Did you mean 'agencies'?")]
    [InlineData("agencies.yaml", "- { id: north, name: North }", "- north", 2, "an item of 'agencies' must be a mapping of keys to values.")]
    [InlineData("agencies.yaml", "id: north", "id: North", 2, "'id' is 'North'. Use lower-case letters, digits, dots and single hyphens.")]
    [InlineData("agencies.yaml", "id: south", "id: north", 3, "the agency 'north' appears twice.")]
    [InlineData("dimensions/area.yaml", "dimension: area", "dimension: age", 1, "the dimension 'age' appears twice.")]
    [InlineData("dimensions/age.yaml", "code: child", "code: adult", 5, "the code 'adult' appears twice.")]
    [InlineData("dimensions/age.yaml", "label: Children }", "label: Children, aliases: [adults] }", 5, "the label 'adults' is used for two codes.")]
    [InlineData(Measures, "id: answered", "id: calls", 3, "the measure 'calls' appears twice.")]
    [InlineData(Measures, "label: Answered, unit", "label: Answered, aliasses: [Taken], unit", 3, "'aliasses' is not a known key here. Did you mean 'aliases'?")]
    [InlineData(Measures, "unit: people, adds: distinct", "unit: people", 6, "'adds' is missing.")]
    [InlineData(Measures, "adds: distinct", "adds: up", 6, "'adds' is 'up'. It can be flow, stock, distinct, rate.")]
    [InlineData(Measures, "adds: rate", "adds: flow", 5, "the measure 'share': a percentage must have 'adds: rate', and nothing else can.")]
    [InlineData(Measures, "weight: calls", "weight: cals", 5, "there is no measure 'cals'. Did you mean 'calls'?")]
    [InlineData(North, "agency: north", "agency: nort", 1, "there is no agency 'nort'. Did you mean 'north'?")]
    [InlineData(North, "measure: answered", "measure: answerd", 17, "there is no measure 'answerd'. Did you mean 'answered'?")]
    [InlineData(North, "area: city", "aera: city", 11, "there is no key or dimension 'aera'. Did you mean 'area'?")]
    [InlineData(North, "area: city", "area: citty", 11, "there is no code in 'area' 'citty'. Did you mean 'city'?")]
    [InlineData(North, "{ area: fen }", "{ area: fen, alias: [Fens] }", 12, "'alias' is not a known key here. Did you mean 'aliases'?")]
    [InlineData(North, "{ total: Total }", "{ total: Total, lable: Sum }", 13, "'lable' is not a known key here.")]
    [InlineData(North, "    rows:\n      - { area: city }", "    rwos:\n      - { area: city }", 10, "'rwos' is not a known key here. Did you mean 'rows'?")]
    [InlineData(North, "title: Others", "titel: Others", 14, "'title' is missing.")]
    [InlineData(North, "title: Others", "titel: Others", 15, "there is no key or dimension 'titel'. Did you mean 'title'?")]
    [InlineData(North, "{ area: fen }", "{ area: fen, aliases: [city] }", 12, "the label 'city' is used for two rows. If a heading above each tells them apart, write it as 'under'.")]
    [InlineData(North, "measure: calls\n", "measure: calls\n    ignore: [The Fen]\n", 10, "the label 'the fen' is ignored, but the table 'calls' asks for it.")]
    [InlineData(North, "{ total: Total }", "{ total: Total, of: [The Ven] }", 13, "there is no part of 'Total' among the rows 'the ven'. Did you mean 'the fen'?")]
    [InlineData(North, "tables:\n", "symbols: [{ text: NK, means: '[x]' }, { text: nk, means: '0' }]\ntables:\n", 6, "the symbol 'nk' appears twice.")]
    [InlineData("measures/all.yaml", "{ id: calls, label: Calls, ", "{ id: calls, label: Calls, sign: any, ", 2, "the measure 'calls': counts and percentages cannot be negative. Only a number, hours or pounds can.")]
    [InlineData("measures/all.yaml", "{ id: calls, label: Calls, ", "{ id: calls, label: Calls, per: 1000, ", 2, "the measure 'calls': 'per' needs 'quantity: number', because a rate has decimals.")]
    [InlineData(North, "{ measure: volunteers }", "{ measure: volunteers, label: answered }", 18, "the label 'answered' is used for two rows. If a heading above each tells them apart, write it as 'under'.")]
    [InlineData(North, "{ area: fen }", "{ area: city, label: Also the city }", 12, "is the same figure as another cell (calls|city|).")]
    [InlineData(North, "{ measure: volunteers }", "{ measure: calls, area: fen, label: The fen again }", 18, "is the same figure as another cell (calls|fen|).")]
    [InlineData(North, "{ area: fen }", "{ measure: grants, area: fen, label: Fen }", 12, "has two measures, or two codes of one dimension.")]
    [InlineData(North, "    measure: calls\n", "", 10, "the cell 'The City' by 'Number' of the table 'calls' has no measure.")]
    [InlineData(North, "{ measure: volunteers }", "{ label: Volunteers }", 18, "a row or column must name a measure, a code, or 'total'.")]
    [InlineData(North, "{ measure: volunteers }", "{ measure: volunteers, area: fen }", 18, "a row or column needs a 'label', or one measure or code that has one.")]
    [InlineData(North, "id: others", "id: calls", 7, "the table 'calls' appears twice.")]
    [InlineData(North, "every: quarter", "every: month", 4, "'every' is 'month'. It can be quarter, year.")]
    [InlineData(North, "from: 2019-20", "from: 2019-21", 5, "'from' is '2019-21'. It must be a period, such as 2019-20 or 2019-20-Q1.")]
    [InlineData(North, "from: 2019-20", "from: 2019-20-Q5", 5, "'from' is '2019-20-Q5'. It must be a period, such as 2019-20 or 2019-20-Q1.")]
    [InlineData(North, "from: 2019-20", "form: 2019-20", 1, "'from' is missing.")]
    [InlineData(People, "from: 2019-20", "from: 2019-20-Q2", 5, "'from' is '2019-20-Q2', but the return is due every year. Write 2019-20.")]
    [InlineData(People, "return: people", "return: calls", 1, "the return 'north/calls' appears twice.")]
    [InlineData(Headlines, "id: people", "id: calls", 18, "the headline 'calls' appears twice.")]
    [InlineData(Headlines, "of: grants", "of: grant", 25, "there is no measure 'grant'. Did you mean 'grants'?")]
    [InlineData(Headlines, "    of: grants\n", "", 23, "'of' is missing.")]
    [InlineData(Headlines, "of: grants", "of: [grants, grants]", 25, "'grants' appears twice, so it would be counted twice.")]
    [InlineData(Headlines, "of: grants", "of: share", 25, "'share' is a percentage: percentages are never added up. Use a ratio of the counts behind it.")]
    [InlineData(Headlines, "of: grants", "of: volunteers", 25, "'volunteers' is a stock: its quarters are not added up. Use operation: latest.")]
    [InlineData(Headlines, "of: volunteers", "of: grants", 10, "'grants' is not a stock: operation latest would ignore all but its last quarter.")]
    [InlineData(Headlines, "    over: calls\n", "", 12, "the headline 'answered': a ratio needs measures in 'over', and no other operation can have them.")]
    [InlineData(Headlines, "of: grants", "of: grants\n    over: calls", 23, "the headline 'grants': a ratio needs measures in 'over', and no other operation can have them.")]
    [InlineData(Headlines, "over: calls", "over: volunteers", 16, "'volunteers' is a stock: its quarters are not added up. Use operation: latest.")]
    [InlineData(Headlines, "operation: ratio", "operation: share", 14, "'operation' is 'share'. It can be sum, latest, ratio.")]
    [InlineData(Headlines, "{value} were given", "They were given", 26, "'sentence' is 'They were given")]
    [InlineData(Headlines, "breakdowns: [age]", "breakdowns: [aeg]", 21, "there is no dimension 'aeg'. Did you mean 'age'?")]
    [InlineData(Headlines, "breakdowns: [age]", "breakdowns: [area]", 21, "no return reports the figures of 'people' by 'area'.")]
    [InlineData(Headlines, "of: grants", "of: grants\n    target: many", 26, "'target' must be a number.")]
    [InlineData(Headlines, "of: grants", "of: grants\n    notes: [{ a: b }]", 26, "an item of 'notes' must be a text.")]
    public void A_mistake_is_reported_with_its_file_and_line(string path, string from, string to, int line, string message)
    {
        var mistakes = MistakesOf(Small.Change(path, from, to));
        var place = string.Create(CultureInfo.InvariantCulture, $"catalogue/{path}:{line}: ");
        Assert.True(mistakes.Any(mistake => mistake.StartsWith(place, StringComparison.Ordinal) && mistake.Contains(message, StringComparison.Ordinal)), string.Join("\n", mistakes));
    }

    [Fact]
    public void People_counted_once_a_year_are_not_summed_over_quarters()
    {
        var files = Small.Change(People, "every: year", "every: quarter");
        Assert.Equal(
            ["catalogue/headlines.yaml:20: 'people' counts people once a year, but is reported by quarter: its quarters cannot be added up."],
            MistakesOf(files));
    }

    [Fact]
    public void A_headline_of_a_measure_that_no_return_reports_is_a_mistake()
    {
        var files = Small.Without(People).Change(Headlines, "    breakdowns: [age]\n", string.Empty);
        Assert.Equal(["catalogue/headlines.yaml:20: no return reports 'people'."], MistakesOf(files));
    }

    [Theory]
    [InlineData("partnership.yaml")]
    [InlineData("agencies.yaml")]
    [InlineData(Headlines)]
    public void A_missing_required_file_is_a_mistake(string path) =>
        Assert.Contains($"catalogue/{path}:1: the file is missing.", MistakesOf(Small.Without(path)));

    [Fact]
    public void A_dimension_that_the_policy_does_not_name_cannot_be_published()
    {
        var files = Small.Change("disclosure.yaml", "threshold: 5", "threshold: 5\nbreakdowns: [age]");
        Assert.Equal(["catalogue/headlines.yaml:5: disclosure.yaml does not allow figures to be published by 'area'."], MistakesOf(files));
        Assert.Contains("catalogue/tables.yaml:2: disclosure.yaml does not allow figures to be published by 'area'.", MistakesOf(files.With("tables.yaml", "tables:\n  - { id: t, title: T, of: people, rows: age, columns: area }\n")));
    }

    [Theory]
    [InlineData("hideZerosOf: [poeple]", "there is no measure 'poeple'. Did you mean 'people'?")]
    [InlineData("breakdowns: [area, age, aeg]", "there is no dimension 'aeg'. Did you mean 'age'?")]
    [InlineData("roundTo: few", "'roundTo' must be a whole number.")]
    public void A_mistake_in_the_policy_is_reported(string line, string mistake) =>
        Assert.Equal([$"catalogue/disclosure.yaml:2: {mistake}"], MistakesOf(Small.Change("disclosure.yaml", "threshold: 5", "threshold: 5\n" + line)));

    [Theory]
    [InlineData("of: grants, rows: age, columns: area", "the table 't': a table can contain only counts that add up over a year.")]
    [InlineData("of: volunteers, rows: age, columns: area", "the table 't': a table can contain only counts that add up over a year.")]
    [InlineData("of: calls, rows: age, columns: area", "no return reports 'calls' by 'age' and 'area'.")]
    [InlineData("of: cals, rows: age, columns: area", "there is no measure 'cals'. Did you mean 'calls'?")]
    [InlineData("of: people, rows: aeg, columns: area", "there is no dimension 'aeg'. Did you mean 'age'?")]
    public void A_table_that_cannot_be_calculated_is_a_mistake(string line, string mistake) =>
        Assert.Equal([$"catalogue/tables.yaml:2: {mistake}"], MistakesOf(Small.With("tables.yaml", $"tables:\n  - {{ id: t, title: T, {line} }}\n")));

    [Fact]
    public void A_file_that_is_not_part_of_a_catalogue_is_a_mistake() => Assert.Equal(
        [
            "catalogue/headline.yaml:1: this file is not part of a catalogue. The files are partnership.yaml, about.yaml, calendar.yaml, agencies.yaml, dimensions/, "
            + "measures/, disclosure.yaml, returns/, headlines.yaml, tables.yaml, report.yaml, checks.yaml.",
        ],
        MistakesOf(Small.With("headline.yaml", "headlines: []\n")));

    [Fact]
    public void A_measure_may_be_weighted_by_one_of_a_later_file()
    {
        var files = Small.With("measures/a.yaml", "measures:\n  - { id: early, label: Early, unit: percent, quantity: percent, adds: rate, weight: calls }\n");
        Assert.Equal("calls", files.Load().Measures[new("early")].Weight?.Value);
    }

    [Fact]
    public void All_mistakes_are_reported_together_in_the_order_of_files_and_lines()
    {
        var files = Small
            .Change("agencies.yaml", "id: south", "id: north")
            .Change("dimensions/age.yaml", "title: Age", "titel: Age")
            .Change(North, "from: 2019-20", "from: soon")
            .Change(North, "measure: answered", "measure: answerd")
            .Change(Headlines, "{value} were given", "They were given");
        Assert.Equal(
            [
                "catalogue/agencies.yaml:3: the agency 'north' appears twice.",
                "catalogue/dimensions/age.yaml:1: 'title' is missing.",
                "catalogue/dimensions/age.yaml:2: 'titel' is not a known key here. Did you mean 'title'?",
                "catalogue/headlines.yaml:15: no return reports 'answered'.",
                "catalogue/headlines.yaml:26: 'sentence' is 'They were given{change}.'. It must contain {value}.",
                "catalogue/returns/north.calls.yaml:5: 'from' is 'soon'. It must be a period, such as 2019-20 or 2019-20-Q1.",
                "catalogue/returns/north.calls.yaml:17: there is no measure 'answerd'. Did you mean 'answered'?",
                "catalogue/returns/south.calls.yaml:1: there is no agency 'south'.",
            ],
            MistakesOf(files));
    }

    [Fact]
    public void The_message_in_the_log_names_every_mistake()
    {
        var exception = Assert.Throws<CatalogueException>(() => Small.Without("partnership.yaml").Change(North, "title: Others", "").Load());
        Assert.Equal(
            "The catalogue has mistakes:\ncatalogue/partnership.yaml:1: the file is missing.\ncatalogue/returns/north.calls.yaml:14: 'title' is missing.",
            exception.Message);
    }

    [Fact]
    public void A_host_does_not_start_if_the_catalogue_has_a_mistake() =>
        Assert.Throws<CatalogueException>(() => new ServiceCollection().AddDasvPipeline(Small.Without("partnership.yaml"), trustPrincipalHeader: false));

    [Fact]
    public void The_catalogue_is_loaded_when_services_are_registered()
    {
        // A host fails at start-up and not when the first file arrives. The stored catalogue is then used.
        var services = new ServiceCollection().AddDasvPipeline(trustPrincipalHeader: false);
        var source = Assert.IsType<CatalogueSource>(services.Single(service => service.ServiceType == typeof(CatalogueSource)).ImplementationInstance);
        Assert.Equal((PartnershipCatalogue.LoadEmbedded().Hash, false), (PartnershipCatalogue.HashOf(source.Files), source.IsFixed));
        Assert.Equal(ServiceLifetime.Scoped, services.Single(service => service.ServiceType == typeof(PartnershipCatalogue)).Lifetime);
    }

    [Fact]
    public void No_service_that_lives_as_long_as_the_host_keeps_a_catalogue()
    {
        var services = new ServiceCollection().AddDasvPipeline(trustPrincipalHeader: false).Where(service => service.ServiceType.Namespace?.StartsWith("DasvPipeline", StringComparison.Ordinal) == true).ToList();
        var scoped = services.Where(service => service.Lifetime == ServiceLifetime.Scoped).Select(service => service.ServiceType).Append(typeof(PartnershipCatalogue)).ToHashSet();
        var kept = from service in services
                   where service is { Lifetime: ServiceLifetime.Singleton, ImplementationType: not null }
                   from parameter in service.ImplementationType!.GetConstructors().SelectMany(constructor => constructor.GetParameters())
                   where scoped.Contains(parameter.ParameterType)
                   select $"{service.ServiceType.Name} keeps {parameter.ParameterType.Name}";
        Assert.Contains(typeof(DasvPipeline.Core.Ingest.IngestReturn), scoped);
        Assert.Empty(kept);
    }
}

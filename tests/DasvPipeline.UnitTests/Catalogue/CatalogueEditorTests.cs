using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Tests;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>The common changes are made in the files, and nothing else in them changes.</summary>
public sealed class CatalogueEditorTests
{
    private static readonly ReturnKey Marac = ReturnKey.Parse("idva-service/marac/2020-21-Q1");

    public static TheoryData<string> Measures => [.. TestShare.OneIn(8, 2, Shipped.Load().Measures.Keys.Select(id => id.Value))];

    public static TheoryData<string> Returns => [.. Shipped.Load().Forms.Select(form => form.Return.ToString()).Distinct()];

    [Fact]
    public void A_contact_is_added()
    {
        var once = Apply(Shipped, new(CatalogueChange.Contact, "refuge", "data@example.org", "", "Data team"));
        var twice = Apply(once, new(CatalogueChange.Contact, "refuge", "", "01632 960100", "Front desk"));
        Assert.Equal([new Contact("Data team", "data@example.org", null), new Contact("Front desk", null, "01632 960100")], twice.Load().Agencies[new("refuge")].Contacts);
        AssertOnly(twice, "agencies.yaml");
    }

    [Theory]
    [MemberData(nameof(Returns))]
    public void A_due_date_an_extension_and_an_end_are_set_in_every_return(string id)
    {
        var form = Shipped.Load().FindNewestForm(ReturnId.TryParse(id)!.Value)!;
        var period = form.Frequency == Frequency.Year ? "2021-22" : "2021-22-Q3";
        var files = Apply(Shipped, new(CatalogueChange.DueDate, id, "7", "", ""));
        files = Apply(files, new(CatalogueChange.Extension, id, "2022-09-01", period, ""));
        files = Apply(files, new(CatalogueChange.Extension, id, "2022-10-01", period, ""));
        files = Apply(files, new(CatalogueChange.End, id, period, "", ""));
        var changed = files.Load().FindNewestForm(form.Return)!;
        Assert.Equal((7, Period.Parse(period), new DateOnly(2022, 10, 1)), (changed.DueWorkingDays, changed.LastPeriod, changed.GetDueDate(Period.Parse(period))));
        AssertOnly(files, $"returns/{form.Return.Agency}.{form.Return.Name}.yaml");
    }

    [Theory]
    [MemberData(nameof(Measures))]
    public void The_words_of_every_measure_can_be_changed_and_old_files_are_still_read(string id)
    {
        var before = Shipped.Load().Measures[new MeasureId(id)];
        var files = Apply(Shipped, new(CatalogueChange.Label, id, "An entirely \"new\" label: 1", "", ""));
        files = Apply(files, new(CatalogueChange.Alias, id, "Yet other words", "", ""));
        files = Apply(files, new(CatalogueChange.Guidance, id, "Count: each, once.", "", ""));
        var after = files.Load().Measures[before.Id];
        Assert.Equal(("An entirely \"new\" label: 1", "Count: each, once."), (after.Label, after.Guidance));
        Assert.Equal([.. before.Aliases.Append(before.Label).Append("Yet other words").Order()], after.Aliases.Order());
    }

    [Fact]
    public void The_bounds_of_every_range_can_be_changed()
    {
        foreach (var check in TestShare.OneIn(6, 1, Shipped.Load().Checks.Ranges))
        {
            var files = Apply(Shipped, new(CatalogueChange.Bounds, check.Id, "0", "987654", ""));
            var changed = files.Load().Checks.Ranges.Single(other => other.Id == check.Id);
            Assert.Equal((0m, 987654m), (changed.Min, changed.Max));
            AssertOnly(files, "checks.yaml");
        }
    }

    [Fact]
    public void A_new_agency_gets_a_copy_of_a_return()
    {
        var files = Apply(Shipped, new(CatalogueChange.NewAgency, "idva-service/marac", "Night Line", "2020-21", "night-line"));
        var catalogue = files.Load();
        var form = catalogue.FindForm(new ReturnKey(new ReturnId(new("night-line"), "marac"), Marac.Period))!;
        Assert.Equal(("Night Line", "2020-21-Q1"), (catalogue.GetAgencyName(new("night-line")), form.FirstPeriod.ToString()));
        Assert.Equal(catalogue.FindForm(Marac)!.Cells.Select(cell => cell.Key), form.Cells.Select(cell => cell.Key));
    }

    [Theory]
    [InlineData(CatalogueChange.Contact, "refuge", "", "", "Team", "Write an e-mail address or a telephone number.")]
    [InlineData(CatalogueChange.DueDate, "refuge/services", "soon", "", "", "Write the number of working days, such as 20.")]
    [InlineData(CatalogueChange.Extension, "refuge/services", "2020-13-01", "2019-20-Q1", "", "Write the day like 2020-08-31.")]
    [InlineData(CatalogueChange.End, "refuge/services", "2020", "", "", "Write the last period like 2019-20-Q4 or 2019-20.")]
    [InlineData(CatalogueChange.End, "refuge/none", "2020-21", "", "", "This entry does not exist any more. Reload the page.")]
    [InlineData(CatalogueChange.Bounds, "calls", "a", "", "", "Write a lower or an upper bound, as a number.")]
    [InlineData(CatalogueChange.NewAgency, "idva-service/marac", "Night", "2020-21", "Night Line", "Write an id with lower-case letters, digits and single hyphens.")]
    [InlineData(CatalogueChange.NewAgency, "idva-service/marac", "Night", "2020-21", "idva-service", "There is an agency with this id. Choose another id.")]
    public void A_wrong_entry_is_refused_with_a_sentence(CatalogueChange change, string subject, string value, string other, string id, string sentence) =>
        Assert.Equal((null, sentence), CatalogueEditor.Apply(Shipped, new(change, subject, value, other, id)));

    private static IReadOnlyList<CatalogueFile> Apply(IReadOnlyList<CatalogueFile> files, CatalogueEntry entry)
    {
        var (changed, problem) = CatalogueEditor.Apply(files, entry);
        Assert.Null(problem);
        return changed!;
    }

    private static void AssertOnly(IReadOnlyList<CatalogueFile> files, string path) =>
        Assert.Equal([path], files.Where(file => Shipped.Single(other => other.Path == file.Path).Text.ReplaceLineEndings("\n") != file.Text.ReplaceLineEndings("\n")).Select(file => file.Path));
}

using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>The findings on tables that are wrong, ambiguous or missing.</summary>
public sealed class TableFindingTests
{
    private const string Offences = "constabulary/sexual-offences";
    private const string Sarc = "elms-sarc/referrals";
    private const string Idva = "idva-service/idva";
    private const string Marac = "idva-service/marac";
    private const string Panel = "constabulary/perpetrator-panel";
    private const string Mash = "adult-safeguarding-cambridgeshire/mash";

    private const string Referrals = "City|55\nEast|21\nFenland|44\nHunts|68\nSouth|38\nHealth|29\nCYP|39\nA8|58\nStalking|40\nPboro|103";
    private const string Engagement = "\n\nEngaged|374\nRepeats|176";

    [Fact]
    public async Task A_table_that_is_there_twice_is_named_with_both_places()
    {
        var finding = await OnlyErrorAsync(Sarc, "Over 18s|51\nUnder 18s|24\n\nOver 18s|52\nUnder 18s|25", Codes.TableTwice);
        Assert.Equal("The table \"Referrals to SARC\" appears twice, at Sheet1!A1 and at Sheet1!A4. Delete the one that is wrong. If one is not for 2018-19-Q1, write its period above it.", finding.Message);
        Assert.Equal("Sheet1!A4", finding.Cell.ToString());
    }

    [Fact]
    public async Task A_table_that_is_there_twice_on_two_sheets_is_named_with_both()
    {
        var file = Grid.Xlsx(("Main", Grid.Of("Over 18s|51\nUnder 18s|24")), ("Copy", Grid.Of("Over 18s|52\nUnder 18s|25")));
        var examined = await Examine.FileAsync(Sarc, "2018-19-Q1", file, "return.xlsx");
        var finding = examined.Findings.Single(finding => finding.Severity == Severity.Error);
        Assert.Equal(Codes.TableTwice, finding.Code);
        Assert.Contains("at Main!A1 and at Copy!A1", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cambs|347\nPboro|151")]
    [InlineData("Area|Cambs|Pboro|Total\nNumber|347|151|498")]
    [InlineData("Cambs|347\nPboro|151\n\nCambs|275\nPboro|126")]
    public async Task Figures_that_could_belong_to_either_of_two_tables_are_never_read_for_both(string cells)
    {
        var examined = await Examine.GridAsync(Offences, "2019-20-Q1", cells);
        Assert.False(examined.IsAccepted);
        Assert.Empty(examined.Observations);
        var finding = examined.Findings.Single(finding => finding.Severity == Severity.Error);
        Assert.Equal(Codes.TableNotFound, finding.Code);
        Assert.EndsWith("could be \"Sexual Offence crimes\" or \"Serious Sexual Offence crimes\". Write the title above each table.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_two_similar_tables_is_not_read_for_both()
    {
        var examined = await Examine.GridAsync(Offences, "2019-20-Q1", "Sexual Offence crimes\nCambs|347\nPboro|151");
        Assert.Equal(
            "We could not find the table \"Serious Sexual Offence crimes\" on the sheet \"Sheet1\". We look for these labels, with a figure next to or below each: "
            + "\"Cambridgeshire\" and \"Peterborough\". Write its title above it, because another table has the same labels.",
            Examine.Only(examined, Severity.Error, Codes.TableNotFound).Message);
        Assert.Equal("347 151 ? ?", Examine.Values(examined, Examine.Form(Offences)));
    }

    [Fact]
    public async Task A_missing_table_is_described_by_its_labels_and_the_searched_sheets()
    {
        var file = Grid.Xlsx(("Data", Grid.Of("Some title\nAdult|people")), ("Notes & such", Grid.Of("text")));
        var examined = await Examine.FileAsync(Sarc, "2018-19-Q1", file, "return.xlsx");
        Assert.Equal(
            "We could not find the table \"Referrals to SARC\" on the sheets \"Data\" and \"Notes & such\". We look for these labels, with a figure next to or below each: \"18 and over\" and \"Under 18\".",
            Examine.Only(examined, Severity.Error, Codes.TableNotFound).Message);
    }

    [Fact]
    public async Task A_finding_on_a_csv_file_names_no_sheets()
    {
        var finding = Examine.Only(await Examine.CsvAsync(Sarc, "2018-19-Q1", "nothing,here\n"), Severity.Error, Codes.TableNotFound);
        Assert.EndsWith("We look for these labels, with a figure next to or below each: \"18 and over\" and \"Under 18\".", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_other_quarters_only_is_rejected_with_that_reason()
    {
        var finding = await OnlyErrorAsync(Panel, "|Q2|Q3\nPanel referrals|90|67\nPanel repeat rate|73%|73%", Codes.TableNotFound, "2019-20-Q1");
        Assert.Equal(
            "The table \"Domestic Abuse Perpetrator Panel\" here has no figures for April to June 2019 (2019-20-Q1). It only has figures for 2019-20-Q2 and 2019-20-Q3. "
            + "Add the missing figures, or send the file for the period it covers. If a heading or the sheet's name has the wrong period, correct it.",
            finding.Message);
    }

    [Fact]
    public async Task A_missing_row_is_reported()
    {
        var examined = await Examine.GridAsync(Idva, "2019-20-Q1", Referrals.Replace("Hunts|68\n", string.Empty, StringComparison.Ordinal) + Engagement);
        var finding = Examine.Only(examined, Severity.Query, Codes.MissingLabel);
        Assert.Equal(
            "The table \"IDVA Referrals\" has no row for \"Huntingdonshire\". A missing figure does not count as 0. Add the row, and enter 0 if there were none.", finding.Message);
        Assert.True(examined.IsAccepted);
    }

    [Theory]
    [InlineData("Huntigdonshire", "\"Huntigdonshire\" is not one of the labels we ask for here. Did you mean \"Huntingdonshire\"?")]
    [InlineData("Hunts\u200B", "\"Hunts\uFFFD\" contains the character U+200B, which is invisible or looks like another character. Type the label again.")]
    [InlineData("Huntѕ", "\"Huntѕ\" contains the character U+0455, which is invisible or looks like another character. Type the label again.")]
    public async Task An_unrecognised_label_is_an_error_at_its_cell(string label, string message)
    {
        var finding = await OnlyErrorAsync(Idva, Referrals.Replace("Hunts", label, StringComparison.Ordinal) + Engagement, Codes.UnknownLabel, "2019-20-Q1");
        Assert.Equal(("Sheet1!A4", message), (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task A_label_unlike_any_other_gets_the_list_of_known_labels()
    {
        var finding = await OnlyErrorAsync(Sarc, "xyz|51\nUnder 18s|24", Codes.UnknownLabel);
        Assert.Equal("\"xyz\" is not one of the labels we ask for here. The labels are: \"18 and over\", \"Under 18\" and \"Total\". Use one of them, or delete the figure.", finding.Message);
    }

    [Fact]
    public async Task An_unrecognised_label_in_joined_tables_is_reported_once()
    {
        var finding = await OnlyErrorAsync("constabulary/domestic-abuse", "|Incidents|Crime rate\nCambs|2091|71%\nFenlnad|12|5%", Codes.UnknownLabel, "2019-20-Q1");
        Assert.Equal("Sheet1!A3", finding.Cell.ToString());
    }

    [Theory]
    [InlineData("Over 18s|51\nxyz|3\nUnder 18s|24", "Sheet1!A2", "We did not use the row \"xyz\". This return does not ask for it. If that is right, you do not need to do anything.")]
    [InlineData("Over 18s|51\nxyz|3\nabc|4\nUnder 18s|24", "Sheet1!A2", "We did not use the rows \"xyz\" and \"abc\". This return does not ask for them. If that is right, you do not need to do anything.")]
    public async Task An_extra_row_is_a_query_if_every_figure_is_found(string cells, string at, string message)
    {
        var finding = Examine.Only(await Examine.GridAsync(Sarc, "2018-19-Q1", cells), Severity.Query, Codes.FigureNotRead);
        Assert.Equal((at, message), (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task A_figure_next_to_an_empty_label_is_an_error()
    {
        var finding = await OnlyErrorAsync(Sarc, "Over 18s|51\n|3\nUnder 18s|24", Codes.UnknownLabel);
        Assert.Equal(
            ("Sheet1!A2", "There is a figure next to this empty cell in the table \"Referrals to SARC\". Enter a label that says what it counts, or delete the figure."),
            (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task A_repeated_row_names_both_places()
    {
        var finding = await OnlyErrorAsync(Sarc, "Over 18s|51\nAdults|3\nUnder 18s|24", Codes.SameRowTwice);
        Assert.Equal(("Sheet1!A2", "\"18 and over\" appears twice, at Sheet1!A1 and at Sheet1!A2. Keep one of them."), (finding.Cell.ToString(), finding.Message));
    }

    [Theory]
    [InlineData("Over 18s|51\nUnder 18s|24\n\nSomething else|7\nmore|8%\nand|'1,234", "Sheet1!B4", "B4, B5, B6")]
    [InlineData("Over 18s|51\nUnder 18s|24\n\n1|2|3|4|5|6|7|8|9|10", "Sheet1!A4", "A4, B4, C4, D4, E4, F4, G4, H4 and 2 more")]
    public async Task Numbers_in_no_table_are_queried_once(string cells, string at, string listed)
    {
        var finding = Examine.Only(await Examine.GridAsync(Sarc, "2018-19-Q1", cells), Severity.Query, Codes.FigureNotRead);
        Assert.Equal(at, finding.Cell.ToString());
        Assert.Equal($"We did not use the numbers at {listed}. We could not tell which figure of this return they are. If they are not needed, you do not need to do anything.", finding.Message);
    }

    [Theory]
    [InlineData("Over 18s|\nUnder 18s|")]
    [InlineData("Referrals|Number\nOver 18s|\nUnder 18s|")]
    [InlineData("Referrals|Number\nOver 18s|  \nUnder 18s|\u00A0")]
    public async Task A_table_in_which_nothing_was_filled_in_is_rejected(string cells)
    {
        foreach (var examined in new[] { await Examine.GridAsync(Sarc, "2018-19-Q1", cells), await Examine.CsvAsync(Sarc, "2018-19-Q1", Grid.Of(cells).Csv()) })
        {
            Assert.False(examined.IsAccepted);
            Assert.Single(examined.Findings);
        }
    }

    [Fact]
    public async Task A_table_without_figures_differs_from_a_missing_table() =>
        Assert.Equal(
            "We found the tables, but they have no figures. Fill them in, enter 0 if there were none, and upload the file again.",
            (await OnlyErrorAsync(Sarc, "Referrals|Number\nOver 18s|\nUnder 18s|", Codes.NoFigures)).Message);

    [Theory]
    [InlineData("abc", "\"abc\" is not a number. Enter a whole number, or [x] if it is not available.")]
    [InlineData("5 or 6", "\"5 or 6\" is not a number. Enter a whole number, or [x] if it is not available.")]
    public async Task An_invalid_only_figure_of_a_form_is_an_error_at_its_cell(string written, string message)
    {
        var finding = await OnlyErrorAsync(Marac, $"Daily MARAC\n\nMARAC cases heard|{written}", Codes.NotANumber, "2019-20-Q1");
        Assert.Equal(("Sheet1!B3", message), (finding.Cell.ToString(), finding.Message));
    }

    [Theory]
    [InlineData("c. 386", "386")]
    [InlineData("fewer than 5", "[c]")]
    [InlineData("not known", "[x]")]
    [InlineData("–", "[x]")]
    public async Task The_only_figure_of_a_form_may_be_in_words(string written, string value)
    {
        var examined = await Examine.GridAsync(Marac, "2019-20-Q1", $"MARAC cases heard|{written}");
        Assert.True(examined.IsAccepted, Examine.Findings(examined));
        Assert.Equal(value, Examine.Values(examined, Examine.Form(Marac)));
    }

    [Fact]
    public async Task Another_quarter_that_differs_from_the_accepted_one_is_queried_with_both_figures()
    {
        var form = Examine.Form(Panel);
        var file = Grid.Of("|Q1|Q2|Q3\nPanel referrals|96|90|\nPanel repeat rate|74%|73%|").Xlsx();
        var examined = await Examine.FileAsync(
            Panel, "2019-20-Q2", file, "return.xlsx", null, ("2019-20-Q1", form.Cells[0].Key, 95), ("2019-20-Q1", form.Cells[1].Key, 0.74m));
        var finding = Examine.Only(examined, Severity.Query, Codes.OtherPeriodDiffers);
        Assert.Equal(
            "For April to June 2019, this file shows 96 for \"Perpetrator Panel referrals\", but we accepted 95. If the accepted figure is wrong, send a corrected file for 2019-20-Q1 too.",
            finding.Message);
        Assert.Equal("90 0.73", Examine.Values(examined, form));
    }

    [Theory]
    [InlineData("Q1", "Panel referrals|95\nPanel repeat rate|74%")]
    [InlineData("Sheet1", "Perpetrator Panel Q1 2019-20\nPanel referrals|95\nPanel repeat rate|74%")]
    [InlineData("Sheet1", "Quarter|1\n\nPanel referrals|95\nPanel repeat rate|74%")]
    [InlineData("Sheet1", "2019-20 Q1|Number\nPanel referrals|95\nPanel repeat rate|74%")]
    public async Task Figures_whose_title_or_sheet_names_another_quarter_are_not_read_for_this_one(string sheet, string cells)
    {
        var examined = await Examine.FileAsync(Panel, "2019-20-Q2", Grid.Xlsx((sheet, Grid.Of(cells))), "return.xlsx");
        var finding = Examine.Only(examined, Severity.Error, Codes.TableNotFound);
        Assert.Equal(
            "The table \"Domestic Abuse Perpetrator Panel\" here has no figures for July to September 2019 (2019-20-Q2). It only has figures for 2019-20-Q1. "
            + "Add the missing figures, or send the file for the period it covers. If a heading or the sheet's name has the wrong period, correct it.",
            finding.Message);
        Assert.Empty(examined.Observations);
    }

    [Fact]
    public async Task A_sheet_of_another_quarter_that_differs_from_the_accepted_one_is_queried()
    {
        var file = Grid.Xlsx(("Q1", Grid.Of("Panel referrals|96\nPanel repeat rate|74%")), ("Q2", Grid.Of("Panel referrals|90\nPanel repeat rate|73%")));
        var examined = await Examine.FileAsync(Panel, "2019-20-Q2", file, "return.xlsx", null, ("2019-20-Q1", Examine.Form(Panel).Cells[0].Key, 95));
        Assert.Equal("Q1!B1", Examine.Only(examined, Severity.Query, Codes.OtherPeriodDiffers).Cell.ToString());
        Assert.Equal("90 0.73", Examine.Values(examined, Examine.Form(Panel)));
    }

    [Fact]
    public async Task Two_ambiguous_columns_are_an_error_that_names_both()
    {
        var finding = await OnlyErrorAsync(Sarc, "|Referred|Seen\nOver 18s|51|40\nUnder 18s|24|20", Codes.AmbiguousColumns);
        Assert.Equal(
            ("Sheet1!B2", "The table \"Referrals to SARC\" has more than one figure for each label, at B2 and C2. "
                + "Write \"Number\" as the heading of the figures we should use. Give the other figures a heading too: a period, or \"Notes\"."),
            (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task Figures_of_other_areas_are_noted_once_and_never_read()
    {
        const string Cells = """
            DA cases|143
            SV cases|47

            DA cases: Care Act criteria met
            |Pboro|Cambs
            Yes|105|188
            No|62|377

            SV cases: Care Act criteria met
            |Pboro|Cambs
            Yes|68|106
            No|25|95
            """;
        var examined = await Examine.GridAsync(Mash, "2019-20-Q1", Cells, Examine.Unchecked);
        var finding = Examine.Only(examined, Severity.Note, Codes.FigureNotRead);
        Assert.Equal("We did not use the figures at B6, B7, B11, B12. This return does not ask for figures of that area.", finding.Message);
        Assert.Equal("143 47 188 377 106 95", Examine.Values(examined, Examine.Form(Mash)));
    }

    [Fact]
    public async Task Figures_of_parts_of_the_area_are_not_read_for_the_whole()
    {
        var finding = await OnlyErrorAsync(Sarc, "|Cambs|Pboro\nOver 18s|30|21\nUnder 18s|14|10", Codes.TableNotFound);
        Assert.Equal("The table \"Referrals to SARC\" here only has figures for parts of the area. Add a column \"Total\" for the whole area.", finding.Message);
    }

    [Fact]
    public async Task The_whole_is_read_from_figures_by_area()
    {
        var examined = await Examine.GridAsync(Sarc, "2018-19-Q1", "|Cambs|Pboro|Total\nOver 18s|30|21|51\nUnder 18s|14|10|24");
        Assert.Equal(Codes.FigureNotRead, Examine.Only(examined, Severity.Note, Codes.FigureNotRead).Code);
        Assert.Equal("51 24", Examine.Values(examined, Examine.Form(Sarc)));
    }

    [Fact]
    public async Task Shares_next_to_the_numbers_are_not_read_as_counts()
    {
        var examined = await Examine.GridAsync(Sarc, "2018-19-Q1", "|%|Number\nOver 18s|68%|51\nUnder 18s|32%|24");
        Assert.Equal("51 24", Examine.Values(examined, Examine.Form(Sarc)));
    }

    [Fact]
    public async Task Several_missing_tables_are_reported_in_one_sentence()
    {
        var examined = await Examine.GridAsync("rape-crisis/clients", "2019-20", "Helpline|twelve\nVolunteers|many");
        Assert.StartsWith(
            "We could not find any table of \"ISVA and ChISVA clients\" on the sheet \"Sheet1\". Check that this is the right file. We look for these labels, with a figure next to or below each: "
            + "\"Number of clients supported\" with \"ISVA clients\" and \"ChISVA clients\"; \"Support type\" with ",
            Examine.Only(examined, Severity.Error, Codes.TableNotFound).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_with_its_labels_present_says_what_they_lack()
    {
        var finding = await OnlyErrorAsync(Sarc, "Over 18s\nUnder 18s", Codes.TableNotFound);
        Assert.EndsWith(" \"18 and over\" is at Sheet1!A1, but there is no figure next to it or below it.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_with_misspelt_labels_suggests_the_right_ones()
    {
        var finding = await OnlyErrorAsync(Sarc, "Under-18|x\n18 & ovr|y", Codes.TableNotFound);
        Assert.EndsWith(" At Sheet1!A1, did you mean \"Under 18\" instead of \"Under-18\"?", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_labels_of_two_similar_tables_are_not_mixed_up()
    {
        var examined = await Examine.GridAsync(Mash, "2019-20-Q1", "DA cases|143\nSV cases|47\n\nDA cases: Care Act criteria met\nYes|47\nNo|96\nSV cases: Care Act criteria met\nYes|26\nNo|21\nMaybe|3");
        var finding = Examine.Only(examined, Severity.Query, Codes.FigureNotRead);
        Assert.Equal("Sheet1!A10", finding.Cell.ToString());
    }

    private static async Task<Finding> OnlyErrorAsync(string id, string cells, string code, string period = "2018-19-Q1") =>
        Examine.Only(await Examine.GridAsync(id, period, cells), Severity.Error, code);
}

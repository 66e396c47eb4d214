using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>The long layout: a row for each figure.</summary>
public sealed class LongListTests
{
    private const string Offences = "constabulary/sexual-offences";
    private const string Sarc = "elms-sarc/referrals";
    private const string Mash = "adult-safeguarding-peterborough/mash";
    private const string Panel = "constabulary/perpetrator-panel";
    private const string Idva = "idva-service/idva";

    [Theory]
    [InlineData(Sarc, "54 30", "measure,age,value,note\nSARC referrals,18 and over,54,\nsarc.referrals,under-18,30,\n")]
    [InlineData(Sarc, "54 30", "Value,Age,Measure\n54,adults,Referrals to SARC\n30,children,Referrals to SARC\n")]
    [InlineData(Sarc, "54 30", "measure,value\nOver 18s,54\nReferrals to SARC under 18s,30\nTotal,84\n")]
    [InlineData(Offences, "347 151 275 126", "A title\n\nmeasure,area,value\nSexual offences,Cambs,347\nSexual offences,P'boro,151\nserious sexual offences,Peterborough,126\nserious sexual offences,Cambridgeshire,275\n")]
    [InlineData(Mash, "40 11 26 14 7 4", "measure,care act criteria met,value\nDA cases,,40\nSV cases,,11\nmash.da-care-act,yes,26\nmash.da-care-act,no,14\nmash.sv-care-act,Met,7\nmash.sv-care-act,Not met,4\n")]
    [InlineData(Mash, "40 11 26 14 7 4", "area,measure,care-act,value\nPboro,DA cases,,40\nPboro,SV cases,,11\nPboro,mash.da-care-act,yes,26\nPboro,mash.da-care-act,no,14\nPboro,mash.sv-care-act,Met,7\nPboro,mash.sv-care-act,Not met,4\n")]
    [InlineData(Panel, "95 0.74", "measure,value\nPanel referrals,95\nPanel repeat rate,74%\n\nThe figures are as reported.\n")]
    [InlineData(Panel, "95 0.74", "measure,area,value\nPanel referrals,County,95\nPanel repeat rate,,74%\n")]
    public async Task A_long_list_is_read_without_findings(string id, string values, string text)
    {
        var examined = await Examine.CsvAsync(id, "2019-20-Q1", text);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(values, Examine.Values(examined, Examine.Form(id)));
    }

    [Fact]
    public async Task Areas_and_posts_are_distinguished_by_their_columns()
    {
        const string Text = """
            measure,area,specialist post,value
            IDVA referrals,City,,55
            IDVA referrals,East,,21
            IDVA referrals,Fenland,,44
            IDVA referrals,Hunts,,68
            IDVA referrals,South,,38
            IDVA referrals,Pboro,,103
            IDVA referrals,,Health,29
            IDVA referrals,,CYP,39
            IDVA referrals,,A8,58
            IDVA referrals,County,Stalking,40
            Engaged,,,374
            Repeats,,,176
            """;
        var examined = await Examine.CsvAsync(Idva, "2019-20-Q1", Text);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("55 21 44 68 38 29 39 58 40 103 374 176", Examine.Values(examined, Examine.Form(Idva)));
    }

    [Theory]
    [InlineData("Panel referalls,95\nPanel repeat rate,74%", "A2", Codes.UnknownLabel, "\"Panel referalls\" is not one of the labels we ask for here. Did you mean \"Panel referrals\"?")]
    [InlineData("Panel referrals,95\nPanel repeat rate,74%\n,12", "A4", Codes.UnknownLabel, "This row has a value but no measure. Enter the measure.")]
    [InlineData("Panel referrals,95\nPanel repeat rate,74%\nPerpetrator Panel referrals,12", "B4", Codes.SameRowTwice, "This figure is already given at B2. Keep one of the 2 rows.")]
    public async Task A_wrong_row_is_an_error_at_its_cell(string rows, string at, string code, string message)
    {
        var finding = Examine.Only(await Examine.CsvAsync(Panel, "2019-20-Q1", "measure,value\n" + rows), Severity.Error, code);
        Assert.Equal((at, message), (finding.Cell.ToString(), finding.Message));
    }

    [Theory]
    [InlineData("Sexual offences,Norfolk,347", "B2", "\"Norfolk\" is not one of the labels we ask for here. The labels are: \"Cambridgeshire and Peterborough\", \"Cambridgeshire\", ")]
    [InlineData("Sexual offences,Fenland,347", "A2", "We cannot tell which figure this row is. The form does not ask for \"Sexual offences\" with this area and these breakdowns, or it asks for more than one such figure.")]
    [InlineData("Sexual offences,,347", "A2", "We cannot tell which figure this row is. The form does not ask for \"Sexual offences\" with this area and these breakdowns, or it asks for more than one such figure.")]
    public async Task An_area_that_is_not_in_the_form_is_an_error(string row, string at, string starts)
    {
        var finding = Examine.Only(await Examine.CsvAsync(Offences, "2019-20-Q1", "measure,area,value\n" + row), Severity.Error, Codes.UnknownLabel);
        Assert.Equal(at, finding.Cell.ToString());
        Assert.StartsWith(starts, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_of_two_tables_is_read_for_neither()
    {
        var examined = await Examine.CsvAsync(Mash, "2019-20-Q1", "measure,value\nYes,5\n");
        Assert.Equal("A2", Examine.Only(examined, Severity.Error, Codes.UnknownLabel).Cell.ToString());
    }

    [Fact]
    public async Task A_figure_without_a_row_is_reported_as_missing()
    {
        var finding = Examine.Only(await Examine.CsvAsync(Panel, "2019-20-Q1", "measure,value\nPanel referrals,95\n"), Severity.Query, Codes.MissingLabel);
        Assert.Equal("There is no row for \"Perpetrator Panel repeat rate\". A missing figure does not count as 0. Add the row, and enter 0 if there were none.", finding.Message);
    }

    [Fact]
    public async Task A_blank_value_is_not_read_as_0()
    {
        var finding = Examine.Only(await Examine.CsvAsync(Panel, "2019-20-Q1", "measure,value\nPanel referrals,95\nPanel repeat rate, \n"), Severity.Query, Codes.Blank);
        Assert.Equal("B3", finding.Cell.ToString());
    }

    [Fact]
    public async Task A_total_that_differs_from_the_rows_above_is_an_error()
    {
        var finding = Examine.Only(await Examine.CsvAsync(Sarc, "2019-20-Q1", "measure,value\nOver 18s,54\nUnder 18s,30\nTotal,85\n"), Severity.Error, Codes.TotalDiffers);
        Assert.Equal("B4", finding.Cell.ToString());
    }

    [Fact]
    public async Task A_list_without_its_value_column_is_not_read_as_a_list()
    {
        var examined = await Examine.CsvAsync(Panel, "2019-20-Q1", "measure,note\nPanel referrals,ninety five\nPanel repeat rate,three quarters\n");
        Assert.False(examined.IsAccepted);
        Assert.Empty(examined.Observations);
    }

    [Fact]
    public async Task The_same_figure_on_two_sheets_is_an_error_and_counts_once()
    {
        var file = Grid.Xlsx(("One", Grid.Of("measure|value\nPanel referrals|95\nPanel repeat rate|74%")), ("Two", Grid.Of("measure|value\nPanel referrals|96")));
        var examined = await Examine.FileAsync(Panel, "2019-20-Q1", file, "return.xlsx");
        var finding = Examine.Only(examined, Severity.Error, Codes.SameRowTwice);
        Assert.Equal("\"Perpetrator Panel referrals\" appears twice, at One!B2 and at Two!B2. Keep one of them.", finding.Message);
        Assert.Equal("95 0.74", Examine.Values(examined, Examine.Form(Panel)));
    }

    public static TheoryData<string> Forms() => [.. Examine.Catalogue.Forms.Select(form => form.Return.ToString()).Distinct()];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_is_read_as_a_long_list_with_its_breakdowns(string id)
    {
        var form = Examine.Form(id);
        string[] dimensions = [.. form.Cells.SelectMany(cell => cell.Key.Breakdown.Codes().Select(code => code.Key)).Distinct()];
        var lines = form.Cells.Select(cell => string.Join('|', [
            cell.Measure.Label,
            Named(Core.Catalogue.Dimension.Area, cell.Key.Area.Value),
            .. dimensions.Select(dimension => cell.Key.Breakdown[dimension] is { } code ? Named(dimension, code) : string.Empty),
            cell.Measure.Quantity == Core.Catalogue.Quantity.Percent ? $"{cell.Index}%" : $"{cell.Index + 100}",
        ]));
        var examined = await Examine.CsvAsync(id, form.FirstPeriod.ToString(), Grid.Of(string.Join('\n', [string.Join('|', ["measure", "area", .. dimensions, "value"]), .. lines])).Csv(), Examine.Unchecked);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(
            form.Cells.Select(cell => cell.Measure.Quantity == Core.Catalogue.Quantity.Percent ? cell.Index / 100m : cell.Index + 100),
            form.Cells.Select(cell => examined.Observations.Single(observation => observation.Key == cell.Key).Figure.Value!.Value));

        static string Named(string dimension, string code) => Examine.Catalogue.Dimensions[dimension].Find(code)!.Label;
    }

    private const string TwoQuarters = "period,measure,value\n2019-20-Q1,Panel referrals,96\n2019-20-Q1,Panel repeat rate,74%\n2019-20-Q2,Panel referrals,90\n2019-20-Q2,Panel repeat rate,73%\n";

    [Theory]
    [InlineData(TwoQuarters)]
    [InlineData("year,quarter,measure,value\n2019/20,1,Panel referrals,96\n2019/20,1,Panel repeat rate,74%\n2019/20,2,Panel referrals,90\n2019/20,2,Panel repeat rate,73%\n")]
    [InlineData("Quarter,Measure,Value\nQ1,Panel referrals,96\nQ1,Panel referalls,1\n,Panel referrals,90\n,Panel repeat rate,73%\n")]
    [InlineData("Financial year,Period,Measure,Value\n2018-19,Q2,Panel referrals,40\n2019-20,Q2,Panel referrals,90\n2019-20,July to September 2019,Panel repeat rate,73%\n2019-20,,Panel referrals,185\n")]
    [InlineData("period,measure,value\n2019-20,Panel referrals,90\n2019-20,Panel repeat rate,73%\n")]
    public async Task Only_rows_of_the_period_of_the_file_are_read(string text)
    {
        var examined = await Examine.CsvAsync(Panel, "2019-20-Q2", text);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("90 0.73", Examine.Values(examined, Examine.Form(Panel)));
    }

    [Fact]
    public async Task A_row_of_another_period_that_differs_from_the_accepted_one_is_queried_with_both_figures()
    {
        var examined = await Examine.FileAsync(
            Panel, "2019-20-Q2", System.Text.Encoding.UTF8.GetBytes(TwoQuarters), "return.csv", null, ("2019-20-Q1", Examine.Form(Panel).Cells[0].Key, 95));
        var finding = Examine.Only(examined, Severity.Query, Codes.OtherPeriodDiffers);
        Assert.Equal("C2", finding.Cell.ToString());
        Assert.StartsWith("For April to June 2019, this file shows 96 for \"Perpetrator Panel referrals\", but we accepted 95.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_with_other_periods_only_is_rejected_with_that_reason()
    {
        var finding = Examine.Only(await Examine.CsvAsync(Panel, "2019-20-Q3", TwoQuarters), Severity.Error, Codes.TableNotFound);
        Assert.Equal(
            ("A1", "This list has no figures for October to December 2019 (2019-20-Q3). It only has figures for 2019-20-Q1 and 2019-20-Q2. Add the missing figures, or send the file for the period it covers."),
            (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task An_unreadable_period_is_an_error_at_its_cell()
    {
        var finding = Examine.Only(
            await Examine.CsvAsync(Panel, "2019-20-Q1", "period,measure,value\nspring,Panel referrals,95\n,Panel repeat rate,74%\n"), Severity.Error, Codes.UnknownLabel);
        Assert.Equal(
            ("A2", "\"spring\" is not a period we understand. If this row is for 2019-20-Q1, write 2019-20-Q1 or leave the cell empty."),
            (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task A_note_is_kept() =>
        Assert.Equal("as of June", (await Examine.CsvAsync(Panel, "2019-20-Q1", "measure,note,value\nPanel referrals,as of June,95\nPanel repeat rate,,74%\n")).Observations[0].Figure.Note);
}

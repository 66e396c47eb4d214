using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>The layouts that agencies use for the tables of the forms. Each is read without findings.</summary>
public sealed class LayoutTests
{
    private const string Police = "constabulary/domestic-abuse";
    private const string Offences = "constabulary/sexual-offences";
    private const string Idva = "idva-service/idva";
    private const string Marac = "idva-service/marac";
    private const string Mash = "adult-safeguarding-cambridgeshire/mash";
    private const string Panel = "constabulary/perpetrator-panel";
    private const string Sarc = "elms-sarc/referrals";
    private const string Cada = "cada/support";
    private const string Hub = "victim-witness-hub/support";
    private const string Isva = "rape-crisis/referrals";
    private const string Refuge = "refuge/services";

    private static readonly (string Name, string Return, string Period, string Values, string Cells)[] Layouts =
    [
        ("titles, blank rows and notes around", Police, "2019-20-Q1", "2091 1366 0.71 0.63", """
            Cambridgeshire Constabulary
            Domestic abuse data, Quarter 1 2019-20

            Police DA Incidents
            Cambs|2091
            Pboro|1366
            Total|3457

            Police DA Crime Rate
            Cambs|71%
            Pboro|63%

            The target is 900.
            3 meetings were held.
            12 of these are still open
            """),
        ("rows in any order", Idva, "2019-20-Q1", "55 21 44 68 38 29 39 58 40 103 374 176", """
            IDVA Referrals
            Peterborough|103
            Stalking|40
            Hunts|68
            City|55
            A8 all|58
            CYP all|39
            Health all|29
            South|38
            East|21
            Fenland|44
            Total|495

            Engagement
            Repeat referrals|176
            Referrals that engaged with the service|374
            """),
        ("swapped, with a Total column", Idva, "2019-20-Q1", "55 21 44 68 38 29 39 58 40 103 374 176", """
            IDVA Referrals
            City|East|Fenland|Hunts|South|Health all|CYP all|A8 all|Stalking|Peterborough|Total
            55|21|44|68|38|29|39|58|40|103|495

            Engagement
            Referrals that engaged with the service|Repeat referrals
            374|176
            """),
        ("swapped, each with the title before its row", Offences, "2019-20-Q1", "347 151 275 126", """
            |Cambs|Pboro|Total
            Sexual Offence crimes|347|151|498
            Serious Sexual Offence crimes|275|126|401
            """),
        ("side by side with a blank column between", Offences, "2019-20-Q1", "347 151 275 126", """
            Sexual Offence crimes|||Serious Sexual Offence crimes|
            Cambs|347||Cambs|275
            Pboro|151||Pboro|126
            Total|498||Total|401
            """),
        ("side by side without one", Offences, "2019-20-Q1", "347 151 275 126", """
            Sexual Offence crimes||Serious Sexual Offence crimes|
            Cambs|347|Pboro|126
            Pboro|151|Cambs|275
            Total|498|Total|401
            """),
        ("side by side, titles above the numbers", Offences, "2019-20-Q1", "347 151 275 126", """
            Area|Serious Sexual Offence crimes|Area|Sexual Offence crimes
            Cambs|275|Cambs|347
            Pboro|126|Pboro|151
            """),
        ("stacked, the same labels under different titles", Offences, "2019-20-Q1", "347 151 275 126", """
            Serious Sexual Offence crimes
            Cambs|275
            Pboro|126
            Sexual Offence crimes
            Cambs|347
            Pboro|151
            """),
        ("stacked with headings and quarters", Offences, "2019-20-Q2", "354 152 274 123", """
            Sexual Offence crimes
            Area|Q1|Q2|Q3|Q4|Total
            Cambs|347|354|||701
            Pboro|151|152|||303
            Total|498|506|||1004

            Serious Sexual Offence crimes
            Area|Q1|Q2|Q3|Q4|Total
            Cambs|275|274|||549
            Pboro|126|123|||249
            Total|401|397|||798
            """),
        ("only one of two alike has its title", Offences, "2019-20-Q1", "347 151 275 126", """
            Sexual Offence crimes
            Cambs|347
            Pboro|151

            Cambs|275
            Pboro|126
            """),
        ("titles that stand out to the left", Offences, "2019-20-Q1", "347 151 275 126", """
            Sexual Offence crimes
            |Cambs|347
            |Pboro|151

            Serious Sexual Offence crimes
            |Cambs|275
            |Pboro|126
            """),
        ("joined: shared rows, a column each", Police, "2019-20-Q1", "2091 1366 0.71 0.63", """
            Area|Police DA Incidents|DA Crime Rate
            Cambs|2091|71%
            Pboro|1366|63%
            Total|3457|68%
            """),
        ("joined with a blank column between", Police, "2019-20-Q1", "2091 1366 0.71 0.63", """
            Area|DA Crime Rate||Incidents
            Cambs|71%||2091
            Pboro|63%||1366
            """),
        ("total first", Isva, "2019-20-Q1", "79 38", """
            Number of new referrals|Q1
            Total number of valid NEW referrals to ISVA service|117
            ISVA referrals in 2019-20|79
            ChISVA referrals in 2019-20|38
            """),
        ("a total that the form does not ask for, first", Cada, "2019-20", "650 429", """
            Total|1079
            Children supported one to one or in groups|650
            Bobby scheme|429
            """),
        ("whole-year columns, filled so far", Panel, "2019-20-Q2", "90 0.73", """
            Domestic Abuse Perpetrator Panel

            2019-20|Q1|Q2|Q3|Q4|Total
            Perpetrator Panel referrals|95|90|||185
            Perpetrator Panel repeat rate|74%|73%|||74%
            """),
        ("whole-year columns with the quarter in a longer heading", Panel, "2019-20-Q3", "67 0.73", """
            Panel|Figures for Q1 2019-20|Figures for Q2 2019-20|Figures for Q3 2019-20
            Panel referrals|95|90|67
            Panel repeat rate|74%|73%|73%
            """),
        ("whole-year columns, the year's own first", Panel, "2019-20-Q1", "95 0.74", """
            |2019-20|Q1|Q2
            Panel referrals|185|95|90
            Panel repeat rate|74%|74%|73%
            """),
        ("year to date next to the quarter", Panel, "2019-20-Q2", "90 0.73", """
            |Q2|Year to date
            Panel referrals|90|185
            Panel repeat rate|73%|74%
            """),
        ("quarters named by their months", Panel, "2019-20-Q3", "67 0.73", """
            |April to June 2019|July to September 2019|October to December 2019
            Panel referrals|95|90|67
            Panel repeat rate|74%|73%|73%
            """),
        ("quarters down, measures across", Panel, "2019-20-Q2", "90 0.73", """
            Quarter|Panel referrals|Panel repeat rate
            Q1|95|74%
            Q2|90|73%
            Q3||
            Total|185|74%
            """),
        ("years over quarters, merged", Sarc, "2019-20-Q1", "54 30", """
            The Elms Sexual Assault Referral Centre||||||||

            |2018-19||||2019-20|||
            |Q1|Q2|Q3|Q4|Q1|Q2|Q3|Q4
            Referrals to SARC over 18s|51|55|48|46|54|||
            Referrals to SARC under 18s|24|15|31|18|30|||
            """),
        ("years over quarters with a blank column between", Sarc, "2019-20-Q1", "54 30", """
            |Q1 2018-19|Q2 2018-19||Q1 2019-20|Q2 2019-20
            Over 18s|51|55||54|
            Under 18s|24|15||30|
            """),
        ("the same quarter of two years", Sarc, "2019-20-Q1", "54 30", """
            |2018-19|2019-20
            Over 18s|51|54
            Under 18s|24|30
            """),
        ("years as numbers in a heading", Hub, "2019-20-Q1", "279 20", """
            Year|2019|
            Measure|Number|2019
            Victims of violent crime supported|279|
            Care coordinators|20|
            """),
        ("a year's return by quarter with its total", Cada, "2019-20", "650 429", """
            |Q1|Q2|Q3|Q4|Total
            Children supported one to one or in groups|160|170|150|170|650
            One-off interventions|100|110|119|100|429
            """),
        ("labels merged over blank columns", Refuge, "2019-20-Q1", "144 0.75 96 1 7 14", """
            Outreach|||
            Outreach referrals|||144
            Outreach referrals contacted and supported|||75%
            Children indirectly supported|||96
            Better informed and empowered to act|||100%

            Refuges
            Women accommodated|||7
            Children accommodated|||14
            """),
        ("nothing but labels and numbers", Sarc, "2018-19-Q1", "51 24", """
            Over 18s|51
            Under 18s|24
            """),
        ("no titles at all", Refuge, "2019-20-Q1", "144 0.75 96 1 7 14", """
            Outreach referrals|144
            Outreach referrals contacted and supported|75%
            Children indirectly supported|96
            Better informed and empowered to act|100%

            Women accommodated in refuge|7
            Children accommodated in refuge|14
            """),
        ("a heading that is another table's name", Idva, "2019-20-Q1", "55 21 44 68 38 29 39 58 40 103 374 176", """
            Post|Referrals
            City|55
            East|21
            Fenland|44
            Hunts|68
            South|38
            Health|29
            Young people|39
            A8 countries|58
            Stalking and harassment|40
            Pboro|103

            Engagement|Referrals
            Engaged|374
            Repeats|176
            """),
        ("numbers before a heading that says Number", Hub, "2019-20-Q1", "279 20", """
            Quarter|1
            Year|2019

            Measure|Reference|Number
            Victims of violent crime supported|A|279
            Care coordinators|B|20
            """),
        ("a list and two tables joined", Mash, "2019-20-Q1", "143 47 47 96 26 21", """
            Adult Safeguarding MASH
            DA cases|143
            SV cases|47

            |DA cases: Care Act criteria met|SV cases: Care Act criteria met
            Yes|47|26
            No|96|21
            Total|143|47
            """),
        ("tables swapped under their titles", Mash, "2019-20-Q1", "143 47 47 96 26 21", """
            DA cases referred to AS MASH|143
            SV cases referred to AS MASH|47

            DA cases: Care Act criteria met
            Yes|No|Total
            47|96|143

            SV cases: Care Act criteria met
            No|Yes|Total
            21|26|47
            """),
        ("aliases, letter case, dashes and spaces", Sarc, "2018-19-Q1", "51 24", "ADULTS:|51\nunder\u00A0 18s|24"),
        ("a note below that begins with a number", Marac, "2019-20-Q1", "386", """
            MARAC cases heard|386

            12 meetings were held
            900 calls
            """),
        ("another quarter's table above", Offences, "2019-20-Q2", "354 152 274 123", """
            Sexual Offence crimes Q1 2019-20
            Cambs|347
            Pboro|151

            Serious Sexual Offence crimes Q1 2019-20
            Cambs|275
            Pboro|126

            Sexual Offence crimes Q2 2019-20
            Cambs|354
            Pboro|152

            Serious Sexual Offence crimes Q2 2019-20
            Cambs|274
            Pboro|123
            """),
        ("a line before each table that says its year", Sarc, "2019-20-Q1", "54 30", """
            2018-19
            |Q1|Q2
            Over 18s|51|55
            Under 18s|24|15

            2019-20
            |Q1|Q2
            Over 18s|54|
            Under 18s|30|
            """),
        ("the year in the corner of each table", Sarc, "2019-20-Q1", "54 30", """
            2018-19|Q1|Q2|Total
            Over 18s|51|55|106
            Under 18s|24|15|39

            2019-20|Q1|Q2|Total
            Over 18s|54||54
            Under 18s|30||30
            """),
        ("the quarter in a line of its own", Sarc, "2019-20-Q1", "54 30", """
            Quarter|4

            Over 18s|46
            Under 18s|18

            Quarter|1

            Over 18s|54
            Under 18s|30
            """),
        ("a table in two pieces", Sarc, "2018-19-Q1", "51 24", """
            First
            Over 18s|51



            Second
            Under 18s|24
            """),
        ("a row's own table, its figure next to the name of the area", Mash, "2018-19-Q2", "153 50 70 83 20 30", """
            DA cases
            |Q1|Q2|Total
            Cambridgeshire|125|153|278

            SV cases
            |Q1|Q2|Total
            Cambridgeshire|29|50|79

            DA cases: Care Act criteria met
            Met|70
            Not met|83

            SV cases: Care Act criteria met
            Met|20
            Not met|30
            """),
        ("numbers and what share they are", Sarc, "2018-19-Q1", "51 24", """
            |%|Number
            Over 18s||51
            Under 18s||24
            """),
        ("text in place of a number in a workbook", Hub, "2019-20-Q1", "1864 20", """
            Victims of violent crime supported|'1,864
            Care coordinators|'20
            """),
    ];

    public static TheoryData<string, bool> Cases()
    {
        var cases = new TheoryData<string, bool>();
        foreach (var layout in Layouts)
        {
            cases.Add(layout.Name, true);
            cases.Add(layout.Name, false);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_layout_is_read_without_findings(string name, bool isWorkbook)
    {
        var (_, id, period, values, cells) = Layouts.Single(layout => layout.Name == name);
        var examined = isWorkbook ? await Examine.GridAsync(id, period, cells) : await Examine.CsvAsync(id, period, Grid.Of(cells).Csv());
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(values, Examine.Values(examined, Examine.Form(id)));
    }

    [Fact]
    public async Task A_sheet_for_each_table_needs_no_titles()
    {
        var file = Grid.Xlsx(
            ("Contents", Grid.Of("Sheet|What\nIncidents|Police DA Incidents")),
            ("Police DA Crime Rate", Grid.Of("Pboro|63%\nCambs|71%")),
            ("Police DA Incidents", Grid.Of("Area|Number\nCambs|2091\nPboro|1366\nTotal|3457")));
        var examined = await Examine.FileAsync(Police, "2019-20-Q1", file, "return.xlsx");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("2091 1366 0.71 0.63", Examine.Values(examined, Examine.Form(Police)));
    }

    [Fact]
    public async Task Sheets_with_other_content_are_ignored()
    {
        var file = Grid.Xlsx(
            ("About", Grid.Of("About us|We are the Elms")),
            ("Figures", Grid.Of("\n\n||Over 18s|51\n||Under 18s|24\n||Total|75")),
            ("Notes", Grid.Of("Over 18s|see the other sheet\nUnder 18s|see the other sheet")));
        var examined = await Examine.FileAsync(Sarc, "2018-19-Q1", file, "return.xlsx");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("51 24", Examine.Values(examined, Examine.Form(Sarc)));
    }

    public static TheoryData<string> Forms() => [.. Examine.Catalogue.Forms.Select(form => form.Return.ToString()).Distinct()];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_alias_of_every_label_is_known(string id)
    {
        var form = Examine.Form(id);
        var most = form.Tables.Max(table => table.Rows.Concat(table.Columns).Max(member => member.Names.Length));
        for (var use = 0; use < most; use++)
        {
            var lines = form.Tables.SelectMany(table => (string[])[
                table.Names[use % table.Names.Length],
                .. table.IsList ? Array.Empty<string>() : [string.Join('|', [string.Empty, .. table.Columns.Select(column => column.Names[use % column.Names.Length])])],
                .. table.Rows.Select((row, i) => (Row: row, Index: i)).Where(item => !item.Row.IsTotal)
                    .Select(item => string.Join('|', [item.Row.Names[use % item.Row.Names.Length], .. table.Columns.Select((_, column) => Figure(table[item.Index, column]!))])),
                string.Empty]);
            var examined = await Examine.GridAsync(id, form.FirstPeriod.ToString(), string.Join('\n', lines), Examine.Unchecked);
            Assert.Equal(string.Empty, Examine.Findings(examined));
            Assert.Equal(form.Cells.Length, examined.Observations.Count);
        }

        static string Figure(Core.Catalogue.FormCell cell) => cell.Measure.Quantity == Core.Catalogue.Quantity.Percent ? "50%" : "12";
    }

    [Theory]
    [InlineData("Q1", "Q2", "Q3", "Q4", "2019-20-Q2", "90 0.73")]
    [InlineData("Panel Q1 2019-20", "Panel Q2 2019-20", "Panel Q3 2019-20", "Panel Q4 2019-20", "2019-20-Q4", "44 0.59")]
    [InlineData("2018-19 Q1", "2018-19 Q2", "2019-20 Q1", "2019-20 Q2", "2019-20-Q1", "67 0.73")]
    [InlineData("Apr-Jun 2019", "Jul-Sep 2019", "Oct-Dec 2019", "Jan-Mar 2020", "2019-20-Q3", "67 0.73")]
    public async Task A_sheet_for_each_quarter_is_read_for_the_one_it_is_sent_for(string one, string two, string three, string four, string period, string values)
    {
        var file = Grid.Xlsx(
            (one, Grid.Of("Panel referrals|95\nPanel repeat rate|74%")),
            (two, Grid.Of("Panel referrals|90\nPanel repeat rate|73%")),
            (three, Grid.Of("Panel referrals|67\nPanel repeat rate|73%")),
            (four, Grid.Of("Panel referrals|44\nPanel repeat rate|59%")));
        var examined = await Examine.FileAsync(Panel, period, file, "return.xlsx");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(values, Examine.Values(examined, Examine.Form(Panel)));
    }

    [Fact]
    public async Task A_sheet_for_each_quarter_may_name_its_quarter_in_the_first_line()
    {
        var file = Grid.Xlsx(
            ("Sheet1", Grid.Of("Perpetrator Panel, Quarter 1 2019-20\n\nPanel referrals|95\nPanel repeat rate|74%")),
            ("Sheet2", Grid.Of("Perpetrator Panel, Quarter 2 2019-20\n\nPanel referrals|90\nPanel repeat rate|73%")));
        var examined = await Examine.FileAsync(Panel, "2019-20-Q2", file, "return.xlsx");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("90 0.73", Examine.Values(examined, Examine.Form(Panel)));
    }

    [Fact]
    public async Task A_notes_column_is_kept_with_its_figure()
    {
        var examined = await Examine.GridAsync(Hub, "2019-20-Q1", "Measure|Notes|Number\nVictims of violent crime supported|12|279\nCare coordinators|two are part-time|20");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(["12", "two are part-time"], examined.Observations.Select(observation => observation.Figure.Note));
    }
}

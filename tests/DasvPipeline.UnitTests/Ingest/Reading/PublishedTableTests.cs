using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.UnitTests.Ingest.Reading.PublishedTables;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Tables as agencies publish them: units, flags, subtotals, several years, and what the catalogue says about them.</summary>
public sealed class PublishedTableTests
{
    private const string Rows = "\nNorth|12\nEast|30\nWest|7";

    /// <summary>A text that says that the figures are not what the form asks for is never passed over.</summary>
    [Theory]
    [InlineData("Calls to the stations (000s)" + Rows, "A1")]
    [InlineData("Calls to the stations\n(thousands)" + Rows, "A2")]
    [InlineData("Calls to the stations\n|Thousands" + Rows, "B2")]
    [InlineData("Calls to the stations\n|Calls ('000)" + Rows, "B2")]
    [InlineData("Calls to the stations\n|Number, in thousands" + Rows, "B2")]
    [InlineData("Calls to the stations\n|Calls per 1,000 people" + Rows, "B2")]
    [InlineData("Calls to the stations per 10,000 residents" + Rows, "A1")]
    [InlineData("Calls to the stations\n|% of calls" + Rows, "B2")]
    [InlineData("Calls to the stations\n|Per cent" + Rows, "B2")]
    [InlineData("Calls to the stations (%)" + Rows, "A1")]
    [InlineData("Calls to the stations (FTE)" + Rows, "A1")]
    [InlineData("Calls to the stations" + Rows + "\nAll figures are in thousands.", "A5")]
    [InlineData("Calls to the stations" + Rows + "\n\nUnits: thousands", "A6")]
    [InlineData("Calls to the stations||Figures in thousands" + Rows, "C1")]
    public async Task Refuses_a_unit_that_the_form_does_not_ask_for(string cells, string at) =>
        Assert.Equal($"rejected\nError {Codes.OtherUnit} {at}", await ReadAsync(Stations, "2019-20", cells));

    [Theory]
    [InlineData("Calls to the stations\nThousands of people live here." + Rows)]
    [InlineData("Calls to the stations" + Rows + "\nOne call in a thousand is about something else.")]
    [InlineData("Calls to the stations (headcount)" + Rows)]
    [InlineData("Calls to the stations\nAbout 10% of calls are made at night." + Rows)]
    public async Task Reads_a_table_next_to_a_sentence_about_something_else(string cells) => Assert.Equal("12 30 7", await ReadAsync(Stations, "2019-20", cells));

    [Fact]
    public async Task Uses_the_numbers_next_to_percentages_and_says_so() =>
        Assert.Equal($"12 30 7\nQuery {Codes.FigureNotRead} C3", await ReadAsync(Stations, "2019-20", "Calls to the stations\n|Number|%\nNorth|12|24\nEast|30|61\nWest|7|14"));

    [Theory]
    [InlineData("Staff in post (headcount)" + Rows, "rejected\nError other-unit A1")]
    [InlineData("Staff in post (FTE)\nNorth|12.4\nEast|30\nWest|7", "12.4 30 7")]
    [InlineData("Staff in post\n|30 September 2019\nNorth|12.4\nEast|30\nWest|7", "12.4 30 7")]
    [InlineData("Staff in post\n|Sep-18|Mar-19|Sep-19\nNorth|1|2|12.4\nEast|3|4|30\nWest|5|6|7", "12.4 30 7")]
    [InlineData("Staff in post\n|30 June 2019\nNorth|12.4\nEast|30\nWest|7", "rejected\nError table-not-found A3")]
    public async Task Reads_a_stock_at_the_end_of_the_period(string cells, string expected) => Assert.Equal(expected, await ReadAsync(Officers, "2019-20-Q2", cells));

    [Fact]
    public async Task Multiplies_a_table_that_the_catalogue_has_in_thousands()
    {
        const string Others = "\n\nRates\n|per 1,000\nCalls per 1000 people|3.25\n\nUses of tools\nTool|Number\nBaton, of which|7\nBaton used|4\nNot stated|3\nSpray, of which|\nSpray used|6\nNot stated|2";
        Assert.Equal($"-17121000 2547500 3.25 4 3 6 2\nNote {Codes.Scaled} B2", await ReadAsync(Costs, "2019-20", "Net costs (£ thousand)\nNorth|-17121\nEast|2547.5" + Others));
        Assert.Equal($"-17121000 2547500 3.25 4 3 6 2\nNote {Codes.Scaled} B2", await ReadAsync(Costs, "2019-20", "Net costs\nNorth|-17121\nEast|2547.5" + Others));
        Assert.Equal($"rejected\nError {Codes.OtherUnit} A1", await ReadAsync(Costs, "2019-20", "Net costs (£ million)\nNorth|-17121\nEast|2547.5" + Others));
        Assert.Equal($"rejected\nError {Codes.TotalDiffers} B11\nNote {Codes.Scaled} B2", await ReadAsync(Costs, "2019-20", "Net costs\nNorth|-17121\nEast|2547.5" + Others.Replace("which|7", "which|8", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Calls to the stations\n|Men" + Rows, "12 30 7\nQuery unknown-heading B2")]
    [InlineData("Calls to the stations\n|Calls received in the year" + Rows, "12 30 7")]
    [InlineData("Calls to the stations (rounded to the nearest 10)" + Rows, "12 30 7\nQuery other-unit A1")]
    [InlineData("Calls to the stations" + Rows + "\nFigures are rounded to the nearest 5.", "12 30 7\nQuery other-unit A5")]
    public async Task Asks_about_a_heading_that_it_does_not_know_and_about_rounded_figures(string cells, string expected) => Assert.Equal(expected, await ReadAsync(Stations, "2019-20", cells));

    [Theory]
    [InlineData("Share by area\n|%\nNorth|0.2\nEast|0.4", "rejected\nError not-a-number B3\nError not-a-number B4")]
    [InlineData("Share by area\n|%\nNorth|20\nEast|40.5", "0.2 0.405\nNote read-as B3\nNote read-as B4")]
    [InlineData("Share by area\n|%\nNorth|20\nEast|0.4", "rejected\nError not-a-number B4\nNote read-as B3")]
    [InlineData("Share by area\n|Number\nNorth|0.2\nEast|0.4", "0.2 0.4\nNote read-as B3\nNote read-as B4")]
    public async Task Reads_bare_numbers_under_a_percentage_heading_in_one_way(string cells, string expected) => Assert.Equal(Sorted(expected), Sorted(await ReadAsync(Shares, "2019-20", cells)));

    /// <summary>A form in thousands says so, shows accepted figures in thousands, adds up subtotals, and is read back.</summary>
    [Fact]
    public async Task A_form_of_such_tables_is_read_back()
    {
        var form = Examine.Form(Costs, PublishedTables.Catalogue);
        var figures = form.Cells.Select((cell, i) => (cell.Key, Figure: new Figure(cell.Table.Scale == 1 ? i : i * 500m))).ToDictionary(item => item.Key, item => item.Figure);
        var blank = FormWorkbook.Write(PublishedTables.Catalogue, form, Period.FromYear(2019), new PreviousFigures(Period.FromYear(2018), figures));
        var book = WorkbookReader.Read(blank, "form.xlsx", ReadLimits.Default);
        var texts = book.Sheets.SelectMany(sheet => Enumerable.Range(1, sheet.RowCount).SelectMany(row => sheet.Row(row).ToArray())).ToList();
        Assert.Contains(texts, cell => cell.Text?.Contains("Enter these figures in units of 1,000.", StringComparison.Ordinal) == true);
        Assert.Contains(texts, cell => cell.Number == 0.5);
        var examined = await Examine.FileAsync(Costs, "2019-20", blank, "form.xlsx", PublishedTables.Catalogue);
        Assert.All(examined.Findings, finding => Assert.Contains(finding.Code, (string[])[Codes.NoFigures, Codes.FormulaValueUsed]));
    }

    [Theory]
    [InlineData("Year|Station|Calls\n2018/19|North|1\n2018/19|East|2\n2018/19|West|3", "rejected\nError table-not-found B2")]
    [InlineData("Year|Station|Calls\n2019/20|North|1\n2019/20|East|2\n2019/20|West|3", "1 2 3")]
    [InlineData("Year|Station|Calls\n2018/19|North|1\n2018/19|East|2\n2018/19|West|3\n2019/20|North|4\n2019/20|East|5\n2019/20|West|6", "4 5 6")]
    [InlineData("Year|Station|Calls\n2018/19|North|1\n|East|2\n|West|3\n2019/20|North|4\n|East|5\n|West|6", "4 5 6")]
    [InlineData("Station|Year|Calls\nNorth|2018/19|1\nEast|2018/19|2\nWest|2018/19|3", "rejected\nError table-not-found A2")]
    [InlineData("Station|Survey year|Calls\nNorth|2017/18|1\nEast|2018/19|2\nWest|2019/20|3", "1 2 3\nQuery period-unclear B2")]
    public async Task Reads_the_rows_of_the_period(string cells, string expected) => Assert.Equal(expected, await ReadAsync(Stations, "2019-20", cells));

    [Theory]
    [InlineData("|2017|2018|2019\nNorth|1|2|3\nEast|4|5|6\nWest|7|8|9", "3 6 9\nQuery period-unclear D1\nQuery figure-not-read B2")]
    [InlineData("|04/05|05/06|19/20\nNorth|1|2|3\nEast|4|5|6\nWest|7|8|9", "3 6 9")]
    [InlineData("|Total 2004-2016\nNorth|1\nEast|4\nWest|7", "rejected\nError table-not-found B1")]
    public async Task Reads_the_column_of_the_period(string cells, string expected) => Assert.Equal(expected, await ReadAsync(Stations, "2019-20", cells));

    /// <summary>"West" is the region of three forces, and one of the forces.</summary>
    [Theory]
    [InlineData("North|12\nEast|30\nWest|57\nHill|20\nDale|30\nWest|7", "12 30 7\nQuery figure-not-read A4\nQuery figure-not-read A3")]
    [InlineData("North|12\nEast|30\nWest|57\nHill|20\nDale|31\nWest|7", "rejected\nQuery figure-not-read A4\nError same-row-twice A6")]
    public async Task Tells_a_region_from_a_force_of_the_same_name_by_its_sum(string cells, string expected) =>
        Assert.Equal(Sorted(expected), Sorted(await ReadAsync(Stations, "2019-20", cells)));

    [Fact]
    public async Task Keeps_signs_next_to_figures_as_markers()
    {
        var examined = await Examine.GridAsync(Stations, "2019-20", "|Calls|\nNorth|12|R\nEast|30|\nWest|7|p", PublishedTables.Catalogue);
        Assert.Equal(["[r]", string.Empty, "[p]"], examined.Observations.Select(observation => string.Concat(observation.Figure.Markers.ToLetters().Select(letter => $"[{letter}]"))));
        Assert.Equal("12 30 7\nNote flag C2\nNote flag C4", Describe(examined, Stations));
        Assert.Equal("12 30 7\nQuery flag C3", await ReadAsync(Stations, "2019-20", "|Calls|Flag\nNorth|12|\nEast|30|†\nWest|7|final"));
    }

    [Fact]
    public async Task Reads_the_agencys_own_symbols() =>
        Assert.Equal("[x] 0 [c]\nNote read-as B1\nNote read-as B2\nNote read-as B3", await ReadAsync(Stations, "2019-20", "North|NK\nEast|nowt\nWest|Hid"));

    [Theory]
    [InlineData("|Number|Change\nNorth|1|2\nEast|4|5\nWest|7|8", "1 4 7\nQuery figure-not-read C2")]
    [InlineData("|Number\nNorth|1\nEast|4\nWest|7\nChange|3", "1 4 7")]
    [InlineData("|Number|Visits\nNorth|1|2\nEast|4|5\nWest|7|8", "1 4 7\nQuery figure-not-read C1")]
    [InlineData("|Number|Visits\nNorth|1|2\nEast||5\nWest|7|8", "1 ? 7\nQuery figure-not-read C1\nQuery blank B3")]
    [InlineData("Calls to the stations\nNorth|1\nEast|4\nWest|7\nNorth and East|5", "1 4 7\nQuery figure-not-read A5")]
    [InlineData("Calls to the stations\nNorth|1\nEast|4\nWset|7", "rejected\nError unknown-label A4")]
    [InlineData("North|1\nEast|4\nWest|7\n\n2016\n2031", "1 4 7\nQuery figure-not-read A5")]
    [InlineData("North|1\nEast|4\nWest|2019\n\nYear|2019", "1 4 2019")]
    public async Task Names_the_rows_columns_and_numbers_that_it_does_not_use(string cells, string expected) =>
        Assert.Equal(Sorted(expected), Sorted(await ReadAsync(Stations, "2019-20", cells)));

    [Theory]
    [InlineData("measure|area|value|value\ncalls|north|1|9\ncalls|east|4|9\ncalls|west|7|9", "rejected\nError which-column D1")]
    [InlineData("measure|area|value|visits\ncalls|north|1|9\ncalls|east|4|9\ncalls|west|7|9", "1 4 7\nQuery figure-not-read D1")]
    [InlineData("measure|area|value|\ncalls|north|1|\ncalls|east|4|9\ncalls|west|7|", "1 4 7\nQuery figure-not-read D3")]
    [InlineData("17|\nmeasure|area|value\ncalls|north|1\ncalls|east|4\ncalls|west|7", "1 4 7\nQuery figure-not-read A1")]
    [InlineData("measure|area|unit|value\ncalls|north|thousands|1\ncalls|east|calls|4\ncalls|west|calls|7", "rejected\nError other-unit C2")]
    [InlineData("measure|area|value|status\ncalls|north|1|provisional\ncalls|east|4|\ncalls|west|7|?", "1 4 7\nQuery flag D4\nNote flag D2")]
    [InlineData("Calls (000s)\nmeasure|area|value\ncalls|north|1\ncalls|east|4\ncalls|west|7", "rejected\nError other-unit A1")]
    [InlineData("measure|area|value\ncalls|north|1\ncalls|east|4\ncalls|west|7\nAll figures are in thousands.", "rejected\nError other-unit A5")]
    [InlineData("Rounded to the nearest 5\nmeasure|area|value\ncalls|north|1\ncalls|east|4\ncalls|west|7", "1 4 7\nQuery other-unit A1")]
    public async Task Names_what_a_list_has_besides_its_values(string cells, string expected) => Assert.Equal(Sorted(expected), Sorted(await ReadAsync(Stations, "2019-20", cells)));

    [Theory]
    [InlineData("North|1\nEast|4", "measure|area|value\ncalls|west|7", "1 4 7")]
    [InlineData("North|1\nEast|4\nWest|7", "measure|area|value\ncalls|west|7", "1 4 7")]
    [InlineData("North|1\nEast|4\nWest|8", "measure|area|value\ncalls|west|7", "rejected\nError same-row-twice B3")]
    public async Task Reads_a_table_on_the_sheet_next_to_a_list(string table, string list, string expected)
    {
        var file = Grid.Xlsx(("Table", Grid.Of(table)), ("List", Grid.Of(list)));
        Assert.Equal(expected, Describe(await Examine.FileAsync(Stations, "2019-20", file, "return.xlsx", PublishedTables.Catalogue), Stations));
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));
}

using DasvPipeline.Tests.Ingest.Reading;
using System.Text;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Portal.Pages;

namespace DasvPipeline.UnitTests.Oversight;

/// <summary>The board as a grid: what is shown, in which order, and as a file.</summary>
public sealed class BoardGridTests
{
    private static readonly StatusBoard Board = new(
        "2019-20",
        "April 2019 to March 2020",
        1,
        [
            Row("a", "Zebra House", "a/cases", "Cases", "2019-20-Q1", BoardStates.Accepted),
            Row("a", "Zebra House", "a/cases", "Cases", "2019-20-Q2", BoardStates.Due),
            Row("a", "Zebra House", "a/year", "Outcomes", "2019-20", BoardStates.NotDue),
            Row("b", "Abbey", "b/calls", "Calls", "2019-20-Q1", BoardStates.Overdue),
            Row("b", "Abbey", "b/calls", "Calls", "2019-20-Q2", BoardStates.Accepted),
            Row("b", "Abbey", "b/helps", "Helps", "2019-20-Q1", BoardStates.Overdue),
        ])
    {
        LastYear = [Row("a", "Zebra House", "a/cases", "Cases", "2018-19-Q2", BoardStates.Rejected), Row("c", "Closed", "c/ended", "Ended", "2018-19-Q1", BoardStates.Accepted)],
    };

    [Fact]
    public void A_row_has_a_cell_for_each_quarter_and_the_year()
    {
        var grid = BoardGrid.Create(Board, BoardFilter.None, withLastYear: false);

        Assert.Equal(["2019-20-Q1", "2019-20-Q2", "2019-20-Q3", "2019-20-Q4", "2019-20"], grid.Columns.Select(column => column.ToString()));
        Assert.Equal(["Calls", "Helps", "Cases", "Outcomes"], grid.Rows.Select(row => row.Title));
        Assert.Equal([BoardStates.Overdue, BoardStates.Accepted, null, null, null], grid.Rows[0].Cells.Select(cell => cell?.Row.State));
        Assert.Equal((4, 4), (grid.Returns, grid.AllReturns));
    }

    [Fact]
    public void Last_year_is_next_to_this_year_with_the_returns_that_have_ended_since()
    {
        var grid = BoardGrid.Create(Board, BoardFilter.None, withLastYear: true);

        Assert.Equal(10, grid.Columns.Count);
        Assert.Equal(["Calls", "Helps", "Ended", "Cases", "Outcomes"], grid.Rows.Select(row => row.Title));
        var cases = grid.Rows.Single(row => row.Title == "Cases");
        Assert.Equal((BoardStates.Due, BoardStates.Rejected), (cases.Cells[1]!.Row.State, cases.Cells[6]!.Row.State));
        Assert.Equal([5], grid.Rows.Single(row => row.Title == "Ended").Cells.Select((cell, at) => (cell, at)).Where(item => item.cell is not null).Select(item => item.at));
    }

    [Theory]
    [InlineData("a", "", "", "Cases Outcomes")]
    [InlineData("", BoardStates.Overdue, "", "Calls Helps")]
    [InlineData("", "", "zEB", "Cases Outcomes")]
    [InlineData("", "", "help", "Helps")]
    [InlineData("b", BoardStates.Due, "", "")]
    public void A_filter_shows_the_returns_that_match_all_of_it(string agency, string state, string search, string expected) =>
        Assert.Equal(expected, string.Join(' ', BoardGrid.Create(Board, new BoardFilter(agency, state, search, BoardSort.Agency, false), false).Rows.Select(row => row.Title)));

    [Theory]
    [InlineData(BoardSort.Return, "Calls Cases Helps Outcomes")]
    [InlineData(BoardSort.Urgency, "Calls Helps Cases Outcomes")]
    public void Rows_are_sorted(BoardSort sort, string expected) =>
        Assert.Equal(expected, string.Join(' ', BoardGrid.Create(Board, BoardFilter.None with { Sort = sort }, false).Rows.Select(row => row.Title)));

    [Fact]
    public void A_row_of_an_agency_shows_its_most_urgent_state_and_how_many_have_it()
    {
        var grid = BoardGrid.Create(Board, BoardFilter.None with { IsByAgency = true }, withLastYear: false);

        Assert.Equal(["Abbey: 2 returns", "Zebra House: 2 returns"], grid.Rows.Select(row => $"{row.AgencyName}: {row.Title}"));
        Assert.Equal((BoardStates.Overdue, 2, 2), (grid.Rows[0].Cells[0]!.Row.State, grid.Rows[0].Cells[0]!.Count, grid.Rows[0].Cells[0]!.Total));
        Assert.Equal("Overdue (2 of 2)", grid.ToExport(StateNames.GetName).Rows[0][2]);
    }

    [Fact]
    public void A_file_has_what_is_shown_and_starts_no_formula()
    {
        var export = BoardGrid.Create(Board with { Returns = [Row("a", "=SUM(1)", "a/cases", "Cases", "2019-20-Q1", BoardStates.AcceptedWithQueries)], LastYear = [] }, BoardFilter.None, false).ToExport(StateNames.GetName);

        Assert.Equal("Agency,Return,2019-20-Q1,2019-20-Q2,2019-20-Q3,2019-20-Q4,2019-20\r\n\"'=SUM(1)\",Cases,Accepted with queries,,,,\r\n", Encoding.UTF8.GetString(export.ToCsv())[1..]);
        Assert.Equal(export.ToXlsx("Publisher"), export.ToXlsx("Publisher"));
        var sheet = Assert.Single(Workbooks.ReadFile(export.ToXlsx("Publisher"), "returns.xlsx").Sheets);
        Assert.Equal(("2019-20-Q1", "=SUM(1)", "Accepted with queries"), (sheet[2, 3].DisplayText, sheet[3, 1].DisplayText, sheet[3, 3].DisplayText));
    }

    [Fact]
    public void Every_state_has_a_mark_of_its_own()
    {
        Assert.Equal(BoardStates.All.Order(StringComparer.Ordinal), BoardStates.MostUrgentFirst.Order(StringComparer.Ordinal));
        Assert.Equal(BoardStates.All.Count, BoardStates.All.Select(StateNames.GetMark).Distinct().Count());
    }

    private static BoardRow Row(string agency, string name, string id, string title, string period, string state) =>
        new(agency, name, id, title, period, state, new DateOnly(2019, 7, 31), null, 0, null, 0, 0, 0, 0, 0, 0);
}

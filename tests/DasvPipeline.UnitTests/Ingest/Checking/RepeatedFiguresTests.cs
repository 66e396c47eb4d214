using System.Globalization;
using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>A file that was sent for another period, or that repeats the figures of the last period.</summary>
public sealed class RepeatedFiguresTests
{
    private const string Helpline = "rape-crisis/helpline";
    private const string Panel = "constabulary/perpetrator-panel";
    private const string AllSame = "All figures are the same as for April to June 2019. Check that this is the right file.";
    private const string SameFile = "This file is the same as the one for April to June 2019. Check that this is the right file.";

    private static readonly Period LastQuarter = Period.Parse("2019-20-Q1");

    /// <summary>The figures are calls, new callers, opening hours, clients, volunteers (a stock) and volunteer hours.</summary>
    [Theory]
    [InlineData("278 39 152 67 85 2046", "278 39 152 67 85 2046", true)]
    [InlineData("278 39 152 67 90 2046", "278 39 152 67 85 2046", true)] // Only the stock differs.
    [InlineData("278 39 152 67 85 2047", "278 39 152 67 85 2046", false)]
    [InlineData("278 39 152.0 67 85 2046", "278 39 152 67 85 2046", true)]
    [InlineData("3 2 2 2 2 2", "3 2 2 2 2 2", false)] // A small return can repeat itself.
    [InlineData("10 2 2 2 2 2", "10 2 2 2 2 2", false)]
    [InlineData("11 2 2 2 2 2", "11 2 2 2 2 2", true)]
    [InlineData("3 2 2 2 50 2", "3 2 2 2 50 2", false)] // Only the stock is large.
    [InlineData("278 39 [x] [x] 85 [x]", "278 39 ? ? 85 ?", false)] // 2 figures and a stock.
    [InlineData("278 39 152 [x] 85 [x]", "278 39 152 ? 85 ?", true)]
    [InlineData("278 39 152 [x] 85 2046", "278 39 152 67 85 2046", false)]
    [InlineData("278 39 152 67 85 2046", "278 39 152 ? 85 2046", false)]
    public async Task Figures_that_all_equal_those_of_the_last_period_are_a_query(string now, string before, bool isQuery)
    {
        var examined = await ExamineAsync(Helpline, "2019-20-Q2", now, before, LastQuarter, identicalPeriod: null);

        var queries = examined.Findings.Where(finding => finding is { Code: Codes.SameAsOtherPeriod, Cell: null }).ToList();
        Assert.Equal(isQuery ? [(Severity.Query, (CellRef?)null, AllSame)] : [], queries.Select(finding => (finding.Severity, finding.Cell, finding.Message)));
        Assert.True(examined.IsAccepted);
    }

    [Fact]
    public async Task A_single_large_figure_that_equals_that_of_the_last_period_is_a_query()
    {
        var examined = await ExamineAsync(Helpline, "2019-20-Q2", "278 39 150 67 85 2100", "278 39 152 67 85 2046", LastQuarter, identicalPeriod: null);

        var finding = Examine.Only(examined, Severity.Query, Codes.SameAsOtherPeriod);
        Assert.Equal(
            "278 for \"Number of calls to the helpline service\" is the same as in April to June 2019. Was the old figure left in? If it is right, say why in the notes. If not, correct it.",
            finding.Message);
        Assert.Equal(("B1", "Number of calls to the helpline service"), (finding.Cell?.Address, finding.FigureName));
    }

    [Fact]
    public async Task A_table_that_repeats_that_of_the_last_period_is_one_query()
    {
        const string Services = "cambridge-womens-aid/services";
        string[] rest = [.. Enumerable.Repeat("[x]", Examine.Form(Services).Cells.Length - 5)];
        var examined = await ExamineAsync(
            Services, "2019-20-Q2", string.Join(' ', [.. rest, "27", "72", "47", "34", "17"]), string.Join(' ', [.. rest.Select(_ => "8"), "27", "72", "47", "34", "17"]), LastQuarter, identicalPeriod: null);

        var finding = examined.Findings.Single(finding => finding.Code == Codes.SameAsOtherPeriod);
        Assert.StartsWith("All figures of \"Ask Me\" are the same as for April to June 2019.", finding.Message, StringComparison.Ordinal);
        Assert.Equal(4, finding.OtherCells.Count);
    }

    [Fact]
    public async Task Figures_of_a_period_before_the_last_are_not_compared()
    {
        var examined = await ExamineAsync(Helpline, "2019-20-Q3", "278 39 152 67 85 2046", "278 39 152 67 85 2046", LastQuarter, identicalPeriod: null);

        Assert.DoesNotContain(examined.Findings, finding => finding.Code == Codes.SameAsOtherPeriod);
    }

    [Theory]
    [InlineData("3 2 2 2 2 2")]
    [InlineData("278 39 152 67 85 2046")]
    public async Task A_file_that_was_accepted_for_another_period_is_one_query_however_small_its_figures_are(string figures)
    {
        var examined = await ExamineAsync(Helpline, "2019-20-Q2", figures, figures, LastQuarter, LastQuarter);

        Assert.Equal(SameFile, Assert.Single(examined.Findings, finding => finding.Code == Codes.SameAsOtherPeriod).Message);
    }

    [Fact]
    public async Task A_file_that_shows_both_periods_is_right_for_both()
    {
        const string BothQuarters = ",Q1,Q2\nPanel referrals,95,90\nPanel repeat rate,74%,73%\n";

        var both = await RunAsync(Panel, "2019-20-Q2", BothQuarters, CheckReturn.NothingAccepted, LastQuarter);
        var one = await RunAsync(Panel, "2019-20-Q2", "Panel referrals,90\nPanel repeat rate,73%\n", CheckReturn.NothingAccepted, LastQuarter);

        Assert.Equal(string.Empty, Examine.Findings(both));
        Assert.Equal(SameFile, Examine.Only(one, Severity.Query, Codes.SameAsOtherPeriod).Message);
    }

    private static Task<ExaminationResult> ExamineAsync(string id, string period, string now, string before, Period beforePeriod, Period? identicalPeriod)
    {
        var cells = Examine.Form(id).Cells;
        var text = string.Join('\n', cells.Zip(now.Split(' '), (cell, value) => $"{cell.Name},{value}"));
        var accepted = cells.Zip(before.Split(' ')).Where(pair => pair.Second != "?")
            .ToDictionary(pair => pair.First.Key, pair => new Figure(decimal.Parse(pair.Second, CultureInfo.InvariantCulture)));
        return RunAsync(
            id, period, text, (other, _) => Task.FromResult<IReadOnlyDictionary<FigureKey, Figure>?>(other == beforePeriod ? accepted : null), identicalPeriod);
    }

    private static Task<ExaminationResult> RunAsync(string id, string period, string text, Core.Ports.AcceptedFigures accepted, Period? identicalPeriod) =>
        new CheckReturn(Examine.Catalogue).RunAsync(
            Examine.Form(id), Period.Parse(period), Encoding.UTF8.GetBytes(text), "return.csv", accepted, identicalPeriod, TestContext.Current.CancellationToken);
}

using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Two rows of headings, of which the first is merged over the second, and the same layouts with rows and columns swapped.</summary>
public sealed class MergedHeadingTests
{
    private const string Police = "constabulary/domestic-abuse";

    private const string Asked = "2019-20-Q2";

    private static readonly List<string> Requested = ["1002", "2002", "12%", "22%"];
    private static readonly string[] Areas = ["Cambridgeshire", "Peterborough"];
    private static readonly string[] Measures = ["Incidents", "Crime rate"];
    private static readonly string[] Quarters = ["Q1 2019-20", "Q2 2019-20", "Q3 2019-20"];

    /// <summary>The order of the dimensions: the outer headings, the inner headings and the rows.</summary>
    public static TheoryData<string, bool, bool> Layouts() =>
        [.. from order in new[] { "amq", "aqm", "maq", "mqa", "qam", "qma" } from isSwapped in new[] { false, true } from isRepeated in new[] { false, true } select (order, isSwapped, isRepeated)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Reads_figures_under_two_rows_of_headings(string order, bool isSwapped, bool isRepeated)
    {
        foreach (var (areas, measures, quarters, title) in Variants())
        {
            var grid = Turn(Create(order, areas, measures, quarters, isRepeated), isSwapped);
            var cells = title + Text(grid);
            var examined = await Examine.GridAsync(Police, Asked, cells, Examine.Unchecked);
            Assert.True(examined.Findings.Count == 0, cells + "\n" + Examine.Findings(examined));
            Assert.Equal("1002 2002 0.12 0.22", Examine.Values(examined, Examine.Form(Police)));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Never_reads_a_figure_whose_heading_is_another(string order, bool isSwapped, bool isRepeated)
    {
        foreach (var (grid, row, column, other) in TestShare.OneIn(23, 3, ChangedHeadings(order, isRepeated)))
        {
            var text = grid[row][column];
            var covered = Covered(grid, row, column, isRepeated);
            var changed = grid.ConvertAll(cells => cells.ToArray());
            changed[row][column] = other;
            var cells = Text(Turn(changed, isSwapped));
            var examined = await Examine.GridAsync(Police, Asked, cells, Examine.Unchecked);
            var read = examined.Observations.Where(observation => observation.Figure.Value is not null).ToDictionary(observation => Written(observation.Figure.Value!.Value), observation => observation.Key);
            Assert.True(!examined.IsAccepted || read.Keys.All(value => Requested.Contains(value) && !covered.Contains(value)), $"{text} became {other}, and {string.Join(' ', read.Keys)} were read.\n{cells}\n{Examine.Findings(examined)}");
            Assert.True(!Requested.Exists(covered.Contains) || examined.Findings.Any(finding => finding.Severity != Severity.Note), $"{text} became {other} in silence.\n{cells}");
            Assert.All(read.Where(_ => examined.IsAccepted), pair => Assert.Equal(KeyOf(pair.Key), pair.Value));
        }
    }

    [Theory]
    [InlineData("|Cambridgeshire||Peterborough|\n|Incidents|Crime rate|Incidents|Arrests\nQ2 2019-20|1002|12%|2002|7", "1002 2002 0.12 ?")]
    [InlineData("|Cambridgeshire|||Peterborough||\n|Incidents|Arrests|Crime rate|Incidents|Arrests|Crime rate\nQ2 2019-20|1002|7|12%|2002|8|22%", "1002 2002 0.12 0.22")]
    [InlineData("|Cambridgeshire||England||Peterborough|\n|Incidents|Crime rate|Incidents|Crime rate|Incidents|Crime rate\nQ2 2019-20|1002|12%|7|8%|2002|22%", "1002 2002 0.12 0.22")]
    [InlineData("|Cambridgeshire||Peterborough||England|\n|Incidents|Crime rate|Incidents|Crime rate|Incidents|Crime rate\nQ2 2019-20|1002|12%|2002|22%|7|8%", "1002 2002 0.12 0.22")]
    [InlineData("|Cambridgeshire||Peterborough||Total|\n|Incidents|Crime rate|Incidents|Crime rate|Incidents|Crime rate\nQ2 2019-20|1002|12%|2002|22%|3004|17%", "1002 2002 0.12 0.22")]
    [InlineData("|Total||Cambridgeshire||Peterborough|\n|Incidents|Crime rate|Incidents|Crime rate|Incidents|Crime rate\nQ2 2019-20|3004|17%|1002|12%|2002|22%", "1002 2002 0.12 0.22")]
    public async Task Queries_figures_that_the_form_does_not_ask_for(string cells, string expected)
    {
        foreach (var isSwapped in new[] { false, true })
        {
            var text = Text(Turn([.. cells.Split('\n').Select(row => row.Split('|'))], isSwapped));
            var examined = await Examine.GridAsync(Police, Asked, text, Examine.Unchecked);
            Assert.True(examined.IsAccepted && examined.Findings.Any(finding => finding.Severity == Severity.Query), text + "\n" + Examine.Findings(examined));
            Assert.Equal(expected, Examine.Values(examined, Examine.Form(Police)));
        }
    }

    [Fact]
    public async Task Checks_the_total_of_merged_headings()
    {
        const string Cells = "|Cambridgeshire||Peterborough||Total|\n|Incidents|Crime rate|Incidents|Crime rate|Incidents|Crime rate\nQ2 2019-20|1002|12%|2002|22%|3005|17%";
        var examined = await Examine.GridAsync(Police, Asked, Cells, Examine.Unchecked);
        Assert.Equal("F3", Assert.Single(examined.Findings, finding => finding.Severity == Severity.Error).Cell?.Address);
    }

    [Theory]
    [InlineData("Referrals|Repeats")]
    [InlineData("Repeats|Referrals")]
    [InlineData("Male|Female")]
    public async Task Refuses_merged_areas_over_unknown_measures(string measures)
    {
        var areas = Examine.Form("idva-service/idva").Tables[0].Rows.Where(row => !row.IsTotal).Select(row => row.Label).ToList();
        var cells = $"|{string.Join("||", areas)}|\n|{string.Join('|', areas.Select(_ => measures))}\nQ2 2019-20|{string.Join('|', Enumerable.Range(1, 2 * areas.Count))}";
        var examined = await Examine.GridAsync("idva-service/idva", Asked, cells, Examine.Unchecked);
        Assert.False(examined.IsAccepted, cells + "\n" + Examine.Findings(examined));
    }

    private static IEnumerable<(string[] Areas, string[] Measures, string[] Quarters, string Title)> Variants() =>
        from areas in new[] { Areas, ["Pboro", "Cambs"] }
        from measures in new[] { Measures, [.. Measures.Reverse()] }
        from quarters in new[] { Quarters, [.. Quarters.Reverse()], [Quarters[1]] }
        from title in new[] { string.Empty, "Police figures\n\n" }
        select (areas, measures, quarters, title);

    private static List<string[]> Create(string order, string[] areas, string[] measures, string[] quarters, bool isRepeated)
    {
        string[] Names(char dimension) => dimension switch { 'a' => areas, 'm' => measures, _ => quarters };
        var (outer, inner, rows) = (Names(order[0]), Names(order[1]), Names(order[2]));
        return
        [
            ["", .. outer.SelectMany(name => inner.Select((_, i) => i == 0 || isRepeated ? name : ""))],
            ["", .. outer.SelectMany(_ => inner)],
            .. rows.Select(row => (string[])[row, .. outer.SelectMany(first => inner.Select(second => Figure([first, second, row])))]),
        ];
    }

    /// <summary>Returns 1002 for the incidents in Cambridgeshire in the second quarter, and 12% for the rate.</summary>
    private static string Figure(string[] names)
    {
        var area = names.Any(name => name[0] == 'C' && name[1] == 'a') ? 1 : 2;
        var quarter = names.First(name => name[0] == 'Q')[1] - '0';
        return names.Contains(Measures[1]) ? FormattableString.Invariant($"{(10 * area) + quarter}%") : FormattableString.Invariant($"{(1000 * area) + quarter}");
    }

    private static FigureKey KeyOf(string figure) =>
        Examine.Form(Police).Tables[figure[^1] == '%' ? 1 : 0].Cells.Single(cell => cell.Row == figure[0] - '1').Key;

    private static string Written(decimal value) => value < 1 ? FormattableString.Invariant($"{value * 100:0}%") : FormattableString.Invariant($"{value}");

    private static IEnumerable<(int Row, int Column, string Text)> Headings(List<string[]> grid) =>
        grid.SelectMany((cells, row) => cells.Select((text, column) => (row, column, text))).Where(cell => cell.text.Length > 0 && !char.IsDigit(cell.text[0]));

    /// <summary>Returns every table with each of its headings that can be changed, and each text that replaces it.</summary>
    private static IEnumerable<(List<string[]> Grid, int Row, int Column, string Other)> ChangedHeadings(string order, bool isRepeated) =>
        from variant in Variants().Where(variant => variant.Title.Length == 0)
        let grid = Create(order, variant.Areas, variant.Measures, variant.Quarters, isRepeated)
        from heading in Headings(grid)
        from other in Others(heading.Text).Concat(heading.Text[0] == 'Q' || (heading.Row == 0 && (isRepeated || heading.Column == 1)) ? [] : [string.Empty])
        select (grid, heading.Row, heading.Column, other);

    /// <summary>Returns the figures under or next to a heading.</summary>
    private static HashSet<string> Covered(List<string[]> grid, int row, int column, bool isRepeated)
    {
        if (column == 0)
        {
            return [.. grid[row]];
        }

        var last = column;
        while (row == 0 && !isRepeated && last + 1 < grid[0].Length && grid[0][last + 1].Length == 0)
        {
            last++;
        }

        return [.. grid.Skip(2).SelectMany(cells => cells[column..(last + 1)])];
    }

    private static string[] Others(string text) => text[0] == 'Q' ? ["Q2 2018-19", "Q4 2019-20", "YTD", "Q2 target", "Jul"]
        : Measures.Contains(text) ? ["Arrests", "Police Sexual Offence crimes", $"{text} YTD", $"{text} 2018-19", $"{text} (000s)", $"{text} per 1,000", $"{text} - target"]
        : ["England", "Fenland", "Cambridgeshire and Peterborough", "Unknown"];

    private static List<string[]> Turn(List<string[]> grid, bool isSwapped) =>
        isSwapped ? [.. Enumerable.Range(0, grid[0].Length).Select(column => grid.Select(row => row[column]).ToArray())] : grid;

    private static string Text(List<string[]> grid) => string.Join('\n', grid.Select(row => string.Join('|', row)));
}

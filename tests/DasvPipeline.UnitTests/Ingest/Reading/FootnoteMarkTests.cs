using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>The marks of footnotes on labels, headings, titles and periods.</summary>
public sealed class FootnoteMarkTests
{
    private const string Sarc = "elms-sarc/referrals";
    private const string Stages = "north/stages";

    private static readonly PartnershipCatalogue Catalogue = PartnershipCatalogue.Load(
    [
        .. TestCatalogue.Small,
        new CatalogueFile("measures/stages.yaml", """
            measures:
              - { id: stage-1, label: Stage (1), unit: calls, adds: flow }
              - { id: stage-2, label: Stage (2), unit: calls, adds: flow }
              - { id: other, label: Other stages, unit: calls, adds: flow }
            """),
        new CatalogueFile("returns/north.stages.yaml", """
            agency: north
            return: stages
            title: Stages
            every: quarter
            from: 2019-20
            tables:
              - id: stages
                title: Stages
                rows: [{ measure: stage-1 }, { measure: stage-2 }, { measure: other }]
            """),
    ]);

    public static TheoryData<string> Marks => ["¹", " ² ³", "*", " **", "†", " (2)", " (1, 2)", " [3]", " [note 3]", " (see note 3)", " [Notes 1 and 2]"];

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_mark_does_not_stop_a_label_from_being_found(string mark)
    {
        var cells = $"""
            Area{mark}|Police DA Incidents{mark}|DA Crime Rate{mark}
            Cambridgeshire{mark}|2216|85%
            Peterborough{mark}|1406|74%
            Total{mark}|3622|
            """;
        var grid = Grid.Of(cells);
        (string Name, byte[] Content)[] files =
        [
            ("a.xlsx", grid.Xlsx()), ("a.xls", Grid.Xls(("Sheet1", grid))), ("a.ods", Grid.Ods(("Sheet1", grid))), ("a.csv", System.Text.Encoding.UTF8.GetBytes(grid.Csv(';'))),
        ];
        foreach (var (name, content) in files)
        {
            var examined = await Examine.FileAsync("constabulary/domestic-abuse", "2019-20-Q3", content, name);
            Assert.Equal(string.Empty, Examine.Findings(examined));
            Assert.Equal("2216 1406 0.85 0.74", Examine.Values(examined, Examine.Form("constabulary/domestic-abuse")));
        }
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_mark_does_not_stop_a_period_from_being_read(string mark)
    {
        foreach (var heading in (string[])["Q1", "Q1 2019-20", "Quarter 1", "Apr-Jun 2019"])
        {
            var examined = await Examine.GridAsync(Sarc, "2019-20-Q1", $"Referrals to SARC{mark}|{heading}{mark}|Q2{mark}\nOver 18s|51|60\nUnder 18s|24|30", Examine.Unchecked);
            Assert.True(examined.IsAccepted, heading + mark + Examine.Findings(examined));
            Assert.Equal("51 24", Examine.Values(examined, Examine.Form(Sarc)));
            var other = await Examine.GridAsync(Sarc, "2019-20-Q2", $"Referrals to SARC{mark}|{heading}{mark}\nOver 18s|51\nUnder 18s|24", Examine.Unchecked);
            Assert.False(other.IsAccepted, heading + mark + " was read for another quarter.");
        }
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_mark_does_not_hide_that_a_title_is_about_another_period(string mark)
    {
        foreach (var title in (string[])["Referrals to SARC, Q2 2018-19", "Referrals to SARC for 2018-19", "Q4 2018-19"])
        {
            var plain = await Examine.GridAsync(Sarc, "2019-20-Q1", $"{title}\nOver 18s|51\nUnder 18s|24", Examine.Unchecked);
            var marked = await Examine.GridAsync(Sarc, "2019-20-Q1", $"{title}{mark}\nOver 18s|51\nUnder 18s|24", Examine.Unchecked);
            Assert.Contains(plain.Findings, finding => finding.Severity != Severity.Note);
            Assert.Equal(plain.Findings.Select(finding => (finding.Severity, finding.Code, finding.Cell)), marked.Findings.Select(finding => (finding.Severity, finding.Code, finding.Cell)));
        }
    }

    [Theory]
    [InlineData("Stage (1)|1\nStage (2)|2\nOther stages|3")]
    [InlineData("Stage (2)|2\nStage (1)|1\nOther stages (1)|3")]
    [InlineData("Stage (1)¹|1\nStage (2) [note 1]|2\nOther stages (2)|3")]
    public async Task A_number_in_brackets_that_belongs_to_a_label_is_kept(string cells)
    {
        var examined = await Examine.GridAsync(Stages, "2019-20-Q1", cells, Catalogue);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("1 2 3", Examine.Values(examined, Examine.Form(Stages, Catalogue)));
    }

    [Fact]
    public async Task A_label_that_differs_only_in_such_a_number_is_not_the_same()
    {
        var examined = await Examine.GridAsync(Stages, "2019-20-Q1", "Stage (1)|1\nStage (3)|2\nOther stages|3", Catalogue);
        Assert.Equal("1 ? 3", Examine.Values(examined, Examine.Form(Stages, Catalogue)));
        Assert.Contains(examined.Findings, finding => finding.Severity != Severity.Note && finding.Cell?.Address == "A2");
    }

    [Fact]
    public async Task The_same_label_with_two_marks_is_there_twice()
    {
        var examined = await Examine.GridAsync(Sarc, "2019-20-Q1", "Over 18s (1)|51\nUnder 18s|24\nOver 18s (2)|52");
        Assert.Contains(examined.Findings, finding => finding.Severity == Severity.Error);
    }
}

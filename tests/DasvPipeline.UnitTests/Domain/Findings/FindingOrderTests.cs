using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Domain.Findings;

public sealed class FindingOrderTests
{
    [Fact]
    public async Task Findings_are_in_the_order_of_the_workbooks_sheets_and_name_their_figures()
    {
        var examined = await Examine.FileAsync(
            "cambridge-womens-aid/services",
            "2019-20-Q1",
            Grid.Xlsx(
                ("Refuge", Grid.Of("Women accommodated in refuge|lots\nChildren accommodated in refuge|13\nRefuge occupancy|91%\nChildren's music sessions attendances|19\nPlay session places|462\nChildcare session places|44\nSchool holiday session attendances|131\nWomen's group attendances|31")),
                ("Outreach", Grid.Of("People supported one to one|lots\nChildren of people supported|137\nPeople given brief advice|28\nShine programme women|5\nPeer support art group attendances|86\nFreedom Programme attendances|24\nFreedom Programme women|3")),
                ("Ask Me", Grid.Of("Community Ambassadors trained|lots\nConversations held|72\nMyths challenged|47\nSocial media awareness|34\nSurvivors signposted|17"))),
            "return.xlsx");

        Assert.Equal(
            ["Refuge!B1 Women accommodated in refuge", "Outreach!B1 People supported one to one", "Ask Me!B1 Community Ambassadors trained"],
            examined.Findings.Select(finding => $"{finding.Cell} {finding.FigureName}"));
    }

    [Theory]
    [InlineData("B2", "", "Sheet Figures, cell B2")]
    [InlineData("B2", "B3 B4", "Sheet Figures, cells B2 to B4")]
    [InlineData("B2", "C2 D2", "Sheet Figures, cells B2 to D2")]
    [InlineData("B2", "B4", "Sheet Figures, cells B2 and B4")]
    [InlineData("B2", "B4 B3", "Sheet Figures, cells B2, B4 and B3")]
    public void The_cells_of_a_finding_are_named_once(string first, string others, string expected) => Assert.Equal(
        expected,
        FindingLocation.Describe(new Finding(Severity.Query, Codes.Blank, CellAt(first), "A message.") { OtherCells = [.. others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CellAt)] }));

    private static CellRef CellAt(string address) => new("Figures", address[1] - '0', address[0] - 'A' + 1);
}

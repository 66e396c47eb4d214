using DasvPipeline.Tests.Ingest.Checking.People;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

public sealed class RowsPerPersonTests
{
    [Theory]
    [InlineData("Client ID|Age|Gender|Outcome\nC1|34|F|Improved\nC2|27|F|No change", "records A2 A3")]
    [InlineData("Case ref|Date of referral|Outcome\n19/001|2 May|Closed\n19/002|3 May|Open", "records A2 A3")]
    [InlineData("Case|Date|Outcome\n1|2 May|Closed\n2|3 May|Open", "records A2 A3")]
    [InlineData("Ref|Area|Ethnicity\nA1|Hunts|White British\nA2|Fenland|Asian", "records A2 A3")]
    [InlineData("Victim|Age|Relationship\n1|34|Partner\n2|27|Former partner", "records A2 A3")]
    [InlineData("Case number|Age|Area\n101|34|Hunts", "records A2")]
    [InlineData("Age|Gender\n34|F\n27|F\n27|M", "records A2 A3 A4")]
    [InlineData("Age|Sex|Ethnicity\n34|Female|White British\n27|Male|Not known", "records A2 A3")]
    [InlineData("Client ID|C1|C2\nAge|34|27\nGender|F|M", "records B1 C1")]
    [InlineData("Referrals in the quarter\n\nInitials|Age|Postcode\nMJ|34|CB2\nAO|27|PE1", "records A4 A5")]
    public void A_list_of_people_or_cases_is_detected(string grid, string expected) => Assert.Equal(expected, PeopleFindings.Summary(PeopleFindings.InGrid(grid)));

    [Theory]
    [InlineData("Age|Female|Male\n18 to 24|3|4\n25 to 34|5|6")]
    [InlineData("measure|area|age|gender|value|note\nOutreach referrals|Hunts|18-24|Female|3|\nOutreach referrals|Hunts|25-34|Male|4|counted twice")]
    [InlineData("Age|Gender|Referrals\n18 to 24|Female|3\n25 to 34|Male|4")]
    [InlineData("Age|Gender|Referrals\n17|Female|3\n18|Male|4")]
    [InlineData("Age|Gender\n18 to 24|Female\n25 to 34|Male")]
    [InlineData("No|Area|Age|Referrals\n1|Hunts|18 to 24|3\n2|Fenland|18 to 24|4")]
    [InlineData("Age|Number|Area|Notes\n18 and over|12|Hunts|a group of ten began\nUnder 18|13|Ely|")]
    [InlineData("Area|No|Notes|Age\nHunts|12|a group of ten began|\nFenland|13|fewer|")]
    [InlineData("Ref|Date|Location|Notes\n1|2 May|Ely|A new group\n2|3 May|March|The last of the year")]
    [InlineData("Case|Date|Outcome")]
    [InlineData("Reference|Area|Gender|Q1|Q2\nA|Hunts|Female|3|4\nB|Hunts|Male|5|6")]
    [InlineData("Cases|Age|Gender\n12|34|5\n13|27|6")]
    [InlineData("Recorded|Number\nClient ID|34\nAge|33\nGender|32")]
    [InlineData("Gender|12|13\nAge|14|15\nCase number|16|17")]
    public void A_table_that_counts_people_is_not_a_list_of_people(string grid) => Assert.Empty(PeopleFindings.InGrid(grid));
}

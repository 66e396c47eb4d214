using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Checking.People;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

public sealed class HeadedCellsTests
{
    [Theory]
    [InlineData("DOB")]
    [InlineData("D.O.B.")]
    [InlineData("Date of birth")]
    [InlineData("Date of Birth (dd/mm/yyyy)")]
    [InlineData("Client's DOB")]
    [InlineData("date_of_birth")]
    [InlineData("Born")]
    public void Dates_below_a_heading_that_says_birth_are_dates_of_birth(string heading)
    {
        foreach (var date in (string[])["12/03/1980", "12 March 1980", "1980-03-12", "29292", "12031980", "1021980", "'01021980"])
        {
            Assert.Equal("birth B2", PeopleFindings.Summary(PeopleFindings.InGrid($"Referrals|{heading}\n1|{date}")));
        }

        Assert.Equal("birth B1", PeopleFindings.Summary(PeopleFindings.InGrid($"{heading}|12/03/1980")));
        Assert.Empty(PeopleFindings.InGrid($"{heading}|Unknown\n[x]"));
    }

    [Theory]
    [InlineData("Date of birth recorded")]
    [InlineData("Date of referral")]
    [InlineData("Date")]
    [InlineData("Country of birth")]
    [InlineData("Saved on")]
    public void Dates_below_another_heading_are_not_dates_of_birth(string heading) => Assert.Empty(PeopleFindings.InGrid($"{heading}\n12/03/1980\n13/03/1980"));

    [Fact]
    public void The_number_of_known_dates_of_birth_is_a_count() =>
        Assert.Empty(PeopleFindings.InGrid("Recorded|Number\nName|12000\nDate of birth|11000\nNHS number|9000\nEthnicity|10000\nPostcode|11500"));

    [Theory]
    [InlineData("Name")]
    [InlineData("NAME:")]
    [InlineData("Full name")]
    [InlineData("First name")]
    [InlineData("FirstName")]
    [InlineData("first_name")]
    [InlineData("Forename(s)")]
    [InlineData("Surname")]
    [InlineData("Client name")]
    [InlineData("Client Surname")]
    [InlineData("Name of client")]
    [InlineData("Victim's name")]
    [InlineData("Child’s name")]
    [InlineData("Service user name")]
    [InlineData("Known as")]
    [InlineData("Also known as")]
    [InlineData("Worker name")]
    [InlineData("Na\u200Bme")]
    [InlineData("Victim")]
    [InlineData("Perpetrator")]
    public void Texts_below_a_heading_that_says_name_are_names(string heading) =>
        Assert.Equal("name B2 B4", PeopleFindings.Summary(PeopleFindings.InGrid($"Referrals|{heading}|Sessions\n1|Mary Example|3\n2||4\n3|Ann O'Sample|5")));

    [Theory]
    [InlineData("Course name")]
    [InlineData("Name of course")]
    [InlineData("Name of service")]
    [InlineData("Refuge name")]
    [InlineData("Names and numbers")]
    [InlineData("Number of victims")]
    [InlineData("Clients")]
    [InlineData("Children")]
    public void Texts_below_another_heading_are_only_asked_about(string heading) =>
        Assert.Equal((Severity.Query, Codes.PossibleName), Assert.Single(PeopleFindings.InGrid($"{heading}|Sessions\nMary Example|3\nAnn Sample|5")) is var finding ? (finding.Severity, finding.Code) : default);

    [Theory]
    [InlineData("Name|Number\nOutreach referrals|12\nChildren indirectly supported|3\nWomen accommodated in refuge|4\nTotal|19")]
    [InlineData("Name|Number\nOutreach referrals|12\nChildren indirectly suported|3\nWomen accommodated in refuge|4")] // a typing mistake in a label is reported as one
    [InlineData("Name\n12\n[x]")]
    [InlineData("Victim|Number\nFemale|12\nWhite British|9\nNot known|3")]
    [InlineData("Name:|Mary Example\nThis quarter we began a new group|")]
    [InlineData("Name|Mary Example\nAgency|Refuge\nPeriod|2019-20 Q1")]
    [InlineData("Name|Mary Example\nJob title|Analyst\nDate|12 July 2019")]
    [InlineData("Client|12\nPerpetrator|3\nChild|5")]
    public void The_forms_own_labels_and_figures_are_not_names(string grid) => Assert.Empty(PeopleFindings.InGrid(grid));

    [Fact]
    public void The_record_of_one_person_is_found_next_to_its_labels() =>
        Assert.Equal("birth B3; name B1 B2", PeopleFindings.Summary(PeopleFindings.InGrid("Client name|Mary Example\nPartner|John Example\nDate of birth|12/3/1980")));

    [Fact]
    public void Telephone_numbers_stored_as_numbers_are_recognised_by_their_heading()
    {
        Assert.Equal("telephone B2 B3", PeopleFindings.Summary(PeopleFindings.InGrid("Referrals|Mobile\n1|7700900123\n2|447700900123")));
        Assert.Equal("telephone B1", PeopleFindings.Summary(PeopleFindings.InGrid("Contact number|7700900123")));
        Assert.Empty(PeopleFindings.InGrid("Referrals|Mobile\n1|770\n2|1234567"));
        Assert.Empty(PeopleFindings.InGrid("Phone calls|7700900123"));
    }

    [Fact]
    public void NHS_numbers_are_recognised_by_their_heading_even_if_mistyped()
    {
        Assert.Equal("nhs B2 B3", PeopleFindings.Summary(PeopleFindings.InGrid("Referrals|NHS number\n1|9434765918\n2|943 476 5918")));
        Assert.Equal("nhs B2", PeopleFindings.Summary(PeopleFindings.InGrid("Spend|NHS\n1|9434765919\n2|9434765918\n3|9434765917\n4|1234")));
    }

    [Theory]
    [InlineData("Referrals|9990123454", "nhs B1")]
    [InlineData("Referrals|9990123454.5", "")]
    [InlineData("a|9990123454\nb|9434765919\nc|9434765918", "nhs B1 B2")]
    [InlineData("a|9990123454\nb|9434765918\nc|9434765917", "")]
    [InlineData("NHS|9990123454\nb|9434765918\nc|9434765917", "nhs B1")]
    public void Numbers_of_10_digits_are_NHS_numbers_if_most_of_their_column_are_or_a_heading_says_so(string grid, string expected) =>
        Assert.Equal(expected, PeopleFindings.Summary(PeopleFindings.InGrid(grid)));

    [Fact]
    public void Names_are_found_although_another_row_has_a_label_of_the_form() =>
        Assert.Equal("name A2 A3", PeopleFindings.Summary(PeopleFindings.InGrid("Name|Sessions\nMary Example|3\nAnn Sample|5\nOutreach referrals|7")));

    [Theory]
    [InlineData("NI number")]
    [InlineData("NINO")]
    [InlineData("National Insurance number")]
    public void National_Insurance_numbers_without_their_last_letter_are_recognised_by_their_heading(string heading) =>
        Assert.Equal("ni B2", PeopleFindings.Summary(PeopleFindings.InGrid($"Referrals|{heading}\n1|AB123456")));
}

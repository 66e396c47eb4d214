using System.Globalization;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Checking.People;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

/// <summary>Text that is personal on its own. All numbers here are from ranges reserved for tests, or published examples.</summary>
public sealed class PersonalTextTests
{
    [Theory]
    [InlineData("943 476 5919")]
    [InlineData("943-476-5919")]
    [InlineData("943–476–5919")]
    [InlineData("943\u00A0476\u00A05919")]
    [InlineData("9434765919")]
    [InlineData("９４３４７６５９１９")]
    [InlineData("94347\u200B65919")]
    [InlineData("943\u00AD476\uFEFF5919")]
    [InlineData("٩٤٣٤٧٦٥٩١٩")]
    [InlineData("NHS no: 9434765919")]
    [InlineData("closed (999 012 3454), moved away")]
    [InlineData("see 9434765919.")]
    [InlineData("211 299 1248")] // Scotland's, after 21 December 1999
    public void An_NHS_number_is_found(string text) => Assert.Equal("nhs B1", PeopleFindings.Summary(PeopleFindings.InText(text)));

    [Theory]
    [InlineData("943 476 5918")] // the check digit is wrong
    [InlineData("9434765918")]
    [InlineData("4020000001")] // no digit would be right
    [InlineData("9999999999")]
    [InlineData("5990128088")] // no such range
    [InlineData("£9434765919")]
    [InlineData("£ 9434765919")]
    [InlineData("9,434,765,919")]
    [InlineData("9434765919.00")]
    [InlineData("94347659190")]
    [InlineData("19434765919")]
    [InlineData("94 3476 5919")]
    public void Ten_other_digits_are_not_an_NHS_number(string text) => Assert.Empty(PeopleFindings.InText(text));

    [Theory]
    [InlineData("AB123456C")]
    [InlineData("ab 12 34 56 c")]
    [InlineData("AB 12 34 56 C")]
    [InlineData("AB-12-34-56-C")]
    [InlineData("ＡＢ１２３４５６Ｃ")]
    [InlineData("her number (JW123456D) is known")]
    [InlineData("National Insurance AB123456")]
    [InlineData("NINO: AB 12 34 56")]
    public void A_National_Insurance_number_is_found(string text) => Assert.Equal("ni B1", PeopleFindings.Summary(PeopleFindings.InText(text)));

    [Theory]
    [InlineData("QQ 12 34 56 C")] // the example that nobody has
    [InlineData("BG123456C")]
    [InlineData("GB123456C")]
    [InlineData("KN123456C")]
    [InlineData("NK123456C")]
    [InlineData("NT123456C")]
    [InlineData("TN123456C")]
    [InlineData("ZZ123456C")]
    [InlineData("DA123456C")]
    [InlineData("AO123456C")]
    [InlineData("AB123456E")]
    [InlineData("AB12345C")]
    [InlineData("AB1234567C")]
    [InlineData("XAB123456C")]
    [InlineData("AB123456CD")]
    [InlineData("AB123456")]
    [InlineData("SW 201920")]
    public void An_invalid_code_is_not_a_National_Insurance_number(string text) => Assert.Empty(PeopleFindings.InText(text));

    [Theory]
    [InlineData("CB2 1AB")]
    [InlineData("cb2 1ab")]
    [InlineData("PE21AB")]
    [InlineData("M1 1AE")]
    [InlineData("M11AE")]
    [InlineData("B33 8TH")]
    [InlineData("CR2 6XH")]
    [InlineData("DN55 1PT")]
    [InlineData("W1A 1HQ")]
    [InlineData("EC1A 1BB")]
    [InlineData("Shire Hall, Cambridge CB3 0AP")]
    [InlineData("CB3  0AP, first floor")]
    [InlineData("ＣＢ２ １ＡＢ")]
    [InlineData("CB\u200B2\u00A01AB")]
    public void A_full_postcode_is_found(string text) => Assert.Equal("postcode B1", PeopleFindings.Summary(PeopleFindings.InText(text)));

    [Theory]
    [InlineData("Q1 2AB")]
    [InlineData("CB2")]
    [InlineData("PE1 and PE2")]
    [InlineData("CB2 1")]
    [InlineData("CB2 1AC")]
    [InlineData("CB2 1IB")]
    [InlineData("XX2 1AB")]
    [InlineData("CB02 1AB")]
    [InlineData("B4C 1ST")]
    [InlineData("in S1 4th, in M1 1st")]
    [InlineData("M1 2pm")]
    [InlineData("CB2 1ABLE")]
    [InlineData("ACB2 1AB")]
    [InlineData("A8 all, 12 and under")]
    [InlineData("2019-20 Q1, 3 (4 children)")]
    public void An_invalid_postcode_is_not_found(string text) => Assert.Empty(PeopleFindings.InText(text));

    [Theory]
    [InlineData("jo@example.org")]
    [InlineData("Jo.Bloggs+x@mail.example.co.uk")]
    [InlineData("ask <jo@example.org>, please")]
    [InlineData("jo＠example.org")]
    [InlineData("jo@exa\u200Bmple.org")]
    public void An_email_address_is_found(string text) => Assert.Equal("email B1", PeopleFindings.Summary(PeopleFindings.InText(text)));

    [Theory]
    [InlineData("12 @ £5.50")]
    [InlineData("3@5.50")]
    [InlineData("@DASVPartnership")]
    [InlineData("jo@example")]
    [InlineData("@")]
    public void Another_at_sign_is_not_an_email_address(string text) => Assert.Empty(PeopleFindings.InText(text));

    [Theory]
    [InlineData("07700 900123")]
    [InlineData("07700900123")]
    [InlineData("07700 900 123")]
    [InlineData("01632 960001")]
    [InlineData("(01632) 960001")]
    [InlineData("01632-960-001")]
    [InlineData("020 7946 0018")]
    [InlineData("+44 7700 900123")]
    [InlineData("+44 (0)1632 960001")]
    [InlineData("0044 7700 900123")]
    [InlineData("+353 20 910 0123")]
    [InlineData("Tel:07700900123")]
    [InlineData("ring 07700 900123 or 07700 900456")]
    [InlineData("07700\u00A0900123")]
    [InlineData("０７７００ ９００１２３")]
    [InlineData("07700 900123.")]
    public void A_telephone_number_is_found(string text) => Assert.Equal("telephone B1", PeopleFindings.Summary(PeopleFindings.InText(text)));

    [Theory]
    [InlineData("01/04/2019 - 30/06/2019")]
    [InlineData("01-04-2019 - 30-06-2019")]
    [InlineData("01.04.2019-30.06.2019")]
    [InlineData("01-04-2019 12:30")]
    [InlineData("01 04 2019 30 06 2019")]
    [InlineData("0.1234567890")]
    [InlineData("1,234,567,890")]
    [InlineData("£1,234,567.89")]
    [InlineData("£01632960001")]
    [InlineData("12345678901")]
    [InlineData("7700900123")]
    [InlineData("00123456789")]
    [InlineData("2019 2020 2021 2022")]
    [InlineData("+1,234 on last year")]
    [InlineData("+44")]
    [InlineData("0800 1111")] // too short to distinguish from a figure
    public void Another_figure_is_not_a_telephone_number(string text) => Assert.Empty(PeopleFindings.InText(text));

    [Theory]
    [InlineData("DOB 12/03/1980")]
    [InlineData("d.o.b. 12.3.80")]
    [InlineData("Date of birth: 12th March 1980")]
    [InlineData("born 1980-03-12 in Ely")]
    public void A_date_of_birth_is_found_within_a_text(string text) => Assert.Equal("birth B1", PeopleFindings.Summary(PeopleFindings.InText(text)));

    [Theory]
    [InlineData("12/03/1980")]
    [InlineData("Babies born between 01/04/2019 and 30/06/2019")]
    [InlineData("Saved on 12/03/2020")]
    [InlineData("Date of birth not recorded: 12")]
    [InlineData("April 2019 to March 2020")]
    [InlineData("Unborn children, 12/03/2020")]
    public void Another_date_is_not_a_date_of_birth(string text) => Assert.Empty(PeopleFindings.InText(text));

    [Fact]
    public void Random_NHS_numbers_are_found_in_every_notation()
    {
        var random = new Random(13);
        for (var i = 0; i < 500; i++)
        {
            var digits = ValidNhsNumber(random);
            Assert.Equal("nhs B1", PeopleFindings.Summary(PeopleFindings.InText(digits)));
            Assert.Equal("nhs B1", PeopleFindings.Summary(PeopleFindings.InText($"{digits[..3]} {digits[3..6]} {digits[6..]}")));
            Assert.Equal("nhs B1", PeopleFindings.Summary(PeopleFindings.InText($"was {digits}, now another")));
            Assert.Equal("nhs A1", PeopleFindings.Summary(PeopleFindings.In(new Sheet(null, [[Number(double.Parse(digits, CultureInfo.InvariantCulture))]]))));
        }
    }

    [Fact]
    public void Random_sums_of_money_and_counts_give_no_finding()
    {
        var random = new Random(14);
        for (var i = 0; i < 500; i++)
        {
            var sums = Enumerable.Range(0, 20).Select(_ => (double)random.NextInt64(1_000_000_000, 10_000_000_000)).ToArray();
            Assert.Empty(PeopleFindings.InText(sums[0].ToString("£#,0", CultureInfo.InvariantCulture)));
            Assert.Empty(PeopleFindings.InText(sums[0].ToString("#,0.00", CultureInfo.InvariantCulture)));
            Assert.Empty(PeopleFindings.InText(sums[0].ToString("0.00", CultureInfo.InvariantCulture)));
            Assert.Empty(PeopleFindings.In(new Sheet(null, [[Text("Flexible funding (£)"), Number(sums[0])]])));
            Assert.Empty(PeopleFindings.In(new Sheet(null, [[Text("Spend")], [Number(sums[1])], [Text(sums[2].ToString(CultureInfo.InvariantCulture))]])));
            Assert.Empty(PeopleFindings.In(new Sheet(null, [.. sums.Select(sum => new[] { Text("Total"), Number(sum) })])));
            Assert.Empty(PeopleFindings.In(new Sheet(null, [[Text("Referrals"), Number(random.Next(1_000_000_000, int.MaxValue))]])));
        }
    }

    [Fact]
    public void A_count_without_a_heading_is_never_an_NHS_number()
    {
        // 2^31 is the most that a count may be, and no NHS number in use begins with 1 or 2.
        Assert.Empty(PeopleFindings.In(new Sheet(null, [[Number(1_000_000_014)], [Number(int.MaxValue)]])));
    }

    /// <summary>Calculates the check digit independently of the code under test.</summary>
    public static string ValidNhsNumber(Random random)
    {
        while (true)
        {
            var digits = new[] { "4", "6", "7", "999" }[random.Next(4)];
            while (digits.Length < 9)
            {
                digits += (char)('0' + random.Next(10));
            }

            var check = 11 - (digits.Select((digit, i) => (digit - '0') * (10 - i)).Sum() % 11);
            if (check != 10)
            {
                return digits + (check == 11 ? 0 : check).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static Cell Text(string text) => new(CellKind.Text, text);

    private static Cell Number(double number) => new(CellKind.Number, null, number);
}

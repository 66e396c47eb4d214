using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.UnitTests.Domain;

public sealed class IdTests
{
    [Theory]
    [InlineData("idva-service", true)]
    [InlineData("idva.referrals", true)]
    [InlineData("18-and-over", true)]
    [InlineData("a8", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData(".a", false)]
    [InlineData("a.", false)]
    [InlineData("a--b", false)]
    [InlineData("a..b", false)]
    [InlineData("a.-b", false)]
    [InlineData("..", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a_b", false)]
    [InlineData("a%2e", false)]
    [InlineData("é", false)]
    [InlineData("\u0430", false)]
    [InlineData("a\n", false)]
    [InlineData("\u0663", false)]
    public void An_id_is_lower_case_letters_digits_dots_and_single_hyphens(string? text, bool expected) => Assert.Equal(expected, Slug.IsValid(text));

    [Theory]
    [InlineData("constabulary/domestic-abuse", "constabulary/domestic-abuse")]
    [InlineData("constabulary", null)]
    [InlineData("constabulary/", null)]
    [InlineData("constabulary/domestic-abuse/2019-20", null)]
    [InlineData("../domestic-abuse", null)]
    [InlineData("Constabulary/domestic-abuse", null)]
    [InlineData(null, null)]
    public void A_return_id_has_an_agency_and_a_name(string? text, string? expected) => Assert.Equal(expected, ReturnId.TryParse(text)?.ToString());

    [Fact]
    public void The_order_of_codes_in_a_breakdown_does_not_matter()
    {
        var one = Breakdown.Create([new("gender", "female"), new("age", "13-to-17")]);
        var other = Breakdown.Create([new("age", "13-to-17"), new("gender", "female")]);
        Assert.Equal(one, other);
        Assert.Equal("age=13-to-17;gender=female", one.ToString());
        Assert.Equal(one, Breakdown.Parse(one.ToString()));
        Assert.Equal(("female", "13-to-17", null), (one["gender"], one["age"], one["area"]));
        Assert.Equal([new("age", "13-to-17"), new("gender", "female")], one.Codes());
    }

    [Fact]
    public void An_empty_breakdown_equals_no_breakdown()
    {
        Assert.All([Breakdown.None, Breakdown.Create([]), Breakdown.Parse(string.Empty), default], breakdown =>
        {
            Assert.True(breakdown.IsEmpty);
            Assert.Empty(breakdown.Codes());
            Assert.Null(breakdown["age"]);
            Assert.Equal(string.Empty, breakdown.ToString());
        });
        Assert.Equal(Breakdown.None, default);
    }

    [Theory]
    [InlineData(1, "A")]
    [InlineData(2, "B")]
    [InlineData(26, "Z")]
    [InlineData(27, "AA")]
    [InlineData(52, "AZ")]
    [InlineData(53, "BA")]
    [InlineData(702, "ZZ")]
    [InlineData(703, "AAA")]
    [InlineData(16384, "XFD")]
    public void A_column_is_named_as_spreadsheets_do(int column, string expected) => Assert.Equal(expected, CellRef.ColumnName(column));

    [Fact]
    public void A_cell_reference_is_written_as_the_agency_sees_it()
    {
        Assert.Equal("Referrals!C14", new CellRef("Referrals", 14, 3).ToString());
        Assert.Equal("C14", new CellRef(null, 14, 3).ToString());
    }

    [Fact]
    public void Markers_are_parsed_from_their_letters()
    {
        Assert.Equal(["c", "e", "p", "r", "x", "z"], (Markers.NotApplicable | Markers.NotAvailable | Markers.Revised | Markers.Provisional | Markers.Estimated | Markers.Confidential).ToLetters());
        Assert.Empty(Markers.None.ToLetters());
        Assert.Equal((Markers.Estimated, Markers.Confidential, Markers.None), (MarkersExtensions.FromLetter("E"), MarkersExtensions.FromLetter("c"), MarkersExtensions.FromLetter("q")));
    }
}

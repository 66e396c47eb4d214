using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Catalogue;

public sealed class LabelTests
{
    [Theory]
    [InlineData("ISVA  referrals 2019-20:", "isva referrals")]
    [InlineData("  Fenland\u00a0\t ", "fenland")]
    [InlineData("13\u201317 years", "13-17 years")]
    [InlineData("P\u2019boro", "p'boro")]
    [InlineData("\u201cOther\u201d", "\"other\"")]
    [InlineData("Trans & non-binary", "trans and non-binary")]
    [InlineData("Referrals *", "referrals")]
    [InlineData("How many?", "how many")]
    [InlineData("Referrals in 2019/20 Q1", "referrals")]
    [InlineData("Referrals during 2019/2020", "referrals")]
    [InlineData("Referrals \u2013 Q3", "referrals")]
    [InlineData("Referrals, Q3", "referrals")]
    [InlineData("Referrals for 2019-20-Q3", "referrals")]
    [InlineData("Referrals\u00b9", "referrals")]
    [InlineData("Referrals \u00b9 \u00b2", "referrals")]
    [InlineData("Referrals**\u2020\u2021 \u00a7", "referrals")]
    [InlineData("Referrals [note 3]", "referrals")]
    [InlineData("Referrals [Note 3, 4] [5]:", "referrals")]
    [InlineData("Referrals (see notes 1 & 2)", "referrals")]
    [InlineData("Referrals (note a)", "referrals")]
    [InlineData("Referrals\u00b9 in 2019-20 Q1", "referrals")]
    [InlineData("Referrals in 2019-20 Q1 [1]", "referrals")]
    [InlineData("Referrals (2)", "referrals (2)")]
    [InlineData("Referrals (noted)", "referrals (noted)")]
    [InlineData("Referrals [x]", "referrals [x]")]
    [InlineData("Victims (f)", "victims (f)")]
    [InlineData("Stage 2", "stage 2")]
    [InlineData("[note 3]", "")]
    [InlineData("\u00b9", "")]
    [InlineData("[x]", "[x]")]
    [InlineData("Course 2019", "course 2019")]
    [InlineData("Aged 18-25", "aged 18-25")]
    [InlineData("Wisbech 2019-21", "wisbech 2019-21")]
    [InlineData("", "")]
    [InlineData(" : ", "")]
    public void Differences_that_do_not_matter_in_a_label_are_ignored(string text, string expected) => Assert.Equal(expected, Label.Normalise(text));

    [Theory]
    [InlineData("Q1", "q1")]
    [InlineData("2019-20", "2019-20")]
    [InlineData("2019-20 Q1", "2019-20 q1")]
    [InlineData("2019-20-Q1", "2019-20-q1")]
    [InlineData("2019/20 Q4:", "2019/20 q4")]
    [InlineData("in 2019-20", "in 2019-20")]
    public void A_label_that_is_only_a_period_stays_whole(string text, string expected)
    {
        Assert.Equal(expected, Label.Normalise(text));
        Assert.Equal(Label.ParsePeriod(text), Label.ParsePeriod(Label.Normalise(text)));
    }

    [Theory]
    [InlineData("Peterborough", null)]
    [InlineData("Café Zoë Łódź Ḋ", null)]
    [InlineData("\u0420eterborough", 0x420)]
    [InlineData("F\u0435nland", 0x435)]
    [InlineData("Fen\u200bland", 0x200b)]
    [InlineData("Fen\u202eland", 0x202e)]
    [InlineData("\ufeffFenland", 0xfeff)]
    [InlineData("Fen\u00adland", 0xad)]
    [InlineData("Fenland\n", null)]
    [InlineData("Пётр", null)]
    public void A_look_alike_or_invisible_character_is_found(string text, int? expected) => Assert.Equal(expected, Label.FindLookAlike(text)?.Value);

    [Fact]
    public void A_look_alike_is_never_read_as_the_letter_it_resembles()
    {
        Assert.NotEqual(Label.Normalise("Fenland"), Label.Normalise("F\u0435nland"));
        Assert.NotEqual(Label.Normalise("Fenland"), Label.Normalise("Fen\u200bland"));
        Assert.Equal(new Rune(0x435), Label.FindLookAlike("F\u0435nland"));
    }

    [Theory]
    [InlineData("Q1", null, 1)]
    [InlineData("Quarter 3", null, 3)]
    [InlineData("2019/20", 2019, null)]
    [InlineData("2019-2020", 2019, null)]
    [InlineData("1999-00", 1999, null)]
    [InlineData("2019-20 Q1", 2019, 1)]
    [InlineData("2019-20-Q1", 2019, 1)]
    [InlineData("Q2, 2019-20", 2019, 2)]
    [InlineData("April to June 2019", 2019, 1)]
    [InlineData("Apr-Jun 2019", 2019, 1)]
    [InlineData("Apr - Jun", null, 1)]
    [InlineData("Jul/Sept 2019", 2019, 2)]
    [InlineData("Q1 (Apr-Jun)", null, 1)]
    [InlineData("October to December 2019", 2019, 3)]
    [InlineData("Oct 2019 to Dec 2019", 2019, 3)]
    [InlineData("January to March 2020", 2019, 4)]
    [InlineData("Jan-Mar 2020", 2019, 4)]
    [InlineData("April 2019 to March 2020", 2019, null)]
    [InlineData("April to March 2020", 2019, null)]
    public void A_period_is_read(string text, int? firstYear, int? quarter) => Assert.Equal((firstYear, quarter), Label.ParsePeriod(text));

    [Theory]
    [InlineData("")]
    [InlineData("Total")]
    [InlineData("April")]
    [InlineData("April 2019")]
    [InlineData("2019")]
    [InlineData("May to July 2019")]
    [InlineData("April to May 2019")]
    [InlineData("April to September 2019")]
    [InlineData("April 2018 to March 2020")]
    [InlineData("2019-21")]
    [InlineData("Q5")]
    [InlineData("Octavia to Decker")]
    [InlineData("MARAC")]
    [InlineData("Referrals Q1")]
    [InlineData("Q1 to Q2 and Q3 to Q4")]
    public void Other_text_is_not_read_as_a_quarter_or_year(string text) => Assert.Null(Label.ParsePeriod(text));

    [Theory]
    [InlineData("referrals (2)", "referrals")]
    [InlineData("referrals (1, 12) (3)", "referrals")]
    [InlineData("referrals", null)]
    [InlineData("referrals (2019)", null)]
    [InlineData("referrals (f)", null)]
    [InlineData("(2)", null)]
    public void Numbers_in_brackets_are_removed_only_on_demand(string label, string? expected) => Assert.Equal(expected, Label.RemoveNumbers(label));

    [Fact]
    public void Marks_of_footnotes_make_no_labels_of_a_form_equal()
    {
        foreach (var form in Examine.Catalogue.Forms)
        {
            foreach (var table in form.Tables)
            {
                foreach (var members in new[] { table.Rows, table.Columns })
                {
                    Assert.Distinct(members.SelectMany(member => member.Names));
                    Assert.All(members, member => Assert.Equal(Label.Normalise(member.Label), Label.Normalise(member.Label + "\u00b9* [note 3]")));
                    Assert.All(members.SelectMany(member => member.Names), name => Assert.Null(Label.RemoveNumbers(name)));
                }
            }
        }
    }
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

public sealed class FreeTextTests
{
    private const string Missing = "Give a reason.";

    [Theory]
    [InlineData("Ask on 07700 900123.")]
    [InlineData("Ask on 077\u200B00 900\n123.")]
    [InlineData("The client of jo@example.org was counted twice.")]
    [InlineData("Mrs Example was counted twice.")]
    [InlineData("Jane Example said that it was wrong.")]
    [InlineData("jane smith was counted twice")]
    [InlineData("The client Jane was counted twice.")]
    public void A_text_about_a_person_is_refused_and_cannot_be_confirmed(string text)
    {
        Assert.Equal(OutcomeStatus.Incomplete, FreeText.Check(text, Missing, out _)?.Status);
        var refused = FreeText.CheckPublic(text, Missing, publishesNumbers: true, DisclosurePolicy.Default, out _)!;
        Assert.Equal("The text seems to contain personal data. Write it without names, numbers and addresses of people.", refused.Message);
    }

    [Fact]
    public void Personal_data_after_the_stored_length_is_found() =>
        Assert.NotNull(FreeText.Check(new string('x', 495) + " 07700 900123", Missing, out _));

    [Theory]
    [InlineData("1 woman was not counted.", "1")]
    [InlineData("Four children were counted twice.", "Four")]
    [InlineData("In 2019 there were 3.", "3")]
    public void A_small_number_is_published_only_if_the_person_confirms_it(string text, string number)
    {
        Assert.Null(FreeText.Check(text, Missing, out _));
        Assert.Equal(
            $"The text has a small number: {number}. It could be about a person. We would publish the text like this: \"{text}\" Remove the number, or choose to publish it anyway.",
            FreeText.CheckPublic(text, Missing, publishesNumbers: false, DisclosurePolicy.Default, out _)?.Message);
        Assert.Null(FreeText.CheckPublic(text, Missing, publishesNumbers: true, DisclosurePolicy.Default, out var clean));
        Assert.Equal(text, clean);
    }

    [Theory]
    [InlineData("Ten cases had been counted twice.")]
    [InlineData("Corrected on 3 May 2020, from 1/4/2019, in Q1, quarter 2 and version 3.")]
    [InlineData("It rose by 3.5 and by 4%, to 1,004.")]
    [InlineData("The figures of 2019-20 are complete.")]
    [InlineData("The Victoria Road refuge was closed. Jo Cox Foundation staff helped.")]
    [InlineData("Dr and Mr are counted as titles. A client is counted once.")]
    public void An_ordinary_reason_is_accepted(string text) =>
        Assert.Null(FreeText.CheckPublic(text, Missing, publishesNumbers: false, DisclosurePolicy.Default, out _));

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    [InlineData("...")]
    public void A_text_without_words_is_missing(string? text) => Assert.Equal(Missing, FreeText.Check(text, Missing, out _)?.Message);

    [Theory]
    [InlineData("DA stats Q1.xlsx", "DA stats Q1.xlsx")]
    [InlineData("MARAC_return_2019-20_Q1_v2.csv", "MARAC_return_2019-20_Q1_v2.csv")]
    [InlineData("Peterborough Women's Aid - refuge.ods", "Peterborough Women's Aid - refuge.ods")]
    [InlineData("Jane_Smith_07700900123.xlsx", "file.xlsx")]
    [InlineData("case notes jane smith.csv", "file.csv")]
    [InlineData("Mrs Example.xls", "file.xls")]
    [InlineData("999 000 0018", "file")]
    [InlineData("jo@example.org", "file.org")]
    public void A_file_name_about_a_person_is_not_kept(string name, string kept) => Assert.Equal(kept, FreeText.CheckFileName(name));
}

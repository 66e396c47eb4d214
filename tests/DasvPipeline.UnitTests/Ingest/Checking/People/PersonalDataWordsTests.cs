using System.Collections.Frozen;
using DasvPipeline.Core.Ingest.Checking.People;
using YamlDotNet.Core;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

public sealed class PersonalDataWordsTests
{
    [Theory]
    [InlineData("\nname-words: [", "\nfirst-names: [ann]\nname-words: [")]
    [InlineData("\nname-words: [", "\nstaff: [usher]\nname-words: [")]
    [InlineData("\nname-words: [", "\nother-words: [")]
    [InlineData("\nname-words: [", "\nname-words: [surname, ")]
    [InlineData("\nname-words: [", "\nname-words: [Cognomen, ")]
    [InlineData("\nname-words: [", "\nname-words: ['', ")]
    [InlineData("\nname-words: [", "\nname-words: [[cognomen], ")]
    public void A_file_with_a_mistake_is_rejected(string correct, string mistaken)
    {
        var file = PersonalDataWords.ReadFile();
        Assert.Contains(correct, file, StringComparison.Ordinal);
        Assert.Throws<YamlException>(() => PersonalDataWords.Parse(file.Replace(correct, mistaken, StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_word_of_a_list_of_words_is_a_single_word()
    {
        var words = PersonalDataWords.Current;
        FrozenSet<string>[] lists =
        [
            words.FillerWords, words.People, words.Staff, words.NameWords, words.NameQualifiers, words.PersonQualifiers, words.BirthDateQualifiers, words.IdWords, words.IdQualifiers,
            words.NhsNumberWords, words.NationalInsuranceWords, words.NationalInsuranceAbbreviations, words.TelephoneWords, words.TelephoneQualifiers,
        ];
        Assert.All(lists.SelectMany(list => list), word => Assert.True(word.All(char.IsAsciiLetterLower), word));
    }

    [Fact]
    public void Each_phrase_is_recognised_as_a_heading_of_its_kind()
    {
        var words = PersonalDataWords.Current;
        (FrozenSet<string> Phrases, PersonHeadingKinds Kinds)[] lists =
        [
            (words.NamePhrases, PersonHeadingKinds.Name), (words.PersonPhrases, PersonHeadingKinds.Person | PersonHeadingKinds.Case), (words.BirthDatePhrases, PersonHeadingKinds.BirthDate),
            (words.IdPhrases, PersonHeadingKinds.Id), (words.CountPhrases, PersonHeadingKinds.None), (words.TelephonePhrases, PersonHeadingKinds.Telephone),
            (words.CasePhrases, PersonHeadingKinds.Case), (words.AgePhrases, PersonHeadingKinds.Age), (words.GenderPhrases, PersonHeadingKinds.Gender),
            (words.AttributePhrases, PersonHeadingKinds.Attribute), (words.CircumstancePhrases, PersonHeadingKinds.Circumstance),
        ];
        Assert.All(lists, list => Assert.All(list.Phrases, phrase => Assert.Equal((phrase, list.Kinds), (phrase, PersonHeadingParser.Parse(phrase)))));
    }
}

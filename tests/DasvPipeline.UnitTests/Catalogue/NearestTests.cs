using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.UnitTests.Catalogue;

public sealed class NearestTests
{
    private static readonly string[] Areas = ["Cambridge City", "East Cambridgeshire", "Fenland", "Huntingdonshire", "Peterborough"];

    [Theory]
    [InlineData("Fenlnad", "Fenland")]
    [InlineData("fenland ", "Fenland")]
    [InlineData("Feland", "Fenland")]
    [InlineData("Huntingdon", "Huntingdonshire")]
    [InlineData("Peterboro", "Peterborough")]
    [InlineData("Petreborough", "Peterborough")]
    [InlineData("Norwich", null)]
    [InlineData("Fen", null)]
    [InlineData("X", null)]
    [InlineData("", null)]
    public void The_most_similar_label_is_suggested(string text, string? expected) => Assert.Equal(expected, NearestText.Find(text, Areas));

    [Fact]
    public void The_nearest_of_several_is_suggested_and_the_first_of_equals()
    {
        Assert.Equal("refuge.children", NearestText.Find("refuge.childen", ["refuge.women", "refuge.children", "cwa.children"]));
        Assert.Equal("aab", NearestText.Find("aaa", ["aab", "aac"]));
    }

    [Fact]
    public void Nothing_is_suggested_without_labels_and_a_text_of_any_length_is_handled()
    {
        Assert.Null(NearestText.Find("Fenland", []));
        Assert.Null(NearestText.Find(new string('a', 100_000), Areas));
        Assert.Null(NearestText.Find(new string('b', 190), [new string('a', 10_000), new string('a', 200)]));
    }
}

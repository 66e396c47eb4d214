using System.Globalization;
using DasvPipeline.Core.Ingest.Checking.People;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Checking.People;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

public sealed class SplitNumberTests
{
    [Theory]
    [InlineData("01632960123")]
    [InlineData("0163212345")]
    [InlineData("07700900123")]
    [InlineData("00447700900123")]
    public void A_number_is_found_however_it_is_split_over_cells(string number)
    {
        var found = 0;
        foreach (var parts in Split(number, 4).Where(parts => parts.Count > 1 && parts.TrueForAll(part => part.Length <= 7) && parts[0].Length > 2))
        {
            var isNumber = Telephone.IsIn(string.Join(' ', parts));
            var cells = parts.Select(part => part[0] == '0' ? new Cell(CellKind.Text, part) : new Cell(CellKind.Number, null, double.Parse(part, CultureInfo.InvariantCulture)));
            var findings = PeopleFindings.In(new Sheet("Figures", [[new Cell(CellKind.Text, "Referrals"), .. cells]]));
            Assert.Equal(isNumber ? "telephone B1" : string.Empty, PeopleFindings.Summary(findings));
            found += isNumber ? 1 : 0;
        }

        Assert.True(found > 4, "Too few ways to split it.");
    }

    [Theory]
    [InlineData("CB2", "1AB")]
    [InlineData("cb21", "1ab ")]
    [InlineData(" CB2", "1AB")]
    [InlineData("ＣＢ２", "１ＡＢ")]
    [InlineData("E1W", "1AB")]
    [InlineData("ec1a", "1ab")]
    [InlineData("SW1A ", "1AB")]
    public void A_postcode_is_found_in_2_cells(string outward, string inward) =>
        Assert.Equal("postcode A1", Find([outward, inward]));

    [Theory]
    [InlineData("Tel 077", "00", "900123")]
    [InlineData("tel:077", "00", "900123")]
    [InlineData("m 077 0", "0900", "123")]
    [InlineData("00", "44", "7700", "900123")]
    [InlineData("(01632)", "960123")]
    [InlineData("+44", "7700", "900123")]
    [InlineData("+447700", "900123")]
    [InlineData("+44 (0)", "7700", "900123")]
    public void A_number_is_found_after_a_word_or_a_country_code(string start, params string[] parts) =>
        Assert.Equal("telephone A1", Find([start, .. parts]));

    [Theory]
    [InlineData("Area 12", "101", "7")]
    [InlineData("Q1", "200")]
    [InlineData("Q1", "1st")]
    [InlineData("+44", "2091", "1366")]
    [InlineData("+44%", "20912", "13661")]
    [InlineData("Age 20", "12345", "67890")]
    [InlineData("2010", "12345", "67890")]
    [InlineData("0", "12345", "67890")]
    [InlineData("0.75", "12345", "678901")]
    [InlineData("01/04", "2019", "123456")]
    public void Figures_next_to_labels_are_not_found(params string[] cells) => Assert.Equal(string.Empty, Find(cells));

    private static string Find(string[] texts) =>
        PeopleFindings.Summary(PeopleFindings.In(new Sheet("Figures", [[.. texts.Select(text => new Cell(CellKind.Text, text))]])));

    /// <summary>Returns the ways to divide a text into at most this many parts.</summary>
    private static IEnumerable<List<string>> Split(string text, int most)
    {
        yield return [text];
        for (var length = 1; most > 1 && length < text.Length; length++)
        {
            foreach (var rest in Split(text[length..], most - 1))
            {
                yield return [text[..length], .. rest];
            }
        }
    }
}

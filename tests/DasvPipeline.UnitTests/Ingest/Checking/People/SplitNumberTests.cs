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
        Assert.Equal(
            "postcode A1",
            PeopleFindings.Summary(PeopleFindings.In(new Sheet("Figures", [[new Cell(CellKind.Text, outward), new Cell(CellKind.Text, inward)]]))));

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

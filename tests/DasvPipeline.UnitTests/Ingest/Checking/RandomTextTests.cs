using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>Random text in a cell. A failure prints its seed.</summary>
public sealed partial class RandomTextTests
{
    [GeneratedRegex("nil|zero", RegexOptions.IgnoreCase)]
    private static partial Regex IsZero();

    private static readonly string[] Pieces =
        ["1", "23", ",", ".", "%", "£", "-", "(", ")", "[e]", "[x]", "[", "]", "<", ">", "~", "+", " ", "\u00A0", "\u200B", "over", "approx", "c.", "e3", "n/a", "Unknown", "３", "😀", "\uD83D", "a", "0", "999999999999999999999"];

    [Fact]
    public void No_text_causes_a_crash_or_an_invented_figure()
    {
        var pieces = Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);
        var anything = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty);
        var property = Prop.ForAll(Gen.OneOf(pieces, anything).ToArbitrary(), text =>
        {
            foreach (var quantity in Enum.GetValues<Quantity>())
            {
                var measure = new Measure(new MeasureId("made.up"), "Made up", [], "things", quantity, Aggregation.Flow, null, null);
                var (figure, finding) = FigureParser.Parse(new Cell(CellKind.Text, text), new CellRef(null, 1, 1), measure);
                Assert.True(figure is not null || finding is { Severity: Severity.Error }, "Neither a figure nor an error.");
                Assert.True(figure is null || finding is null or { Severity: not Severity.Error }, "A figure and an error.");
                Assert.True(figure?.Value is null or >= 0, "Less than 0.");
                Assert.True(figure?.Value is null || text.Any(char.IsAsciiDigit) || (figure.Value.Value == 0 && IsZero().IsMatch(text)), "A value without a digit.");
                Assert.True(figure is null || figure.Value.Value is not null || figure.Value.Markers != Markers.None, "Neither a value nor a marker.");
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(TestShare.Count(small: 1_000, ci: 3_000, all: 30_000)).WithReplay(new Replay(new Rnd((ulong)TestShare.Seed), null)), property);
    }
}

using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Checking.People;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Checking.People;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

/// <summary>Counts what the check finds in 400 made-up cells and files. The half "held" was never used to tune the check.</summary>
public sealed class LabelledPeopleTests(ITestOutputHelper output)
{
    private static readonly string[] MustBeFound = ["identifier", "contact", "birth", "address", "rows"];

    private static readonly IReadOnlyList<Labelled> All =
        [.. File.ReadLines(Path.Combine(LocalFolders.Repository, "tests", "DasvPipeline.UnitTests", "Ingest", "Checking", "People", "labelled-people.txt")).Where(line => !line.StartsWith('#')).Select(Labelled.Parse)];

    [Theory]
    [InlineData("tune")]
    [InlineData("held")]
    public void The_rates_of_a_half_are_kept(string half)
    {
        var results = All.Where(item => item.Half == half).Select(item => (Item: item, Got: ResultOf(item))).ToList();
        foreach (var kind in results.GroupBy(result => (result.Item.Expected, result.Item.Kind)).OrderBy(kind => kind.Key.Expected, StringComparer.Ordinal))
        {
            output.WriteLine($"{half} {kind.Key.Expected} {kind.Key.Kind}: {kind.Count(IsRight)} of {kind.Count()}");
        }

        foreach (var (item, got) in results.Where(result => half == "tune" && !IsRight(result)))
        {
            output.WriteLine($"  {item.Expected} {item.Kind} {item.Place}: {item.Text}: {got}");
        }

        var people = results.FindAll(result => result.Item.Expected == "refuse" && MustBeFound.Contains(result.Item.Kind));
        var ordinary = results.FindAll(result => result.Item.Expected is "accept" or "note");
        Assert.InRange(people.Count(IsRight), (int)Math.Ceiling(people.Count * 0.98), people.Count);
        Assert.InRange(ordinary.Count(result => result.Got == "refuse"), 0, (int)(ordinary.Count * 0.01));
    }

    [Fact]
    public void There_are_400_of_them_in_two_halves()
    {
        Assert.Equal(400, All.Count);
        Assert.InRange(All.Count(item => item.Half == "held"), 190, 210);
        Assert.Equal(All.Count, All.Select(item => (item.Place, item.Text)).Distinct().Count());
    }

    private static bool IsRight((Labelled Item, string Got) result) => result.Got == result.Item.Expected;

    private static string ResultOf(Labelled item)
    {
        var findings = item.Place == "file" && PersonalDataCheck.CheckFileName(item.Text) is { } name ? [name] : PeopleFindings.In(CreateWorkbook(item));
        return findings.Any(finding => finding.Severity == Severity.Error) ? "refuse"
            : findings.Any(finding => finding.Severity == Severity.Query) ? "ask"
            : findings.Count > 0 ? "note"
            : "accept";
    }

    private static Workbook CreateWorkbook(Labelled item)
    {
        var cells = item.Place is "grid" or "pivot" ? Read(item.Text) : Read("Referrals|12");
        var sheet = new Sheet(item.Place == "sheet" ? item.Text : "Figures", cells)
        {
            Comments = item.Place == "comment" ? [new CellComment(1, 2, string.Empty, item.Text)] : [],
        };
        TextPlace? place = item.Place switch { "header" => TextPlace.HeaderOrFooter, "drawing" => TextPlace.Drawing, "pivot" => TextPlace.PivotTable, _ => null };
        return new Workbook(FileFormat.Xlsx, [item.Place == "pivot" ? new Sheet("Figures", []) : sheet], [])
        {
            OtherContent = place is null ? [] : [new OtherContent(place.Value, item.Place == "pivot" ? sheet : new Sheet(null, [[new Cell(CellKind.Text, item.Text)]]))],
        };
    }

    /// <summary>Reads cells as from a text file: a number with a leading 0 stays a text.</summary>
    private static Cell[][] Read(string text) => [.. text.Split('\n').Select(row => row.Split('|').Select(ReadCell).ToArray())];

    private static Cell ReadCell(string text) =>
        text.Length == 0 ? Cell.Blank
        : text.Length < 16 && (text == "0" || text[0] != '0') && text.All(char.IsAsciiDigit) ? new Cell(CellKind.Number, null, double.Parse(text, CultureInfo.InvariantCulture))
        : new Cell(CellKind.Text, text);

    private sealed record Labelled(string Half, string Expected, string Kind, string Place, string Text)
    {
        public static Labelled Parse(string line) => line.Split('\t') is [var half, var expected, var kind, var place, var text]
            ? new Labelled(half, expected, kind, place, text.Replace("\\n", "\n", StringComparison.Ordinal))
            : throw new FormatException(line);
    }
}

using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Read;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.UnitTests.Read;

/// <summary>
/// Random damage to random sheets of every form. The answer is the right figures, or a finding: never another figure in
/// silence. The expected figures come from the generator and not from the reader. A failure prints its seed.
/// </summary>
public sealed class DamagedSheetTests
{
    private static readonly string[] OtherTimes =
        ["YTD", "year to date", "cumulative", "Target", "% change", "last year", "Q2 2018-19", "2018/19 Q4", "April", "Apr-Sep", "rolling 12 months", "Quarterly average", "H1"];

    private enum Damage
    {
        CellBlanked,
        HeadingOfAnotherPeriod,
        TitleOfAnotherPeriod,
        FootnoteMark,
        RowTwice,
        NumberMoved,
    }

    [Fact]
    public void A_damaged_sheet_gives_the_right_figures_or_a_finding()
    {
        var cases = from layout in RandomLayouts.Generate()
                    from damage in Gen.Elements(Enum.GetValues<Damage>())
                    from seed in Gen.Choose(0, int.MaxValue - 1)
                    select (layout, damage, seed);
        var property = Prop.ForAll(cases.ToArbitrary(), item =>
        {
            var sheets = RandomLayouts.Sheets(item.layout, out var expected);
            var random = new Random(item.seed);
            var index = random.Next(sheets.Count);
            var place = Apply(item.damage, sheets[index].Grid, random, out var damaged);
            sheets[index] = (sheets[index].Name, damaged);
            var examined = Examine.FileAsync(item.layout.Form.Return.ToString(), item.layout.Period.ToString(), Grid.Xlsx([.. sheets]), "return.xlsx", Examine.Unchecked).Result;

            var values = expected.Split(' ').Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
            var read = examined.Observations.ToDictionary(observation => observation.Key, observation => observation.Figure.Value);
            var isSilent = examined.Findings.All(finding => finding.Severity == Severity.Note);
            foreach (var (cell, value) in item.layout.Form.Cells.Zip(values))
            {
                var actual = read.GetValueOrDefault(cell.Key);
                Assert.True(actual is null || actual == value, $"{cell.Name} is {value}, but {actual} was read after {place} ({item.damage}).\n{Examine.Findings(examined)}\n{Show(sheets)}");
                Assert.True(actual is not null || !isSilent, $"{cell.Name} is missing in silence after {place} ({item.damage}).\n{Show(sheets)}");
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(TestShare.Count(small: 200, ci: 1_000, all: 10_000)).WithReplay(new Replay(new Rnd((ulong)TestShare.Seed), null)), property);
    }

    /// <summary>Damages one cell of a sheet.</summary>
    /// <returns>A description of what was done.</returns>
    private static string Apply(Damage damage, Grid grid, Random random, out Grid damaged)
    {
        var numbers = Cells(grid).Where(cell => cell.Text.Length > 0 && char.IsDigit(cell.Text[0])).ToList();
        var labels = Cells(grid).Where(cell => cell.Text.Length > 0 && !char.IsDigit(cell.Text[0])).ToList();
        var headings = labels.Where(cell => cell.Text is ['Q', _]).ToList();
        damaged = grid;
        switch (damage)
        {
            case Damage.HeadingOfAnotherPeriod when headings.Count > 0:
                return Write(headings[random.Next(headings.Count)], OtherTimes[random.Next(OtherTimes.Length)], ref damaged);
            case Damage.TitleOfAnotherPeriod when labels.Count > 0 && labels[0] is var title && title.Row < numbers[0].Row:
                return Write(title, $"{title.Text} - {OtherTimes[random.Next(OtherTimes.Length)]}", ref damaged);
            case Damage.FootnoteMark:
                var figure = numbers[random.Next(numbers.Count)];
                return Write(figure, $"'{figure.Text}\u00B9", ref damaged);
            case Damage.RowTwice:
                var row = numbers[random.Next(numbers.Count)].Row;
                damaged = new Grid([.. grid.Cells.Take(row), grid.Cells[row - 1], .. grid.Cells.Skip(row)]);
                return FormattableString.Invariant($"row {row} twice");
            case Damage.NumberMoved:
                var moved = numbers[random.Next(numbers.Count)];
                damaged = new Grid([.. grid.Cells, [], [.. Enumerable.Repeat(string.Empty, moved.Column + 6), moved.Text]]);
                return Write(moved, string.Empty, ref damaged);
            default:
                return Write(numbers[random.Next(numbers.Count)], string.Empty, ref damaged);
        }
    }

    private static string Write((int Row, int Column, string Text) cell, string text, ref Grid grid)
    {
        grid = grid.With(cell.Row, cell.Column, text);
        return FormattableString.Invariant($"\"{cell.Text}\" at {new CellRef(null, cell.Row, cell.Column)} became \"{text}\"");
    }

    private static IEnumerable<(int Row, int Column, string Text)> Cells(Grid grid) =>
        grid.Cells.SelectMany((cells, row) => cells.Select((text, column) => (row + 1, column + 1, text)));

    private static string Show(List<(string Name, Grid Grid)> sheets) => string.Join("\n--\n", sheets.Select(sheet => $"{sheet.Name}\n{sheet.Grid.Csv('|')}"));
}

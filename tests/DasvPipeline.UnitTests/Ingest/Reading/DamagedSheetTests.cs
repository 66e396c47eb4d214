using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>
/// Random damage to random sheets of every form. The answer is the right figures, or a finding: never another figure in
/// silence. The expected figures come from the generator and not from the reader. A failure prints its seed.
/// </summary>
public sealed class DamagedSheetTests
{
    private static readonly string[] OtherTimes =
        ["YTD", "year to date", "cumulative", "Target", "% change", "last year", "April", "Apr-Sep", "rolling 12 months", "Quarterly average", "H1"];

    private static readonly (string Period, string Text)[] OtherPeriods = [("2018-19-Q2", "Q2 2018-19"), ("2018-19-Q4", "2018/19 Q4")];

    private static readonly string[] OtherUnits = ["(000s)", "£ thousand", "per 1,000", "(in thousands)"];

    private enum Damage
    {
        CellBlanked,
        HeadingOfAnotherPeriod,
        TitleOfAnotherPeriod,
        FootnoteMark,
        RowTwice,
        NumberMoved,
        UnitInHeading,
        UnitInTitle,
        YearBeforeLabels,
        ListNextToTable,
        ListWithSecondValue,
        ListWithUnknownSign,
    }

    /// <param name="Description">What was done.</param>
    /// <param name="Place">The cell that a query or error must name, or null if the right figures are an answer too.</param>
    /// <param name="IsRejected">True if no figure of the file is for the period asked for.</param>
    private sealed record Applied(string Description, string? Place = null, bool IsRejected = false)
    {
        /// <summary>The title of the table, or another text, that the finding can have instead of the cell.</summary>
        public string? Title { get; init; }

        public bool IsNamedIn(Finding finding) => finding.Severity != Severity.Note
            && (finding.Cell?.Address == Place || finding.Message.Contains(Place!, StringComparison.Ordinal) || (Title is not null && finding.Message.Contains(Title, StringComparison.Ordinal)));
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
            var values = expected.Split(' ').Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
            var applied = Apply(item.damage, item.layout, sheets, values, random);
            var place = applied.Description;
            var examined = Examine.FileAsync(item.layout.Form.Return.ToString(), item.layout.Period.ToString(), Grid.Xlsx([.. sheets]), "return.xlsx", Examine.Unchecked).Result;

            var read = examined.Observations.ToDictionary(observation => observation.Key, observation => observation.Figure.Value);
            var isSilent = examined.Findings.All(finding => finding.Severity == Severity.Note);
            Assert.True(applied.Place is null || examined.Findings.Any(applied.IsNamedIn),
                $"No finding names {applied.Place} after {place} ({item.damage}).\n{Examine.Findings(examined)}\n{Show(sheets)}");
            Assert.True(!applied.IsRejected || !examined.IsAccepted, $"The file was accepted after {place} ({item.damage}).\n{Examine.Findings(examined)}\n{Show(sheets)}");
            foreach (var (cell, value) in item.layout.Form.Cells.Zip(values))
            {
                var actual = read.GetValueOrDefault(cell.Key);
                var isRefused = !examined.IsAccepted;
                Assert.True(actual is null || actual == value || isRefused, $"{cell.Name} is {value}, but {actual} was read after {place} ({item.damage}).\n{Examine.Findings(examined)}\n{Show(sheets)}");
                Assert.True(actual is not null || !isSilent, $"{cell.Name} is missing in silence after {place} ({item.damage}).\n{Show(sheets)}");
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(TestShare.Count(small: 200, ci: 1_000, all: 10_000)).WithReplay(new Replay(new Rnd((ulong)TestShare.Seed), null)), property);
    }

    /// <summary>Damages one sheet, or adds or writes a list.</summary>
    private static Applied Apply(Damage damage, RandomLayouts.Layout layout, List<(string Name, Grid Grid)> sheets, List<decimal> values, Random random)
    {
        var form = layout.Form;
        // Next to a list, a table for each row is not read. Its numbers are named in a query.
        damage = damage == Damage.ListNextToTable && layout.Place == RandomLayouts.Place.ATableForEachRow ? Damage.CellBlanked : damage;
        if (damage is Damage.ListNextToTable or Damage.ListWithSecondValue or Damage.ListWithUnknownSign)
        {
            var row = random.Next(form.Cells.Length);
            var (list, valueColumn) = List(layout, values);
            list[0] = [.. list[0], damage == Damage.ListWithSecondValue ? "value" : "status"];
            for (var i = 0; i < form.Cells.Length; i++)
            {
                list[i + 1] = [.. list[i + 1], damage == Damage.ListWithSecondValue ? "7" : damage == Damage.ListWithUnknownSign && i == row ? "\u2020" : string.Empty];
            }

            var place = new CellRef(null, row + 2, valueColumn + (damage == Damage.ListNextToTable ? 0 : 1)).Address;
            if (damage == Damage.ListNextToTable)
            {
                list[row + 1][valueColumn - 1] = Written(form, row, form.Cells[row].Measure.Quantity == Core.Catalogue.Quantity.Percent ? 1 - values[row] + 0.003m : values[row] + 1);
                sheets.Add(("List", new Grid([.. list])));
                return new Applied($"a list gives another figure at {place}", place);
            }

            sheets.Clear();
            sheets.Add(("List", new Grid([.. list])));
            return new Applied(damage == Damage.ListWithSecondValue ? "a second column of values" : $"an unknown sign at {place}", damage == Damage.ListWithSecondValue ? new CellRef(null, 1, valueColumn + 1).Address : place, damage == Damage.ListWithSecondValue);
        }

        var index = random.Next(sheets.Count);
        var applied = Apply(damage, layout, sheets[index].Name, sheets[index].Grid, random, out var damaged);
        sheets[index] = (sheets[index].Name, damaged);
        return applied with { IsRejected = applied.IsRejected && sheets.Count == 1 };
    }

    private static Applied Apply(Damage damage, RandomLayouts.Layout layout, string sheetName, Grid grid, Random random, out Grid damaged)
    {
        var numbers = Cells(grid).Where(cell => cell.Text.Length > 0 && char.IsDigit(cell.Text[0])).ToList();
        var labels = Cells(grid).Where(cell => cell.Text.Length > 0 && !char.IsDigit(cell.Text[0])).ToList();
        var headings = labels.Where(cell => cell.Text is ['Q', _]).ToList();
        var titles = labels.Where(cell => layout.Form.Tables.Any(table => table.Title == cell.Text)).ToList();
        var otherTimes = (string[])[.. OtherTimes, .. OtherPeriods.Where(other => other.Period != layout.Period.ToString()).Select(other => other.Text)];
        damaged = grid;
        switch (damage)
        {
            case Damage.HeadingOfAnotherPeriod when headings.Count > 0:
                return Write(headings[random.Next(headings.Count)], otherTimes[random.Next(otherTimes.Length)], ref damaged);
            case Damage.TitleOfAnotherPeriod when labels.Count > 0 && labels[0] is var title && title.Row < numbers[0].Row:
                return Write(title, $"{title.Text} - {otherTimes[random.Next(otherTimes.Length)]}", ref damaged);
            case Damage.UnitInHeading when headings.Count > 0:
                var heading = headings[random.Next(headings.Count)];
                var inHeading = Write(heading, $"{heading.Text} {OtherUnits[random.Next(OtherUnits.Length)]}", ref damaged);
                return heading.Text[1] - '0' == layout.Period.Quarter ? inHeading with { Place = Address(heading), Title = layout.Place == RandomLayouts.Place.ATableForEachRow ? "A missing figure" : null } : inHeading;
            case Damage.UnitInTitle when titles.Count > 0 && (layout.Place != RandomLayouts.Place.OnASheetForEachQuarter || sheetName == $"Q{layout.Period.Quarter}"):
                var titled = titles[random.Next(titles.Count)];
                return Write(titled, $"{titled.Text} {OtherUnits[random.Next(OtherUnits.Length)]}", ref damaged) with { Place = Address(titled), Title = titled.Text };
            case Damage.YearBeforeLabels when layout.Place == RandomLayouts.Place.Below:
                var year = string.Create(CultureInfo.InvariantCulture, $"'{layout.Period.FirstYear - 1}/{layout.Period.FirstYear % 100:00}");
                damaged = new Grid([.. grid.Cells.Select((cells, row) => (string[])[
                    .. cells.Take(layout.Left), numbers.Exists(cell => cell.Row == row + 1) ? year : string.Empty, .. cells.Skip(layout.Left)])]);
                return new Applied($"{year} before the labels", IsRejected: true);
            case Damage.FootnoteMark:
                var figure = numbers[random.Next(numbers.Count)];
                return Write(figure, $"'{figure.Text}\u00B9", ref damaged);
            case Damage.RowTwice:
                var row = numbers[random.Next(numbers.Count)].Row;
                damaged = new Grid([.. grid.Cells.Take(row), grid.Cells[row - 1], .. grid.Cells.Skip(row)]);
                return new Applied(FormattableString.Invariant($"row {row} twice"));
            case Damage.NumberMoved:
                var moved = numbers[random.Next(numbers.Count)];
                damaged = new Grid([.. grid.Cells, [], [.. Enumerable.Repeat(string.Empty, moved.Column + 6), moved.Text]]);
                return Write(moved, string.Empty, ref damaged);
            default:
                return Write(numbers[random.Next(numbers.Count)], string.Empty, ref damaged);
        }
    }

    /// <summary>Writes the figures as a list.</summary>
    private static (List<string[]> Rows, int ValueColumn) List(RandomLayouts.Layout layout, List<decimal> values)
    {
        string[] dimensions = [.. layout.Form.Cells.SelectMany(cell => cell.Key.Breakdown.Codes().Select(code => code.Key)).Distinct()];
        return ([
            ["measure", "area", .. dimensions, "value"],
            .. layout.Form.Cells.Select(cell => (string[])[
                cell.Measure.Label, cell.Key.Area.Value, .. dimensions.Select(dimension => cell.Key.Breakdown[dimension] ?? string.Empty), Written(layout.Form, cell.Index, values[cell.Index])]),
        ], dimensions.Length + 3);
    }

    private static string Written(Core.Catalogue.Form form, int cell, decimal value) =>
        form.Cells[cell].Measure.Quantity == Core.Catalogue.Quantity.Percent ? FormattableString.Invariant($"{value * 100:0.##}%") : value.ToString(CultureInfo.InvariantCulture);

    private static string Address((int Row, int Column, string Text) cell) => new CellRef(null, cell.Row, cell.Column).Address;

    private static Applied Write((int Row, int Column, string Text) cell, string text, ref Grid grid)
    {
        grid = grid.With(cell.Row, cell.Column, text);
        return new Applied(FormattableString.Invariant($"\"{cell.Text}\" at {new CellRef(null, cell.Row, cell.Column)} became \"{text}\""));
    }

    private static IEnumerable<(int Row, int Column, string Text)> Cells(Grid grid) =>
        grid.Cells.SelectMany((cells, row) => cells.Select((text, column) => (row + 1, column + 1, text)));

    private static string Show(List<(string Name, Grid Grid)> sheets) => string.Join("\n--\n", sheets.Select(sheet => $"{sheet.Name}\n{sheet.Grid.Csv('|')}"));
}

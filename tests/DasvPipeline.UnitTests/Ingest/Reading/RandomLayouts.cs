using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Tests.Ingest.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Writes random figures of every form in random layouts.</summary>
internal static class RandomLayouts
{
    internal enum Place
    {
        Below,
        SideBySide,
        SideBySideWithoutBlank,
        OnSheetsOfTheirOwn,
        OnASheetForEachQuarter,
        ATableForEachRow,
    }

    /// <param name="Order">The sort keys of each table's rows.</param>
    /// <param name="Turned">Whether the labels of each table are across the top.</param>
    /// <param name="Quarter">With <paramref name="HasYear"/>, the quarter asked for among the year's four.</param>
    internal sealed record Layout(
        Form Form, int[] Figures, int[] Order, bool[] Turned, int Left, int Top, int Quarter, Place Place, bool HasTitles, bool HasTotals, bool HasNotes, bool HasYear)
    {
        public Period Period => (HasYear || Place == Place.OnASheetForEachQuarter) && Form.Frequency == Frequency.Quarter ? Form.FirstPeriod.WithQuarter(Quarter) : Form.FirstPeriod;

        public override string ToString() => $"{Form.Return} {Period} {Place}\n{string.Join("\n--\n", Sheets(this, out _).Select(sheet => sheet.Grid.Csv('|')))}";
    }

    private static IEnumerable<Form> Lists => Examine.Catalogue.Forms.Where(form => form.Tables.All(table => table.IsList));

    public static Gen<Layout> Generate() =>
        from form in Gen.Elements(Lists)
        from figures in Gen.ArrayOf(Gen.Choose(0, 3000), form.Cells.Length)
        from order in Gen.ArrayOf(Gen.Choose(0, 1000), form.Cells.Length)
        from turned in Gen.ArrayOf(Gen.Elements(true, false), 10)
        from left in Gen.Choose(0, 3)
        from top in Gen.Choose(0, 5)
        from quarter in Gen.Choose(1, 4)
        from place in Gen.Elements(Enum.GetValues<Place>())
        from flags in Gen.ArrayOf(Gen.Elements(true, false), 4)
        select new Layout(form, figures, order, turned, left, top, quarter, place, flags[0], flags[1], flags[2], flags[3]);

    public static List<(string Name, Grid Grid)> Sheets(Layout layout, out string expected)
    {
        if (layout is { Place: Place.OnASheetForEachQuarter, Form.Frequency: Frequency.Quarter })
        {
            var quarters = new List<(string Name, Grid Grid)>();
            expected = string.Empty;
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                var figures = layout.Figures.Select(figure => figure + quarter).ToArray();
                quarters.Add(($"Q{quarter}", Sheets(layout with { Place = Place.Below, HasYear = false, Figures = figures }, out var ofQuarter)[0].Grid));
                expected = quarter == layout.Quarter ? ofQuarter : expected;
            }

            return quarters;
        }

        var names = layout.Form.Tables.SelectMany(table => table.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Names)).ToList();
        var areAlike = names.Count != names.Distinct(StringComparer.Ordinal).Count();
        var values = new List<string>();
        var blocks = new List<List<string[]>>();
        foreach (var (table, isTurned) in layout.Form.Tables.Zip(layout.Turned))
        {
            List<string[]> block = layout.HasTitles || areAlike ? [[table.Title]] : [];
            var body = Body(layout, table, values);
            foreach (var part in layout is { Place: Place.ATableForEachRow, HasYear: true, Form.Frequency: Frequency.Quarter } && !areAlike ? RowByRow(body) : [([], body)])
            {
                block.AddRange([.. part.Title, .. isTurned ? Turn(part.Body) : part.Body, []]);
            }

            if (layout.HasNotes)
            {
                block.AddRange([["The target is 900."], ["12 of these are from elsewhere"], []]);
            }

            blocks.Add(block);
        }

        expected = string.Join(' ', values);
        var sheets = layout.Place switch
        {
            Place.OnSheetsOfTheirOwn => blocks,
            Place.Below or Place.ATableForEachRow or Place.OnASheetForEachQuarter => [[.. blocks.SelectMany(block => block)]],
            // Similar tables with labels across need a blank between them: a person could not separate them either.
            _ => [SideBySide(blocks, layout.Place == Place.SideBySide || layout.Turned.Contains(true) || layout.HasNotes ? 1 : 0)],
        };
        return [.. sheets.Select((rows, i) => ($"Sheet{i + 1}", new Grid(
            [.. Enumerable.Repeat(Array.Empty<string>(), layout.Top), .. rows.Select(row => (string[])[.. Enumerable.Repeat(string.Empty, layout.Left), .. row])])))];
    }

    private static List<string[]> Body(Layout layout, FormTable table, List<string> values)
    {
        var isYear = layout is { HasYear: true, Form.Frequency: Frequency.Quarter };
        var columns = isYear ? Enumerable.Range(1, 4).ToList() : [1];
        var rows = new List<(int Order, string[] Row)>();
        var sums = new int[columns.Count];
        foreach (var cell in table.Cells)
        {
            var isRate = cell.Measure.Quantity == Quantity.Percent;
            var figures = columns.ConvertAll(column => (layout.Figures[cell.Index] + column) % (isRate ? 101 : 3001));
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += figures[i];
            }

            var names = table.Rows[cell.Row].Names;
            var order = layout.Order[cell.Index];
            var total = isYear && layout.HasTotals ? [Written(figures.Sum() / (isRate ? 4 : 1), isRate)] : Array.Empty<string>();
            rows.Add((order, [names[order % names.Length], .. figures.Select(figure => Written(figure, isRate)), .. total]));
            var value = figures[isYear ? layout.Quarter - 1 : 0];
            values.Add(isRate ? (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) : Written(value, isRate));
        }

        List<string[]> body = [.. rows.OrderBy(item => item.Order).Select(item => item.Row)];
        if (layout.HasTotals && table.Cells.All(cell => cell.Measure.Aggregation is Aggregation.Flow or Aggregation.Distinct))
        {
            var total = isYear ? [Written(sums.Sum(), false)] : Array.Empty<string>();
            body.Add(["Total", .. sums.Select(sum => Written(sum, false)), .. total]);
        }

        if (isYear)
        {
            body.Insert(0, ["", "Q1", "Q2", "Q3", "Q4", .. layout.HasTotals ? ["Total"] : Array.Empty<string>()]);
        }

        return body;
    }

    /// <summary>Puts each row under its label, with its periods above it.</summary>
    private static IEnumerable<(string[][] Title, List<string[]> Body)> RowByRow(List<string[]> body) =>
        body.Skip(1).Where(row => row[0] != "Total").Select(row => ((string[][])[[row[0]]], (List<string[]>)[body[0][1..], row[1..]]));

    private static List<string[]> SideBySide(List<List<string[]>> blocks, int blanks)
    {
        var widths = blocks.ConvertAll(block => block.Max(row => row.Length) + blanks);
        return [.. Enumerable.Range(0, blocks.Max(block => block.Count)).Select(row => blocks.Zip(widths)
            .SelectMany(pair => Enumerable.Range(0, pair.Second).Select(column => row < pair.First.Count && column < pair.First[row].Length ? pair.First[row][column] : string.Empty)).ToArray())];
    }

    private static List<string[]> Turn(List<string[]> rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];

    private static string Written(int figure, bool isRate) => figure.ToString(CultureInfo.InvariantCulture) + (isRate ? "%" : string.Empty);
}

using System.Globalization;
using DasvPipeline.Core.Catalogue;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.Tests.Read;

/// <summary>Random figures in random layouts of every form are read as they were written. A failure prints its seed.</summary>
public sealed class RandomLayoutTests
{
    /// <param name="Turn">Odd: labels across. One for each table.</param>
    /// <param name="Order">Of each table's rows; sorted by these.</param>
    internal sealed record Layout(int Form, int[] Figures, int[] Order, int[] Turn, int Left, int Top, bool HasTitles, bool HasTotals, bool HasNotes, bool IsSheetEach)
    {
        public override string ToString() => Printed(this);
    }

    [Fact]
    public void Figures_are_read_from_any_layout()
    {
        var property = Prop.ForAll(Layouts().ToArbitrary(), layout =>
        {
            var form = Examine.Catalogue.Forms[layout.Form];
            var sheets = Sheets(layout, form, out var expected);
            var period = form.From.ToString();
            var content = Grid.Xlsx([.. sheets]);
            var examined = Examine.FileAsync(form.Return.ToString(), period, content, "return.xlsx").Result;
            Assert.Equal(string.Empty, Examine.Findings(examined));
            Assert.Equal(expected, Examine.Values(examined, form));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    private static Gen<Layout> Layouts() =>
        from form in Gen.Choose(0, Examine.Catalogue.Forms.Length - 1)
        from figures in Gen.ArrayOf(Gen.Choose(0, 3000), 40)
        from order in Gen.ArrayOf(Gen.Choose(0, 1000), 40)
        from turn in Gen.ArrayOf(Gen.Choose(0, 1), 10)
        from left in Gen.Choose(0, 3)
        from top in Gen.Choose(0, 5)
        from flags in Gen.ArrayOf(Gen.Elements(true, false), 4)
        select new Layout(form, figures, order, turn, left, top, flags[0], flags[1], flags[2], flags[3]);

    private static List<(string, Grid)> Sheets(Layout layout, Form form, out string expected)
    {
        var names = form.Tables.SelectMany(table => table.Rows.Where(row => !row.IsTotal).SelectMany(row => row.Names.Distinct())).ToList();
        var isAlike = names.Count != names.Distinct(StringComparer.Ordinal).Count();
        var sheets = new List<(string, Grid)>();
        var rows = Enumerable.Repeat(Array.Empty<string>(), layout.Top).ToList();
        var values = new List<string>();
        for (var t = 0; t < form.Tables.Length; t++)
        {
            var table = form.Tables[t];
            if (layout.HasTitles || isAlike)
            {
                rows.Add([.. Pad(layout), table.Title]);
            }

            var body = Body(layout, table, values);
            rows.AddRange((layout.Turn[t] == 0 ? body : Swap(body)).Select(row => (string[])[.. Pad(layout), .. row]));
            rows.Add([]);
            if (layout.HasNotes)
            {
                rows.AddRange([[.. Pad(layout), "The target is 900."], [.. Pad(layout), "12 of these are from elsewhere"], []]);
            }

            if (layout.IsSheetEach || t == form.Tables.Length - 1)
            {
                sheets.Add(($"Sheet{t + 1}", new Grid([.. rows])));
                rows = [];
            }
        }

        expected = string.Join(' ', values);
        return sheets;
    }

    private static List<string[]> Body(Layout layout, FormTable table, List<string> values)
    {
        var body = new List<(int Order, string[] Row)>();
        var sum = 0;
        foreach (var cell in table.Cells)
        {
            var isRate = cell.Measure.Quantity == Quantity.Percent;
            var figure = isRate ? layout.Figures[cell.Index] % 101 : layout.Figures[cell.Index];
            sum += figure;
            var names = table.Rows[cell.Row].Names;
            var order = layout.Order[cell.Index];
            body.Add((order, [names[order % names.Length], figure.ToString(CultureInfo.InvariantCulture) + (isRate ? "%" : string.Empty)]));
            values.Add(isRate ? (figure / 100m).ToString("0.##", CultureInfo.InvariantCulture) : figure.ToString(CultureInfo.InvariantCulture));
        }

        var rows = body.OrderBy(item => item.Order).Select(item => item.Row).ToList();
        if (layout.HasTotals && table.Cells.All(cell => cell.Measure.Adds is Adds.Flow or Adds.Distinct))
        {
            rows.Add(["Total", sum.ToString(CultureInfo.InvariantCulture)]);
        }

        return rows;
    }

    private static List<string[]> Swap(List<string[]> rows) => [[.. rows.Select(row => row[0])], [.. rows.Select(row => row[1])]];

    private static string[] Pad(Layout layout) => [.. Enumerable.Repeat(string.Empty, layout.Left)];

    private static string Printed(Layout layout)
    {
        var form = Examine.Catalogue.Forms[layout.Form];
        return form.Return + "\n" + string.Join("\n--\n", Sheets(layout, form, out _).Select(sheet => sheet.Item2.Csv('|')));
    }
}

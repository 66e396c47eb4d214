using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee.Marking;
using DasvPipeline.Tests.Marking;
using DasvPipeline.Tests.Read;
using static DasvPipeline.Tests.Read.OdsBytes;
using static DasvPipeline.UnitTests.Marking.MarkedXlsxTests;

namespace DasvPipeline.UnitTests.Marking;

/// <summary>Rows and cells that stand for many, and are divided where one of them is marked.</summary>
public sealed class MarkedOdsRepeatTests
{
    private static readonly string[] Styles = ["day", "hour", "share", "hours"];

    [Fact]
    public void A_repeated_row_and_a_repeated_cell_are_divided_before_and_behind_the_mark_and_no_further()
    {
        var file = Of("<table:table-row table:number-rows-repeated=\"1000\">" + Number("7", "table:number-columns-repeated=\"400\"") + "</table:table-row>");
        var book = MarkedOds.Of(file, At(Severity.Error, "Figures", 500, 200, "Wrong."));
        Assert.Equal(
            ["499: 400", "1: 199 1 200", "500: 400"],
            book.Sheet("Figures").Elements(MarkedOds.Table + "table-row").Select(row => $"{Times(row, "rows")}: {string.Join(' ', row.Elements().Select(cell => Times(cell, "columns")))}"));
        Assert.Equal(MarkedOds.Cells(Reading.ReadFile(file, "a.ods").Sheets[0]), MarkedOds.Cells(book.Read().Sheets[1]));
    }

    [Fact]
    public void Whatever_is_repeated_every_cell_stays_in_its_place_and_only_the_marked_ones_are_marked()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (file, marks) = (OfSheets(Sheet(Columns(random) + Rows(random))), Marks(random));
            var book = MarkedOds.Of(file, [.. marks.Select(cell => new Finding((Severity)(cell.Column % 3), "code", cell, $"About {cell.Address}."))]);
            var (before, after) = (Grid(Body(file)), Grid(book.Sheet("Figures")));
            foreach (var (row, column) in before.Keys.Union(after.Keys))
            {
                var (was, @is) = (before.GetValueOrDefault((row, column)), after.GetValueOrDefault((row, column)));
                var at = $"seed {seed}, row {row}, column {column}";
                Assert.True(Shown(was) == Shown(@is), at);
                var style = @is?.Attribute(MarkedOds.Table + "style-name")?.Value;
                if (marks.Contains(new CellRef("Figures", row, column)))
                {
                    Assert.Equal($"{(Severity)(column % 3)}: About {new CellRef(null, row, column).Address}.", book.Mark(new CellRef("Figures", row, column)).Comment);
                    var own = OwnStyle(file, was, row, column);
                    Assert.True(DataStyle(own) == book.StyleOf(@is!)!.Attribute(MarkedOds.Style + "data-style-name")?.Value, at);
                    Assert.Equal(MarkedOds.Look((Severity)(column % 3)).Colour, book.Mark(new CellRef("Figures", row, column)).Colour);
                }
                else
                {
                    Assert.True(@is?.Element(MarkedOds.Office + "annotation") is null, at);
                    Assert.True(was?.Attribute(MarkedOds.Table + "style-name")?.Value == style, at);
                }
            }
        }
    }

    [Fact]
    public void A_giant_repeat_is_never_spread_out()
    {
        var rows = Row(Number("1"))
            + "<table:table-row table:number-rows-repeated=\"2000000000\"><table:table-cell table:style-name=\"share\" table:number-columns-repeated=\"2000000000\"/><table:table-cell table:number-columns-repeated=\"2000000000\"/></table:table-row>"
            + Row("<table:table-cell/>");
        var file = OfSheets(Sheet("<table:table-column table:number-columns-repeated=\"2000000000\"/><table:table-column/>" + rows));
        CellRef[] cells = [new("Figures", 1, 1), new("Figures", 2, 16_384), new("Figures", 500_000, 9), new("Figures", 1_048_576, 1)];
        var workbook = Reading.ReadFile(file, "a.ods");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var copy = MarkedCopy.Of(file, workbook, [.. cells.Select(cell => new Finding(Severity.Error, "code", cell, "Wrong."))])!;
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (1024 * 1024), 0, 20);
        Assert.InRange(copy.Content.Length, 1, 20_000);
        var book = MarkedOds.Of(file, [.. cells.Select(cell => new Finding(Severity.Error, "code", cell, "Wrong."))]);
        Assert.All(cells, cell => Assert.Equal("Error: Wrong.", book.Mark(cell).Comment));
        Assert.Equal(1_048_576, book.Sheet("Figures").Elements(MarkedOds.Table + "table-row").Sum(row => Times(row, "rows")));
        Assert.All(book.Sheet("Figures").Elements(MarkedOds.Table + "table-row"), row => Assert.InRange(row.Elements().Sum(cell => Times(cell, "columns")), 1, 16_384));
    }

    [Fact]
    public void Rows_that_would_be_written_without_end_get_the_list()
    {
        var many = string.Concat(Enumerable.Range(0, 16_000).Select(i => $"<table:table-cell table:style-name=\"{Styles[i % 2]}\"/>"));
        var file = Of($"<table:table-row table:number-rows-repeated=\"5000\">{Number("1")}{many}</table:table-row>");
        var findings = Enumerable.Range(1, 5_000).Select(row => At(Severity.Error, "Figures", row, 1, "Wrong.")).ToList();
        Assert.Equal(MarkedCopy.ListName, MarkedCopy.Of(file, Reading.ReadFile(file, "a.ods"), findings)!.FileName);
    }

    [Fact]
    public void A_row_of_nothing_but_paragraphs_gets_the_list()
    {
        var cell = Text(string.Concat(Enumerable.Repeat("<text:p/>", 60_000)));
        var file = Of(Row(string.Concat(Enumerable.Repeat(cell, 20))));
        Assert.Equal(MarkedCopy.ListName, MarkedCopy.Of(file, Reading.ReadFile(file, "a.ods"), [At(Severity.Error, "Figures", 1, 1, "Wrong.")])!.FileName);
    }

    [Fact]
    public void A_long_file_with_a_finding_in_every_row_stays_within_bounds()
    {
        var rows = new StringBuilder();
        for (var row = 1; row <= 50_000; row++)
        {
            rows.Append(Row(Text($"<text:p>Area {row}</text:p>") + Number(row.ToString(CultureInfo.InvariantCulture)) + Text("<text:p>twelve</text:p>")));
        }

        var file = Of(rows.ToString());
        var workbook = Reading.ReadFile(file, "a.ods");
        var findings = Enumerable.Range(1, 50_000).Select(row => At(Severity.Error, "Figures", row, 3, "\"twelve\" is not a number.")).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var copy = MarkedCopy.Of(file, workbook, findings)!;
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (1024 * 1024), 1, 400);
        Assert.InRange(copy.Content.Length, 1, 10 * 1024 * 1024);
        var read = Reading.ReadFile(copy.Content.ToArray(), "marked.ods");
        Assert.Equal(50_000, read.Sheets[1].RowCount);
        var book = MarkedOds.Of(file, findings);
        Assert.Equal(10_000, book.Root.Descendants(MarkedOds.Office + "annotation").Count());
        Assert.Equal(("#f9c6c1", null), (book.Mark(new CellRef("Figures", 50_000, 3)).Colour, book.Mark(new CellRef("Figures", 50_000, 3)).Comment));
    }

    private static string Columns(Random random) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ =>
        $"<table:table-column table:number-columns-repeated=\"{random.Next(1, 5)}\" {Maybe(random, "table:default-cell-style-name")}/>"));

    private static string Rows(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Row(
        string.Concat(Enumerable.Range(0, random.Next(5)).Select(i =>
        {
            var more = $"table:number-columns-repeated=\"{random.Next(1, 5)}\" {Maybe(random, "table:style-name")}";
            return random.Next(3) switch { 0 => $"<table:table-cell {more}/>", 1 => $"<table:covered-table-cell {more}/>", _ => Number(random.Next(100).ToString(CultureInfo.InvariantCulture), more) };
        })),
        $"table:number-rows-repeated=\"{random.Next(1, 6)}\" {Maybe(random, "table:default-cell-style-name")}")));

    private static string Maybe(Random random, string attribute) => random.Next(2) == 0 ? string.Empty : $"{attribute}=\"{Styles[random.Next(Styles.Length)]}\"";

    private static HashSet<CellRef> Marks(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => new CellRef("Figures", random.Next(1, 20), random.Next(1, 20)))];

    private static XElement Body(byte[] file)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(file));
        return XDocument.Load(zip.GetEntry("content.xml")!.Open()).Descendants(MarkedOds.Table + "table").Single();
    }

    /// <summary>Every cell by its row and column.</summary>
    private static Dictionary<(int Row, int Column), XElement> Grid(XElement sheet)
    {
        var cells = new Dictionary<(int, int), XElement>();
        var row = 0;
        foreach (var element in sheet.Elements(MarkedOds.Table + "table-row"))
        {
            var until = row + Times(element, "rows");
            while (row < until)
            {
                row++;
                var column = 0;
                foreach (var cell in element.Elements())
                {
                    for (var i = Times(cell, "columns"); i > 0; i--)
                    {
                        cells.Add((row, ++column), cell);
                    }
                }
            }
        }

        return cells;
    }

    /// <summary>The style in which the cell was seen: its own, its row's or its column's.</summary>
    private static string? OwnStyle(byte[] file, XElement? cell, int row, int column)
    {
        var sheet = Body(file);
        var passed = 0;
        var ofRow = sheet.Elements(MarkedOds.Table + "table-row").FirstOrDefault(element => (passed += Times(element, "rows")) >= row)?.Attribute(MarkedOds.Table + "default-cell-style-name");
        passed = 0;
        var ofColumn = sheet.Elements(MarkedOds.Table + "table-column").FirstOrDefault(element => (passed += Times(element, "columns")) >= column)?.Attribute(MarkedOds.Table + "default-cell-style-name");
        return (cell?.Attribute(MarkedOds.Table + "style-name") ?? ofRow ?? ofColumn)?.Value;
    }

    private static string Shown(XElement? cell) => string.Concat(cell?.Elements(MarkedOds.Text + "p").Select(text => text.Value) ?? []);

    private static string? DataStyle(string? style) => style switch { "day" => "D", "hour" => "T", "share" => "P", "hours" => "E", _ => null };

    private static int Times(XElement element, string what) => (int?)element.Attribute(MarkedOds.Table + $"number-{what}-repeated") ?? 1;
}

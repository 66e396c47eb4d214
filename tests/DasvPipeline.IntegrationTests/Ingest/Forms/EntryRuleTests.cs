using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.IntegrationTests.Ingest.Reading;
using DasvPipeline.Tests;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.IntegrationTests.Ingest.Forms;

/// <summary>LibreOffice applies the validation rules of a form.</summary>
public sealed class EntryRuleTests(SavedFiles saved) : IClassFixture<SavedFiles>
{
    private static readonly (Quantity Quantity, string Good, string Bad)[] Rules =
    [
        (Quantity.Count, "0|7|1864|[x]|[z]|[c]|37 approx|<5|3 (4 children)|over 250|Unknown|n/a", "-1|12.5|-0.5"),
        (Quantity.Hours, "0|7|12.5|[x]|37 approx|Unknown", "-1|-0.5"),
        (Quantity.Pounds, "0|66935|0.99|[x]|over 250|n/a", "-1|-0.01"),
        (Quantity.Percent, "0|1|0.76|0.005|[x]|76% approx|-", "-0.01|1.01|76"),
    ];

    public static TheoryData<Quantity> Quantities => [.. Rules.Select(rule => rule.Quantity)];

    /// <summary>The formula of each rule, which LibreOffice calculates for the values that a user may type.</summary>
    internal static IEnumerable<(string Name, byte[] Content)> Files() => Rules.Select(rule => (NameOf(rule.Quantity) + ".xlsx", Book(rule.Quantity, Typed(rule))));

    [LongTheory]
    [MemberData(nameof(Quantities))]
    public async Task LibreOffice_accepts_the_notations_of_the_reader_and_refuses_mistakes(Quantity quantity)
    {
        var folder = await saved.FolderAsync("csv");
        var rule = Rules.Single(rule => rule.Quantity == quantity);
        var worked = (await File.ReadAllLinesAsync(Path.Combine(folder, NameOf(quantity) + "-Rule.csv"), TestContext.Current.CancellationToken))
            .Select(line => line.EndsWith(",TRUE", StringComparison.Ordinal));
        Assert.Equal(Typed(rule).Select((item, i) => (item, i < rule.Good.Split('|').Length)), Typed(rule).Zip(worked));
    }

    private static string NameOf(Quantity quantity) => $"rule {quantity}";

    private static string[] Typed((Quantity Quantity, string Good, string Bad) rule) => [.. rule.Good.Split('|'), .. rule.Bad.Split('|')];

    private static byte[] Book(Quantity quantity, string[] typed)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = FormStyles.CreateStylesheet();
            var rows = typed.Select((item, i) => FormSheet.CreateRow(i + 1, Typed(item), new Cell { CellFormula = new CellFormula(FormValidations.CreateRule(quantity, $"A{i + 1}")) }));
            new FormSheet("Rule", [.. rows], [20, 20]).AddTo(book);
        }

        return file.ToArray();
    }

    private static Cell Typed(string item) =>
        decimal.TryParse(item, CultureInfo.InvariantCulture, out var number) ? FormSheet.CreateNumberCell(number, FormStyles.FormStyle.Plain) : FormSheet.CreateTextCell(item, FormStyles.FormStyle.Plain);
}

using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Ingest.Reading;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Ingest.Forms;

/// <summary>LibreOffice calculates the live checks of a form, and their results are never read as figures.</summary>
public sealed class LiveCheckTests(SavedFiles saved) : IClassFixture<SavedFiles>
{
    /// <summary>Forms with the figures of each cell in order, and what the column of checks then says in each row.</summary>
    private static readonly (string Id, string Period, int? Previous, string Figures, string[] Checks)[] Forms =
    [
        (
            "idva-service/idva", "2019-20-Q2", 50,
            "500|50|50||1200|37 approx|50|50|50|[x]|900|60",
            [
                "Far from April to June 2019.", "OK", "OK", "", "Usually 1,000 or less.", "Text is not checked here.", "OK", "OK", "OK", "Text is not checked here.", "",
                "Far from April to June 2019.", "OK",
            ]),
        (
            "constabulary/sexual-offences", "2019-20-Q1", null,
            "300|100|301|100",
            ["OK", "OK", "OK", "\"Serious Sexual Offence crimes, Cambridgeshire\" cannot be more than \"Sexual Offence crimes, Cambridgeshire\".", "\"Serious Sexual Offence crimes, Peterborough\" is the same as \"Sexual Offence crimes, Peterborough\". It is usually less.", "OK"]),
    ];

    public static TheoryData<string, int> Cases => new(
        from format in new[] { "xlsx", "ods", "xls" }
        from form in Enumerable.Range(0, Forms.Length)
        select (format, form));

    internal static IEnumerable<(string Name, byte[] Content)> Files() => Forms.Select(item =>
    {
        var (form, period) = Find(item.Id, item.Period);
        var previous = item.Previous is { } value ? new PreviousFigures(period.Previous, form.Cells.ToDictionary(cell => cell.Key, _ => new Figure(value))) : null;
        var texts = new EntryTexts(TextsOf(form, item.Figures), new Dictionary<string, string>());
        return (NameOf(item.Id) + ".xlsx", EntryWorkbook.Create(Examine.Catalogue, form, period, previous, texts).Content);
    });

    [LongTheory]
    [MemberData(nameof(Cases))]
    public async Task The_column_of_checks_says_what_is_unusual_and_is_not_read(string format, int number)
    {
        var item = Forms[number];
        var (form, period) = Find(item.Id, item.Period);
        var content = await File.ReadAllBytesAsync(Path.Combine(await saved.FolderAsync(format), $"{NameOf(item.Id)}.{format}"), TestContext.Current.CancellationToken);
        Assert.Equal(string.Join("\n", item.Checks), string.Join("\n", ReadChecks(form, Workbooks.ReadFile(content, $"form.{format}"))));

        var examined = await Examine.FileAsync(item.Id, item.Period, content, $"form.{format}", Examine.Unchecked);
        Assert.DoesNotContain(examined.Findings, finding => finding.Severity > Severity.Note && finding.Code != Codes.Blank && finding.Code != Codes.TotalDiffers);
        var given = TextsOf(form, item.Figures);
        Assert.Equal(given.Count, examined.Observations.Count);
        Assert.All(examined.Observations, observation => Assert.Equal(given[observation.Key.ToString()], observation.Figure.Note ?? observation.Figure.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "[x]"));
    }

    private static (Form Form, Period Period) Find(string id, string period) =>
        (Examine.Catalogue.FindForm(new ReturnKey(ReturnId.TryParse(id)!.Value, Period.Parse(period)))!, Period.Parse(period));

    private static Dictionary<string, string> TextsOf(Form form, string figures) =>
        form.Cells.Zip(figures.Split('|')).Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First.Key.ToString(), pair => pair.Second, StringComparer.Ordinal);

    /// <summary>Returns what the column below each heading "Check" says, for each row of the form's tables.</summary>
    private static IEnumerable<string> ReadChecks(Form form, Workbook workbook)
    {
        var headings = from sheet in workbook.Sheets
                       from row in Enumerable.Range(1, sheet.RowCount)
                       from column in Enumerable.Range(1, sheet.ColumnCount)
                       where sheet[row, column].Text == FormTableLayout.CheckHeading
                       select (sheet, row, column);
        return headings.Zip(form.Tables).SelectMany(pair => pair.Second.Rows.Select((_, i) => pair.First.sheet[pair.First.row + 1 + i, pair.First.column].DisplayText));
    }

    private static string NameOf(string id) => $"checks {id.Replace('/', '.')}";
}

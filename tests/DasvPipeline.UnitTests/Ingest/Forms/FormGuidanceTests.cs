using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Forms;

public sealed class FormGuidanceTests
{
    /// <summary>Guidance that is the same for all rows is above the table, and not in each row.</summary>
    [Theory]
    [InlineData("early-help/courses", "Course", "Number of courses held: Courses held in the year.", "Number of referrals: Referrals received before the courses")]
    [InlineData("rape-crisis/clients", "Age at time of referral", "What to count: The age when referred, not at the end of the year.")]
    public void Guidance_for_all_rows_is_written_once(string id, string sheet, params string[] lines)
    {
        var rows = Shown(id, sheet);
        Assert.All(lines, line => Assert.Single(rows, row => row is [var text, ..] && text.StartsWith(line, StringComparison.Ordinal)));
        Assert.DoesNotContain(rows, row => row.Contains("What to count"));
    }

    [Theory]
    [InlineData("idva-service/idva", "Figures", "Repeat referrals", "Referrals received in the quarter with the same victim")]
    [InlineData("rape-crisis/clients", "Support type", "Number of cases where there was ongoing support", "Single and ongoing support add up")]
    public void A_row_says_what_to_count_if_the_rows_differ(string id, string sheet, string row, string beginning)
    {
        var cells = Shown(id, sheet).First(cells => cells is [var label, ..] && label.StartsWith(row, StringComparison.Ordinal));
        Assert.StartsWith(beginning, cells[^1], StringComparison.Ordinal);
        Assert.NotEqual(string.Empty, cells[^1]);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Shown(string id, string sheet)
    {
        var catalogue = PartnershipCatalogue.LoadEmbedded();
        var form = catalogue.FindNewestForm(ReturnId.TryParse(id)!.Value)!;
        var workbook = Workbooks.ReadFile(FormWorkbook.Write(catalogue, form, form.FirstPeriod), "form.xlsx");
        return [.. Workbooks.Shown(workbook.Sheets.Single(item => item.Name == sheet)).Select(row => (IReadOnlyList<string>)[.. row])];
    }
}

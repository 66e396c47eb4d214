using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.UnitTests.Receive;

public sealed class FormGuidanceTests
{
    [Theory]
    [InlineData("early-help/courses", "Course", "Recovering Together", "Number of courses held: Courses held in the year.", "Number of referrals: Referrals received before the courses")]
    [InlineData("rape-crisis/clients", "Age at time of referral", "12 years and under", "The age when referred, not at the end of the year.", "The age")]
    public void A_row_says_what_to_count_in_each_of_its_columns(string id, string sheet, string row, string beginning, string part)
    {
        var catalogue = PartnershipCatalogue.LoadEmbedded();
        var form = catalogue.FindNewestForm(ReturnId.TryParse(id)!.Value)!;
        var workbook = Reading.ReadFile(FormWorkbook.Write(catalogue, form, Period.FromYear(2019)), "form.xlsx");
        var text = Reading.Shown(workbook.Sheets.Single(item => item.Name == sheet)).Single(cells => cells is [var label, ..] && label == row)[^1];
        Assert.StartsWith(beginning, text, StringComparison.Ordinal);
        Assert.Contains(part, text, StringComparison.Ordinal);
    }
}

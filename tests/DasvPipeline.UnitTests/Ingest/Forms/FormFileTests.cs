using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>Forms that <c>files/make.py</c> filled in and saved with LibreOffice, for machines without it.</summary>
public sealed class FormFileTests
{
    public static TheoryData<string, string, string, string> Files() => new(
        from form in new[] { ("helpline", "rape-crisis/helpline", "2019-20-Q2"), ("idva", "idva-service/idva", "2019-20-Q1"), ("clients", "rape-crisis/clients", "2019-20") }
        from ending in new[] { "xlsx", "xls", "ods" }
        select (form.Item1, form.Item2, form.Item3, $"{form.Item1}.{ending}"));

    [Theory]
    [MemberData(nameof(Files))]
    [InlineData("helpline", "rape-crisis/helpline", "2019-20-Q2", "helpline.2-Helpline and Emotional Support.csv")]
    public async Task A_form_filled_in_by_LibreOffice_gives_the_same_figures_in_every_format(string name, string id, string period, string file)
    {
        var examined = await ExamineAsync(id, period, file);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(FilledForms.Expected(Examine.Form(id)), Examine.Values(examined, Examine.Form(id)));

        var first = await ExamineAsync(id, period, $"{name}.xlsx");
        Assert.Equal(Figures(first), Figures(examined));
        Assert.Equal(["Estimated from part of the records"], Figures(examined).Select(observation => observation.Figure.Note).OfType<string>().Distinct());
    }

    [Theory]
    [InlineData("rape-crisis/helpline", "2019-20-Q2", "helpline.csv", "This file contains only the first sheet of the form, without any figures. A .csv file has only one sheet. Save the form as .xlsx, .xls or .ods and send that, or save its sheet of figures as .csv.")]
    [InlineData("idva-service/idva", "2019-20-Q1", "idva.csv", "This file contains only the first sheet of the form, without any figures. A .csv file has only one sheet. Save the form as .xlsx, .xls or .ods and send that.")]
    public async Task A_whole_form_saved_as_csv_is_rejected_because_figures_are_missing(string id, string period, string file, string message)
    {
        var finding = Examine.Only(await ExamineAsync(id, period, file), Severity.Error, Codes.FirstSheetOnly);
        Assert.Equal(("B3", message), (finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task A_whole_form_saved_as_csv_and_sent_to_the_wrong_return_is_identified() =>
        Examine.Only(await ExamineAsync("idva-service/idva", "2019-20-Q2", "idva.csv"), Severity.Error, Codes.WrongForm);

    [Fact]
    public async Task One_sheet_of_several_saved_as_csv_is_rejected_because_the_others_are_missing()
    {
        var finding = Examine.Only(await ExamineAsync("idva-service/idva", "2019-20-Q1", "idva.3-Engagement.csv"), Severity.Error, Codes.TableNotFound);
        Assert.Equal(
            "We could not find the table \"IDVA Referrals\". We look for these labels, with a figure next to or below each: \"Cambridge City\", \"East Cambridgeshire\", \"Fenland\", \"Huntingdonshire\", "
            + "\"South Cambridgeshire\", \"Health\", \"Young people\", \"A8 countries\", \"Stalking and harassment\" and \"Peterborough\". "
            + "A .csv file has only one sheet. If the rest is on another sheet, send the whole workbook as .xlsx, .xls or .ods.",
            finding.Message);
    }

    /// <summary>A form from before forms had marked-up tables, drop-down lists and previous figures. Agencies still have such forms.</summary>
    [Fact]
    public async Task A_form_of_the_earlier_layout_is_still_accepted()
    {
        var examined = await ExamineAsync("rape-crisis/clients", "2019-20", "earlier-layout.xlsx");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(FilledForms.Expected(Examine.Form("rape-crisis/clients")), Examine.Values(examined, Examine.Form("rape-crisis/clients")));
    }

    private static async Task<ExaminationResult> ExamineAsync(string id, string period, string file) => await Examine.FileAsync(
        id,
        period,
        await File.ReadAllBytesAsync(Path.Combine(LocalFolders.Repository, "tests", "DasvPipeline.UnitTests", "Ingest", "Forms", "files", file), TestContext.Current.CancellationToken),
        file,
        Examine.Unchecked);

    private static IEnumerable<Observation> Figures(ExaminationResult examined) => examined.Observations.Select(observation => observation with { Cell = default });
}

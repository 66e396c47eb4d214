using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>Tests the form of every return, from blank to accepted.</summary>
public sealed class FormWorkbookTests
{
    public static TheoryData<string> Ids() => FilledForms.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_form_is_a_valid_workbook(string id)
    {
        using var stream = new MemoryStream(FilledForms.Blank(Examine.Form(id)));
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document, TestContext.Current.CancellationToken);
        Assert.Empty(errors.Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_blank_form_is_rejected_because_it_has_no_figures(string id)
    {
        var form = Examine.Form(id);
        var examined = await Examine.FileAsync(id, FilledForms.PeriodOf(form).ToString(), FilledForms.Blank(form), "form.xlsx");
        Examine.Only(examined, Severity.Error, Codes.NoFigures);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_filled_in_form_is_accepted_without_findings(string id)
    {
        var form = Examine.Form(id);
        var examined = await Examine.FileAsync(id, FilledForms.PeriodOf(form).ToString(), FilledForms.Fill(form), "form.xlsx", Examine.Unchecked);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
    }

    [Theory]
    [InlineData("constabulary/domestic-abuse", "2019-20-Q2", "This is the form for April to June 2019. You sent it for July to September 2019. Send it for its own period, or fill in the right form.")]
    [InlineData("constabulary/sexual-offences", "2019-20-Q1", "This is the form for \"Domestic abuse incidents and crime rate\", April to June 2019. You sent it for \"Sexual offence crimes\", April to June 2019. Send it for its own return, or fill in the right form.")]
    public async Task A_form_sent_to_the_wrong_return_is_identified(string id, string period, string message)
    {
        var examined = await Examine.FileAsync(id, period, FilledForms.Fill(Examine.Form("constabulary/domestic-abuse")), "form.xlsx");
        var finding = examined.Findings.Single(finding => finding.Code == Codes.WrongForm);
        Assert.Equal((Severity.Error, "About!B19", message), (finding.Severity, finding.Cell.ToString(), finding.Message));
    }

    [Fact]
    public async Task An_older_version_that_still_maps_is_accepted_with_a_note()
    {
        var newer = PartnershipCatalogue.Load(PartnershipCatalogue.EmbeddedFiles()
            .Select(file => file.Path == "returns/cada.support.yaml" ? file with { Text = file.Text + "version: 2\n" } : file));
        var examined = await Examine.FileAsync("cada/support", "2019-20", FilledForms.Fill(Examine.Form("cada/support")), "form.xlsx", newer);
        var finding = Examine.Only(examined, Severity.Note, Codes.OlderForm);
        Assert.StartsWith("This is version 1 of the form, but the current version is 2.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheets_have_valid_names()
    {
        foreach (var form in Examine.Catalogue.Forms)
        {
            var names = Workbooks.ReadFile(FilledForms.Blank(form), "form.xlsx").Sheets.Select(sheet => sheet.Name!).ToList();
            Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(names, name => Assert.True(name.Length is > 0 and <= 31 && name.IndexOfAny([':', '\\', '/', '?', '*', '[', ']']) < 0, name));
        }
    }
}

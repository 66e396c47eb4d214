using DasvPipeline.Core.Publish.Report;
using DasvPipeline.Tests.Samples;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace DasvPipeline.UnitTests.Publish.Report;

/// <summary>The files of the annual report are valid, and the same for the same figures.</summary>
public sealed class ReportFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(await SampleReports.FileAsync(ReportFiles.Document)), isEditable: false);
        Assert.Empty(Validate(file));
    }

    [Fact]
    public async Task The_workbook_is_valid()
    {
        using var file = SpreadsheetDocument.Open(new MemoryStream(await SampleReports.FileAsync(ReportFiles.Workbook)), isEditable: false);
        Assert.Empty(Validate(file));
    }

    [Fact]
    public async Task The_same_figures_give_the_same_bytes()
    {
        var document = await SampleReports.DocumentAsync();
        var (first, second) = (SampleReports.CreateFiles(document), SampleReports.CreateFiles(document));
        Assert.Equal(first.Select(file => (file.Name, Convert.ToHexString(file.Content))), second.Select(file => (file.Name, Convert.ToHexString(file.Content))));
        if (Environment.GetEnvironmentVariable("DASV_REPORT_FOLDER") is { } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var file in first)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, file.Name), file.Content, Ct);
            }
        }
    }

    private static IEnumerable<string> Validate(OpenXmlPackage file) =>
        new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(file, Ct).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}");
}

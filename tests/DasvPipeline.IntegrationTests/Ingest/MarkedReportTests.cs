using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>The marked copy, stored with the findings of each version that has an error or a query.</summary>
public sealed class MarkedReportTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rejected_workbook_is_kept_with_its_cells_marked()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = MaracPath(1, "marac.xlsx");
        await pipeline.UploadAsync(path, Grid.Of("measure|value\nmarac.cases|lots").Xlsx());

        var outcome = await pipeline.EventAsync(path);

        Assert.Equal(IngestResult.Rejected, outcome.Result);
        var copy = await pipeline.Store.Returns.ReadReportAsync(outcome.Key!.Value, 1, MarkedCopy.WorkbookName, Ct);
        Assert.Equal(["Findings", "Sheet1"], Workbooks.ReadFile(copy!.Value.ToArray(), "marked.xlsx").Sheets.Select(sheet => sheet.Name));
    }

    [Fact]
    public async Task A_rejected_ods_is_kept_with_a_marked_copy_as_xlsx()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var path = MaracPath(1, "marac.ods");
        await pipeline.UploadAsync(path, OdsBytes.Of(OdsBytes.Row(OdsBytes.Text("<text:p>measure</text:p>") + OdsBytes.Text("<text:p>value</text:p>")) + OdsBytes.Row(OdsBytes.Text("<text:p>marac.cases</text:p>") + OdsBytes.Text("<text:p>lots</text:p>"))));

        var outcome = await pipeline.EventAsync(path);

        Assert.Equal(IngestResult.Rejected, outcome.Result);
        var copy = await pipeline.Store.Returns.ReadReportAsync(outcome.Key!.Value, 1, MarkedCopy.WorkbookName, Ct);
        Assert.Equal(["Findings", "Figures"], Workbooks.ReadFile(copy!.Value.ToArray(), "marked.xlsx").Sheets.Select(sheet => sheet.Name));
    }

    [Fact]
    public async Task An_accepted_file_gets_a_list_only_if_it_has_a_query()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var queried = await pipeline.SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,37\r\nReferrals to SARC under 18s,\r\n");
        var fine = await pipeline.SendAsync(MaracPath(1), Marac(371));

        Assert.Equal((IngestResult.Accepted, IngestResult.Accepted), (queried.Result, fine.Result));
        Assert.NotNull(await pipeline.Store.Returns.ReadReportAsync(queried.Key!.Value, 1, MarkedCopy.ListName, Ct));
        Assert.Null(await pipeline.Store.Returns.ReadReportAsync(fine.Key!.Value, 1, MarkedCopy.ListName, Ct));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_rejected_without_a_copy()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var outcome = await pipeline.SendAsync(MaracPath(1), string.Empty);

        Assert.Equal((IngestResult.Rejected, Codes.Empty), (outcome.Result, Assert.Single(outcome.Findings).Code));
        Assert.Null(await pipeline.Store.Returns.ReadReportAsync(outcome.Key!.Value, 1, MarkedCopy.ListName, Ct));
        Assert.Null(await pipeline.Store.Returns.ReadReportAsync(outcome.Key!.Value, 1, MarkedCopy.WorkbookName, Ct));
    }
}

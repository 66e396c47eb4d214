using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.UnitTests.Samples;

/// <summary>Changes every figure of every sample in turn, and checks that the error names that cell.</summary>
public sealed class ChangedCellTests
{
    public static TheoryData<string> Returns() => ExaminedSamples.Returns();

    [Theory]
    [MemberData(nameof(Returns))]
    public async Task A_wrong_figure_is_one_error_at_its_cell(string id)
    {
        foreach (var sample in (await ExaminedSamples.AllAsync()).Where(sample => sample.Return == id))
        {
            var grids = ExaminedSamples.Grids(sample);
            Assert.Equal(Examine.Values(sample.Examined, Examine.Form(id)), Examine.Values(await ExamineAsync(sample, grids), Examine.Form(id)));
            foreach (var cell in sample.Examined.Observations.Select(observation => observation.Cell))
            {
                var name = cell.Sheet ?? "Sheet1";
                var examined = await ExamineAsync(sample, [.. grids.Select(sheet => sheet.Name == name ? (name, sheet.Grid.With(cell.Row, cell.Column, "twelve")) : sheet)]);
                var error = Assert.Single(examined.Findings, finding => finding.Severity == Severity.Error);
                Assert.Equal((Codes.NotANumber, $"{name}!{cell.Address}"), (error.Code, error.Cell.ToString()));
                Assert.Equal(sample.Examined.Observations.Count - 1, examined.Observations.Count);
            }
        }
    }

    [Fact]
    public async Task A_wrong_label_is_one_error_at_its_cell()
    {
        var sample = (await ExaminedSamples.AllAsync()).First(sample => sample.Return == "idva-service/idva");
        var grids = ExaminedSamples.Grids(sample);
        foreach (var cell in sample.Examined.Observations.Select(observation => observation.Cell))
        {
            var examined = await ExamineAsync(sample, [(grids[0].Name, grids[0].Grid.With(cell.Row, cell.Column - 1, "qqq"))]);
            var error = Assert.Single(examined.Findings, finding => finding is { Severity: Severity.Error, Code: Codes.UnknownLabel });
            Assert.Equal(cell with { Column = cell.Column - 1 }, error.Cell);
        }
    }

    [Fact]
    public async Task A_file_that_is_wrong_in_five_cells_gets_five_findings()
    {
        var sample = (await ExaminedSamples.AllAsync()).First(sample => sample.Return == "idva-service/idva");
        var (name, grid) = ExaminedSamples.Grids(sample)[0];
        var cells = sample.Examined.Observations.Where((_, i) => i % 2 == 0).Take(5).Select(observation => observation.Cell).ToList();
        var wrong = cells.Zip(["12.5", "-4", "NaN", "1e3", "76%"]).Aggregate(grid, (changed, pair) => changed.With(pair.First.Row, pair.First.Column, "'" + pair.Second));
        var examined = await ExamineAsync(sample, [(name, wrong)]);
        var errors = examined.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        Assert.Equal(cells.Select(cell => (CellRef?)cell), errors.Select(finding => finding.Cell));
        Assert.Equal([Codes.NotWhole, Codes.Negative, Codes.NotANumber, Codes.NotANumber, Codes.NotANumber], errors.Select(finding => finding.Code));
    }

    private static Task<Core.Ingest.Reporting.ExaminationResult> ExamineAsync(Sample sample, List<(string, Grid)> sheets) =>
        Examine.FileAsync(sample.Return, sample.Key.Period.ToString(), Grid.Xlsx([.. sheets]), "return.xlsx");
}

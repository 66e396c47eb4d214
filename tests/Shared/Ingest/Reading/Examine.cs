using System.Globalization;
using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.Tests.Ingest.Reading;

/// <summary>Processes a file from bytes to findings and observations, without a store.</summary>
internal static class Examine
{
    public static readonly PartnershipCatalogue Catalogue = PartnershipCatalogue.LoadEmbedded();

    /// <summary>The catalogue without its checks, for tests with arbitrary figures.</summary>
    public static readonly PartnershipCatalogue Unchecked = TestCatalogue.Shipped.Without("checks.yaml").Load();

    /// <summary>Returns the first form of a return: that of the samples' year.</summary>
    public static Form Form(string id, PartnershipCatalogue? catalogue = null) => (catalogue ?? Catalogue).Forms.Where(form => form.Return == ReturnId.TryParse(id)!.Value).MinBy(form => form.FirstPeriod)!;

    public static Task<ExaminationResult> FileAsync(
        string id, string period, byte[] content, string fileName, PartnershipCatalogue? catalogue = null, params (string Period, FigureKey Key, decimal Value)[] accepted) =>
        new CheckReturn(catalogue ?? Catalogue).RunAsync(
            (catalogue ?? Catalogue).FindFormOrNewest(new ReturnKey(ReturnId.TryParse(id)!.Value, Period.Parse(period)))!,
            Period.Parse(period),
            content,
            fileName,
            (other, _) => Task.FromResult<IReadOnlyDictionary<FigureKey, Figure>?>(
                accepted.Where(item => item.Period == other.ToString()).ToDictionary(item => item.Key, item => new Figure(item.Value))),
            TestContext.Current.CancellationToken);

    public static Task<ExaminationResult> CsvAsync(string id, string period, string text, PartnershipCatalogue? catalogue = null) =>
        FileAsync(id, period, Encoding.UTF8.GetBytes(text), "return.csv", catalogue);

    public static Task<ExaminationResult> GridAsync(string id, string period, string text, PartnershipCatalogue? catalogue = null) =>
        FileAsync(id, period, Grid.Of(text).Xlsx(), "return.xlsx", catalogue);

    /// <summary>Returns the value or marker of each figure in the form's order, or "?" for a missing figure.</summary>
    public static string Values(ExaminationResult examined, Form form) => string.Join(' ', form.Cells.Select(cell =>
        examined.Observations.SingleOrDefault(observation => observation.Key == cell.Key) is { Figure: var figure }
            ? figure.Value?.ToString(CultureInfo.InvariantCulture) ?? $"[{string.Concat(figure.Markers.ToLetters())}]"
            : "?"));

    /// <summary>Returns the findings as readable lines.</summary>
    public static string Findings(ExaminationResult examined) => string.Join('\n', examined.Findings.Select(finding => $"{finding.Severity} {finding.Code} {finding.Cell}: {finding.Message}"));

    /// <summary>Asserts that there is one finding with this code, and returns it.</summary>
    public static Finding Only(ExaminationResult examined, Severity severity, string code)
    {
        var finding = Assert.Single(examined.Findings);
        Assert.Equal((severity, code), (finding.Severity, finding.Code));
        Assert.Contains(finding.Message[^1], ".?");
        return finding;
    }
}

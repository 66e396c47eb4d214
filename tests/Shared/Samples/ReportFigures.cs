using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Samples;

/// <summary>A figure as the annual report prints it.</summary>
/// <param name="Where">The chart or section that prints it.</param>
/// <param name="Value">The value, or null if none is printed.</param>
internal sealed record PrintedFigure(Period Period, decimal? Value, string Where);

/// <summary>The place of a printed figure in the returns.</summary>
/// <param name="Combine">
/// year: the return is yearly; quarter: the figure is one quarter's; sum: quarters add up; latest: the last quarter
/// counts; same: every quarter has it; ratio: the year's sums of two measures, "a / b", to two places.
/// </param>
/// <param name="Markers">The letters of the markers.</param>
internal sealed record FigurePlace(string Return, string Measure, string Area, string Breakdown, string Combine, string Markers)
{
    public FigureKey Key => new(new MeasureId(Measure), new AreaId(Area), Core.Domain.Breakdown.Parse(Breakdown));
}

/// <summary>The two files of the report's figures, by their reference.</summary>
internal static class ReportFigures
{
    public static readonly IReadOnlyDictionary<string, PrintedFigure> Printed = ReadRows("figures.csv", row => new PrintedFigure(
        Period.Parse(row("period").Replace(' ', '-')), row("value") is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null, row("where")));

    public static readonly IReadOnlyDictionary<string, FigurePlace> Places = ReadRows("figure-places.csv", row => new FigurePlace(
        row("return"), row("measure"), row("area"), row("breakdown"), row("combine"), row("markers")));

    internal static Dictionary<string, T> ReadRows<T>(string name, Func<Func<string, string>, T> read)
    {
        var sheet = Workbooks.Accepted(Workbooks.ReadFile(File.ReadAllBytes(Path.Combine(ExaminedSamples.TestFolder, name)), name));
        var columns = Enumerable.Range(1, sheet.ColumnCount).ToDictionary(column => sheet[1, column].DisplayText, StringComparer.Ordinal);
        return Enumerable.Range(2, sheet.RowCount - 1)
            .ToDictionary(row => sheet[row, columns["ref"]].DisplayText, row => read(name => sheet[row, columns[name]].DisplayText), StringComparer.Ordinal);
    }
}

/// <summary>The place of a printed figure in the report that the pipeline makes.</summary>
/// <param name="Section">The title of the table; for a figure in a sentence, the heading above it.</param>
/// <param name="Row">Empty for a figure in a sentence.</param>
/// <param name="Shown">What is shown instead of the printed figure; null if it is shown as printed.</param>
internal sealed record ReportPlace(string Section, string Row, string Column, string? Shown, string Why);

internal static class ReportPlaces
{
    public static readonly IReadOnlyDictionary<string, ReportPlace> All = ReportFigures.ReadRows(
        "report-places.csv", row => new ReportPlace(row("section"), row("row"), row("column"), row("shown") is { Length: > 0 } shown ? shown : null, row("why")));

    /// <summary>The unit of each printed figure: count, rate, hours or GBP.</summary>
    public static readonly IReadOnlyDictionary<string, string> Units = ReportFigures.ReadRows("figures.csv", row => row("unit"));
}

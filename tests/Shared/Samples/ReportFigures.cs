using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Tests.Read;

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

    private static Dictionary<string, T> ReadRows<T>(string name, Func<Func<string, string>, T> read)
    {
        var sheet = Reading.Accepted(Reading.ReadFile(File.ReadAllBytes(Path.Combine(ExaminedSamples.TestFolder, name)), name));
        var columns = Enumerable.Range(1, sheet.ColumnCount).ToDictionary(column => sheet[1, column].DisplayText, StringComparer.Ordinal);
        return Enumerable.Range(2, sheet.RowCount - 1)
            .ToDictionary(row => sheet[row, columns["ref"]].DisplayText, row => read(name => sheet[row, columns[name]].DisplayText), StringComparer.Ordinal);
    }
}

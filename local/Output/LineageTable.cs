using System.Globalization;
using DasvPipeline.Core.Publish.Releases;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints the sources of a headline: a row for each figure, with its file and cell.</summary>
internal sealed class LineageTable(IAnsiConsole console)
{
    public void Show(HeadlineTrace trace)
    {
        console.WriteLine(ResponseOutput.RemoveControlCharacters($"{trace.Title}, {trace.Period}: {trace.Value ?? "no value"}{Markers(trace.Markers)}"));
        console.WriteLine(trace.Hidden is { } because ? $"It is hidden. {ResponseOutput.RemoveControlCharacters(because)}" : "It is not hidden.");
        if (trace.Figures.Count > 0)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumn("Return").AddColumn(new TableColumn("Version").RightAligned())
                .AddColumn("File").AddColumn("Cell").AddColumn("Figure").AddColumn(new TableColumn("Value").RightAligned()).AddColumn("Note");
            foreach (var figure in trace.Figures)
            {
                table.AddRow([.. Cells(figure).Select(text => new Text(ResponseOutput.RemoveControlCharacters(text)))]);
            }

            console.Write(table);
        }

        foreach (var missing in trace.Missing)
        {
            console.WriteLine($"  missing: {missing}");
        }
    }

    private static IEnumerable<string> Cells(TracedFigure figure) =>
    [
        $"{figure.Return} {figure.Period}",
        figure.Version.ToString(CultureInfo.InvariantCulture),
        figure.Path.Split('/')[^1],
        figure.Sheet is null ? figure.Cell : $"{figure.Sheet}!{figure.Cell}",
        string.Join(' ', new[] { figure.Part == "sum" ? string.Empty : $"{figure.Part}:", figure.Measure, figure.Area == "all" ? string.Empty : figure.Area }
            .Concat(figure.Breakdowns.Select(breakdown => $"{breakdown.Key}={breakdown.Value}")).Where(part => part.Length > 0)),
        (figure.Value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "-") + Markers(figure.Markers),
        figure.Note ?? string.Empty,
    ];

    private static string Markers(IReadOnlyList<string> markers) => string.Concat(markers.Select(marker => $" [{marker}]"));
}

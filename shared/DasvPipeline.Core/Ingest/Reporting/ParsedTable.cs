using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.Core.Ingest.Reporting;

/// <summary>The figures of an accepted file as they were read, in the layout of the form.</summary>
/// <param name="Columns">The headings of the columns. Empty for a list, whose only column has no heading.</param>
public sealed record ParsedTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<ParsedRow> Rows)
{
    public static IReadOnlyList<ParsedTable> Create(Form form, SubmissionReport report)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(report);
        var figures = report.Observations.ToDictionary(observation =>
            new FigureKey(new MeasureId(observation.Measure), new AreaId(observation.Area), Breakdown.Create(observation.Breakdowns)));
        return [.. form.Tables.Select(table => new ParsedTable(
            table.Title,
            table.IsList ? [] : [.. Shown(table.Columns).Select(index => table.Columns[index].Label)],
            [.. Shown(table.Rows).Select(row => new ParsedRow(
                table.Rows[row].Label,
                [.. Shown(table.Columns).Select(column => table[row, column] is { } cell ? Text(cell, figures.GetValueOrDefault(cell.Key)) : string.Empty)]))]))];
    }

    /// <summary>Returns the indexes of all members except totals, which are not stored.</summary>
    private static IEnumerable<int> Shown(IReadOnlyList<Member> axis) => Enumerable.Range(0, axis.Count).Where(index => !axis[index].IsTotal);

    private static string Text(FormCell cell, ReportedObservation? observation)
    {
        if (observation is null)
        {
            return "not given";
        }

        var text = new StringBuilder(observation.Value is { } value ? Wording.Format(value, cell.Measure.Quantity) : string.Empty);
        foreach (var marker in observation.Markers)
        {
            text.Append(text.Length == 0 ? string.Empty : " ").Append('[').Append(marker).Append(']');
        }

        return observation.Note is { } note && note != text.ToString() ? $"{text} (“{note}”)" : text.ToString();
    }
}

/// <summary>A row of figures.</summary>
/// <param name="Figures">The figures as text, with their markers and notes: "37 [e] (“37 approx”)".</param>
public sealed record ParsedRow(string Label, IReadOnlyList<string> Figures);

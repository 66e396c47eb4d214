using CsvHelper;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>One figure with everything that identifies it.</summary>
/// <param name="Dimension">The dimension that the headline is split by; <see cref="Total"/> if it is not split.</param>
/// <param name="End">The last day that the figure covers.</param>
internal sealed record CsvRow(
    string Headline, string Title, string Dimension, string Code, string Label, Period Period, DateOnly End, decimal? Value, string Unit, IReadOnlyList<string> Markers, string Notes)
{
    public const string Total = "total";

    /// <summary>
    /// Lists each headline's year, quarters and breakdowns. If the series is the year itself, the year is listed once.
    /// </summary>
    public static IEnumerable<CsvRow> CreateAll(HeadlinesDocument document)
    {
        var year = Period.Parse(document.Period.Id);
        foreach (var headline in document.Headlines)
        {
            yield return Row(Total, Total, "Total", year, headline.Value, headline.Markers);
            foreach (var point in headline.Series.Where(point => point.Period != document.Period.Id))
            {
                yield return Row(Total, Total, "Total", Period.Parse(point.Period), point.Value, point.Markers);
            }

            foreach (var breakdown in headline.Breakdowns)
            {
                foreach (var item in breakdown.Items)
                {
                    yield return Row(breakdown.Dimension, item.Code, item.Label, year, item.Value, item.Markers);
                }
            }

            CsvRow Row(string dimension, string code, string label, Period period, decimal? value, IReadOnlyList<string> markers) => new(
                headline.Id, headline.Title, dimension, code, label, period, period == year && headline.Covers is { } covers ? covers.To : period.End, value, headline.Unit, BreakElement.AddMarker(headline.Break, period, value, markers), string.Join(' ', headline.Notes));
        }
    }
}

/// <summary>
/// Writes <c>headlines.csv</c>: a row for every figure. RFC 4180 in UTF-8, without a byte order mark, which would become
/// part of the first column's name. No text in it can start a formula.
/// </summary>
internal static class HeadlinesCsv
{
    public const string Name = "headlines.csv";

    public static FormatFile Create(HeadlinesDocument document)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteHeader([.. CsvMetadata.Columns.Select(column => column.Name)]);
            foreach (var row in CsvRow.CreateAll(document))
            {
                csv.WriteField(row.Headline);
                csv.WriteField(row.Title);
                csv.WriteField(row.Dimension);
                csv.WriteField(row.Code);
                csv.WriteField(row.Label);
                csv.WriteField(row.Period.ToString());
                csv.WriteField(row.Period.Start);
                csv.WriteField(row.End);
                csv.WriteField(row.Value);
                csv.WriteField(row.Unit);
                csv.WriteField(string.Join(CsvMetadata.MarkerSeparator, row.Markers));
                csv.WriteField(row.Notes);
                csv.EndRecord();
            }
        }

        return new FormatFile(Name, stream.ToArray(), "text/csv; charset=utf-8; header=present");
    }
}

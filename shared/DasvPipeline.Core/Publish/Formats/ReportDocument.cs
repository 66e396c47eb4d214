using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Publish.Formats;

// The content of the annual report. annual-report.json holds it, and the document and the workbook are made from it.

/// <summary>The file <c>annual-report.json</c>.</summary>
/// <param name="Stage">One of <see cref="YearStage"/>.</param>
/// <param name="Reason">The manager's reason for signing the year off or for re-opening it; null without one.</param>
/// <param name="KeyHeadlines">The sentences of the headlines, in the order of the report, as ready text.</param>
internal sealed record ReportDocument(
    [property: JsonPropertyName("$schema")] string Schema, string Publisher, string Licence, PeriodElement Period, string Stage, string? Reason, IReadOnlyList<string> KeyHeadlines, ReportElement Report);

/// <summary>The annual report of a year.</summary>
/// <param name="Logo">What the place for the logo says; null for no such place. The same goes for <paramref name="Foreword"/>, the heading of the foreword.</param>
/// <param name="Notes">What readers need to know about all figures.</param>
internal sealed record ReportElement(
    string Title,
    string? Logo,
    string? Foreword,
    string? ForewordHint,
    IReadOnlyList<ReportSectionElement> Sections,
    IReadOnlyList<ReportTableElement> Tables,
    IReadOnlyList<ReportNoteElement> Notes);

/// <summary>A section of the report.</summary>
/// <param name="Hint">What the author adds; null if nothing is needed.</param>
/// <param name="Headlines">The ids of the headlines whose sentences it prints.</param>
/// <param name="Tables">The ids of its tables.</param>
internal sealed record ReportSectionElement(
    string? Number, string Title, int Level, string? Hint, IReadOnlyList<string> Headlines, IReadOnlyList<string> Sentences, IReadOnlyList<string> Tables);

internal sealed record ReportNoteElement(string Title, IReadOnlyList<string> Text);

/// <summary>A table of the report.</summary>
/// <param name="Chart">column, stacked, bar or line; null for a table without a chart.</param>
/// <param name="Sources">The names of the agencies that report the figures.</param>
internal sealed record ReportTableElement(
    string Id,
    string Title,
    string? Chart,
    IReadOnlyList<ReportLineElement> Rows,
    IReadOnlyList<ReportLineElement> Columns,
    IReadOnlyList<ReportCellElement> Cells,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Sources);

/// <param name="Kind">quarter, year or total; null for any other row or column.</param>
internal sealed record ReportLineElement(string Id, string Label, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null);

/// <param name="Value">76 for 76%. Null if there is no published number.</param>
/// <param name="Text">The number as printed, with its markers.</param>
internal sealed record ReportCellElement(string Row, string Column, decimal? Value, string Text, string Unit, IReadOnlyList<string> Markers);

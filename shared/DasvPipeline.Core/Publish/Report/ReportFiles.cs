using System.Text.Json;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Report.Spreadsheet;
using DasvPipeline.Core.Publish.Report.Word;

namespace DasvPipeline.Core.Publish.Report;

/// <summary>
/// Creates the files of a year's annual report. All are made from the published document of the year, so that none can show what it hides,
/// and none has a time or a random id, so that the same figures give the same bytes.
/// </summary>
internal static class ReportFiles
{
    public const string Json = "annual-report.json";
    public const string Document = "annual-report.docx";
    public const string Workbook = "annual-report.xlsx";
    public const string DocumentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The files in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, string MediaType)> Formats { get; } =
    [
        (Document, DocumentType),
        (Workbook, WorkbookType),
        (Json, "application/json"),
    ];

    /// <param name="year">The year's document, with its report.</param>
    /// <param name="stage">One of <see cref="YearStage"/>.</param>
    /// <param name="reason">The manager's reason for signing the year off or for re-opening it; null without one.</param>
    /// <param name="schema">The link to the schema.</param>
    public static IReadOnlyList<FormatFile> CreateAll(HeadlinesDocument year, string stage, string? reason, string schema)
    {
        var content = CreateContent(year, stage, reason, schema);
        return
        [
            new FormatFile(Json, JsonSerializer.SerializeToUtf8Bytes(content, FeedJson.Indented.ReportDocument), FormatFile.JsonType),
            new FormatFile(Document, ReportWordDocument.Write(content, year), DocumentType),
            new FormatFile(Workbook, ReportWorkbook.Write(content, year), WorkbookType),
        ];
    }

    public static ReportDocument CreateContent(HeadlinesDocument year, string stage, string? reason, string schema)
    {
        var sentences = year.Headlines.ToDictionary(headline => headline.Id, headline => headline.Sentence, StringComparer.Ordinal);
        var first = year.Report!.Sections.FirstOrDefault(section => section.Headlines.Count > 0);
        return new ReportDocument(schema, year.Publisher, year.Licence, year.Period, stage, reason, [.. first?.Headlines.Select(id => sentences[id]) ?? []], year.Report);
    }

    /// <summary>Reads the content of a report from its JSON file.</summary>
    public static ReportElement Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, FeedJson.Indented.ReportDocument)!.Report;
}

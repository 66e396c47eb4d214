using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.UnitTests.Publish.Report;

/// <summary>Opens a report and reads what a person sees: headings, sentences, tables and charts.</summary>
internal sealed class OpenReport : IDisposable
{
    public OpenReport(byte[] content)
    {
        File = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
        Tables = Body.Elements<Table>().ToDictionary(table => table.Descendants<TableCaption>().Single().Val!.Value!, table => new OpenReportTable(table), StringComparer.Ordinal);
    }

    public WordprocessingDocument File { get; }

    public MainDocumentPart Main => File.MainDocumentPart!;

    public Body Body => Main.Document!.Body!;

    /// <summary>The tables by their titles.</summary>
    public IReadOnlyDictionary<string, OpenReportTable> Tables { get; }

    public IEnumerable<(string Style, string Text)> Paragraphs => Body.Elements<Paragraph>().Select(paragraph => (StyleOf(paragraph), paragraph.InnerText));

    /// <summary>Returns the sentences under a heading.</summary>
    public IReadOnlyList<string> GetSentences(string heading) =>
        [.. Paragraphs.SkipWhile(item => !(item.Style.StartsWith("Heading", StringComparison.Ordinal) && item.Text == heading)).Skip(1).TakeWhile(item => item.Style == "ListBullet").Select(item => item.Text)];

    public static string StyleOf(Paragraph paragraph) => paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value ?? string.Empty;

    public void Dispose() => File.Dispose();
}

internal sealed class OpenReportTable(Table table)
{
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; } = [.. table.Elements<TableRow>().Select(row => (IReadOnlyList<string>)[.. row.Elements<TableCell>().Select(cell => cell.InnerText.Replace('\u2011', '-'))])];

    public string GetText(string row, string column) => Rows.Skip(1).Single(cells => cells[0] == row)[Rows[0].ToList().IndexOf(column)];
}

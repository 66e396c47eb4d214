using System.Globalization;
using DasvPipeline.Core.Publish.Formats;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>Creates the content of the document, from the first page to the notes.</summary>
internal sealed class ReportBody(ReportDocument content, HeadlinesDocument year, MainDocumentPart main)
{
    private readonly Dictionary<string, HeadlineElement> _headlines = year.Headlines.ToDictionary(headline => headline.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, ReportTableElement> _tables = content.Report.Tables.ToDictionary(table => table.Id, StringComparer.Ordinal);
    private readonly List<(int Level, string Text, int Bookmark)> _headings = [];
    private int _tableNumber;
    private int _chartNumber;

    public IEnumerable<OpenXmlElement> CreateAll()
    {
        var sections = CreateForeword().Concat(content.Report.Sections.SelectMany(CreateSection)).Concat(CreateNotes()).ToList();
        sections.OfType<Paragraph>().First().ParagraphProperties!.Append(new PageBreakBefore());
        return [.. CreateCover(), ContentsTable.Create(_headings), .. sections];
    }

    private IEnumerable<OpenXmlElement> CreateCover()
    {
        if (content.Report.Logo is { } logo)
        {
            yield return Paragraphs.Create("AuthorPlace", logo);
        }

        yield return Paragraphs.Create("Title", ReportText.CreateTitle(content));
        yield return Paragraphs.Create("Subtitle", content.Period.Label);
        yield return Paragraphs.Create("Subtitle", content.Publisher);
        yield return Paragraphs.Create("Status", ReportText.DescribeStage(content.Stage) + ".");
        if (content.Reason is { } reason)
        {
            yield return Paragraphs.Create("Normal", reason);
        }

        if (ReportText.DescribeMissing(year) is { } missing)
        {
            yield return Paragraphs.Create("Normal", missing);
        }

        yield return Paragraphs.Create("Normal", "The figures, tables and charts are made from the returns of the agencies. The author adds the text where a line is marked “Add here”.");
        yield return Paragraphs.CreatePageBreak();
    }

    private IEnumerable<OpenXmlElement> CreateForeword()
    {
        if (content.Report.Foreword is { } foreword)
        {
            yield return CreateHeading(1, foreword);
            yield return CreatePlace(content.Report.ForewordHint ?? foreword);
        }
    }

    private IEnumerable<OpenXmlElement> CreateSection(ReportSectionElement section)
    {
        yield return CreateHeading(section.Level, section.Number is null ? section.Title : $"{section.Number} {section.Title}");
        foreach (var headline in section.Headlines.Select(id => _headlines[id]))
        {
            yield return Paragraphs.Create("ListBullet", headline.Sentence);
        }

        foreach (var sentence in section.Sentences)
        {
            yield return Paragraphs.Create("ListBullet", sentence);
        }

        if (section.Hint is { } hint)
        {
            yield return CreatePlace(hint);
        }

        foreach (var element in section.Tables.SelectMany(id => CreateTable(_tables[id])))
        {
            yield return element;
        }
    }

    private IEnumerable<OpenXmlElement> CreateTable(ReportTableElement table)
    {
        yield return Paragraphs.CreateCaption("Table", ++_tableNumber, $"{table.Title}, {content.Period.Id}");
        yield return ReportTableWriter.Create(table, content.Period.Id);
        yield return Paragraphs.Create("Note", string.Join(' ', table.Notes.Append(ReportText.DescribeSources(table))));
        if (ChartData.Create(table, content.Period.Id) is { } data)
        {
            yield return Paragraphs.CreateCaption("Chart", ++_chartNumber, $"{table.Title}, {content.Period.Id}");
            yield return ChartWriter.Add(main, data, _chartNumber);
        }
    }

    private IEnumerable<OpenXmlElement> CreateNotes()
    {
        yield return CreateHeading(1, ReportText.NotesTitle);
        yield return CreateHeading(2, "Symbols");
        foreach (var (symbol, meaning) in ReportText.Symbols)
        {
            yield return Paragraphs.Create("ListBullet", $"{symbol} {meaning}");
        }

        foreach (var note in content.Report.Notes)
        {
            yield return CreateHeading(2, note.Title);
            foreach (var text in note.Text)
            {
                yield return Paragraphs.Create("Normal", text);
            }
        }

        yield return CreateHeading(2, "Notes on the headlines");
        foreach (var (headline, notes) in content.Report.Sections.SelectMany(section => section.Headlines).Distinct().Select(id => _headlines[id]).Where(headline => headline.Notes.Count > 0).Select(headline => (headline, headline.Notes)))
        {
            yield return Paragraphs.Create("ListBullet", $"{headline.Title}: {string.Join(' ', notes)}");
        }

        yield return CreateHeading(2, "Licence");
        yield return Paragraphs.Create("Normal", string.Create(CultureInfo.InvariantCulture, $"{content.Publisher}. Licence: {content.Licence}."));
    }

    private Paragraph CreateHeading(int level, string text)
    {
        _headings.Add((level, text, _headings.Count + 1));
        return Paragraphs.CreateHeading(level, text, _headings.Count);
    }

    private static Paragraph CreatePlace(string hint) => Paragraphs.Create("AuthorPlace", $"Add here: {hint}");
}

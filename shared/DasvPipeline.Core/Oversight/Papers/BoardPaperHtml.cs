using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Oversight.Papers;

/// <summary>Writes the board paper as one HTML file with its styles, which prints on two pages of A4. Long lists are cut, and say by how much.</summary>
public static class BoardPaperHtml
{
    // What fits on two pages.
    private const int MaxHeadlines = 20;
    private const int MaxChanges = 5;
    private const int MaxLate = 7;
    private const int MaxDisagreements = 7;
    private const int MaxText = 150;

    private const string Warning = "For the manager and the board only. It has figures that are not public. Do not publish or forward it.";

    private const string Styles = """
        @page { size: A4; margin: 11mm 14mm; }
        body { font: 9pt/1.22 Arial, sans-serif; color: #0b0c0c; margin: 0 auto; max-width: 182mm; }
        h1 { font-size: 17pt; margin: 0 0 1mm; } h2 { font-size: 12pt; margin: 4mm 0 1.5mm; }
        p { margin: 0 0 1.5mm; } ul { margin: 0; padding-left: 5mm; } li { margin-bottom: 1mm; }
        .warning { border: 0.6mm solid #801650; padding: 1.5mm 2.5mm; font-weight: bold; margin: 2mm 0 3mm; }
        table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: bold; padding-bottom: 1mm; }
        th, td { border-bottom: 0.2mm solid #bfbfbf; padding: 0.8mm 1.5mm; text-align: left; vertical-align: top; }
        thead th { border-bottom: 0.5mm solid #12436d; background: #e8edf2; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        .number { text-align: right; white-space: nowrap; } tbody th { font-weight: normal; }
        .second { break-before: page; } tr, li { break-inside: avoid; }
        """;

    public static byte[] Write(BoardPaper paper)
    {
        var html = new XElement(
            "html",
            new XAttribute("lang", "en-GB"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", $"Board paper {paper.Year}: {paper.Publisher}"),
                new XElement("style", Styles)),
            new XElement(
                "body",
                new XElement(
                    "main",
                    CreateFirstPage(paper),
                    new XElement("div", new XAttribute("class", "second"), CreateSecondPage(paper)))));
        return Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting));
    }

    private static IEnumerable<XElement> CreateFirstPage(BoardPaper paper)
    {
        yield return new XElement("h1", $"Board paper {paper.Year}");
        yield return new XElement("p", $"{paper.Publisher}. {paper.Stage} On {Format(paper.Day)}.");
        yield return CreateWarning();
        yield return new XElement("h2", "Headlines");
        yield return CreateTable(
            "Headline figures, with the year before",
            [("Headline", false), (paper.Year, true), ("Year before", true), ("Change", false)],
            paper.Headlines.Take(MaxHeadlines).Select(headline => new[] { headline.Title, headline.IsHidden ? $"{headline.Now} (not public)" : headline.Now, headline.Before, headline.Change }));
        if (CreateRest(paper.Headlines.Count - MaxHeadlines, "headline") is { } rest)
        {
            yield return rest;
        }
    }

    private static IEnumerable<XElement> CreateSecondPage(BoardPaper paper)
    {
        yield return CreateWarning();
        yield return new XElement("h2", "What the next release would change");
        yield return paper.Changes.Count == 0 ? new XElement("p", "Nothing that is published would change.") : CreateTable(
            "Published figures that would change",
            [("Headline", false), ("Period", false), ("From", true), ("To", true), ("Why", false)],
            paper.Changes.Take(MaxChanges).Select(change => new[] { change.Headline, change.Period, change.From, change.To, Shorten(change.Reason) }));
        yield return CreateRest(paper.Changes.Count - MaxChanges, "change") ?? new XElement("p");
        yield return new XElement("h2", "Who is late");
        yield return paper.Late.Count == 0 ? new XElement("p", "No return is overdue.") : CreateTable(
            "Overdue returns, the longest first",
            [("Agency", false), ("Return", false), ("Period", false), ("Due", false), ("Days over", true)],
            paper.Late.Take(MaxLate).Select(item => new[] { item.Agency, item.Title, item.Period, Format(item.Due), item.DaysOver.ToString(CultureInfo.InvariantCulture) }));
        yield return CreateRest(paper.Late.Count - MaxLate, "overdue return") ?? new XElement("p");
        yield return new XElement("h2", "Figures that disagree");
        yield return paper.Disagreements.Count == 0 ? new XElement("p", "No figures disagree.") : new XElement(
            "ul",
            paper.Disagreements.Take(MaxDisagreements).Select(item => new XElement("li", $"{Shorten(item.Sentence)} {(item.Explanation is { } explanation ? $"Explained: {Shorten(explanation)}" : "Not explained yet.")}")));
        yield return CreateRest(paper.Disagreements.Count - MaxDisagreements, "disagreement") ?? new XElement("p");
    }

    private static XElement CreateWarning() => new("p", new XAttribute("class", "warning"), Warning);

    private static XElement? CreateRest(int count, string what) => count <= 0 ? null : new XElement("p", $"And {Plural.Format(count, $"more {what}")}. The manager's pages list all of them.");

    private static XElement CreateTable(string caption, (string Text, bool IsNumber)[] headings, IEnumerable<string[]> rows) => new(
        "table",
        new XElement("caption", caption),
        new XElement("thead", new XElement("tr", headings.Select(heading => CreateCell("th", heading.Text, heading.IsNumber, "col")))),
        new XElement("tbody", rows.Select(row => new XElement("tr", row.Select((text, i) => CreateCell(i == 0 ? "th" : "td", text, headings[i].IsNumber, i == 0 ? "row" : null))))));

    private static XElement CreateCell(string name, string text, bool isNumber, string? scope) => new(
        name, scope is null ? null : new XAttribute("scope", scope), isNumber ? new XAttribute("class", "number") : null, text);

    private static string Shorten(string text) => text.Length <= MaxText ? text : text[..(MaxText - 1)].TrimEnd() + "…";

    private static string Format(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.IO.Compression;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Book = DasvPipeline.Core.Ingest.Reading.Workbook;

namespace DasvPipeline.Tests.Ingest.Annotation;

/// <summary>A marked copy, opened with Microsoft's Open XML SDK.</summary>
internal sealed class MarkedBook : IDisposable
{
    private readonly SpreadsheetDocument document;
    private readonly Stylesheet styles;

    private MarkedBook(MarkedCopy copy)
    {
        Content = copy.Content.ToArray();
        document = SpreadsheetDocument.Open(new MemoryStream(Content), isEditable: false);
        styles = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
    }

    public byte[] Content { get; }

    public IEnumerable<string> SheetNames => Sheets.Select(sheet => sheet.Name!.Value!);

    public IEnumerable<string> VisibleSheets => Sheets.Where(sheet => sheet.State is null).Select(sheet => sheet.Name!.Value!);

    /// <summary>The names and the content of the parts.</summary>
    public IReadOnlyDictionary<string, string> Parts
    {
        get
        {
            using var zip = new ZipArchive(new MemoryStream(Content));
            Assert.All(zip.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
            return zip.Entries.ToDictionary(entry => entry.FullName, entry => new StreamReader(entry.Open()).ReadToEnd(), StringComparer.Ordinal);
        }
    }

    private IEnumerable<DocumentFormat.OpenXml.Spreadsheet.Sheet> Sheets => document.WorkbookPart!.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>();

    public static MarkedBook Of(byte[] content, string fileName, params IReadOnlyList<Finding> findings)
    {
        var before = content.ToArray();
        var copy = MarkedCopy.Create(content, Workbooks.ReadFile(content, fileName), findings);
        Assert.Equal((MarkedCopy.WorkbookName, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (copy!.FileName, copy.ContentType));
        Assert.Equal(before, content);
        Assert.True(copy.Content.Span.SequenceEqual(MarkedCopy.Create(content, Workbooks.ReadFile(content, fileName), findings)!.Content.Span), "The same file gave different bytes.");
        var book = new MarkedBook(copy);
        var errors = new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(book.document, TestContext.Current.CancellationToken);
        Assert.Empty(errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
        return book;
    }

    /// <summary>Reads the copy with our own reader.</summary>
    public Book Read() => Workbooks.ReadFile(Content, "marked.xlsx");

    /// <summary>Returns the colour, the border and the comment of a cell.</summary>
    public (string? Colour, string? Frame, string? Comment) Mark(string sheet, string address)
    {
        var part = Part(sheet);
        var format = Format(part, address);
        var fill = styles.Fills!.Elements<Fill>().ElementAt((int)(format?.FillId?.Value ?? 0)).PatternFill;
        var frame = styles.Borders!.Elements<Border>().ElementAt((int)(format?.BorderId?.Value ?? 0)).LeftBorder?.Style;
        var comment = part.WorksheetCommentsPart?.Comments!.CommentList!.Elements<Comment>().SingleOrDefault(comment => comment.Reference == address);
        return (fill?.ForegroundColor?.Rgb?.Value, frame?.InnerText, comment?.InnerText);
    }

    public CellFormat? Format(string sheet, string address) => Format(Part(sheet), address);

    /// <summary>Returns whether the text of a cell is bold, and its colour.</summary>
    public (bool IsBold, string? Colour) Letters(string sheet, string address)
    {
        var font = styles.Fonts!.Elements<Font>().ElementAt((int)Format(sheet, address)!.FontId!.Value);
        return (font.Bold is not null, font.Color?.Rgb?.Value);
    }

    /// <summary>Returns the targets of the links on the findings sheet.</summary>
    public IReadOnlyList<string> Links()
    {
        var links = Part(SheetNames.First()).Worksheet!.Descendants<Hyperlink>().ToList();
        Assert.All(links, link => Assert.Null(link.Id));
        return [.. links.Select(link => link.Location!.Value!)];
    }

    /// <summary>Returns the rows of the findings sheet below its header.</summary>
    public string[][] Listed() => Workbooks.Shown(Read().Sheets[0])[3..];

    public WorksheetPart Part(string sheet) =>
        (WorksheetPart)document.WorkbookPart!.GetPartById(Sheets.Single(item => item.Name == sheet).Id!);

    /// <summary>Asserts that each cell with a finding has the style of its severity and a comment, and that each finding is listed and linked.</summary>
    public void AssertMarked(IReadOnlyList<Finding> findings)
    {
        foreach (var cell in findings.SelectMany(finding => finding.OtherCells.Prepend(finding.Cell ?? default)).Where(cell => cell.Sheet is not null).Distinct())
        {
            var here = findings.Where(finding => finding.Cell == cell || finding.OtherCells.Contains(cell)).ToList();
            var (colour, frame, comment) = Mark(cell.Sheet!, cell.Address);
            Assert.Equal(Look(here.Max(finding => finding.Severity)), (colour, frame));
            Assert.All(here, finding => Assert.Contains($"{finding.Severity}: {finding.Message}", comment, StringComparison.Ordinal));
        }

        Assert.Equal(findings.Count, Listed().Length);
        Assert.Equal(findings.Count(finding => finding.Cell is not null), Links().Count);
    }

    public static List<string> Comments(byte[] content)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(content), isEditable: false);
        return [.. document.WorkbookPart!.WorksheetParts.SelectMany(part => part.WorksheetCommentsPart?.Comments!.Descendants<Comment>() ?? []).Select(comment => $"{comment.Reference} {comment.InnerText}").Order(StringComparer.Ordinal)];
    }

    public void Dispose() => document.Dispose();

    public static (string Colour, string Frame) Look(Severity severity) => severity switch
    {
        Severity.Error => ("FFF9C6C1", "thick"),
        Severity.Query => ("FFFFE699", "mediumDashed"),
        _ => ("FFD2E4F5", "dotted"),
    };

    private CellFormat? Format(WorksheetPart part, string address) =>
        part.Worksheet!.Descendants<Cell>().SingleOrDefault(cell => cell.CellReference == address)?.StyleIndex is { } style
            ? styles.CellFormats!.Elements<CellFormat>().ElementAt(int.Parse(style.InnerText!, CultureInfo.InvariantCulture))
            : null;
}

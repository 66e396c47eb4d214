using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Receive.FormStyles;

namespace DasvPipeline.Core.Receive;

/// <summary>What was accepted for the period before, to be shown beside each cell.</summary>
public sealed record PreviousFigures(Period Period, IReadOnlyDictionary<FigureKey, Figure> Figures);

/// <summary>
/// Writes the blank form of a return for a period: a sheet that says what it is and how to fill it in, a sheet for each
/// table, and the suggestions for notes. Laid out as the Government Analysis Function advises for accessible spreadsheets
/// (docs/accessible-forms.md).
/// </summary>
public static class FormWorkbook
{
    private const int LongestSheetName = 31;
    private const string ExplanationsSheet = "Explanations";
    private const string Language = "en-GB";

    /// <param name="previous">Null shows no column of earlier figures.</param>
    public static byte[] Write(PartnershipCatalogue catalogue, Form form, Period period, PreviousFigures? previous = null)
    {
        var explanations = Explanations(catalogue.Help);
        var taken = new HashSet<string>([FormIdentity.SheetName, ExplanationsSheet], StringComparer.OrdinalIgnoreCase);
        var tables = form.Tables.Select(table => FormTableSheet.Of(
            catalogue, table, SheetName(table.Title, taken), period, previous, explanations is { } list ? ListOf(list) : null)).ToList();
        List<FormSheet> sheets = explanations is null ? tables : [.. tables, explanations];

        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            document.PackageProperties.Title = $"{form.Title}, {period.Label}";
            document.PackageProperties.Creator = catalogue.Publisher.Name;
            document.PackageProperties.Language = Language;
            var book = document.AddWorkbookPart();
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Make();
            FormAboutSheet.Of(catalogue, form, period, previous?.Period, sheets).AddTo(book);
            sheets.ForEach(sheet => sheet.AddTo(book));
        }

        return stream.ToArray();
    }

    /// <summary>The suggestions for the notes; null where the catalogue has none.</summary>
    private static FormSheet? Explanations(FormHelp help)
    {
        const int FirstRow = 3;
        const string Heading = "Explanation";
        return help.Explanations.IsEmpty ? null : new FormSheet(
            ExplanationsSheet,
            [
                FormSheet.Line(1, FormSheet.Text(ExplanationsSheet, Style.Title)),
                FormSheet.Line(2, FormSheet.Text("This sheet contains one table: what is suggested for the notes. Anything else may be written there.", Style.Plain)),
                FormSheet.Line(FirstRow, FormSheet.Text(Heading, Style.ColumnHeading)),
                .. help.Explanations.Select((text, i) => FormSheet.Line(FirstRow + 1 + i, FormSheet.Text(text, Style.Label))),
            ],
            [60])
        {
            Grid = new FormGrid("explanations", FirstRow, FirstRow + help.Explanations.Length, [Heading]),
        };
    }

    private static string ListOf(FormSheet explanations) =>
        string.Create(CultureInfo.InvariantCulture, $"{FormSheet.Quoted(explanations.Name)}!$A${explanations.Grid!.FirstRow + 1}:$A${explanations.Grid.LastRow}");

    /// <summary>A name that a workbook can have: 31 characters, none of <c>: \ / ? * [ ]</c>, none twice.</summary>
    private static string SheetName(string title, HashSet<string> taken)
    {
        var clean = string.Join(' ', title.Split([':', '\\', '/', '?', '*', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var name = clean[..Math.Min(clean.Length, LongestSheetName)].Trim();
        for (var i = 2; !taken.Add(name); i++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $" {i}");
            name = clean[..Math.Min(clean.Length, LongestSheetName - ending.Length)].Trim() + ending;
        }

        return name;
    }
}

using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>The accepted figures of an earlier period, which the form shows next to each cell.</summary>
public sealed record PreviousFigures(Period Period, IReadOnlyDictionary<FigureKey, Figure> Figures)
{
    /// <summary>Leaves out the figures of measures whose definition has changed since that period.</summary>
    public static PreviousFigures Create(Form form, Period period, Period previous, IReadOnlyDictionary<FigureKey, Figure> figures)
    {
        var changed = form.Cells.Where(cell => !cell.Measure.IsComparable(previous, period)).Select(cell => cell.Measure.Id).ToHashSet();
        return new PreviousFigures(previous, changed.Count == 0 ? figures : figures.Where(figure => !changed.Contains(figure.Key.Measure)).ToDictionary());
    }
}

/// <summary>
/// Writes the blank form of a return for a period: a sheet with instructions, the tables, and a sheet with suggestions for
/// notes. A few tables of the same shape are on one sheet, and others on a sheet each. The layout follows the Government Analysis Function's guidance on accessible spreadsheets
/// (docs/accessible-forms.md).
/// </summary>
public static class FormWorkbook
{
    internal const string ExplanationsSheet = "Explanations";

    /// <summary>The type of the main part of an .xlsx file.</summary>
    internal const string MainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

    /// <summary>Writes the form as an .xlsx file.</summary>
    /// <param name="previous">The figures of the previous period, or null to leave out their columns.</param>
    /// <param name="lastYear">The figures of the same quarter of the previous year, or null to leave out their columns.</param>
    public static byte[] Write(PartnershipCatalogue catalogue, Form form, Period period, PreviousFigures? previous = null, PreviousFigures? lastYear = null)
    {
        var explanations = Explanations(catalogue.Help);
        List<PreviousFigures> earlier = [.. new[] { previous, lastYear }.OfType<PreviousFigures>().DistinctBy(figures => figures.Period)];
        var figures = FormFigureSheets.Create(catalogue, form, period, earlier, explanations is { } list ? ListOf(list) : null);
        List<FormSheet> sheets = explanations is null ? [.. figures] : [.. figures, explanations];

        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            CoreProperties.Write(document.AddNewPart<CoreFilePropertiesPart>(CoreProperties.ContentType, "rId2"), $"{form.Title}, {period.Label}", catalogue.Publisher.Name);
            var book = document.AddNewPart<WorkbookPart>(MainType, "rId1");

            // Programs calculate the formulas when they open the form.
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), new Sheets(), new CalculationProperties { FullCalculationOnLoad = true });
            book.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = CreateStylesheet();
            FormAboutSheet.Create(catalogue, form, period, earlier, figures, sheets).AddTo(book);
            sheets.ForEach(sheet => sheet.AddTo(book));
        }

        return stream.ToArray();
    }

    /// <summary>Creates the sheet of suggestions for the notes, or returns null if the catalogue has none.</summary>
    private static FormSheet? Explanations(FormHelp help)
    {
        const int FirstRow = 3;
        const string Heading = "Explanation";
        return help.Explanations.IsEmpty ? null : new FormSheet(
            ExplanationsSheet,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell(ExplanationsSheet, FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell("This sheet contains one table. It lists suggestions for the notes. You can also write your own.", FormStyle.Plain)),
                FormSheet.CreateRow(FirstRow, FormSheet.CreateTextCell(Heading, FormStyle.ColumnHeading)),
                .. help.Explanations.Select((text, i) => FormSheet.CreateRow(FirstRow + 1 + i, FormSheet.CreateTextCell(text, FormStyle.Label))),
            ],
            [60])
        {
            Grids = [new FormGrid("explanations", FirstRow, FirstRow + help.Explanations.Length, [Heading])],
        };
    }

    private static string ListOf(FormSheet explanations) =>
        string.Create(CultureInfo.InvariantCulture, $"{FormSheet.QuoteName(explanations.Name)}!$A${explanations.Grids[0].FirstRow + 1}:$A${explanations.Grids[0].LastRow}");
}

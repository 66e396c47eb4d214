using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Layout;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// The form of a return, filled in with figures that were entered on the page. The reader of files says where each figure belongs, so
/// that the layout of the form is known in one place.
/// </summary>
/// <param name="Content">The form as an .xlsx file.</param>
/// <param name="Places">The figure of each cell. The cell of a note leads to the first figure of its row, and that of a total to its first part.</param>
internal sealed record EntryWorkbook(byte[] Content, IReadOnlyDictionary<CellRef, FigureKey> Places)
{
    public const string FileName = "entered-figures.xlsx";

    public static EntryWorkbook Create(PartnershipCatalogue catalogue, Form form, Period period, PreviousFigures? previous, EntryTexts texts)
    {
        var blank = FormWorkbook.Write(catalogue, form, period, previous);
        var contents = FigureFinder.FindFigures(form, period, catalogue.Dimensions, WorkbookReader.Read(blank, FileName, ReadLimits.Default));
        var found = contents.Figures.ToDictionary(figure => figure.FormCell.Key);
        var cells = new Dictionary<CellRef, EnteredCell>();
        var places = new Dictionary<CellRef, FigureKey>();
        foreach (var formCell in form.GetRequestedCells(period))
        {
            // A figure without a place would be lost in silence.
            var figure = found.TryGetValue(formCell.Key, out var place) ? place : throw new InvalidOperationException($"The form of {form.Return} has no cell for {formCell.Key}.");
            places[figure.Address] = formCell.Key;
            if (texts.Figures.TryGetValue(formCell.Key.ToString(), out var text))
            {
                cells[figure.Address] = new EnteredCell(text, ParseNumber(text, formCell.Measure.Quantity));
            }

            if (figure.NoteAddress is { } noteAddress && EntrySheet.IsFirstOfRow(formCell))
            {
                places[noteAddress] = formCell.Key;
                if (texts.Notes.TryGetValue(formCell.Key.ToString(), out var note))
                {
                    cells[noteAddress] = new EnteredCell(note);
                }
            }
        }

        // The SUM function of a spreadsheet ignores texts.
        foreach (var total in contents.Totals.Where(total => total.Cell.IsFormula))
        {
            places[total.Address] = total.Parts[0].FormCell.Key;
            var numbers = total.Parts.Select(part => cells.TryGetValue(part.Address, out var entered) ? entered.Number : null).OfType<decimal>().ToList();
            if (numbers.Count > 0)
            {
                cells[total.Address] = new EnteredCell(string.Empty, numbers.Sum());
            }
        }

        return new EntryWorkbook(FilledForm.Write(blank, cells), places);
    }

    /// <summary>Returns a plain number. Null for anything that the reader must judge, such as "37 approx", 1.864 or a percentage.</summary>
    internal static decimal? ParseNumber(string text, Quantity quantity) =>
        quantity != Quantity.Percent && !FigureSyntax.IsPointAmbiguous(text) && FigureSyntax.TryParseNumber(text, out var number) && !number.IsPercent && (!number.IsPounds || quantity == Quantity.Pounds)
            ? number.Value
            : null;
}

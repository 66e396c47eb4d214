using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// Creates the first sheet of a form: its agency and period, how to fill it in, who to ask, links to the other sheets and, last, the ids
/// that the reader needs.
/// </summary>
internal static class FormAboutSheet
{
    private const int FirstRow = 4;

    /// <summary>Creates the sheet.</summary>
    /// <param name="earlier">The earlier figures that are shown next to the cells.</param>
    /// <param name="figures">The sheets to fill in.</param>
    /// <param name="sheets">The other sheets of the form.</param>
    public static FormSheet Create(PartnershipCatalogue catalogue, Form form, Period period, IReadOnlyList<PreviousFigures> earlier, IReadOnlyList<FormSheet> figures, IReadOnlyList<FormSheet> sheets)
    {
        (string Label, string Text)[] lines =
        [
            ("From", catalogue.GetAgencyName(form.Return.Agency)),
            ("Due by", form.GetDueDate(period).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Send it from", period.End.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Who to ask", catalogue.Help.ContactAddress is { } address ? $"{catalogue.Help.Contact}: {address}" : catalogue.Help.Contact),
            ("Filling it in", "Fill in the coloured cells with a thick border. The other cells are locked. Enter 0 if there were none. A blank means that you did not give the figure."),
            ("Not available", "Enter [x] if a figure is not available, and [z] if it does not apply."),
            ("Estimates", "Write an estimate as, for example, 37 approx."),
            ("Small numbers", "Enter them as they are. We hide them before we publish anything."),
            ("Totals", "They add up by themselves. Text, such as 37 approx, is not included."),
            ("Checks", "The column Check says if a figure is unusual, or does not fit another one. You can still send the form. Say in the notes why the figure is right."),
            ("Notes", "Use the notes to explain a figure: why it is far from the last one, or what is missing from it."),
            .. earlier.Count == 0 ? Array.Empty<(string, string)>() :
            [
                ("Earlier figures", $"The figures we accepted for {FindingText.JoinWithAnd(earlier.Select(item => item.Period.Label))} are next to each cell. They are only for comparison and are locked."),
            ],
            ("No people", "Enter figures only. Do not enter names, dates of birth, addresses or numbers that belong to one person."),
            .. form.Guidance is { } guidance ? [("About these figures", guidance)] : Array.Empty<(string, string)>(),
            ("Saving it", Saving(figures)),
        ];
        var links = sheets.Select((sheet, i) => (Row: FirstRow + lines.Length + i, sheet.Name)).ToList();
        (string Label, string Text)[] ids =
        [
            (FormIdentity.ReturnLabel, form.Return.ToString()),
            (FormIdentity.PeriodLabel, period.ToString()),
            (FormIdentity.VersionLabel, form.Version.ToString(CultureInfo.InvariantCulture)),
        ];
        return new FormSheet(
            FormIdentity.SheetName,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell($"About this form: {form.Title}", FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell(period.Label, FormStyle.Period)),
                FormSheet.CreateRow(3, FormSheet.CreateTextCell($"This form has {Describe(form, figures)}. Links to the other sheets are below.", FormStyle.Plain)),
                .. lines.Select((line, i) => CreateLine(FirstRow + i, line)),
                .. links.Select((link, i) => FormSheet.CreateRow(
                    link.Row,
                    FormSheet.CreateTextCell(string.Create(CultureInfo.InvariantCulture, $"Sheet {i + 2}"), FormStyle.Heading),
                    FormSheet.CreateTextCell(link.Name, FormStyle.Link))),
                .. ids.Select((line, i) => CreateLine(FirstRow + lines.Length + links.Count + i, line)),
            ],
            [24, 90])
        {
            Links = [.. links.Select(link => (new CellRef(null, link.Row, 2).Address, link.Name))],
            Footer = $"{form.Title}, {period.Label}",
        };
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Row CreateLine(int row, (string Label, string Text) line) =>
        FormSheet.CreateRow(row, FormSheet.CreateTextCell(line.Label, FormStyle.Heading), FormSheet.CreateTextCell(line.Text, FormStyle.Wrapped));

    private static string Describe(Form form, IReadOnlyList<FormSheet> figures) =>
        Plural.Format(form.Tables.Length, "table") + (form.Tables.Length == 1 ? string.Empty : figures.Count == 1 ? " on one sheet" : ", each on its own sheet");

    private static string Saving(IReadOnlyList<FormSheet> figures) => "Save it as .xlsx, .xls or .ods. A .csv file has only one sheet. "
        + (figures.Count == 1
            ? $"To send one, save the sheet \"{figures[0].Name}\" as .csv."
            : FormattableString.Invariant($"Do not send this form as .csv, because its figures are on {figures.Count} sheets."));
}

using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using static DasvPipeline.Core.Ingest.Forms.FormStyles;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>Creates the first sheet of a form: its return and period, how to fill it in, who to ask, and links to the other sheets.</summary>
internal static class FormAboutSheet
{
    private const int FirstRow = 3;

    /// <summary>Creates the sheet.</summary>
    /// <param name="previous">The period whose figures are shown next to the cells, or null if none are shown.</param>
    /// <param name="sheets">The other sheets of the form.</param>
    public static FormSheet Create(PartnershipCatalogue catalogue, Form form, Period period, Period? previous, IReadOnlyList<FormSheet> sheets)
    {
        (string Label, string Text)[] lines =
        [
            (FormIdentity.ReturnLabel, form.Return.ToString()),
            (FormIdentity.PeriodLabel, period.ToString()),
            (FormIdentity.VersionLabel, form.Version.ToString(CultureInfo.InvariantCulture)),
            ("From", catalogue.GetAgencyName(form.Return.Agency)),
            ("For", period.Label),
            ("Send it from", period.End.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Due by", form.GetDueDate(period).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Who to ask", catalogue.Help.ContactAddress is { } address ? $"{catalogue.Help.Contact}: {address}" : catalogue.Help.Contact),
            ("Filling it in", "Fill in the coloured cells with a thick border. The other cells are locked. Enter 0 if there were none. A blank means that you did not give the figure."),
            ("Not available", "Enter [x] if a figure is not available, and [z] if it does not apply."),
            ("Estimates", "Write an estimate as, for example, 37 approx."),
            ("Small numbers", "Enter them as they are. We hide them before we publish anything."),
            ("Totals", "They add up by themselves. Text, such as 37 approx, is not included."),
            ("Notes", "Use the notes to explain a figure: why it is far from the last one, or what is missing from it."),
            .. previous is { } previousPeriod ? [("Last period", $"The figure we accepted for {previousPeriod.Label} is next to each cell. It is only for comparison and is locked.")] : Array.Empty<(string, string)>(),
            ("No people", "Enter figures only. Do not enter names, dates of birth, addresses or numbers that belong to one person."),
            .. form.Guidance is { } guidance ? [("About these figures", guidance)] : Array.Empty<(string, string)>(),
            ("Saving it", Saving(form, sheets)),
        ];
        var links = sheets.Select((sheet, i) => (Row: FirstRow + lines.Length + i, sheet.Name)).ToList();
        return new FormSheet(
            FormIdentity.SheetName,
            [
                FormSheet.CreateRow(1, FormSheet.CreateTextCell($"{form.Title}, {period.Label}", FormStyle.Title)),
                FormSheet.CreateRow(2, FormSheet.CreateTextCell($"This form has {Plural.Format(form.Tables.Length, "table")}{(form.Tables.Length == 1 ? string.Empty : ", each on its own sheet")}. The last rows of this sheet link to the other sheets.", FormStyle.Plain)),
                .. lines.Select((line, i) => FormSheet.CreateRow(FirstRow + i, FormSheet.CreateTextCell(line.Label, FormStyle.Heading), FormSheet.CreateTextCell(line.Text, FormStyle.Wrapped))),
                .. links.Select((link, i) => FormSheet.CreateRow(
                    link.Row,
                    FormSheet.CreateTextCell(string.Create(CultureInfo.InvariantCulture, $"Sheet {i + 2}"), FormStyle.Heading),
                    FormSheet.CreateTextCell(link.Name, FormStyle.Link))),
            ],
            [24, 90])
        {
            Links = [.. links.Select(link => (new CellRef(null, link.Row, 2).Address, link.Name))],
        };
    }

    private static string Saving(Form form, IReadOnlyList<FormSheet> sheets) => "Save it as .xlsx, .xls or .ods. A .csv file has only one sheet. "
        + (form.Tables.Length == 1
            ? $"To send one, save the sheet \"{sheets[0].Name}\" as .csv."
            : FormattableString.Invariant($"Do not send this form as .csv, because it has {form.Tables.Length} tables."));
}

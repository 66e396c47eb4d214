using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using static DasvPipeline.Core.Receive.FormStyles;

namespace DasvPipeline.Core.Receive;

/// <summary>The first sheet of a form: which it is, how to fill it in, whom to ask, and where everything is.</summary>
internal static class FormAboutSheet
{
    private const int FirstRow = 3;

    /// <param name="previous">The period whose figures stand beside the cells; null where none do.</param>
    /// <param name="sheets">All that follow.</param>
    public static FormSheet Of(PartnershipCatalogue catalogue, Form form, Period period, Period? previous, IReadOnlyList<FormSheet> sheets)
    {
        (string Label, string Text)[] lines =
        [
            (FormIdentity.ReturnLabel, form.Return.ToString()),
            (FormIdentity.PeriodLabel, period.ToString()),
            (FormIdentity.VersionLabel, form.Version.ToString(CultureInfo.InvariantCulture)),
            ("From", catalogue.NameOf(form.Return.Agency)),
            ("For", period.Label),
            ("Due by", form.DueFor(period).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
            ("Whom to ask", catalogue.Help.ContactAt is { } at ? $"{catalogue.Help.Contact}: {at}" : catalogue.Help.Contact),
            ("Filling it in", "Fill in the coloured cells with a thick border; the others are locked. Enter 0 where there was none: a blank means that the figure was not supplied."),
            ("Not available", "Enter [x] where a figure is not available, and [z] where it does not apply."),
            ("Estimates", "Write an estimate as, for example, 37 approx."),
            ("Small numbers", "Enter them as they are. They are hidden before anything is published."),
            ("Totals", "They add themselves up. What is written as text, such as 37 approx, is left out of them."),
            ("Notes", "Write beside a figure what should be known about it: why it is far from the last one, or what is missing from it."),
            .. previous is { } before ? [("Last period", $"Beside each cell stands what was accepted for {before.Label}. It is there to compare with, and is locked.")] : Array.Empty<(string, string)>(),
            ("No people", "Figures only: no names, dates of birth, addresses or numbers that belong to one person."),
            .. form.Guidance is { } guidance ? [("About these figures", guidance)] : Array.Empty<(string, string)>(),
            ("Saving it", Saving(form, sheets)),
        ];
        var links = sheets.Select((sheet, i) => (Row: FirstRow + lines.Length + i, sheet.Name)).ToList();
        return new FormSheet(
            FormIdentity.SheetName,
            [
                FormSheet.Line(1, FormSheet.Text($"{form.Title}, {period.Label}", Style.Title)),
                FormSheet.Line(2, FormSheet.Text($"This form has {Plural.Of(form.Tables.Length, "table")}{(form.Tables.Length == 1 ? string.Empty : ", each on a sheet of its own")}. The last rows of this sheet lead to the others.", Style.Plain)),
                .. lines.Select((line, i) => FormSheet.Line(FirstRow + i, FormSheet.Text(line.Label, Style.Heading), FormSheet.Text(line.Text, Style.Wrapped))),
                .. links.Select((link, i) => FormSheet.Line(
                    link.Row,
                    FormSheet.Text(string.Create(CultureInfo.InvariantCulture, $"Sheet {i + 2}"), Style.Heading),
                    FormSheet.Text(link.Name, Style.Link))),
            ],
            [24, 90])
        {
            Links = [.. links.Select(link => (new CellRef(null, link.Row, 2).Address, link.Name))],
        };
    }

    private static string Saving(Form form, IReadOnlyList<FormSheet> sheets) => "Save it as .xlsx, .xls or .ods. A .csv file holds one sheet only: "
        + (form.Tables.Length == 1
            ? $"to send one, save the sheet \"{sheets[0].Name}\" as .csv."
            : FormattableString.Invariant($"do not send this form, with its {form.Tables.Length} tables, as .csv."));
}

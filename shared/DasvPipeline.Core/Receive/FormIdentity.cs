using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Receive;

/// <summary>
/// What a form says about itself on its first sheet. It can contradict the path it is uploaded to, never replace it:
/// the path alone says whose return a file is.
/// </summary>
public sealed record FormIdentity(ReturnId Return, string Period, int? Version, CellRef At)
{
    public const string SheetName = "About";
    public const string ReturnLabel = "Return";
    public const string PeriodLabel = "Period";
    public const string VersionLabel = "Form version";

    /// <summary>Null when what is said names no return.</summary>
    public static FormIdentity? TryParse(string? said, string? period, string? version, CellRef at) =>
        ReturnId.TryParse(said) is { } id && period is { Length: > 0 }
            ? new FormIdentity(id, period, int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, at)
            : null;

    /// <summary>What is said of a form whose first sheet came alone, as it does when the whole form is saved as .csv.</summary>
    public Finding Alone(Form form) => Finding.Error(
        Codes.FirstSheetOnly,
        At,
        "This file holds the first sheet of the form only, without its figures, because a .csv file keeps one sheet. Save the form as .xlsx, .xls or .ods and send that"
        + (form.Tables.Length == 1 ? ", or save its sheet of figures as .csv." : "."));

    /// <summary>The error when a form says that it is another one, the note when it is an older one; null when it fits.</summary>
    public Finding? Check(Form form, Period period)
    {
        if (Return != form.Return || Period != period.ToString())
        {
            return Finding.Error(
                Codes.WrongForm,
                At,
                $"This is the form for {Return}, {Period}, but it was sent as {form.Return}, {period}. "
                + $"Send it to its own place, or download the form for {form.Return}, {period} and fill in that one.");
        }

        return Version < form.Version
            ? Finding.Note(
                Codes.OlderForm,
                At,
                FormattableString.Invariant($"This is version {Version} of the form; version {form.Version} is in use. What it has in common with that one was read. Download the form again for the next period."))
            : null;
    }
}

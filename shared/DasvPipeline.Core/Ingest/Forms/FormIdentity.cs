using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Forms;

/// <summary>
/// The return, period and version on the first sheet of a form. Only the upload path decides which return a file belongs
/// to. A form that contradicts the path is an error.
/// </summary>
public sealed record FormIdentity(ReturnId Return, string Period, int? Version, CellRef Address)
{
    public const string SheetName = "About";
    public const string ReturnLabel = "Return";
    public const string PeriodLabel = "Period";
    public const string VersionLabel = "Form version";

    /// <summary>Parses the values of the first sheet. Returns null if they do not name a return.</summary>
    public static FormIdentity? TryParse(string? returnId, string? period, string? version, CellRef at) =>
        ReturnId.TryParse(returnId) is { } id && period is { Length: > 0 }
            ? new FormIdentity(id, period, int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, at)
            : null;

    /// <summary>Reports a file that contains only the first sheet, as when a whole form is saved as .csv.</summary>
    public Finding ReportFirstSheetOnly(Form form) => Finding.Error(
        Codes.FirstSheetOnly,
        Address,
        "This file contains only the first sheet of the form, without any figures. A .csv file has only one sheet. Save the form as .xlsx, .xls or .ods and send that"
        + (form.Tables.Length == 1 ? ", or save its sheet of figures as .csv." : "."));

    /// <summary>Returns an error if the form is for another return or period, a note if it is an older version, and null otherwise.</summary>
    public Finding? Check(Form form, Period period)
    {
        if (Return != form.Return || Period != period.ToString())
        {
            return Finding.Error(
                Codes.WrongForm,
                Address,
                $"This is the form for {Return}, {Period}, but it was sent as {form.Return}, {period}. "
                + $"Send it as {Return}, {Period}, or download the form for {form.Return}, {period} and fill that in.") with
            {
                BelongsTo = Domain.Period.TryParse(Period, out var own) ? new ReturnKey(Return, own) : null,
            };
        }

        return Version < form.Version
            ? Finding.Note(
                Codes.OlderForm,
                Address,
                FormattableString.Invariant($"This is version {Version} of the form, but the current version is {form.Version}. We read everything that is the same in both. Download the form again for the next period."))
            : null;
    }
}
